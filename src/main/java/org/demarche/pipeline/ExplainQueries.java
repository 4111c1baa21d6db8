package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lower;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.attribution.learned.Finding;
import org.demarche.config.Settings;
import org.demarche.speaker.ExtractionBudget;
import org.demarche.text.Article;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.ArticleTable.ArticleRow;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.SpeakerScoreTable.SpeakerScoreRow;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementScoreTable.StatementScoreRow;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.StatementTable.StatementRow;
import org.demarche.warehouse.Warehouse;

/** Reads what explains the labels of a statement and the score of a speaker over all time. */
public final class ExplainQueries {

  /** A statement with its label on one scale and target. */
  public record Labelled(
      String statementId,
      String text,
      LocalDate publishedDate,
      String outlet,
      String label,
      double confidence,
      double position) {}

  private ExplainQueries() {}

  /**
   * Returns the first two statements whose ids begin with {@code id}, or fewer.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no table of statements
   */
  public static List<StatementRow> statements(Warehouse warehouse, String id) throws IOException {
    return StatementTable.TABLE
        .codec()
        .read(
            RequiredTables.required(warehouse, StatementTable.TABLE)
                .where(col("statement_id").startsWith(id))
                .orderBy("statement_id")
                .limit(2))
        .collectAsList();
  }

  /**
   * How a statement was found.
   *
   * @param isCutOff whether its article is longer than its budget of characters, and the rest was
   *     not read
   */
  public record Found(Finding finding, boolean isCutOff) {}

  /**
   * Reads the article of a statement again, as far as extraction does, to tell how the statement
   * was found.
   *
   * @param settings name the model, the least confidence and the budget of characters
   * @return empty if the warehouse has no such article
   */
  public static Optional<Found> finding(
      Warehouse warehouse, Settings settings, StatementRow statement) throws IOException {
    AttributionModel model = Models.attribution(settings, warehouse.storage());
    return ArticleTable.TABLE
        .codec()
        .read(
            warehouse
                .read(ArticleTable.TABLE)
                // The table is sorted by day first, so that few of its files have to be read.
                .where(col("published_date").eqNullSafe(statement.publishedDate()))
                .where(col("article_id").equalTo(statement.articleId())))
        .collectAsList()
        .stream()
        .findFirst()
        .map(ArticleRow::article)
        .map(
            article -> {
              Article read = ExtractionBudget.cut(article, settings.extract().maxCharacters());
              return new Found(
                  Finding.of(
                      read, model, settings.extract().minConfidence(), statement.statement()),
                  !read.equals(article));
            });
  }

  /** Returns the labels of the statement {@code id}, sorted by scale and target. */
  public static List<StatementScoreRow> labels(Warehouse warehouse, String id) throws IOException {
    return StatementScoreTable.TABLE
        .codec()
        .read(
            warehouse
                .read(StatementScoreTable.TABLE)
                .where(col("statement_id").equalTo(id))
                .orderBy("scale", "target_id"))
        .collectAsList();
  }

  /**
   * Returns the scores over all time of the speakers of a name.
   *
   * @param name name in any case, or id
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no table of scores
   */
  public static List<SpeakerScoreRow> scores(
      Warehouse warehouse, String name, String scale, String target) throws IOException {
    return SpeakerScoreTable.TABLE
        .codec()
        .read(
            overAllTime(warehouse)
                .where(
                    isOn(scale, target)
                        .and(
                            lower(col("speaker"))
                                .equalTo(name.toLowerCase(Locale.ROOT))
                                .or(col("speaker_id").equalTo(name)))))
        .collectAsList();
  }

  /** Returns the distinct statements that {@code score} rests on, in any order. */
  public static List<Labelled> statements(Warehouse warehouse, SpeakerScoreRow score)
      throws IOException {
    Dataset<Row> labels =
        warehouse
            .read(StatementScoreTable.TABLE)
            .where(
                col("speaker_id")
                    .equalTo(score.speakerId())
                    .and(isOn(score.scale(), score.targetId())))
            .select("statement_id", "label", "confidence", "position", "distinct_id")
            .dropDuplicates("distinct_id");
    return new RecordCodec<>(Labelled.class)
        .read(
            warehouse
                .read(StatementTable.TABLE)
                .select("statement_id", "text", "published_date", "outlet")
                .join(labels, "statement_id"))
        .collectAsList();
  }

  /** Returns the scales on which somebody has a score, sorted. */
  public static List<String> scales(Warehouse warehouse) throws IOException {
    return texts(overAllTime(warehouse).select("scale").distinct().orderBy("scale"));
  }

  /** Returns the targets towards which somebody has a score on {@code scale}, sorted. */
  public static List<String> targets(Warehouse warehouse, String scale) throws IOException {
    return texts(
        overAllTime(warehouse)
            .where(col("scale").equalTo(scale))
            .select("target_id")
            .distinct()
            .orderBy("target_id"));
  }

  /** Returns at most {@code most} names of speakers with a score, those of most statements. */
  public static List<String> speakers(Warehouse warehouse, String scale, String target, int most)
      throws IOException {
    return texts(
        overAllTime(warehouse)
            .where(isOn(scale, target))
            .orderBy(col("statements").desc(), col("speaker"))
            .select("speaker")
            .limit(most));
  }

  private static Dataset<Row> overAllTime(Warehouse warehouse) throws IOException {
    return RequiredTables.required(warehouse, SpeakerScoreTable.TABLE)
        .where(col("window").equalTo("all"));
  }

  private static Column isOn(String scale, String target) {
    return col("scale").equalTo(scale).and(col("target_id").equalTo(target));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.as(Encoders.STRING()).collectAsList();
  }
}
