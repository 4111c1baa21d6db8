package org.demarche.ingest;

import java.io.Serializable;

/**
 * How much of a hostile file is put up with.
 *
 * @param recordBytes longest record, in bytes, {@code >= 1024}; a longer one is refused without
 *     being held in memory
 * @param expansion how many times larger than its compressed bytes a file may grow, {@code >= 1};
 *     judged only beyond 64 MiB. News text shrinks to a third or a tenth, a bomb to a thousandth
 * @param depth deepest nesting of a JSON record, {@code >= 1}
 */
public record Limits(int recordBytes, int expansion, int depth) implements Serializable {

  /** 16 MiB a record, 300 times the compressed bytes, 64 levels. */
  public static final Limits DEFAULT = new Limits(16 << 20, 300, 64);

  /** The arrays of the JDK end a little below this. */
  private static final int LARGEST_RECORD = 1 << 30;

  public Limits {
    if (recordBytes < 1024 || recordBytes > LARGEST_RECORD || expansion < 1 || depth < 1) {
      throw new IllegalArgumentException(
          ("Limits must be recordBytes in [1024, %d], expansion >= 1 and depth >= 1, "
                  + "but were %d, %d and %d")
              .formatted(LARGEST_RECORD, recordBytes, expansion, depth));
    }
  }
}
