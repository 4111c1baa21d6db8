package org.demarche.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.features.Featuriser;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.ingest.LabelledStatementReader;
import org.demarche.model.ScaleModel;
import org.demarche.pipeline.Models;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.stance.StatementPassage;
import org.demarche.stance.Target;
import org.demarche.stance.TargetFinder;
import org.demarche.text.Wording;
import org.demarche.training.SuggestionPool.Found;
import org.demarche.warehouse.Probabilities;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.StatementTable.StatementRow;
import org.demarche.warehouse.TableFold;
import org.demarche.warehouse.Warehouse;
import org.demarche.warehouse.WarehouseSession;

/**
 * Runs {@code demarche suggest}: writes the statements of a warehouse whose labels would improve a
 * model most.
 */
public final class Suggest {

  /** The driver chooses from this many times the requested number of statements. */
  private static final int POOL = 20;

  private static final int LEAST_POOL = 2000;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Tells Excel and similar programs that a CSV file is UTF-8. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String[] FIELDS = {
    "id",
    "text",
    "label",
    "target",
    "target_start",
    "target_end",
    "speaker",
    "outlet",
    "published_date",
    "url",
    "group",
    "reason"
  };

  /**
   * The request of a user.
   *
   * @param scale name of the scale
   * @param model folder or name of a model, or null for the configuration's
   * @param count how many statements, {@code >= 1}
   * @param target id of the only target of interest, or null for all
   * @param labels files of labelled statements, which are not suggested again
   * @param out the file to write: CSV if its name ends in .csv, else JSON lines
   */
  public record Task(
      String scale, String model, int count, String target, List<Path> labels, Path out) {}

  /**
   * The outcome.
   *
   * @param suggested number of statements in the file
   * @param speakers number of speakers among them
   * @param model one line that describes the model
   * @param labels the labels to choose from
   */
  public record Result(int suggested, long speakers, String model, List<String> labels) {
    public Result {
      labels = List.copyOf(labels);
    }
  }

  private Suggest() {}

  /**
   * Writes the file of suggestions.
   *
   * @throws ConfigurationException if the scale or the target is not defined, there is no model, or
   *     the count is not positive
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no warehouse, or
   *     nothing in it to suggest
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if the file cannot be written,
   *     or exists and holds labels or something other than suggestions
   */
  public static Result run(Settings settings, Task task, Progress progress) throws IOException {
    try (progress) {
      Chooser chooser = Chooser.of(settings, task);
      RequiredTables.require(settings.warehouse(), StatementTable.TABLE);
      try (WarehouseSession session = WarehouseSession.open("demarche suggest", progress)) {
        progress.stage("suggest");
        return run(session.warehouse(settings.warehouse()), task, chooser);
      }
    }
  }

  static Result run(Warehouse warehouse, Task task, Chooser chooser) throws IOException {
    List<Found> pool = pool(warehouse, chooser, task).found();
    if (pool.isEmpty()) {
      throw DemarcheException.inputMissing(
          "The warehouse %s has no statement to suggest%s%s"
              .formatted(
                  warehouse.shown(),
                  task.target() == null ? "" : " that mentions the target " + task.target(),
                  task.labels().isEmpty() ? "" : " that is not labelled yet"));
    }
    List<Found> chosen = choose(pool, task.count());
    OutputFile.write(task.out(), isCsv(task.out()) ? csv(chosen) : jsonLines(chosen));
    long speakers =
        chosen.stream().map(Found::speakerId).filter(id -> id != null).distinct().count();
    return new Result(
        chosen.size(),
        speakers,
        task.scale() + ": " + chooser.model().description(),
        chooser.model().scale().labelNames());
  }

