package org.demarche.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileSystem;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotRef;
import org.demarche.files.Storage;

/**
 * Finds the Parquet files that make up a table in a warehouse on the local file system, for
 * programs that read them beside Spark.
 */
public final class CommittedFiles {

  private CommittedFiles() {}

  /**
   * Returns the files of {@code table} in the warehouse {@code folder}; empty if no run has
   * committed the table.
   */
  public static Optional<List<Path>> of(Path folder, Table<?> table) throws IOException {
    var root = new org.apache.hadoop.fs.Path(folder.toUri());
    FileSystem files = root.getFileSystem(Storage.ofProcess().hadoop());
    TableFormat format = TableFormat.of(files, root);
    if (format.catalog() == null) {
      Path place = folder.resolve(table.name());
      return Files.isDirectory(place) ? Optional.of(inFolder(place)) : Optional.empty();
    }
    try (IcebergCatalog catalog = format.open(files, root)) {
      boolean isCommitted =
          catalog.find(table).filter(found -> found.currentSnapshot() != null).isPresent();
      return isCommitted
          ? Optional.of(named(catalog.files(table, SnapshotRef.MAIN_BRANCH)))
          : Optional.empty();
    }
  }

  private static List<Path> named(List<DataFile> files) {
    return files.stream()
        .map(file -> Path.of(new org.apache.hadoop.fs.Path(file.location()).toUri().getPath()))
        .sorted()
        .toList();
  }

  /** Returns the files that readers see; names beginning with a dot or an underscore are hidden. */
  private static List<Path> inFolder(Path table) throws IOException {
    try (Stream<Path> files = Files.walk(table)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".parquet"))
          .filter(file -> isVisible(table.relativize(file)))
          .sorted()
          .toList();
    }
  }

  private static boolean isVisible(Path place) {
    return StreamSupport.stream(place.spliterator(), false)
        .map(Path::toString)
        .noneMatch(name -> name.startsWith(".") || name.startsWith("_"));
  }
}
