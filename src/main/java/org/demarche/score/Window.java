package org.demarche.score;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * A period over which scores are computed.
 *
 * @param kind the kind of period
 * @param start first day in UTC; null for all time
 * @param end last day in UTC; null for all time
 */
public record Window(Kind kind, LocalDate start, LocalDate end) implements Serializable {

  /** All time; it also contains statements without a date. */
  public static final Window ALL = new Window(Kind.ALL, null, null);

  /** The kinds of window, longest first. */
  public enum Kind {
    /** All time. */
    ALL,
    /** From January to December. */
    YEAR,
    /** Three months, from January, April, July or October. */
    QUARTER,
    /** A calendar month. */
    MONTH,
    /** From Monday to Sunday. */
    WEEK,
    /** One day. */
    DAY;

    /** Returns the name in tables and settings, in lower case. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the kind with that {@link #id}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Kind of(String id) {
      for (Kind kind : values()) {
        if (kind.id().equals(id)) {
          return kind;
        }
      }
      throw new IllegalArgumentException(
          "A window is all, year, quarter, month, week or day, but was '%s'".formatted(id));
    }
  }

  public Window {
    requireNonNull(kind, "kind is null");
    boolean everlasting = start == null && end == null;
    boolean bounded = start != null && end != null && !end.isBefore(start);
    if (kind == Kind.ALL ? !everlasting : !bounded) {
      throw new IllegalArgumentException(
          "A window of kind %s cannot be from %s to %s".formatted(kind.id(), start, end));
    }
  }

  /** Returns the window of that kind that contains {@code day}. */
  public static Window of(Kind kind, LocalDate day) {
    return switch (kind) {
      case ALL -> ALL;
      case YEAR -> from(kind, day.withDayOfYear(1));
      case QUARTER -> from(kind, day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3));
      case MONTH -> from(kind, day.withDayOfMonth(1));
      case WEEK -> from(kind, day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case DAY -> from(kind, day);
    };
  }

  /** Returns the window of the same kind that ends the day before this one; null for all time. */
  public Window before() {
    return kind == Kind.ALL ? null : of(kind, start.minusDays(1));
  }

  private static Window from(Kind kind, LocalDate start) {
    LocalDate next =
        switch (kind) {
          case ALL -> throw new IllegalArgumentException("All time has no first day");
          case YEAR -> start.plusYears(1);
          case QUARTER -> start.plusMonths(3);
          case MONTH -> start.plusMonths(1);
          case WEEK -> start.plusWeeks(1);
          case DAY -> start.plusDays(1);
        };
    return new Window(kind, start, next.minusDays(1));
  }
}
