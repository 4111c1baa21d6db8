package org.demarche.warehouse;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.demarche.ingest.Fingerprint;
import org.demarche.ingest.Outcome;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.text.Article;
import org.demarche.text.Sha256;

/**
 * What came of reading, record by record: the columns of {@code rejects}, then those of {@code
 * articles} that the record itself gives, then what tells reprints and files of one name. It exists
 * only while a run ingests.
 */
public final class RecordTable {

  public static final StructType SCHEMA = schema();

  // What comes fresh from reading has places, but no names of columns.
  private static final int REASON = SCHEMA.fieldIndex("reason");
  private static final int ARTICLE_ID = SCHEMA.fieldIndex("article_id");
  private static final int PUBLISHED_AT = SCHEMA.fieldIndex("published_at");
  private static final int TEXT = SCHEMA.fieldIndex("text");
  private static final int TEXT_HASH = SCHEMA.fieldIndex("text_hash");

  private RecordTable() {}

  private static StructType schema() {
    StructType schema = new StructType();
    for (StructField field : RejectTable.TABLE.schema().fields()) {
      boolean origin = field.name().equals("input_file") || field.name().equals("record");
      schema =
          schema.add(new StructField(field.name(), field.dataType(), !origin, Metadata.empty()));
    }
    for (StructField field : ArticleTable.TABLE.schema().fields()) {
      if (!field.name().equals("cluster_id") && !field.name().equals("is_reprint")) {
        schema =
            schema.add(new StructField(field.name(), field.dataType(), true, Metadata.empty()));
      }
    }
    return schema
        .add("text_hash", DataTypes.StringType, true)
        .add("fingerprint", DataTypes.BinaryType, true)
        .add("named_by_file", DataTypes.BooleanType, true);
  }

  /** Builds the row of one outcome. */
  public static Row row(Outcome outcome) {
    if (outcome instanceof Accepted accepted) {
      return accepted(accepted);
    }
    Rejected rejected = (Rejected) outcome;
    return RowFactory.create(
        rejected.origin().file(),
        rejected.origin().record(),
        rejected.reason().name().toLowerCase(Locale.ROOT),
        rejected.detail(),
        rejected.raw(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Row accepted(Accepted accepted) {
    Article article = accepted.article();
    Instant publishedAt = article.publishedAt();
    return RowFactory.create(
        accepted.origin().file(),
        accepted.origin().record(),
        null,
        null,
        null,
        article.id(),
        article.url(),
        article.outlet(),
        article.title(),
        article.author(),
        article.dateline(),
        publishedAt,
        ArticleTable.day(publishedAt),
        article.language(),
        article.text(),
        (long) article.body().start(),
        (long) article.body().end(),
        Sha256.id(article.text()),
        Fingerprint.of(article.text(), article.body()).toBytes(),
        accepted.namedByFile());
  }

  /** Returns whether {@code record}, as {@link #row} built it, is no article. */
  public static boolean isRejected(Row record) {
    return !record.isNullAt(REASON);
  }

  /** Returns when the article {@code record} was published, or null. */
  public static Instant publishedAt(Row record) {
    return record.getAs(PUBLISHED_AT);
  }

  /** Returns the text of the article {@code record}. */
  public static String text(Row record) {
    return record.getString(TEXT);
  }

  /** Returns a number that depends on the id and the text of the article {@code record}. */
  public static long digest(Row record) {
    String id = Sha256.id(record.getString(ARTICLE_ID), record.getString(TEXT_HASH));
    return Long.parseUnsignedLong(id, 0, Long.BYTES * 2, 16);
  }

  /** The columns that a rejected record has. */
  public static List<String> rejectColumns() {
    return List.of(RejectTable.TABLE.schema().fieldNames());
  }
}
