package org.demarche.ingest;

import java.util.Locale;

/** Takes paths of files apart. */
public final class FileNames {

  private FileNames() {}

  /** Returns the part after the last slash or backslash. */
  static String last(String file) {
    return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }

  /** Returns the name without the ending of a compression, such as {@code .gz}. */
  static String withoutCompression(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String ending : new String[] {".gz", ".zst", ".zstd"}) {
      if (lower.endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return name;
  }

  /** Returns the name of the file without the endings of compression and format. */
  public static String stem(String file) {
    String name = withoutCompression(last(file));
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
