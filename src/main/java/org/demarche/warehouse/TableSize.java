package org.demarche.warehouse;

/** How many files a table has, and how many bytes they have together. */
public record TableSize(long files, long bytes) {

  public static final TableSize NONE = new TableSize(0, 0);

  public TableSize plus(TableSize other) {
    return new TableSize(files + other.files, bytes + other.bytes);
  }
}
