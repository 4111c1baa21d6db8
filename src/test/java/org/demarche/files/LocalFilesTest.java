package org.demarche.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {

  @TempDir private Path folder;

  @Test
  void givesFilesAndFoldersThePermissionsThatHadoopGives() throws IOException {
    var hadoop = Storage.ofProcess().hadoop();
    try (FileSystem ours = FileSystem.newInstance(folder.toUri(), hadoop);
        FileSystem usual = new LocalFileSystem()) {
      usual.initialize(folder.toUri(), hadoop);
      assertThat(ours).isInstanceOf(LocalFiles.class);
      assertThat(permissions(ours, "ours")).isEqualTo(permissions(usual, "usual"));
      Path file = folder.resolve("ours/file");
      ours.setPermission(
          new org.apache.hadoop.fs.Path(file.toUri()), new FsPermission((short) 0640));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-r-----");
    }
  }

  /** Makes a file in a folder and returns the permissions of both. */
  private String permissions(FileSystem files, String name) throws IOException {
    Path file = folder.resolve(name).resolve("file");
    try (OutputStream out = files.create(new org.apache.hadoop.fs.Path(file.toUri()))) {
      out.write(1);
    }
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()))
        + " "
        + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
