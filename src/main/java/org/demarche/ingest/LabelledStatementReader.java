package org.demarche.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.ingest.Utf8.Decoded;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.text.CleanText;
import org.demarche.text.Span;

/**
 * Reads labelled statements from JSON lines, CSV or Parquet, compressed or not. The ending of the
 * name or else the first character decides the format. Encodings and CSV dialects are found as
 * those of articles are.
 *
 * <p>Fields: {@code text} and {@code label}; optionally {@code id} (by default the name of the file
 * and the number of the row), {@code target}, {@code target_start}, {@code target_end} (UTF-16
 * offsets in the text) and {@code group} (rows of one group stay in one fold; by default the {@code
 * id}). If there is no field {@code label}, the field with the name of the scale is read, so that
 * one file can hold labels of several scales. Rows without a label are left out and counted; other
 * fields are ignored. Texts are read in their {@link CleanText}, as those of articles are, and a
 * target's place is that in the clean text.
 */
public final class LabelledStatementReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads Parquet files, for which this package has no library. */
  @FunctionalInterface
  public interface ParquetSource {

    /** Passes every row of {@code file} to {@code rows}: field to value as text, without nulls. */
    void read(Path file, Consumer<Map<String, String>> rows) throws IOException;
  }

  private final Scale scale;
  private final Map<String, Integer> filesOfName = new HashMap<>();
  private final List<LabelledStatement> rows = new ArrayList<>();
  private final Map<String, String> places = new HashMap<>();
  private long unlabelled;

  private LabelledStatementReader(Scale scale) {
    this.scale = scale;
  }

  /**
   * The rows of the files.
   *
   * @param rows the labelled rows, in the order of the files
   * @param unlabelled how many rows were left out because they have no label on this scale
   */
  public record Result(List<LabelledStatement> rows, long unlabelled) {
    public Result {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Reads the statements in {@code files} that have a label of {@code scale}.
   *
   * @param parquet reads the Parquet files among them
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if a file is missing, a line is
   *     faulty, a label is not of the scale, two rows have the same id, or no row has a label
   */
  public static Result read(List<Path> files, Scale scale, ParquetSource parquet) {
    Result read = readAny(files, scale, parquet);
    if (read.rows().isEmpty()) {
      throw DemarcheException.inputMissing(
          "%s: no row has a label of the scale '%s' (field 'label' or '%s')%s"
              .formatted(
                  files,
                  scale.name(),
                  scale.name(),
                  read.unlabelled() == 0
                      ? ""
                      : ": fill in one of %s in some of the %,d rows"
                          .formatted(scale.labelNames(), read.unlabelled())));
    }
    return read;
  }

  /** As {@link #read}, but it is no fault if no row has a label. */
  public static Result readAny(List<Path> files, Scale scale, ParquetSource parquet) {
    LabelledStatementReader reader = new LabelledStatementReader(scale);
    files.forEach(
        file -> reader.filesOfName.merge(FileNames.last(file.toString()), 1, Integer::sum));
    for (Path file : files) {
      boolean isParquet =
          ArticleFormats.ofName(file.toString()).equals(Optional.of(ArticleFormats.PARQUET));
      if (!Files.isRegularFile(file) && !(isParquet && Files.isDirectory(file))) {
        throw DemarcheException.inputMissing(file + ": no such file of labelled statements");
      }
      try {
        if (isParquet) {
          reader.readParquet(file, parquet);
        } else {
          reader.readText(file);
        }
      } catch (AccessDeniedException e) {
        throw DemarcheException.inputMissing(file + ": permission denied", e);
      } catch (IOException | UncheckedIOException e) {
        throw DemarcheException.inputMissing(file + ": " + e.getMessage(), e);
      }
    }
    return new Result(reader.rows, reader.unlabelled);
  }

  private void readText(Path file) throws IOException {
    try (InputBytes in =
        InputBytes.of(Files.newInputStream(file), Limits.DEFAULT, Optional.empty())) {
      byte[] head = in.peek(InputBytes.HEAD);
      ArticleFormat format =
          ArticleFormats.ofName(file.toString())
              .filter(named -> named != ArticleFormats.TEXT)
              .orElse(
                  Utf8.decoded(head, 0, head.length).stripLeading().startsWith("{")
                      ? ArticleFormats.JSONL
                      : ArticleFormats.CSV);
      if (format == ArticleFormats.CSV) {
        readCsv(file, new CsvRows(in, Limits.DEFAULT.recordBytes()));
      } else {
        readJsonLines(
            file, new RecordSlicer(in, RecordSlicer.lines(), Limits.DEFAULT.recordBytes()));
      }
    }
  }

  private void readJsonLines(Path file, RecordSlicer lines) throws IOException {
    for (long number = 1; lines.next(); number++) {
      String place = file + ":" + number;
      String line = text("Line", lines, place);
      if (line.isBlank()) {
        continue;
      }
      Map<String, String> row = new HashMap<>();
      for (Map.Entry<String, JsonNode> field : parse(line, place).properties()) {
        JsonNode value = field.getValue();
        row.put(field.getKey(), value.isNull() ? null : value.asText());
      }
      accept(row, file, number, place);
    }
  }

  private static String text(String what, RecordSlicer record, String place) {
    if (record.tooLarge()) {
      throw DemarcheException.inputMissing(
          "%s: %s has %,d bytes; the limit is %,d"
              .formatted(place, what, record.size(), Limits.DEFAULT.recordBytes()));
    }
    Decoded text = Utf8.readAll(what, record.buffer(), record.start(), record.end());
    if (text.isFaulty()) {
      throw DemarcheException.inputMissing(
          "%s: %s: save it as UTF-8".formatted(place, text.fault()));
    }
    return text.text();
  }

  private static JsonNode parse(String line, String place) {
    try {
      JsonNode node = JSON.readTree(line);
      if (!node.isObject()) {
        throw DemarcheException.inputMissing(
            "%s: a JSON object was expected, found %s".formatted(place, shortened(line)));
      }
      return node;
    } catch (JsonProcessingException e) {
      throw DemarcheException.inputMissing(
          "%s: not JSON (%s): %s".formatted(place, e.getOriginalMessage(), shortened(line)), e);
    }
  }

  private void readCsv(Path file, CsvRows rows) throws IOException {
    List<String> header = rows.header();
    for (long number = 1; rows.next(); number++) {
      String place = file + ":" + rows.line();
      List<String> cells = rows.cells(Decoded.of(text("Row", rows.slicer(), place)));
      if (cells == null) {
        throw DemarcheException.inputMissing(place + ": a quotation mark is out of place");
      }
      if (cells.size() != header.size()) {
        throw DemarcheException.inputMissing(
            "%s: %d fields, but the header has %d %s"
                .formatted(place, cells.size(), header.size(), header));
      }
      Map<String, String> row = new HashMap<>();
      // From the last to the first, which counts where two columns have one name.
      for (int column = cells.size() - 1; column >= 0; column--) {
        String cell = cells.get(column);
        row.put(header.get(column), cell == null || cell.isEmpty() ? null : cell);
      }
      accept(row, file, number, place);
    }
  }

  private void readParquet(Path file, ParquetSource parquet) throws IOException {
    long[] number = new long[1];
    parquet.read(
        file,
        row -> {
          number[0]++;
          accept(row, file, number[0], file + " row " + number[0]);
        });
  }

  /** Adds a row; {@code number} is its number in the file, from 1, for rows without an id. */
  private void accept(Map<String, String> row, Path file, long number, String place) {
    String given = row.get("id");
    String name = FileNames.last(file.toString());
    String id =
        given != null && !given.isBlank()
            ? given
            : (filesOfName.get(name) > 1 ? file : name) + ":" + number;
    String text = required(row, "text", place);
    String label = row.get(row.containsKey("label") ? "label" : scale.name());
    if (label == null || label.isBlank()) {
      unlabelled++;
      return;
    }
    if (scale.indexOf(label) < 0) {
      throw DemarcheException.inputMissing(
          "%s: label '%s' is not of the scale '%s'; allowed are %s"
              .formatted(place, shortened(label), scale.name(), scale.labelNames()));
    }
    String other = places.putIfAbsent(id, place);
    if (other != null) {
      throw DemarcheException.inputMissing(
          "%s: id '%s' was already used at %s".formatted(place, shortened(id), other));
    }
    String group = row.get("group");
    try {
      Passage passage =
          new Passage(
              text,
              row.get("target"),
              offset(row, "target_start", place),
              offset(row, "target_end", place));
      rows.add(new LabelledStatement(id, group == null ? id : group, clean(passage), label));
    } catch (IllegalArgumentException e) {
      throw DemarcheException.inputMissing(place + ": " + e.getMessage(), e);
    }
  }

  /** Returns what a model reads of a passage in an article, so that it learns from the same. */
  private static Passage clean(Passage delivered) {
    CleanText clean = CleanText.of(delivered.text());
    if (clean.text().isBlank()) {
      throw new IllegalArgumentException("the field 'text' has nothing but markup");
    }
    Optional<Span> target =
        delivered.hasTargetPlace()
            ? clean.clean(new Span(delivered.targetStart(), delivered.targetEnd()))
            : Optional.empty();
    return new Passage(
        clean.text(),
        delivered.target(),
        target.map(Span::start).orElse(-1),
        target.map(Span::end).orElse(-1));
  }

  private static String required(Map<String, String> row, String name, String place) {
    String value = row.get(name);
    if (value == null || value.isBlank()) {
      throw DemarcheException.inputMissing(
          "%s: the field '%s' is missing or empty".formatted(place, name));
    }
    return value;
  }

  private static int offset(Map<String, String> row, String name, String place) {
    String value = row.get(name);
    if (value == null) {
      return -1;
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw DemarcheException.inputMissing(
          "%s: %s is '%s', but must be a whole number".formatted(place, name, shortened(value)), e);
    }
  }

  private static String shortened(String value) {
    return value.length() <= 80 ? Utf8.shown(value) : Utf8.shown(value.substring(0, 80)) + "…";
  }
}
