package org.demarche.pipeline;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkThrowable;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.files.OutputFile;

/**
 * Why a command failed: the exit status, and one line that says what is wrong and what to do.
 *
 * <p>A {@link DemarcheException} carries both. Failures of Spark, Hadoop and the JDK get a line
 * here if the user can fix them: a full disk, a damaged file, too little memory, an unknown kind of
 * path. Every other failure is {@link ExitStatus#UNEXPECTED}: probably a fault of Demarche.
 *
 * @param status the exit status
 * @param line what is wrong and what to do
 */
public record Failure(ExitStatus status, String line) {

  private static final Pattern NO_PARQUET =
      Pattern.compile("(?:file:)?(/\\S+) is not a Parquet file");

  /**
   * What every version of Spark says of a file that a task cannot read, and of one that is gone.
   */
  private static final String UNREAD = "Encountered error while reading file";

  private static final String GONE = "It is possible the underlying files have been updated";
  private static final Pattern GONE_FILE = Pattern.compile("File (?:file:)?(\\S+) does not exist");
  private static final Pattern CLASS_OF_FILES =
      Pattern.compile("Class (org\\.apache\\.hadoop\\.fs\\.\\S+|\\S*FileSystem) not found");
  private static final Pattern SCHEME = Pattern.compile("scheme \"?([^\"]+)\"?");

  /** Returns what to tell the user about {@code failure}. */
  public static Failure of(Throwable failure) {
    List<Throwable> chain = ExceptionUtils.getThrowableList(failure);
    for (Throwable cause : chain) {
      if (cause instanceof DemarcheException ours) {
        return new Failure(ours.status(), ours.getMessage());
      }
    }
    // The innermost cause has the shortest message; Spark repeats it with whole stack traces.
    Throwable root = chain.get(chain.size() - 1);
    for (int i = chain.size() - 1; i >= 0; i--) {
      Optional<Failure> known = known(chain.get(i), chain);
      if (known.isPresent()) {
        return known.get();
      }
    }
    for (Throwable cause : chain) {
      Optional<Failure> unread = unread(cause, root);
      if (unread.isPresent()) {
        return unread.get();
      }
    }
    return new Failure(
        ExitStatus.UNEXPECTED,
        root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage());
  }

  private static Optional<Failure> known(Throwable cause, List<Throwable> chain) {
    String said = String.valueOf(cause.getMessage());
    if (cause instanceof OutOfMemoryError
        || said.contains("java.lang.OutOfMemoryError")
        || said.contains("UNABLE_TO_ACQUIRE_MEMORY")
        || said.contains("memory") && said.contains("must be at least")) {
      return usage(
          "too little memory: the heap was %,d MB. Give more with DEMARCHE_MEMORY, such as 4g (under"
                  .formatted(Runtime.getRuntime().maxMemory() >> 20)
              + " spark-submit with --driver-memory and --executor-memory)");
    }
    if (said.contains("No space left on device")
        || said.contains("Disk quota exceeded")
        || said.contains("not enough space")) {
      return output(
          "a disk is full, either for the output or for the scratch space in %s: free some space"
                  .formatted(System.getProperty("java.io.tmpdir"))
              + " and run it again, or choose another scratch space with"
              + " DEMARCHE_JAVA_OPTIONS=-Djava.io.tmpdir=DIR");
    }
    if (said.contains("Read-only file system") || cause instanceof ReadOnlyFileSystemException) {
      return output("the file system is read-only: %s".formatted(OutputFile.firstLine(said)));
    }
    if (cause instanceof AccessDeniedException
        || cause instanceof AccessControlException
        || cause instanceof FileNotFoundException && said.contains("Permission denied")) {
      String line = "no permission: %s".formatted(OutputFile.firstLine(said));
      return chain.stream().anyMatch(c -> fileNamedBy(c).isPresent())
          ? missing(line)
          : output(line);
    }
    if (cause instanceof UnsupportedFileSystemException) {
      Matcher scheme = SCHEME.matcher(said);
      return usage(
          "paths that begin with '%s:' cannot be read; a path is local, or begins with hdfs://,"
                  .formatted(scheme.find() ? scheme.group(1) : said)
              + " s3a:// or another scheme that Hadoop has a file system for");
    }
    if (cause instanceof ClassNotFoundException) {
      Matcher name = CLASS_OF_FILES.matcher(said);
      if (name.find()) {
        return usage(
            "the jar of a file system is missing (%s): put it on Spark's class path, for s3a:// it"
                    .formatted(name.group(1))
                + " is hadoop-aws of Spark's version of Hadoop");
      }
    }
    if (cause instanceof UnknownHostException
        || cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof SocketTimeoutException) {
      return missing("a host cannot be reached: %s".formatted(OutputFile.firstLine(said)));
    }
    if (cause instanceof URISyntaxException || cause instanceof InvalidPathException) {
      return usage(
          "a path cannot be used as it is: %s. If it has letters beyond ASCII, run with"
                  .formatted(OutputFile.firstLine(said))
              + " LC_ALL=C.UTF-8");
    }
    return Optional.empty();
  }

  /** Explains a file that a task could not read; Spark names the file in its exception. */
  private static Optional<Failure> unread(Throwable cause, Throwable root) {
    String said = String.valueOf(cause.getMessage());
    Optional<String> file = fileNamedBy(cause);
    if (file.isPresent()) {
      if (said.contains(GONE)) {
        return missing(
            "the file %s vanished while it was read: run it again".formatted(file.get()));
      }
      return isDamage(root)
          ? missing(damaged(file.get()))
          : missing(
              "the file %s cannot be read: %s; run it again"
                  .formatted(file.get(), OutputFile.firstLine(root.getMessage())));
    }
    Matcher none = NO_PARQUET.matcher(said);
    return none.find() ? missing(damaged(none.group(1))) : Optional.empty();
  }

  /** Returns the file that Spark could not read if {@code cause} is its exception for that. */
  private static Optional<String> fileNamedBy(Throwable cause) {
    String said = String.valueOf(cause.getMessage());
    if (cause instanceof SparkThrowable spark && said.contains(UNREAD)) {
      return Optional.ofNullable(spark.getMessageParameters().get("path"))
          .map(path -> path.replace("file://", ""));
    }
    // Spark 3.5 has an exception of its own for a file that is gone.
    Matcher gone = GONE_FILE.matcher(said);
    return cause instanceof FileNotFoundException && said.contains(GONE) && gone.find()
        ? Optional.of(gone.group(1))
        : Optional.empty();
  }

  private static String damaged(String file) {
    return "the file %s is damaged: restore it, or move the folder of its table away and run it again"
        .formatted(file);
  }

  /** Tells whether the content of the file is at fault, and not the storage. */
  private static boolean isDamage(Throwable root) {
    String name = root.getClass().getName();
    boolean storage =
        root instanceof IOException
            && !(root instanceof EOFException)
            && (name.startsWith("java.") || name.startsWith("org.apache.hadoop."));
    return !storage
        && Arrays.stream(root.getStackTrace())
            .anyMatch(frame -> frame.getClassName().contains("parquet"));
  }

  private static Optional<Failure> usage(String line) {
    return Optional.of(new Failure(ExitStatus.USAGE, line));
  }

  private static Optional<Failure> missing(String line) {
    return Optional.of(new Failure(ExitStatus.INPUT_MISSING, line));
  }

  private static Optional<Failure> output(String line) {
    return Optional.of(new Failure(ExitStatus.OUTPUT_CONFLICT, line));
  }
}
