package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.demarche.Version;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.attribution.learned.LearnedStatementFinder;
import org.demarche.config.Gate;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.OutputFile;
import org.demarche.language.Language;
import org.demarche.speaker.CreditedStatement;
import org.demarche.speaker.ExtractionBudget;
import org.demarche.speaker.SpeakerDirectory;
import org.demarche.speaker.SpeakerIds;
import org.demarche.speaker.SpeakerKind;
import org.demarche.speaker.StatementExtractor;
import org.demarche.text.Article;
import org.demarche.text.Quantity;
import org.demarche.text.Sha256;
import org.demarche.text.TextQuality;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.ArticleTable.ArticleRow;
import org.demarche.warehouse.Manifest;
import org.demarche.warehouse.Recipe;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.StatementTable.StatementRow;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Transaction;

/**
 * The stage that finds who said what: it reads {@code articles} and writes {@code statements}. It
 * skips articles in a language without rules and counts them.
 */
final class Extract {

  /** Raise this when the same article gives other statements than before. */
  private static final String METHOD = "7";

  /** How many articles with a fault, and how many that were cut off, one task reports at most. */
  private static final int NAMED = 100;

  /** How many articles that were cut off are named to the user. */
  private static final int PRINTED = 10;

  private static final FilterFunction<Row> HAS_NO_RULES =
      row -> Language.of(row.getAs("language")).isEmpty();

  private Extract() {}

  /**
   * Runs the stage.
   *
   * @param model the model of attribution of the settings, or null for the rules alone
   */
  static Map<String, Long> run(
      Transaction transaction,
      Settings settings,
      AttributionModel model,
      QualityGates gates,
      Progress progress)
      throws IOException {
    SpeakerDirectory directory = ConfiguredSpeakers.directory(settings);
    String digest =
        Sha256.id(
            Version.DEMARCHE,
            METHOD,
            settings.people().toString(),
            model == null ? "rules" : model.id() + " " + settings.extract().minConfidence(),
            "at most " + settings.extract().maxCharacters());
    StageBatches todo =
        StageBatches.of(
            transaction, Recipe.EXTRACT, digest, ArticleTable.TABLE, StatementTable.TABLE);
    if (todo.restarted()) {
      if (!RequiredTables.isCurrent(transaction.warehouse())) {
        progress.note(
            "The statements were written by another version of Demarche: they are extracted and"
                + " scored again from the articles");
      }
      StatementTable.markFormat(transaction);
    }
    Tallied tallied = Tallied.in(transaction.warehouse().spark());
    Finder finder = Finder.of(transaction.warehouse().spark(), model, settings.extract());
    try {
      for (String batch : todo.pending()) {
        Dataset<Row> rows = transaction.read(ArticleTable.TABLE, batch);
        transaction.append(
            StatementTable.TABLE, batch, statements(rows, directory, finder, tallied));
      }
    } finally {
      finder.destroy();
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("articles", tallied.articles().value());
    counts.put("statements", tallied.statements().value());
    if (tallied.unsupported().value() > 0) {
      counts.put("unsupported_language", tallied.unsupported().value());
    }
    judge(transaction, tallied, todo.pending(), gates);
    tellCuts(tallied, settings.extract(), counts, transaction.manifest(), progress);
    Map<String, String> faults = new TreeMap<>();
    tallied.faults().value().forEach(fault -> faults.put(fault.articleId(), fault.what()));
    if (!faults.isEmpty()) {
      counts.put("articles_read_in_parts", tallied.faulty().value());
      transaction.manifest().extractionFaults(faults);
      progress.note(
          "Demarche has a fault that showed in %s, such as %s: each was read without the"
                  .formatted(
                      Quantity.of(tallied.faulty().value(), "article"),
                      faults.keySet().iterator().next())
              + " line that caused it; please report them, the manifest of the run names them");
    }
    return counts;
  }

  private static void judge(
      Transaction transaction, Tallied tallied, List<String> batches, QualityGates gates)
      throws IOException {
    Column isNew = col(Table.BATCH).isin(batches.toArray());
    gates.share(
        Gate.UNSUPPORTED_LANGUAGE_SHARE,
        tallied.unsupported().value(),
        tallied.articles().value(),
        () ->
            GateExamples.of(
                "languages",
                transaction
                    .read(ArticleTable.TABLE)
                    .where(isNew.and(col("language").isNotNull()))
                    .select("language")
                    .distinct()
                    .filter(HAS_NO_RULES)));
    gates.share(
        Gate.UNREAD_SHARE,
        tallied.unread().value(),
        tallied.articles().value() - tallied.unsupported().value(),
        () ->
            GateExamples.of(
                "articles with lost characters",
                transaction
                    .read(ArticleTable.TABLE)
                    .where(isNew.and(col("text_quality").equalTo(TextQuality.DAMAGED.toString())))
                    .select("article_id")));
    gates.share(
        Gate.UNKNOWN_SPEAKER_SHARE,
        tallied.unknown().value(),
        tallied.statements().value(),
        () ->
            GateExamples.of(
                "statements",
                transaction
                    .read(StatementTable.TABLE)
                    .where(
                        isNew.and(
                            col("speaker_kind")
                                .equalTo(SpeakerKind.UNKNOWN.name().toLowerCase(Locale.ROOT))))
                    .select(concat(col("statement_id"), lit(" in article "), col("article_id")))));
  }

  /**
   * How tasks find statements. The model goes to each executor once.
   *
   * @param model null for the rules alone
   */
  record Finder(Broadcast<AttributionModel> model, Settings.Extract settings)
      implements Serializable {

    static Finder of(SparkSession spark, AttributionModel model, Settings.Extract settings) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      return new Finder(model == null ? null : context.broadcast(model), settings);
    }

    StatementExtractor extractor(SpeakerDirectory directory) {
      return new StatementExtractor(
          directory,
          LearnedStatementFinder.of(model == null ? null : model.value(), settings.minConfidence()),
          new ExtractionBudget(settings.maxCharacters(), settings.maxSeconds()));
    }

    void destroy() {
      if (model != null) {
        model.destroy();
      }
    }
  }

