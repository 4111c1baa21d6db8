package org.demarche.console;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows how far a long run is: the stage, its current step and how much of the step is done, the
 * rate and the time. It shows no share of the whole run, because the number of steps of a stage is
 * not known beforehand.
 *
 * <p>On a terminal, one line is rewritten; elsewhere, such as in a scheduler's log, a new line is
 * printed every few seconds. Work that ends earlier prints nothing.
 */
public final class Progress implements AutoCloseable {

  private static final long TERMINAL_MILLIS = 500;
  private static final long LOG_MILLIS = 5_000;

  /** Steps expected to take less than this show no time estimate. */
  private static final double LONG_STEP_SECONDS = 3;

  private final PrintStream out;
  private final boolean terminal;
  private final ScheduledExecutorService clock;

  // This object's lock guards all fields below: the clock and the thread that reports share them.
  private String stage = "starting Spark";
  private long stageBegan = System.nanoTime();
  private long steps;
  private long active;
  private long stepBegan;
  private long tasks;
  private long tasksDone;
  private long rows;
  private long cpuNanos;
  private boolean lineOpen;
  private String countedUnit;
  private long counted;
  private long countedOf;
  private long countingBegan;

  /**
   * Starts to show progress.
   *
   * @param terminal whether {@code out} is a terminal, where a line can be rewritten
   */
  public Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    long period = terminal ? TERMINAL_MILLIS : LOG_MILLIS;
    clock.scheduleAtFixedRate(this::show, period, period, TimeUnit.MILLISECONDS);
  }

  /** Begins a stage. */
  public synchronized void stage(String name) {
    stage = name;
    stageBegan = System.nanoTime();
    steps = 0;
    active = 0;
    tasks = 0;
    tasksDone = 0;
    rows = 0;
    cpuNanos = 0;
    countedUnit = null;
  }

  /**
   * Reports progress of work that does not run as Spark steps and tasks.
   *
   * @param unit what is counted, in the plural
   */
  public synchronized void counted(String unit, long done, long all) {
    if (!unit.equals(countedUnit) || all != countedOf || done < counted && done == 1) {
      countingBegan = System.nanoTime();
    }
    if (unit.equals(countedUnit) && all == countedOf && done > 1 && done < counted) {
      return; // another thread has reported a higher count
    }
    countedUnit = done < all ? unit : null;
    counted = done;
    countedOf = all;
  }

  /**
   * Reports that a step begins. Several steps may run at the same time.
   *
   * @param newTasks how many tasks it has
   */
  public synchronized void stepBegins(int newTasks) {
    if (active == 0) {
      tasks = 0;
      tasksDone = 0;
      stepBegan = System.nanoTime();
    }
    active++;
    steps++;
    tasks += newTasks;
  }

  /** Reports that a step ends. */
  public synchronized void stepEnds() {
    active = Math.max(0, active - 1);
  }

  /**
   * Reports that a task ends.
   *
   * @param done whether it succeeded and will not be tried again
   * @param nanos the processor time it took
   * @param written the rows it wrote
   */
  public synchronized void taskEnds(boolean done, long nanos, long written) {
    if (done) {
      tasksDone++;
    }
    cpuNanos += nanos;
    rows += written;
  }

  /** Returns the processor time of all tasks since the stage began, in milliseconds. */
  public synchronized long cpuMillis() {
    return cpuNanos / 1_000_000;
  }

  private synchronized void show() {
    String line = line();
    if (terminal) {
      out.print("\r" + line + "\u001b[K");
      lineOpen = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Returns the line that describes the current state. */
  public synchronized String line() {
    double seconds = (System.nanoTime() - stageBegan) / 1e9;
    StringBuilder line = new StringBuilder("%-10s".formatted(stage));
    if (steps > 0) {
      line.append(" step %d".formatted(steps));
    }
    if (active > 0 && tasks > 0) {
      double share = Math.min(1, (double) tasksDone / tasks);
      double stepSeconds = (System.nanoTime() - stepBegan) / 1e9;
      line.append(" %3.0f %%".formatted(100 * share));
      if (share > 0.02 && share < 1 && stepSeconds > LONG_STEP_SECONDS) {
        line.append(", %s left".formatted(time(stepSeconds * (1 - share) / share)));
      }
    }
    if (rows > 0) {
      line.append("  %,d rows, %,.0f/s".formatted(rows, rows / seconds));
    }
    if (countedUnit != null) {
      double began = (System.nanoTime() - countingBegan) / 1e9;
      line.append(
          "  %,d of %,d %s, %,.0f/s".formatted(counted, countedOf, countedUnit, counted / began));
      if (began > LONG_STEP_SECONDS) {
        line.append(", %s left".formatted(time(began * (countedOf - counted) / counted)));
      }
    }
    line.append("  (%s)".formatted(time(seconds)));
    return line.toString();
  }

  private static String time(double seconds) {
    long s = Math.round(seconds);
    return s < 90
        ? s + " s"
        : s < 5400
            ? "%d min".formatted(Math.round(s / 60.0))
            : String.format(Locale.ROOT, "%.1f h", s / 3600.0);
  }

  /** Prints {@code line} above the progress line; it stays. */
  public synchronized void note(String line) {
    clear();
    out.println(line);
  }

  /** Stops showing and clears the line. */
  @Override
  public synchronized void close() {
    clock.shutdownNow();
    clear();
  }

  private void clear() {
    if (lineOpen) {
      out.print("\r\u001b[K");
      out.flush();
      lineOpen = false;
    }
  }
}
