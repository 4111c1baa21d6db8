package org.demarche.pipeline;

import java.time.Instant;
import org.apache.spark.util.AccumulatorV2;
import org.demarche.text.Sha256;
import org.demarche.text.TextQuality;
import org.demarche.warehouse.ArticleTable.ArticleRow;
import org.demarche.warehouse.RecordTable.RecordRow;

/**
 * Counts of the records that were read. The tasks add them up while they read, which saves reading
 * the records again.
 *
 * <p>The counts are exact because the job that writes the records fills them: Spark adds the
 * numbers of each task of such a job once, even if it runs the task several times.
 */
final class IngestTotals extends AccumulatorV2<RecordRow, IngestTotals.Sums> {

  private static final long serialVersionUID = 1;

  /**
   * The totals.
   *
   * @param records number of records
   * @param rejected number of records that are not articles
   * @param undated number of articles without a time of publication
   * @param unclean number of articles whose text has any quality but clean
   * @param characters total length of the articles' texts
   * @param digest sum of hashes of the articles, which does not depend on their order
   * @param first when the earliest dated article was published, or null
   * @param last when the latest dated article was published, or null
   */
  record Sums(
      long records,
      long rejected,
      long undated,
      long unclean,
      long characters,
      long digest,
      Instant first,
      Instant last)
      implements java.io.Serializable {

    static final Sums ZERO = new Sums(0, 0, 0, 0, 0, 0, null, null);

    static Sums of(RecordRow record) {
      ArticleRow article = record.article();
      if (article == null) {
        return new Sums(1, 1, 0, 0, 0, 0, null, null);
      }
      Instant at = article.publishedAt();
      String id = Sha256.id(article.articleId(), record.textHash());
      return new Sums(
          1,
          0,
          at == null ? 1 : 0,
          TextQuality.CLEAN.toString().equals(article.textQuality()) ? 0 : 1,
          article.text().length(),
          Long.parseUnsignedLong(id, 0, Long.BYTES * 2, 16),
          at,
          at);
    }

    Sums plus(Sums other) {
      return new Sums(
          records + other.records,
          rejected + other.rejected,
          undated + other.undated,
          unclean + other.unclean,
          characters + other.characters,
          digest + other.digest,
          first == null || other.first != null && other.first.isBefore(first) ? other.first : first,
          last == null || other.last != null && other.last.isAfter(last) ? other.last : last);
    }
  }

  private Sums sums = Sums.ZERO;

  @Override
  public void add(RecordRow record) {
    sums = sums.plus(Sums.of(record));
  }

  @Override
  public void merge(AccumulatorV2<RecordRow, Sums> other) {
    sums = sums.plus(other.value());
  }

  @Override
  public Sums value() {
    return sums;
  }

  @Override
  public boolean isZero() {
    return sums.equals(Sums.ZERO);
  }

  @Override
  public void reset() {
    sums = Sums.ZERO;
  }

  @Override
  public IngestTotals copy() {
    IngestTotals copy = new IngestTotals();
    copy.sums = sums;
    return copy;
  }
}
