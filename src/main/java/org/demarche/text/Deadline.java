package org.demarche.text;

import java.util.function.LongSupplier;

/**
 * The time by which the work on one text has to be done. Whoever works through a text asks at every
 * sentence, quotation or name whether it has passed.
 *
 * <p>Not to be shared between threads.
 */
public final class Deadline {

  /** The time has passed. */
  public static final class Passed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private Passed() {
      super("The time for this text has passed", null, false, false);
    }
  }

  /** Never passes, and can be shared. */
  public static final Deadline NONE = new Deadline(() -> 0, Long.MAX_VALUE);

  /** Of so many checks one looks at the clock, because that takes long. */
  private static final int CHECKS_PER_LOOK = 256;

  private final LongSupplier clock;
  private final long began;
  private final long nanos;
  private int checks;

  /**
   * Starts the time.
   *
   * @param clock returns nanoseconds, such as the processor time of the thread
   * @param nanos how many of them there are
   */
  public Deadline(LongSupplier clock, long nanos) {
    this.clock = clock;
    this.began = clock.getAsLong();
    this.nanos = nanos;
  }

  /**
   * Does nothing while there is time left.
   *
   * @throws Passed if there is none
   */
  public void check() {
    if (nanos < Long.MAX_VALUE
        && ++checks % CHECKS_PER_LOOK == 0
        && clock.getAsLong() - began > nanos) {
      throw new Passed();
    }
  }
}
