package org.demarche.ingest;

import java.util.List;

/** Parquet; its rows are read with {@link RecordReader}, since a stream of them cannot be. */
final class ParquetFormat implements ArticleFormat {

  @Override
  public List<String> names() {
    return List.of("parquet");
  }

  @Override
  public Fit fit(Head head) {
    return head.text().startsWith("PAR1") ? Fit.CERTAIN : Fit.NO;
  }

  @Override
  public Records open(Input input) {
    throw new ArticleReader.ParquetException(
        "File %s is Parquet; its rows are read by RecordReader".formatted(input.file()));
  }
}