  /**
   * Counters that the tasks increase while they write, which saves reading the table again. Spark
   * adds the numbers of each task once, even if it runs the task several times, because the task
   * belongs to the job that writes.
   */
  record Tallied(
      LongAccumulator articles,
      LongAccumulator statements,
      LongAccumulator unknown,
      LongAccumulator unsupported,
      LongAccumulator unread,
      LongAccumulator faulty,
      CollectionAccumulator<Fault> faults,
      LongAccumulator cut,
      CollectionAccumulator<CutOff> cuts)
      implements Serializable {

    static Tallied in(SparkSession spark) {
      SparkContext context = spark.sparkContext();
      return new Tallied(
          context.longAccumulator("articles"),
          context.longAccumulator("statements"),
          context.longAccumulator("statements of an unknown speaker"),
          context.longAccumulator("articles in an unsupported language"),
          context.longAccumulator("articles not read in full"),
          context.longAccumulator("articles with a fault of Demarche"),
          context.collectionAccumulator("faults met in articles"),
          context.longAccumulator("articles cut off"),
          context.collectionAccumulator("which articles were cut off"));
    }
  }

  /**
   * An article in which Demarche threw an unexpected exception.
   *
   * @param what the exception and where it was thrown
   */
  record Fault(String articleId, String what) implements Serializable {

    /** Messages are cut to this length, because they may quote the article. */
    private static final int MOST = 200;

