package org.demarche.speaker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.demarche.attribution.RuleStatementFinder;
import org.demarche.ingest.ArticleReader;
import org.demarche.ingest.InputOptions;
import org.demarche.ingest.Outcome;
import org.demarche.text.Article;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * How much text one thread reads in a second, from an article in memory to statements with their
 * speakers: {@code mvn -q test-compile exec:exec@bench
 * -Dbench.class=org.demarche.speaker.ExtractionBenchmark}, from the top of the repository. It reads
 * the bundled sample, or the articles in {@code -Dbench.articles=FILE}, with the options for the
 * compiler that {@code jobs/demarche} sets. The compiler takes more than a minute to finish.
 *
 * <p>{@code megabytes} is what counts; {@code processor} says which share of the time the thread
 * had a processor, which is 1 on a machine without other work.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 8, time = 10)
@Measurement(iterations = 5, time = 10)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-XX:+UseParallelGC",
      "-XX:+UnlockDiagnosticVMOptions",
      "-XX:CompilerDirectivesFile=conf/compiler.json",
      "-XX:MaxInlineLevel=5",
      "-XX:InlineSmallCode=700",
      "-XX:FreqInlineSize=120"
    })
public class ExtractionBenchmark {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final StatementExtractor bundled = new StatementExtractor(SpeakerDirectory.EMPTY);
  private final StatementExtractor rules =
      new StatementExtractor(SpeakerDirectory.EMPTY, new RuleStatementFinder());
  private final List<Article> articles = new ArrayList<>();
  private int next;

  /** What was read; JMH shows it per second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Read {

    /** Millions of bytes of text in UTF-8. */
    public double megabytes;

    /** Seconds of processor time. */
    public double processor;
  }

  /** Reads the articles. */
  @Setup
  public void prepare() throws IOException {
    Path file = Path.of(System.getProperty("bench.articles"));
    ArticleReader reader =
        ArticleReader.open(() -> Files.newInputStream(file), file.toString(), InputOptions.DEFAULT);
    try (reader) {
      while (reader.hasNext()) {
        if (reader.next() instanceof Outcome.Accepted accepted) {
          articles.add(accepted.article());
        }
      }
    }
  }

  /** The rules, the tagger and the arbiter of the bundled model. */
  @Benchmark
  public List<CreditedStatement> bundledModel(Read read) {
    return extract(bundled, read);
  }

  /** The rules alone. */
  @Benchmark
  public List<CreditedStatement> rulesAlone(Read read) {
    return extract(rules, read);
  }

  private List<CreditedStatement> extract(StatementExtractor extractor, Read read) {
    next = next + 1 == articles.size() ? 0 : next + 1;
    Article article = articles.get(next);
    long start = THREADS.getCurrentThreadCpuTime();
    List<CreditedStatement> statements = extractor.extract(article);
    read.processor += (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    read.megabytes += article.text().getBytes(UTF_8).length / 1e6;
    return statements;
  }

  /** Lets JMH measure. */
  public static void main(String[] arguments) throws RunnerException {
    String benchmark = ExtractionBenchmark.class.getSimpleName() + "\\.";
    new Runner(new OptionsBuilder().include(benchmark).build()).run();
  }
}
