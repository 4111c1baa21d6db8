package org.demarche.ingest;

/** Takes paths of files apart. */
public final class FileNames {

  private FileNames() {}

  /** Returns the part after the last slash or backslash. */
  static String last(String file) {
    return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }

  /** Returns the name of the file without the endings of compression and format. */
  public static String stem(String file) {
    String name = Packing.nameWithout(last(file));
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
