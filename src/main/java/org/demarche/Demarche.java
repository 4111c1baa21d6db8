package org.demarche;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.Storage;
import org.demarche.model.ScaleModel;
import org.demarche.pipeline.Models;
import org.demarche.pipeline.Pipeline;
import org.demarche.pipeline.Stage;
import org.demarche.pipeline.WarehouseSettings;
import org.demarche.speaker.CreditedStatement;
import org.demarche.speaker.SpeakerDirectory;
import org.demarche.speaker.StatementExtractor;
import org.demarche.text.Article;
import org.demarche.warehouse.WarehouseSession;

/**
 * What a Java program calls: the statements of an article, a model that scores them, and a run over
 * a collection. The first two need no Spark.
 *
 * <pre>{@code
 * Article article = Article.of("ferry", text);
 * ScaleModel stance = Demarche.model("stance");
 * for (CreditedStatement statement : Demarche.extract(article)) {
 *   LabelDistribution answer = stance.predict(statement.passage(text).whole());
 *   System.out.println(statement.speaker().name() + ": " + answer.label());
 * }
 * }</pre>
 *
 * <p>All methods can be called from several threads. A {@link DemarcheException} says what the user
 * can mend.
 */
public final class Demarche {

  private Demarche() {}

  /** Reads the word lists when the first article is extracted, once for all. */
  private static final class Extractor {
    static final StatementExtractor INSTANCE = new StatementExtractor(SpeakerDirectory.EMPTY);
  }

  /**
   * Returns the statements of an English article, sorted by where their content starts. Every
   * offset counts UTF-16 code units in {@link Article#text}.
   */
  public static List<CreditedStatement> extract(Article article) {
    return Extractor.INSTANCE.extract(article);
  }

  /**
   * Returns a model, which can be shared between threads.
   *
   * @param place a folder that {@code demarche train} wrote, or the name of a bundled model: {@code
   *     stance} or {@code sentiment}
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if there is no such model or
   *     it cannot be used
   */
  public static ScaleModel model(String place) {
    return Models.named(place, null, Storage.ofProcess());
  }

  /**
   * Brings a warehouse up to date with its articles, as {@code demarche run} does: new articles are
   * ingested, extracted and scored, and the scores of speakers are made again.
   *
   * @param spark the caller's session; stays open, with its own settings
   * @param configuration the settings of {@code reference.conf} that differ from the defaults, such
   *     as {@code warehouse = "w", articles.paths = ["news"]}
   * @return what was read and written
   * @throws DemarcheException with the status that the command would end with; the warehouse is
   *     then as it was
   */
  public static Pipeline.Result run(SparkSession spark, String configuration) throws IOException {
    Settings settings =
        WarehouseSettings.over(
                List.of(new Settings.Layer("configuration", configuration)),
                Storage.of(spark.sparkContext().hadoopConfiguration()))
            .settings();
    try (Progress progress = new Progress(new PrintStream(PrintStream.nullOutputStream()), false)) {
      return Pipeline.run(WarehouseSession.beside(spark), settings, Stage.ALL, false, progress);
    }
  }
}
