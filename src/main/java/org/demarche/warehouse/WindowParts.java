package org.demarche.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.quarter;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;

/**
 * The parts of a table about windows. A part holds all windows of one kind that start in the same
 * quarter, such as {@code month-2031q3}, and is written in one piece; {@code all} holds those of
 * all time. A run that changes a few windows writes their parts and takes over the other files.
 */
public final class WindowParts {

  /** The column that {@link TableWriter} puts rows into parts by; it is not in the files. */
  static final String PART = "part";

  private static final Pattern FILE = Pattern.compile("(all|[a-z]+-\\d{4}q[1-4])-part-.*");

  private static final Pattern QUARTER = Pattern.compile("([a-z]+)-(\\d{4})q([1-4])");

  private WindowParts() {}

  /**
   * Returns the part of each row.
   *
   * @param window the kind of window, such as month
   * @param start the first day of the window; null for all time
   */
  public static Column of(Column window, Column start) {
    return when(start.isNull(), window)
        .otherwise(concat(window, lit("-"), lpad(year(start), 4, "0"), lit("q"), quarter(start)));
  }

  /** Returns the part of a window; the arguments are as above. */
  public static String of(String window, LocalDate start) {
    return start == null
        ? window
        : "%s-%04dq%d".formatted(window, start.getYear(), (start.getMonthValue() + 2) / 3);
  }

  /** Returns the name of a file with rows of {@code part}, which Spark has called {@code name}. */
  static String file(String part, String name) {
    return part + "-" + name;
  }

  /** Returns the part that a file has rows of; empty if it is not a file of a part. */
  static Optional<String> ofFile(String name) {
    Matcher file = FILE.matcher(name);
    return file.matches() ? Optional.of(file.group(1)) : Optional.empty();
  }

  /** Selects the rows of {@code parts} by the columns of their windows. */
  static Column in(Set<String> parts) {
    return parts.stream().map(WindowParts::is).reduce(Column::or).orElse(lit(false));
  }

  private static Column is(String part) {
    Matcher quarter = QUARTER.matcher(part);
    if (!quarter.matches()) {
      return col("window").equalTo(part);
    }
    LocalDate first =
        LocalDate.of(
            Integer.parseInt(quarter.group(2)), 3 * Integer.parseInt(quarter.group(3)) - 2, 1);
    return col("window")
        .equalTo(quarter.group(1))
        .and(col("window_start").geq(lit(first)))
        .and(col("window_start").lt(lit(first.plusMonths(3))));
  }
}