    static Fault of(Article article, Throwable thrown) {
      String place =
          Arrays.stream(thrown.getStackTrace())
              .filter(frame -> frame.getClassName().startsWith("org.demarche"))
              .findFirst()
              .map(frame -> " at " + frame)
              .orElse("");
      return new Fault(
          article.id(), StringUtils.left(OutputFile.firstLine(thrown.toString()), MOST) + place);
    }
  }

  /** An article that a limit of its budget cut off. */
  record CutOff(String articleId, ExtractionBudget.Limit limit) implements Serializable {}

  /** Tells of the articles that were cut off, if there are any. */
  private static void tellCuts(
      Tallied tallied,
      Settings.Extract settings,
      Map<String, Long> counts,
      Manifest manifest,
      Progress progress) {
    if (tallied.cut().value() == 0) {
      return;
    }
    counts.put("articles_cut_off", tallied.cut().value());
    Map<String, String> cuts = new TreeMap<>();
    for (CutOff cut : tallied.cuts().value()) {
      cuts.put(
          cut.articleId(),
          switch (cut.limit()) {
            case CHARACTERS ->
                "longer than extract.max-characters-per-article = " + settings.maxCharacters();
            case SECONDS ->
                "took longer than extract.max-seconds-per-article = " + settings.maxSeconds();
          });
    }
    manifest.cutOff(cuts);
    cuts.entrySet().stream()
        .limit(PRINTED)
        .forEach(
            cut ->
                progress.note(
                    "article %s is not read to its end: %s"
                        .formatted(cut.getKey(), cut.getValue())));
    if (tallied.cut().value() > PRINTED) {
      progress.note(
          "%,d articles in all are not read to their end; the manifest of the run names up to 100"
              .formatted(tallied.cut().value()));
    }
  }

  /** Extracts the statements of {@code articles}, rows of the table {@code articles}. */
  static Dataset<Row> statements(
      Dataset<Row> articles, SpeakerDirectory directory, Finder finder, Tallied tallied) {
    MapPartitionsFunction<ArticleRow, StatementRow> extract =
        rows -> {
          StatementExtractor extractor = finder.extractor(directory);
          SpeakerIds ids = new SpeakerIds(directory);
          return new FlatIterator<>(rows, row -> rows(row, extractor, ids, tallied));
        };
    RecordCodec<StatementRow> statements = StatementTable.TABLE.codec();
    return statements.write(
        ArticleTable.TABLE.codec().read(articles).mapPartitions(extract, statements.encoder()));
  }

  private static Iterator<StatementRow> rows(
      ArticleRow row, StatementExtractor extractor, SpeakerIds ids, Tallied tallied) {
    Article article = row.article();
    tallied.articles().add(1);
    if (Language.of(article.language()).isEmpty()) {
      tallied.unsupported().add(1);
      return Collections.emptyIterator();
    }
    StatementExtractor.Reading reading = extractor.read(article);
    if (reading.fault() != null) {
      tallied.faulty().add(1);
      if (tallied.faults().value().size() < NAMED) {
        tallied.faults().add(Fault.of(article, reading.fault()));
      }
    }
    if (reading.limit() != null) {
      tallied.cut().add(1);
      if (tallied.cuts().value().size() < NAMED) {
        tallied.cuts().add(new CutOff(article.id(), reading.limit()));
      }
    }
    if (reading.fault() != null
        || reading.limit() != null
        || TextQuality.DAMAGED.toString().equals(row.textQuality())) {
      tallied.unread().add(1);
    }
    List<CreditedStatement> statements = reading.statements();
    tallied.statements().add(statements.size());
    tallied
        .unknown()
        .add(
            statements.stream()
                .filter(credited -> credited.speaker().kind() == SpeakerKind.UNKNOWN)
                .count());
    // The cluster id makes an unnamed speaker the same in all reprints and in no other article.
    return statements.stream()
        .map(
            credited ->
                StatementTable.row(
                    article,
                    credited,
                    ids.id(credited.speaker(), row.clusterId()),
                    row.isReprint()))
        .iterator();
  }
}
