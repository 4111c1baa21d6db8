package org.demarche.table;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Lets one writer at a time into a warehouse.
 *
 * <p>The lock is a file that its owner touches every few seconds. An owner that died leaves a lock
 * that grows old, and on the same host one whose process is gone; such a lock is taken over.
 */
final class WarehouseLock implements AutoCloseable {

  private static final long BEAT_SECONDS = 15;
  private static final long STALE_MILLIS = 120_000;

  private final FileSystem files;
  private final Path path;
  private final ScheduledExecutorService heart;

  private WarehouseLock(FileSystem files, Path path, ScheduledExecutorService heart) {
    this.files = files;
    this.path = path;
    this.heart = heart;
  }

  /**
   * Takes the lock {@code path}.
   *
   * @throws WarehouseBusyException if another writer that seems alive holds it
   */
  static WarehouseLock take(FileSystem files, Path path, String runId) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    String owner = "%s %d %d %s%n".formatted(host(), self.pid(), started(self), runId);
    byte[] content = owner.getBytes(StandardCharsets.UTF_8);
    if (!create(files, path, content)) {
      String holder = read(files, path);
      if (isAlive(files, path, holder)) {
        throw new WarehouseBusyException(
            "Another run is writing to %s (%s). Wait for it, or remove %s if it is not running."
                .formatted(path.getParent(), holder.strip(), path));
      }
      files.delete(path, false);
      if (!create(files, path, content)) {
        throw new WarehouseBusyException(
            "Another run has just begun to write to " + path.getParent());
      }
    }
    ScheduledExecutorService heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "warehouse-lock");
              thread.setDaemon(true);
              return thread;
            });
    heart.scheduleAtFixedRate(
        () -> beat(files, path, content), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    return new WarehouseLock(files, path, heart);
  }

  @Override
  public void close() throws IOException {
    heart.shutdownNow();
    try {
      // A last beat must not bring the lock back after it is deleted.
      heart.awaitTermination(BEAT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    files.delete(path, false);
  }

  private static void beat(FileSystem files, Path path, byte[] content) {
    try (FSDataOutputStream out = files.create(path, true)) {
      out.write(content);
    } catch (IOException e) {
      // A missed beat does no harm; the run itself will fail where the file system is gone.
    }
  }

  private static boolean create(FileSystem files, Path path, byte[] content) throws IOException {
    try (FSDataOutputStream out = files.create(path, false)) {
      out.write(content);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      if (files.exists(path)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isAlive(FileSystem files, Path path, String holder) throws IOException {
    String[] parts = holder.split(" ");
    if (parts.length >= 3 && parts[0].equals(host()) && parts[1].matches("\\d{1,18}")) {
      // A number may belong to another process by now, so the time of its start counts too.
      return ProcessHandle.of(Long.parseLong(parts[1]))
          .filter(ProcessHandle::isAlive)
          .filter(process -> String.valueOf(started(process)).equals(parts[2]))
          .isPresent();
    }
    FileStatus status = files.getFileStatus(path);
    return System.currentTimeMillis() - status.getModificationTime() < STALE_MILLIS;
  }

  private static String read(FileSystem files, Path path) throws IOException {
    try (var in = files.open(path)) {
      return new String(in.readNBytes(1024), StandardCharsets.UTF_8);
    }
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "unknown-host";
    }
  }
}
