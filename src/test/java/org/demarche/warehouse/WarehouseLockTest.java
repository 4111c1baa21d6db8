package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseLockTest {

  private static final java.nio.file.Path FULL = java.nio.file.Path.of("/dev/full");

  @TempDir private java.nio.file.Path folder;

  /** A file can be made on a full disk, but nothing written into it. */
  private static final class FullDisk extends FilterFileSystem {

    private boolean isFull = true;

    FullDisk(FileSystem files) {
      super(files);
    }

    @Override
    public FSDataOutputStream create(Path path, boolean overwrite) throws IOException {
      if (!isFull) {
        return fs.create(path, overwrite);
      }
      fs.create(path, overwrite).close();
      return fs.create(new Path(FULL.toString()), true);
    }
  }

  @Test
  void saysInWordsWhoHoldsTheLock() throws IOException {
    FileSystem local = FileSystem.getLocal(new Configuration()).getRaw();
    Path lock = new Path(folder.resolve("_lock").toUri());
    WarehouseLock.checkFree(local, lock);
    try (WarehouseLock held = WarehouseLock.take(local, lock, "first")) {
      held.check();
      assertThatThrownBy(() -> WarehouseLock.checkFree(local, lock))
          .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
          .message()
          .matches(
              "Another run \\(process %d on [^ /]+, started \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\\) is writing to the warehouse %s: wait until it ends, or remove %s if it is no longer running"
                  .formatted(ProcessHandle.current().pid(), folder, folder.resolve("_lock")));
      assertThatThrownBy(() -> WarehouseLock.take(local, lock, "second"))
          .hasMessageStartingWith("Another run (process ");
    }
    WarehouseLock.checkFree(local, lock);
  }

  @Test
  void leavesNoEmptyLockOnAFullDisk() throws IOException {
    assumeTrue(Files.exists(FULL), "there is no " + FULL);
    FileSystem local = FileSystem.getLocal(new Configuration()).getRaw();
    Path lock = new Path(folder.resolve("_lock").toString());
    // Hadoop throws an error, not an exception.
    assertThat(catchThrowable(() -> WarehouseLock.take(new FullDisk(local), lock, "run")))
        .hasStackTraceContaining("No space left on device");
    assertThat(folder.resolve("_lock")).doesNotExist();
    WarehouseLock.take(local, lock, "next").close();
  }

  @Test
  void keepsTheLockOfARunOnADiskThatFillsUp() throws IOException {
    assumeTrue(Files.exists(FULL), "there is no " + FULL);
    FullDisk disk = new FullDisk(FileSystem.getLocal(new Configuration()).getRaw());
    Path lock = new Path(folder.resolve("_lock").toString());
    disk.isFull = false;
    WarehouseLock held = WarehouseLock.take(disk, lock, "run");
    String owner = Files.readString(folder.resolve("_lock"));
    Files.setLastModifiedTime(folder.resolve("_lock"), FileTime.fromMillis(0));
    disk.isFull = true;
    held.beat();
    assertThat(folder.resolve("_lock")).hasContent(owner.strip());
    assertThat(Files.getLastModifiedTime(folder.resolve("_lock")).toMillis()).isPositive();
    held.check();
    held.close();
    assertThat(folder.resolve("_lock")).doesNotExist();
  }
}
