package org.demarche.warehouse;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** What earlier runs left in their folders: their manifests, and the rejects of refused runs. */
public final class RunFiles {

  private RunFiles() {}

  /**
   * Takes every trace of articles out of these files, with the commit.
   *
   * @param isNamed tells whether a line has such an article in it
   * @param isName tells whether the name of a file is that of such an article
   */
  public static void remove(
      Transaction transaction, Predicate<String> isNamed, Predicate<String> isName)
      throws IOException {
    Warehouse warehouse = transaction.warehouse();
    for (FileStatus run : warehouse.list(warehouse.path(Transaction.RUNS))) {
      for (FileStatus file : warehouse.list(run.getPath())) {
        Path path = file.getPath();
        String before = warehouse.readText(path);
        String after =
            path.getName().equals(Transaction.MANIFEST)
                ? Manifest.without(before, isNamed, isName)
                : withoutLines(before, isNamed);
        if (!after.equals(before)) {
          transaction.put(
              Transaction.RUNS + "/" + run.getPath().getName() + "/" + path.getName(), after);
        }
      }
    }
  }

  static String withoutLines(String text, Predicate<String> isNamed) {
    return text.lines().filter(isNamed.negate()).map(line -> line + "\n").collect(joining());
  }
}
