package org.demarche.model;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Work on many texts, by as many threads as there are processors. */
final class Parallel {

  private Parallel() {}

  /**
   * Does {@code work} with each number from 0 to {@code count − 1}, in any order, and tells {@code
   * log} how many texts are done.
   */
  static void forEachText(int count, TrainingLog log, IntConsumer work) {
    AtomicLong done = new AtomicLong();
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              work.accept(i);
              log.encoded(done.incrementAndGet(), count);
            });
  }
}
