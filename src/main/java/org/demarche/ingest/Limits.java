package org.demarche.ingest;

import java.io.Serializable;

/**
 * Limits that protect a job from hostile files.
 *
 * @param recordBytes longest record, in bytes, {@code >= 1024}; a longer one is refused without
 *     being held in memory
 * @param expansion how many times larger than its compressed bytes a file may become, {@code >= 1};
 *     checked only beyond 64 MiB. News text expands 3 to 10 times, a decompression bomb 1,000 times
 * @param depth deepest nesting of a JSON record, {@code >= 1}
 */
public record Limits(int recordBytes, int expansion, int depth) implements Serializable {

  /** 16 MiB per record, 300 times the compressed bytes, 64 levels. */
  public static final Limits DEFAULT = new Limits(16 << 20, 300, 64);

  /** A record is held in one array, whose length is an int. */
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
