package org.demarche.warehouse;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Removes files that Hadoop leaves beside the data, which confuse readers other than Spark. */
final class LeftoverFiles {

  private LeftoverFiles() {}

  /** Removes {@code _SUCCESS} marks and, on a raw local file system, {@code .crc} files. */
  static void sweep(FileSystem files, Path folder) throws IOException {
    for (FileStatus entry : files.listStatus(folder)) {
      String name = entry.getPath().getName();
      if (entry.isDirectory()) {
        sweep(files, entry.getPath());
      } else if (name.equals("_SUCCESS") || (name.startsWith(".") && name.endsWith(".crc"))) {
        files.delete(entry.getPath(), false);
      }
    }
  }
}
