package org.demarche.training;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.demarche.model.PassageEncoder;
import org.demarche.stance.Passage;

/** Processes many texts with one thread per processor. */
final class ParallelTexts {

  private ParallelTexts() {}

  /**
   * Calls {@code work} for each number from 0 to {@code count − 1}, in any order, and tells {@code
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

  /** Encodes {@code passages}. */
  static float[][] rows(PassageEncoder encoder, List<Passage> passages, TrainingLog log) {
    float[][] rows = new float[passages.size()][];
    forEachText(rows.length, log, i -> rows[i] = encoder.row(passages.get(i)));
    return rows;
  }
}
