package org.demarche.model;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.demarche.corpus.LabelledStatementReader;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.features.FeatureBuffer;
import org.demarche.features.Featuriser;
import org.demarche.scale.LabelDistribution;
import org.demarche.scale.LabelledStatement;
import org.demarche.scale.Passage;
import org.demarche.scale.Scale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How fast one thread reads statements: {@code mvn -q test-compile exec:exec@bench}, from the top
 * of the repository. Prints the processor time of a statement, which other work on the machine
 * leaves nearly alone, then what JMH measures; with {@code -Dbench=cpu} only the first.
 *
 * <p>The statements are the even rows of the bundled training set; the models know features of the
 * odd rows. What a weight is does not matter for speed, so they are drawn.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class ScoringBenchmark {

  private static final Path STATEMENTS = Path.of("src/main/labels/statements.jsonl");
  private static final int DISTILLED_FEATURES = 400_000;

  private final Featuriser featuriser = new Featuriser();
  private final FeatureBuffer buffer = FeatureBuffer.forScoring();
  private Passage[] passages;
  private LinearModel bundled;
  private LinearModel normalised;
  private LinearModel distilled;
  private FeatureTable inBytes;
  private int next;

  /** Reads the statements and makes the models. */
  @Setup
  public void prepare() {
    List<LabelledStatement> rows =
        LabelledStatementReader.read(List.of(STATEMENTS), Scale.STANCE, null).rows();
    int[] odd =
        IntStream.range(0, rows.size())
            .filter(i -> i % 2 == 1)
            .mapToObj(i -> featuriser.features(rows.get(i).passage()))
            .flatMapToInt(Arrays::stream)
            .sorted()
            .toArray();
    // As in training, where a feature is kept when two rows have it.
    int[] twice =
        IntStream.range(1, odd.length)
            .filter(i -> odd[i] == odd[i - 1])
            .map(i -> odd[i])
            .distinct()
            .toArray();
    SplittableRandom random = new SplittableRandom(1);
    int[] many =
        IntStream.concat(Arrays.stream(odd), IntStream.generate(() -> random.nextInt()))
            .filter(id -> id != 0)
            .distinct()
            .limit(DISTILLED_FEATURES)
            .sorted()
            .toArray();
    bundled = model(twice, false);
    normalised = model(twice, true);
    distilled = model(many, false);
    byte[] weights = new byte[3 * many.length];
    new Random(3).nextBytes(weights);
    inBytes = new FeatureTable(many, weights, new float[] {1 / 4096f, 1 / 4096f, 1 / 4096f}, 3);
    passages =
        IntStream.range(0, rows.size())
            .filter(i -> i % 2 == 0)
            .mapToObj(i -> rows.get(i).passage())
            .toArray(Passage[]::new);
  }

  private static LinearModel model(int[] ids, boolean normalised) {
    SplittableRandom random = new SplittableRandom(2);
    float[] weights = new float[3 * ids.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (random.nextInt(255) - 127) / 4096f;
    }
    double[] third = {1 / 3., 1 / 3., 1 / 3.};
    LinearParameters parameters =
        new LinearParameters(
            normalised, new Calibration(1, new double[3]), third, new double[3], ids, weights);
    ClassificationReport report =
        ClassificationReport.of(
            Scale.STANCE,
            List.of("neutral"),
            List.of(new LabelDistribution(Scale.STANCE, third.clone())));
    return new LinearModel(
        Scale.STANCE,
        parameters,
        new ModelMetadata("none", "", "drawn", Map.of(), 0, false, "", Map.of(), 1, 0, report));
  }

  private Passage passage() {
    next = next + 1 == passages.length ? 0 : next + 1;
    return passages[next];
  }

  /** Features alone. */
  @Benchmark
  public double features() {
    featuriser.extract(passage(), buffer);
    return buffer.size();
  }

  /** A model as large as the bundled ones. */
  @Benchmark
  public double bundled() {
    return bundled.predict(passage()).probabilities()[0];
  }

  /** The same where the features of a passage share the value 1/√n. */
  @Benchmark
  public double normalised() {
    return normalised.predict(passage()).probabilities()[0];
  }

  /** A model of 400,000 features, as one distilled from an encoder has. */
  @Benchmark
  public double distilled() {
    return distilled.predict(passage()).probabilities()[0];
  }

  /** The same with weights of one byte. */
  @Benchmark
  public double distilledInBytes() {
    featuriser.extract(passage(), buffer);
    double[] scores = new double[3];
    inBytes.addTo(scores, buffer);
    distilled.parameters().calibration().apply(scores);
    return new LabelDistribution(Scale.STANCE, scores).probabilities()[0];
  }

  /** Measures processor time, then lets JMH measure. */
  public static void main(String[] arguments) throws RunnerException {
    ScoringBenchmark benchmark = new ScoringBenchmark();
    benchmark.prepare();
    System.out.printf(
        Locale.ROOT,
        "%,d statements, %.0f characters and %.0f features each; the models know %,d and %,d%n",
        benchmark.passages.length,
        Arrays.stream(benchmark.passages).mapToInt(p -> p.text().length()).average().orElse(0),
        Arrays.stream(benchmark.passages)
            .mapToInt(p -> benchmark.featuriser.features(p).length)
            .average()
            .orElse(0),
        benchmark.bundled.parameters().featureIds().length,
        benchmark.distilled.parameters().featureIds().length);
    benchmark.printTime("features", ScoringBenchmark::features);
    benchmark.printTime("bundled", ScoringBenchmark::bundled);
    benchmark.printTime("normalised", ScoringBenchmark::normalised);
    benchmark.printTime("distilled", ScoringBenchmark::distilled);
    benchmark.printTime("in bytes", ScoringBenchmark::distilledInBytes);
    if (!"cpu".equals(System.getProperty("bench"))) {
      new Runner(
              new OptionsBuilder().include(ScoringBenchmark.class.getSimpleName() + "\\.").build())
          .run();
    }
  }

  /** The best of several rounds: whatever disturbs a round makes it slower, never faster. */
  private void printTime(String name, ToDoubleFunction<ScoringBenchmark> work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double best = Double.MAX_VALUE;
    double sum = 0;
    for (int round = 0; round < 60; round++) {
      long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < 4 * passages.length; i++) {
        sum += work.applyAsDouble(this);
      }
      long time = threads.getCurrentThreadCpuTime() - start;
      best = Math.min(best, (double) time / (4 * passages.length));
    }
    System.out.printf(
        Locale.ROOT,
        "%-12s %,8.0f ns of processor time a statement: %,8.0f a second and core (%.3g)%n",
        name,
        best,
        1e9 / best,
        sum);
  }
}
