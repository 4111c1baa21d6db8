package org.demarche.warehouse;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The files that a warehouse has taken in. {@code _batches/<batch>} has a line with path, length
 * and time of change for each file of the batch.
 */
public final class KnownFiles {

  private static final String FOLDER = "_batches/";

  private final Set<String> lines;
  private final Set<String> paths;

  private KnownFiles(Set<String> lines) {
    this.lines = lines;
    this.paths =
        lines.stream().map(line -> line.replaceFirst("\t\\d+\t-?\\d+$", "")).collect(toSet());
  }

  /** Returns the files of all batches of {@code warehouse}. */
  public static KnownFiles of(Warehouse warehouse) throws IOException {
    return new KnownFiles(
        warehouse.texts(FOLDER).values().stream()
            .flatMap(text -> Arrays.stream(text.split("\n")))
            .collect(toSet()));
  }

  /** Stores the files of a batch with the commit. */
  public static void store(Transaction transaction, String batch, List<InputFile> files)
      throws IOException {
    transaction.put(
        FOLDER + batch, files.stream().map(file -> line(file) + "\n").collect(joining()));
  }

  /** Returns whether {@code file} was taken in and has not changed since. */
  public boolean has(InputFile file) {
    return lines.contains(line(file));
  }

  /** Returns whether a file with the path of {@code file} was taken in. */
  public boolean hasPathOf(InputFile file) {
    return paths.contains(path(file));
  }

  private static String line(InputFile file) {
    return path(file) + "\t" + file.bytes() + "\t" + file.modified();
  }

  private static String path(InputFile file) {
    return file.path().replace("\n", "\\n");
  }
}
