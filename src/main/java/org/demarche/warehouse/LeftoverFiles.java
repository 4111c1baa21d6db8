package org.demarche.warehouse;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Removes files that Hadoop leaves beside the data, which confuse readers other than Spark. */
final class LeftoverFiles {

  private LeftoverFiles() {}

  /** Removes {@code _SUCCESS} marks and, on a local file system, {@code .crc} files. */
  static void sweep(FileSystem files, Path folder) throws IOException {
    // The local file system of Hadoop hides its .crc files; the raw one beneath it lists them.
    FileSystem raw = files instanceof LocalFileSystem local ? local.getRaw() : files;
    for (FileStatus entry : raw.listStatus(folder)) {
      String name = entry.getPath().getName();
      if (entry.isDirectory()) {
        sweep(files, entry.getPath());
      } else if (name.equals("_SUCCESS") || (name.startsWith(".") && name.endsWith(".crc"))) {
        raw.delete(entry.getPath(), false);
      }
    }
  }
}
