package org.demarche.warehouse;

import org.demarche.ingest.Fingerprint;
import org.demarche.ingest.Outcome;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.text.Article;
import org.demarche.text.CleanText;
import org.demarche.text.Sha256;
import org.demarche.warehouse.ArticleTable.ArticleRow;
import org.demarche.warehouse.RejectTable.RejectRow;

/** The records of the input files as they were read. They exist only while a run ingests. */
public final class RecordTable {

  /**
   * One record of the input: an article or a reject.
   *
   * @param inputFile file the record came from
   * @param record number of the record in the file, from 0
   * @param reject why it is not an article, or null if it is one
   * @param article the article, or null if the record was rejected
   * @param textHash hash of the article's text, or null
   * @param fingerprint features of the text that its reprints share, or null
   * @param namedByFile whether the article's id is the name of its file
   */
  public record RecordRow(
      String inputFile,
      long record,
      RejectRow reject,
      ArticleRow article,
      String textHash,
      byte[] fingerprint,
      boolean namedByFile) {

    /** Returns the row of {@code outcome}. */
    public static RecordRow of(Outcome outcome) {
      String file = outcome.origin().file();
      long record = outcome.origin().record();
      if (outcome instanceof Accepted accepted) {
        Article article = accepted.article();
        CleanText clean = CleanText.of(article.text());
        return new RecordRow(
            file,
            record,
            null,
            ArticleRow.of(accepted, clean.quality()),
            Sha256.id(article.text()),
            fingerprintOf(article, clean).toBytes(),
            accepted.namedByFile());
      }
      RejectRow reject = RejectRow.of((Rejected) outcome);
      return new RecordRow(file, record, reject, null, null, null, false);
    }
  }

  /** Headlines alone are not compared: different reports have the same. */
  private static Fingerprint fingerprintOf(Article article, CleanText clean) {
    return article.hasBody()
        ? Fingerprint.of(clean.text(), clean.clean(article.body()).orElseThrow())
        : Fingerprint.NONE;
  }

  public static final RecordCodec<RecordRow> CODEC = new RecordCodec<>(RecordRow.class);

  private RecordTable() {}
}
