package org.demarche.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without {@code .crc} files, and without the program {@code chmod},
 * which Hadoop starts for every file and folder that it makes. That takes longer than to write a
 * small file.
 */
public final class LocalFiles extends LocalFileSystem {

  /** The setting of Hadoop that names the class of the local file system. */
  public static final String SETTING = "fs.file.impl";

  /** Hadoop calls this by reflection. */
  public LocalFiles() {
    super(new WithoutChmod());
    setWriteChecksum(false);
  }

  private static final class WithoutChmod extends RawLocalFileSystem {

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      PosixFileAttributeView attributes =
          Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
      if (attributes == null || permission.getStickyBit()) {
        super.setPermission(path, permission);
      } else {
        attributes.setPermissions(PosixFilePermissions.fromString(permission.toString()));
      }
    }
  }
}