  /** What every partition needs to know. */
  record Chooser(ScaleModel model, TargetFinder finder, boolean aboutTargets, Set<String> labelled)
      implements Serializable {

    static Chooser of(Settings settings, Task task) throws IOException {
      Settings.ScaleSettings configured = settings.scale(task.scale());
      Scale scale = configured.scale();
      if (task.count() < 1) {
        throw new ConfigurationException(
            List.of("--count must be 1 or more, but is %,d".formatted(task.count())));
      }
      List<Target> targets = targets(settings, task.target());
      checkOut(task.out(), scale);
      String place = task.model() != null ? task.model() : configured.model();
      if (place == null) {
        throw new ConfigurationException(
            List.of(
                ("the scale '%s' has no model yet: give --model, or label some"
                        + " randomly chosen statements first (`demarche export --table statements`) and"
                        + " train one")
                    .formatted(task.scale())));
      }
      ScaleModel model = Models.fitting(place, scale, settings.encoder(), Storage.ofProcess());
      // The rows will come back to `train`, so they must be what the model reads: without targets,
      // a label is for the whole statement.
      boolean aboutTargets = model.metadata().usesTargets() || task.target() != null;
      return new Chooser(model, new TargetFinder(targets), aboutTargets, labelled(task, scale));
    }

    private static List<Target> targets(Settings settings, String wanted) {
      if (wanted == null) {
        return settings.targets();
      }
      List<Target> found =
          settings.targets().stream().filter(target -> target.id().equals(wanted)).toList();
      if (found.isEmpty()) {
        throw new ConfigurationException(
            List.of(
                "There is no target '%s'; there are %s"
                    .formatted(wanted, settings.targets().stream().map(Target::id).toList())));
      }
      return found;
    }

    /** Returns the ids and the words of all labelled statements. */
    private static Set<String> labelled(Task task, Scale scale) {
      Set<String> labelled = new HashSet<>();
      if (!task.labels().isEmpty()) {
        for (LabelledStatement row : Material.rows(task.labels(), scale)) {
          labelled.add(row.id());
          labelled.add(Wording.key(row.passage().text()));
        }
      }
      return labelled;
    }
  }

  private static SuggestionPool pool(Warehouse warehouse, Chooser chooser, Task task)
      throws IOException {
    int limit = Math.max(LEAST_POOL, (int) Math.min(Integer.MAX_VALUE, (long) POOL * task.count()));
    // The limit is divided among the targets, but each keeps enough to fill the request alone.
    int each =
        Math.max(Math.min(task.count(), limit), limit / (1 + chooser.finder().targets().size()));
    boolean onlyAboutTarget = task.target() != null;
    return TableFold.of(
        warehouse,
        StatementTable.TABLE,
        chooser,
        new SuggestionPool(each),
        (shared, pool, row) -> {
          found(row, shared, onlyAboutTarget).forEach(pool::add);
          return pool;
        },
        SuggestionPool::add);
  }

  /** Returns the suggestions for one statement: one, or one per target that it mentions. */
  private static List<Found> found(StatementRow row, Chooser chooser, boolean onlyAboutTarget) {
    StatementPassage passage = row.statementPassage();
    if (!row.asserted()
        || chooser.labelled().contains(row.statementId())
        || chooser.labelled().contains(Wording.key(passage.whole().text()))) {
      return List.of();
    }
    List<TargetFinder.Mention> mentions = passage.mentions(chooser.finder());
    List<Found> found = new ArrayList<>();
    if (chooser.aboutTargets()) {
      for (TargetFinder.Mention mention : mentions) {
        found.add(found(row, passage.towards(mention), mention.target().id(), chooser.model()));
      }
    }
    if (found.isEmpty() && !onlyAboutTarget) {
      String first = mentions.isEmpty() ? "" : mentions.get(0).target().id();
      found.add(found(row, passage.whole(), first, chooser.model()));
    }
    return found;
  }

  private static Found found(StatementRow row, Passage passage, String target, ScaleModel model) {
    LabelDistribution answer = Probabilities.rounded(model.predict(passage));
    return new Found(
        row.statementId(),
        row.distinctId(),
        passage,
        target,
        row.speakerId(),
        row.speaker(),
        row.outlet(),
        row.publishedDate(),
        row.url(),
        row.articleId(),
        answer,
        LabelSuggestions.uncertainty(answer));
  }

