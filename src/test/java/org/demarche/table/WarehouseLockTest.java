package org.demarche.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseLockTest {

  @TempDir private java.nio.file.Path folder;

  /** A file can be made on a full disk, but nothing written into it. */
  private static final class FullDisk extends FilterFileSystem {

    FullDisk(FileSystem files) {
      super(files);
    }

    @Override
    public FSDataOutputStream create(Path path, boolean overwrite) throws IOException {
      FSDataOutputStream empty = fs.create(path, overwrite);
      return new FSDataOutputStream(
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              throw new IOException("No space left on device");
            }

            @Override
            public void close() throws IOException {
              empty.close();
            }
          },
          null);
    }
  }

  @Test
  void leavesNoEmptyLockOnAFullDisk() throws IOException {
    FileSystem local = FileSystem.getLocal(new Configuration()).getRaw();
    Path lock = new Path(folder.resolve("_lock").toString());
    assertThatThrownBy(() -> WarehouseLock.take(new FullDisk(local), lock, "run"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
    assertThat(folder.resolve("_lock")).doesNotExist();
    WarehouseLock.take(local, lock, "next").close();
  }
}
