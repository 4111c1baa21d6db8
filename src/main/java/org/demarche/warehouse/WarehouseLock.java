package org.demarche.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.text.Sha256;

/**
 * The lock of a warehouse, which lets only one run write at a time.
 *
 * <p>The lock is a file that names the run that owns it and whose time this run renews every few
 * seconds. Another run takes the lock over if the owner's process no longer exists on the same
 * machine, or if the file is too old. A run that was suspended for so long finds out at {@link
 * #check} that it has lost the lock.
 */
final class WarehouseLock implements AutoCloseable {

  private static final long BEAT_SECONDS = 15;
  private static final long STALE_MILLIS = 120_000;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final FileSystem files;
  private final Path path;
  private final String owner;
  private final ScheduledExecutorService heart;
  private boolean closed;

  private WarehouseLock(FileSystem files, Path path, String owner, ScheduledExecutorService heart) {
    this.files = files;
    this.path = path;
    this.owner = owner;
    this.heart = heart;
  }

  /**
   * Takes the lock {@code path}.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if a run that seems alive holds
   *     it
   */
  static WarehouseLock take(FileSystem files, Path path, String runId) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    String owner =
        "%s %s %s %s\n"
            .formatted(machine(), Long.toString(self.pid()), Long.toString(started(self)), runId);
    if (!create(files, path, owner)) {
      String holder = read(files, path);
      if (isAlive(files, path, holder)) {
        throw held(path, holder);
      }
      if (!isMovedAway(files, path, holder, runId) || !create(files, path, owner)) {
        throw DemarcheException.outputConflict(
            "Another run has just begun to write to " + Warehouse.shown(path.getParent()));
      }
    }
    ScheduledExecutorService heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "warehouse-lock");
              thread.setDaemon(true);
              return thread;
            });
    WarehouseLock lock = new WarehouseLock(files, path, owner, heart);
    heart.scheduleAtFixedRate(lock::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    return lock;
  }

  /**
   * Checks that no run that seems alive holds the lock {@code path}.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if one does
   */
  static void checkFree(FileSystem files, Path path) throws IOException {
    String holder;
    try {
      holder = read(files, path);
      if (!isAlive(files, path, holder)) {
        return;
      }
    } catch (FileNotFoundException e) {
      return; // there is no lock, or its run has just ended
    }
    throw held(path, holder);
  }

  /** Returns the exception that says who holds the lock {@code path}. */
  private static DemarcheException held(Path path, String holder) {
    String[] parts = holder.split(" ");
    String process =
        parts.length >= 3 && parts[2].matches("\\d{1,18}")
            ? " (process %s on %s, started %s)"
                .formatted(
                    parts[1],
                    parts[0].split("/")[0],
                    TIME.format(Instant.ofEpochMilli(Long.parseLong(parts[2]))))
            : "";
    return DemarcheException.outputConflict(
        "Another run%s is writing to the warehouse %s: wait until it ends, or remove %s if it is no"
                .formatted(process, Warehouse.shown(path.getParent()), Warehouse.shown(path))
            + " longer running");
  }

  /**
   * Checks that this run still has the lock.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if another run has it, or the
   *     file was removed
   */
  synchronized void check() throws IOException {
    if (!isOurs()) {
      throw DemarcheException.outputConflict(
          "The lock %s was taken by another run or removed while this one was held up; nothing of"
                  .formatted(Warehouse.shown(path))
              + " this run was written");
    }
  }

  @Override
  public void close() throws IOException {
    // A running beat may finish: interrupting it would leave an empty lock file.
    heart.shutdown();
    synchronized (this) {
      closed = true;
      if (isOurs()) {
        files.delete(path, false);
      }
    }
  }

  /** Returns whether the run that took the lock still has it. */
  boolean isOurs() throws IOException {
    try {
      return read(files, path).equals(owner);
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** Renews the time of the lock file. */
  synchronized void beat() {
    try {
      // A late beat must not create the file again after close() has deleted it.
      if (closed || !isOurs()) {
        return;
      }
      long before = files.getFileStatus(path).getModificationTime();
      files.setTimes(path, System.currentTimeMillis(), -1);
      // An object store has no such operation. It replaces a whole file in one step, where a disk
      // would first empty it, and could then be full.
      if (files.getFileStatus(path).getModificationTime() == before) {
        try (FSDataOutputStream out = files.create(path, true)) {
          out.write(owner.getBytes(UTF_8));
        }
      }
    } catch (IOException | RuntimeException e) {
      // A missed beat does no harm, but an exception here would stop all later beats. If the file
      // system is gone, the run itself fails.
    }
  }

  /**
   * Moves the lock of a dead {@code holder} out of the way. If several runs try, only one succeeds;
   * a run that moved the new lock of another by mistake puts it back.
   */
  private static boolean isMovedAway(FileSystem files, Path path, String holder, String runId)
      throws IOException {
    Path aside = path.suffix("-" + runId);
    if (!files.rename(path, aside)) {
      return false;
    }
    if (!read(files, aside).equals(holder)) {
      files.rename(aside, path);
      return false;
    }
    files.delete(aside, false);
    return true;
  }

  private static boolean create(FileSystem files, Path path, String owner) throws IOException {
    FSDataOutputStream lock;
    try {
      lock = files.create(path, false);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      if (files.exists(path)) {
        return false;
      }
      throw e;
    }
    try (lock) {
      lock.write(owner.getBytes(UTF_8));
      return true;
    } catch (IOException | FSError e) {
      // On a full disk this leaves an empty file, which would keep the next run out.
      files.delete(path, false);
      throw e;
    }
  }

  private static boolean isAlive(FileSystem files, Path path, String holder) throws IOException {
    String[] parts = holder.split(" ");
    if (parts.length >= 3 && parts[0].equals(machine()) && parts[1].matches("\\d{1,18}")) {
      // Process numbers are reused, so the start time must match as well.
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
      return new String(in.readNBytes(1024), UTF_8);
    }
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /**
   * Names the scope in which process numbers are unique: the host, and on Linux also its boot and
   * the container, because containers may share a host name and use the same process numbers.
   */
  static String machine() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      host = "unknown-host";
    }
    try {
      String boot = Files.readString(java.nio.file.Path.of("/proc/sys/kernel/random/boot_id"));
      String container =
          Files.readSymbolicLink(java.nio.file.Path.of("/proc/self/ns/pid")).toString();
      return host + "/" + Sha256.id(boot, container);
    } catch (IOException e) {
      return host; // not Linux, or a locked-down one
    }
  }
}
