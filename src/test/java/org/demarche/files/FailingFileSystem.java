package org.demarche.files;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;

/**
 * A file system of the scheme {@code failing} for tests, which is the local one until a fault
 * strikes. Its faults are those of the whole JVM.
 */
public final class FailingFileSystem extends RawLocalFileSystem {

  private static final URI FAILING = URI.create("failing:///");

  /** What happens to the operations that change files. */
  public enum Fault {
    /** From some operation on, the process is dead: nothing is done, and nothing can be read. */
    DEATH,
    /** From some operation on, nothing can be written; files are still created, and deleted. */
    FULL_DISK,
    /** At some operation, something else happens on the same disk. */
    INTERVENTION
  }

  /** What happens at an intervention. */
  public interface Intervention {
    void happen() throws IOException;
  }

  private static Fault fault;
  private static long left = Long.MAX_VALUE;
  private static Intervention intervention;
  private static String unreadable;

  /** Returns the URI of a local path on this file system. */
  public static String uri(java.nio.file.Path path) {
    return "failing://" + path.toAbsolutePath();
  }

  /** Makes {@code hadoop} find the file system. */
  public static Configuration in(Configuration hadoop) {
    hadoop.set("fs.failing.impl", FailingFileSystem.class.getName());
    return hadoop;
  }

  /** Lets {@code operations} operations that change files pass before {@code next} strikes. */
  public static synchronized void failAfter(long operations, Fault next) {
    fault = next;
    left = operations;
  }

  /** Lets {@code operations} operations pass before {@code happening} happens, once. */
  public static synchronized void interveneAfter(long operations, Intervention happening) {
    failAfter(operations, Fault.INTERVENTION);
    intervention = happening;
  }

  /** Forbids to list folders called {@code name}. */
  public static synchronized void forbid(String name) {
    unreadable = name;
  }

  /**
   * Ends all faults.
   *
   * @return whether the one that was set has struck
   */
  public static synchronized boolean repair() {
    boolean hasStruck = left <= 0;
    left = Long.MAX_VALUE;
    unreadable = null;
    return hasStruck;
  }

  /** Counts an operation, and returns whether it must not be done in full. */
  private static synchronized boolean strikes() throws IOException {
    if (left > 0) {
      left--;
      return false;
    }
    if (fault == Fault.INTERVENTION && left == 0) {
      left--;
      intervention.happen();
    }
    return fault != Fault.INTERVENTION;
  }

  private static synchronized void checkAlive() throws IOException {
    if (left == 0 && fault == Fault.DEATH) {
      throw new IOException("the process is dead");
    }
  }

  private static void change() throws IOException {
    if (strikes()) {
      checkAlive();
    }
  }

  @Override
  public URI getUri() {
    return FAILING;
  }

  @Override
  public File pathToFile(Path path) {
    return new File(path.toUri().getPath());
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(path, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    checkAlive();
    FSDataOutputStream out =
        super.create(path, overwrite, bufferSize, replication, blockSize, progress);
    // It dies between the creation of a file and the first byte, or when some are written.
    if (strikes()) {
      checkAlive();
      return new FSDataOutputStream(new BufferedOutputStream(new FullDisk(), bufferSize), null);
    }
    return out;
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public void setPermission(Path path, FsPermission permission) {
    // Hadoop would start a process for each file, and no test asks for permissions.
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    checkAlive();
    changeUnlessFull();
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    checkAlive();
    changeUnlessFull();
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    checkAlive();
    changeUnlessFull();
    return super.mkdirs(path);
  }

  private static void changeUnlessFull() throws IOException {
    if (fault != Fault.FULL_DISK) {
      change();
    }
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    checkAlive();
    return super.getFileStatus(path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    checkAlive();
    if (path.getName().equals(unreadable)) {
      throw new AccessControlException("Permission denied: " + path);
    }
    return super.listStatus(path);
  }
}
