package org.demarche.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.console.Progress;
import org.demarche.files.Storage;
import org.demarche.ingest.InputOptions;
import org.demarche.ingest.Outcome;
import org.demarche.ingest.Outcomes;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.text.Article;
import org.demarche.text.CleanText;
import org.demarche.text.Sha256;
import org.demarche.text.Tokenizer;
import org.demarche.text.Tokens;
import org.demarche.text.Wording;
import org.demarche.warehouse.InputFile;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Warehouse;
import org.demarche.warehouse.WarehouseSession;

/**
 * Collects passages without labels, which a teacher model labels for distillation: the statements
 * of a warehouse, or the sentences of article files.
 */
public final class UnlabelledPassages {

  /** Shorter sentences are mostly headings; longer ones are lists that lost their line ends. */
  private static final int SHORTEST = 30;

  private static final int LONGEST = 600;

  /** Held-back statements shorter than this, such as "No.", are not compared. */
  private static final int TELLING = 12;

  private UnlabelledPassages() {}

  /**
   * Returns the distinct passages of {@code places}, in the order of their hashes.
   *
   * @param places warehouses, article files, and folders of article files
   * @param most maximum number of passages
   * @param heldBack statements that the model will be evaluated on: passages that contain the words
   *     of one of them, or are contained in one, are left out
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if a place is missing, or no
   *     passage is left
   */
  public static List<Passage> passages(
      List<String> places, int most, List<LabelledStatement> heldBack, Progress progress)
      throws IOException {
    Set<String> texts = new HashSet<>();
    List<String> files = new ArrayList<>();
    for (String place : places) {
      if (isWarehouse(place)) {
        texts.addAll(statements(place, most, progress));
      } else {
        files.add(place);
      }
    }
    if (!files.isEmpty()) {
      sentences(files, texts, progress);
    }
    if (texts.isEmpty()) {
      throw DemarcheException.inputMissing(
          "There are no passages at %s: give a warehouse with statements, or article files"
              .formatted(String.join(", ", places)));
    }
    List<String> judging =
        heldBack.stream()
            .map(row -> Wording.of(row.passage().text()))
            .filter(words -> words.length() >= TELLING)
            .toList();
    texts.removeIf(
        text -> {
          String words = Wording.of(text);
          return judging.stream().anyMatch(other -> other.contains(words) || words.contains(other));
        });
    if (texts.isEmpty()) {
      throw DemarcheException.inputMissing(
          "All passages at %s share their words with --held-back: give other texts"
              .formatted(String.join(", ", places)));
    }
    Map<String, String> hashes = new HashMap<>();
    texts.forEach(text -> hashes.put(text, Sha256.hex(text, 8)));
    return texts.stream()
        .sorted(Comparator.comparing(hashes::get))
        .limit(most)
        .map(Passage::of)
        .toList();
  }

  private static boolean isWarehouse(String place) throws IOException {
    Path statements = new Path(place, StatementTable.TABLE.name());
    return statements.getFileSystem(Storage.ofProcess().hadoop()).exists(statements);
  }

  private static List<String> statements(String place, int most, Progress progress)
      throws IOException {
    try (WarehouseSession session = WarehouseSession.open("demarche sample", progress)) {
      return sample(session.warehouse(place), most);
    }
  }

  /** Returns at most {@code most} distinct passages that are scored, in order of their hashes. */
  public static List<String> sample(Warehouse warehouse, int most) throws IOException {
    return sample(RequiredTables.required(warehouse, StatementTable.TABLE), most);
  }

  /** Returns at most {@code most} distinct passages that are scored, in order of their hashes. */
  static List<String> sample(Dataset<Row> statements, int most) {
    Dataset<Row> passages =
        statements
            .where("asserted")
            .select("passage")
            .distinct()
            .orderBy(functions.sha2(functions.col("passage").cast("binary"), 256))
            .limit(most);
    return passages.as(Encoders.STRING()).collectAsList().stream()
        .map(passage -> CleanText.of(passage).text())
        .toList();
  }

  private static void sentences(List<String> places, Set<String> texts, Progress progress)
      throws IOException {
    Configuration hadoop = Storage.ofProcess().hadoop();
    Tokenizer tokenizer = new Tokenizer();
    InputFiles.Listing listing = InputFiles.list(places, hadoop);
    listing.note(progress);
    for (InputFile file : listing.files()) {
      try (Outcomes reader =
          RecordFiles.open(InputFiles.Part.whole(file), hadoop, InputOptions.DEFAULT)) {
        while (reader.hasNext()) {
          if (reader.next() instanceof Outcome.Accepted accepted) {
            sentences(accepted.article(), tokenizer, texts);
          }
        }
      } catch (IOException e) {
        throw InputFiles.unreadable(file.path(), e);
      } catch (UncheckedIOException e) {
        throw InputFiles.unreadable(file.path(), e.getCause());
      }
    }
  }

  private static void sentences(Article article, Tokenizer tokenizer, Set<String> texts) {
    if (!article.hasBody()) {
      return;
    }
    CleanText clean = CleanText.of(article.text());
    Tokens tokens = tokenizer.tokenize(clean.text(), clean.clean(article.body()).orElseThrow());
    for (int sentence = 0; sentence < tokens.sentences(); sentence++) {
      String text =
          tokens
              .span(tokens.sentenceStart(sentence), tokens.sentenceEnd(sentence))
              .of(clean.text())
              .replaceAll("\\s+", " ");
      if (text.length() >= SHORTEST && text.length() <= LONGEST) {
        texts.add(text);
      }
    }
  }
}
