package org.demarche.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How fast one thread reads a crawl: MB of records in a second of processor time before their pages
 * are parsed, and pages in a second of processor time with what they say of their article. {@code
 * src/bench/crawl.py FILE} runs it, with trafilatura beside it. The first 1,000 pages warm it up.
 */
public final class CrawlBenchmark {

  private static final int WARM_UP = 1_000;

  private CrawlBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(System.getProperty("bench.crawl"));
    ArticleReader.Source source = () -> Files.newInputStream(file);
    String name = file.toString();
    double unpacked = unpackedMegabytes(source, name);

    double before = processorSeconds();
    FileParts.find(source, name, InputOptions.DEFAULT, Long.MAX_VALUE);
    double records = processorSeconds() - before;

    long pages = 0;
    try (ArticleReader reader = ArticleReader.open(source, name, InputOptions.DEFAULT)) {
      while (reader.hasNext()) {
        reader.next();
        pages++;
        before = pages == WARM_UP ? processorSeconds() : before;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%.0f MB of records, %.0f MB per processor second; %d pages, %.0f per processor second%n",
        unpacked,
        unpacked / records,
        pages,
        (pages - WARM_UP) / (processorSeconds() - before));
  }

  private static double unpackedMegabytes(ArticleReader.Source source, String name)
      throws IOException {
    try (InputStream in = InputBytes.unpacked(source.open(), name, Limits.DEFAULT)) {
      return in.transferTo(OutputStream.nullOutputStream()) / 1e6;
    }
  }

  private static double processorSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
