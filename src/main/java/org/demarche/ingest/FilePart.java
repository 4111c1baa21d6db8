package org.demarche.ingest;

/**
 * A part of a file that can be read alone, since it begins with a record.
 *
 * @param from its first byte, as stored
 * @param to the byte after it; {@link Long#MAX_VALUE} for the end of the file
 * @param firstRecord the number in the file of its first record
 * @param format the format of the file; {@code auto} for a whole file, whose format its reader
 *     recognises
 */
public record FilePart(long from, long to, long firstRecord, String format) {

  /** All of a file. */
  public static final FilePart WHOLE = new FilePart(0, Long.MAX_VALUE, 0, ArticleFormats.AUTO);

  /** Returns whether this is a part of a file of JSON lines, not a whole file. */
  boolean isJsonLines() {
    return format.equals(ArticleFormats.JSONL.names().get(0));
  }
}
