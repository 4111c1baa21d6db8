package org.demarche.training;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.demarche.features.FeatureBuffer;
import org.demarche.features.Featuriser;
import org.demarche.ingest.LabelledStatementReader;
import org.demarche.model.LinearModel;
import org.demarche.model.LinearParameters;
import org.demarche.model.LinearWeights;
import org.demarche.model.store.ModelStore;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
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
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class ScoringBenchmark {

  private static final Path STATEMENTS = Path.of("src/main/labels/statements.jsonl");
  private static final int MANY_FEATURES = 400_000;

  private final Featuriser featuriser = new Featuriser();
  private final FeatureBuffer buffer = FeatureBuffer.forScoring();
  private Passage[] passages;
  private LinearModel stance;
  private LinearModel sentiment;
  private LinearModel large;
  private int next;

  /** Reads the statements and the models. */
  @Setup
  public void prepare() {
    List<LabelledStatement> rows =
        LabelledStatementReader.read(List.of(STATEMENTS), Scales.STANCE, null).rows();
    passages = rows.stream().map(LabelledStatement::passage).toArray(Passage[]::new);
    stance = (LinearModel) ModelStore.loadBundled("stance");
    sentiment = (LinearModel) ModelStore.loadBundled("sentiment");
    large = large();
  }

  /** As large as a model may get; what a weight is does not matter for speed. */
  private LinearModel large() {
    SplittableRandom random = new SplittableRandom(1);
    int[] ids =
        IntStream.concat(
                Arrays.stream(passages).flatMapToInt(p -> Arrays.stream(featuriser.features(p))),
                IntStream.generate(random::nextInt))
            .filter(id -> id != 0)
            .distinct()
            .limit(MANY_FEATURES)
            .sorted()
            .toArray();
    double[] weights = random.doubles(3L * ids.length, -.03, .03).toArray();
    LinearParameters parameters =
        LinearParameters.of(
            true, new double[] {.3, .3, .4}, ids, new LinearWeights(weights, new double[3]));
    return new LinearModel(Scales.STANCE, parameters, stance.metadata());
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

  /** The bundled model of stance. */
  @Benchmark
  public double bundled() {
    return stance.predict(passage()).probabilities()[0];
  }

  /** Both bundled models, which share the features of a passage, as `score` has them do. */
  @Benchmark
  public double bothScales() {
    Passage passage = passage();
    featuriser.extract(passage, buffer);
    LabelDistribution one = stance.predict(passage, buffer);
    return one.probabilities()[0] + sentiment.predict(passage, buffer).probabilities()[0];
  }

  /** A model of 400,000 features. */
  @Benchmark
  public double large400000() {
    return large.predict(passage()).probabilities()[0];
  }

  /** Measures processor time, then lets JMH measure. */
  public static void main(String[] arguments) throws RunnerException {
    ScoringBenchmark benchmark = new ScoringBenchmark();
    benchmark.prepare();
    System.out.printf(
        Locale.ROOT,
        "%,d statements, %.0f characters and %.0f features each; the bundled model knows %,d%n",
        benchmark.passages.length,
        Arrays.stream(benchmark.passages).mapToInt(p -> p.text().length()).average().orElse(0),
        Arrays.stream(benchmark.passages)
            .mapToInt(p -> benchmark.featuriser.features(p).length)
            .average()
            .orElse(0),
        benchmark.stance.parameters().featureIds().length);
    benchmark.printTime("features", ScoringBenchmark::features);
    benchmark.printTime("bundled", ScoringBenchmark::bundled);
    benchmark.printTime("both scales", ScoringBenchmark::bothScales);
    benchmark.printTime("400,000", ScoringBenchmark::large400000);
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
        "%-12s %,8.0f ns of processor time a statement: %,8.0f per second per core (%.3g)%n",
        name,
        best,
        1e9 / best,
        sum);
  }
}
