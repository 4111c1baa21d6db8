package org.demarche.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Tables and records as text, so that a test can hold them to a file of the repository: the same
 * text on every JDK and with any settings of Spark.
 *
 * <p>Numbers have six decimals. The last bits of a sum depend on its order and on the JDK: a
 * difference of 1e-15 changes the sixth decimal of one number in a billion. A difference that is
 * more than noise changes many numbers at once, and shows even where it is far below the sixth
 * decimal: one of 1e-9 changes one number in a thousand, and the demo has tens of thousands.
 */
public final class GoldenText {

  /** Texts longer than this are cut, and their digest follows. */
  private static final int LONGEST = 40;

  private static final int KEPT = 20;

  private GoldenText() {}

  /**
   * Returns a line with the names of the columns and a line for each row, sorted by the key of
   * {@code table}; tabs part the cells.
   *
   * @param masked columns whose value differs from run to run
   */
  public static List<String> of(Table<?> table, Dataset<Row> rows, Set<String> masked) {
    List<String> columns = table.columnNames();
    List<Integer> key = table.key().stream().map(columns::indexOf).toList();
    List<String> lines =
        rows.collectAsList().stream()
            .map(row -> cells(row, columns, masked))
            .sorted(
                Comparator.comparing((List<String> cells) -> at(cells, key))
                    .thenComparing(cells -> String.join("\t", cells)))
            .map(cells -> String.join("\t", cells))
            .collect(Collectors.toCollection(ArrayList::new));
    lines.add(0, String.join("\t", columns));
    return lines;
  }

  /**
   * Shortens {@code lines}, which are sorted: keeps the first {@code inFull} lines, and makes one
   * line with a digest of all later ones that have the same cells at {@code places}.
   */
  public static List<String> shorten(List<String> lines, int inFull, List<Integer> places) {
    int kept = Math.min(inFull, lines.size());
    Map<String, List<String>> groups = new TreeMap<>();
    for (String line : lines.subList(kept, lines.size())) {
      String group = at(List.of(line.split("\t", -1)), places);
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(line);
    }
    List<String> shortened = new ArrayList<>(lines.subList(0, kept));
    groups.forEach(
        (group, rows) ->
            shortened.add(
                "%s\t… %d rows #%s"
                    .formatted(group, rows.size(), digest(String.join("\n", rows)))));
    return shortened;
  }

  private static List<String> cells(Row row, List<String> columns, Set<String> masked) {
    return columns.stream()
        .map(column -> masked.contains(column) ? "*" : value(row.getAs(column)))
        .toList();
  }

  private static String at(List<String> cells, List<Integer> places) {
    return places.stream().map(cells::get).collect(Collectors.joining("\t"));
  }

  /** Returns the components of {@code row} as cells, where it is a record; tabs part the cells. */
  public static String line(Object row) {
    return row instanceof Record made ? String.join("\t", components(made)) : value(row);
  }

  private static List<String> components(Record made) {
    return Stream.of(made.getClass().getRecordComponents())
        .map(component -> value(component(made, component)))
        .toList();
  }

  /** Returns a value, a record or a list of either without a tab. */
  private static String value(Object value) {
    if (value instanceof Record made) {
      return "(" + String.join(" ", components(made)) + ")";
    }
    if (value instanceof List<?> list) {
      return list.stream().map(GoldenText::value).toList().toString();
    }
    if (value instanceof Double number) {
      return Double.isFinite(number)
          ? new BigDecimal(number).setScale(6, RoundingMode.HALF_EVEN).toPlainString()
          : number.toString();
    }
    return value == null ? "-" : cut(value.toString());
  }

  /** Returns {@code text} on one line and, where it is long, its beginning and its digest. */
  private static String cut(String text) {
    String line = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    return line.length() <= LONGEST ? line : line.substring(0, KEPT) + "…#" + digest(text);
  }

  /** Returns the first twelve digits of the SHA-256 digest of {@code text}. */
  private static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static Object component(Record made, RecordComponent component) {
    try {
      return component.getAccessor().invoke(made);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A component of a public record can be read", e);
    }
  }
}
