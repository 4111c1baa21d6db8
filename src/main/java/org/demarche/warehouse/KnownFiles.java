package org.demarche.warehouse;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.demarche.text.Sha256;

/**
 * The files that a warehouse has taken in. {@code _batches/<batch>} has a line with the hash of the
 * path, length and time of change for each file of the batch. The path itself is not stored,
 * because the name of a file can be the id of an article that is removed later.
 */
public final class KnownFiles {

  private static final String FOLDER = "_batches/";
  private static final Pattern LINE = Pattern.compile("(.*)(\t\\d+\t-?\\d+)");
  private static final Pattern HASH =
      Pattern.compile("[0-9a-f]{%d}".formatted(Sha256.id("").length()));

  private final Set<String> lines;
  private final Set<String> paths;

  private KnownFiles(Set<String> lines) {
    this.lines = lines;
    this.paths = lines.stream().map(line -> line.substring(0, line.indexOf('\t'))).collect(toSet());
  }

  /** Returns the files of all batches of {@code warehouse}. */
  public static KnownFiles of(Warehouse warehouse) throws IOException {
    return new KnownFiles(
        warehouse.texts(FOLDER).values().stream()
            .flatMap(text -> Arrays.stream(text.split("\n")))
            .map(KnownFiles::hashed)
            .collect(toSet()));
  }

  /** Stores the files of a batch with the commit. */
  public static void store(Transaction transaction, String batch, List<InputFile> files)
      throws IOException {
    transaction.put(
        FOLDER + batch, files.stream().map(file -> line(file) + "\n").collect(joining()));
  }

  /**
   * Puts the files of batches together, with the commit.
   *
   * @param into for a batch, the one that has its files afterwards
   */
  public static void merge(Transaction transaction, UnaryOperator<String> into) throws IOException {
    Map<String, String> merged = new TreeMap<>();
    transaction
        .warehouse()
        .texts(FOLDER)
        .forEach((batch, text) -> merged.merge(into.apply(batch), text, String::concat));
    if (!merged.isEmpty()) {
      transaction.putAll(FOLDER.substring(0, FOLDER.length() - 1), merged);
    }
  }

  /** Replaces, with the commit, the paths that an earlier version stored by their hashes. */
  public static void hashPaths(Transaction transaction) throws IOException {
    for (Map.Entry<String, String> batch : transaction.warehouse().texts(FOLDER).entrySet()) {
      String hashed = batch.getValue().lines().map(line -> hashed(line) + "\n").collect(joining());
      if (!hashed.equals(batch.getValue())) {
        transaction.put(FOLDER + batch.getKey(), hashed);
      }
    }
  }

  /** Returns whether {@code file} was taken in and has not changed since. */
  public boolean has(InputFile file) {
    return lines.contains(line(file));
  }

  /** Returns whether a file with the path of {@code file} was taken in. */
  public boolean hasPathOf(InputFile file) {
    return paths.contains(path(file));
  }

  /** Returns a line with the hash of its path; earlier versions stored the path itself. */
  private static String hashed(String line) {
    Matcher parts = LINE.matcher(line);
    return !parts.matches() || HASH.matcher(parts.group(1)).matches()
        ? line
        : Sha256.id(parts.group(1)) + parts.group(2);
  }

  private static String line(InputFile file) {
    return path(file) + "\t" + file.bytes() + "\t" + file.modified();
  }

  private static String path(InputFile file) {
    return Sha256.id(file.path().replace("\n", "\\n"));
  }
}