  private static List<Found> choose(List<Found> pool, int count) {
    Featuriser featuriser = new Featuriser();
    List<LabelSuggestions.Candidate> candidates =
        pool.stream()
            .map(
                found ->
                    new LabelSuggestions.Candidate(
                        found.statementId() + " " + found.targetId(),
                        found.distinctId(),
                        found.speakerId(),
                        found.targetId(),
                        found.answer(),
                        // Similarity compares the words and ignores targets.
                        featuriser.features(Passage.of(found.passage().text()))))
            .toList();
    return LabelSuggestions.choose(candidates, count).stream().map(pool::get).toList();
  }

  /** Checks before any work that the file may be written. A file with labels is never replaced. */
  private static void checkOut(Path out, Scale scale) {
    OutputFile.check(out);
    String begin = isCsv(out) ? BYTE_ORDER_MARK + String.join(",", FIELDS) : "{\"id\":";
    OutputFile.checkReplaces(out, "suggestions", head -> new String(head, UTF_8).startsWith(begin));
    if (!Files.isRegularFile(out)) {
      return;
    }
    try {
      if (LabelledStatementReader.readAny(List.of(out), scale, ParquetLabels::read)
          .rows()
          .isEmpty()) {
        return; // nothing in it is labelled yet
      }
    } catch (DemarcheException e) {
      // A label that is not of the scale, or another slip of who fills the file in.
    }
    throw OutputFile.cannotWrite(
        out.toString(), "it holds labels; choose another file, and give this one as --labels");
  }

  private static boolean isCsv(Path out) {
    return out.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  private static String jsonLines(List<Found> chosen) {
    StringBuilder lines = new StringBuilder();
    for (Found found : chosen) {
      Object[] values = values(found);
      ObjectNode row = JSON.createObjectNode();
      for (int i = 0; i < FIELDS.length; i++) {
        row.putPOJO(FIELDS[i], values[i]);
      }
      ObjectNode probabilities = row.putObject("probabilities");
      for (int i = 0; i < found.answer().probabilities().length; i++) {
        probabilities.put(
            found.answer().scale().labels().get(i).name(), found.answer().probabilities()[i]);
      }
      try {
        lines.append(JSON.writeValueAsString(row)).append('\n');
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("A tree of JSON can be written", e);
      }
    }
    return lines.toString();
  }

  private static String csv(List<Found> chosen) throws IOException {
    StringWriter text = new StringWriter();
    text.append(BYTE_ORDER_MARK);
    CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').build();
    try (CSVPrinter rows = new CSVPrinter(text, format)) {
      List<Object> header = new ArrayList<>(List.of(FIELDS));
      chosen.get(0).answer().scale().labelNames().forEach(label -> header.add("p_" + label));
      rows.printRecord(header);
      for (Found found : chosen) {
        List<Object> row = new ArrayList<>(Arrays.asList(values(found)));
        for (double p : found.answer().probabilities()) {
          row.add(p);
        }
        rows.printRecord(row);
      }
    }
    return text.toString();
  }

  /** Returns the values of {@link #FIELDS}. */
  private static Object[] values(Found found) {
    Passage passage = found.passage();
    boolean placed = passage.hasTargetPlace();
    return new Object[] {
      found.statementId(),
      passage.text(),
      null,
      passage.target(),
      placed ? passage.targetStart() : null,
      placed ? passage.targetEnd() : null,
      found.speaker(),
      found.outlet(),
      found.date() == null ? null : found.date().toString(),
      found.url(),
      found.articleId(),
      reason(found.answer())
    };
  }

  /** Names the two most probable labels, as in "stance .41 assertive / .39 neutral". */
  static String reason(LabelDistribution answer) {
    double[] p = answer.probabilities();
    List<String> labels =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -p[i]))
            .limit(2)
            .map(
                i ->
                    "%s %s"
                        .formatted(
                            String.format(Locale.ROOT, "%.2f", p[i]).replaceFirst("^0", ""),
                            answer.scale().labels().get(i).name()))
            .toList();
    return answer.scale().name() + " " + String.join(" / ", labels);
  }
}
