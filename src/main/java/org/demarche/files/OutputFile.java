package org.demarche.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileSystem;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;

/**
 * Writes the output file of a command, such as a report. An existing file is replaced and missing
 * folders are created. Readers see the complete old file or the complete new one; on a file system
 * other than the local one they may find no file for a moment.
 */
public final class OutputFile {

  private static final int HEAD_BYTES = 1024;

  /** Every HTML page that Demarche writes has this in its head. */
  private static final String PAGE = "<meta name=\"generator\" content=\"Demarche\">";

  private OutputFile() {}

  /**
   * Checks that {@code out} can be written, before any work is done. It creates nothing.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if it cannot be written, with
   *     the reason
   */
  public static void check(Path out) {
    if (Files.isDirectory(out)) {
      throw cannotWrite(out.toString(), "it is a folder");
    }
    if (isDevice(out)) {
      if (!Files.isWritable(out)) {
        throw cannotWrite(out.toString(), "permission denied");
      }
      return;
    }
    checkFolder(out.toAbsolutePath().getParent(), out.toString());
  }

  /**
   * Checks that an existing file {@code out} is of the kind that will replace it, so that a
   * mistyped name does not overwrite somebody's articles.
   *
   * @param kind what will be written, such as "a report"
   * @param isKind tells by the first bytes of a file whether it is of this kind
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if the file is of another kind
   */
  public static void checkReplaces(Path out, String kind, Predicate<byte[]> isKind) {
    if (!Files.isRegularFile(out) || isDevice(out)) {
      return;
    }
    try (InputStream in = Files.newInputStream(out)) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      if (head.length > 0 && !isKind.test(head)) {
        throw cannotWrite(
            out.toString(), "it does not hold %s; choose another file".formatted(kind));
      }
    } catch (IOException e) {
      throw cannotWrite(out.toString(), e);
    }
  }

  /** Returns whether {@code head}, the first bytes of a file, begin a page that Demarche wrote. */
  public static boolean isPage(byte[] head) {
    return new String(head, UTF_8).contains(PAGE);
  }

  /** Checks that {@code out} can be written in {@code folder}, which need not exist yet. */
  public static void checkFolder(Path folder, String out) {
    Path there = folder;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null) {
      return;
    }
    if (!Files.isDirectory(there)) {
      throw cannotWrite(out, there + " is not a folder");
    }
    if (!Files.isWritable(there)) {
      throw cannotWrite(out, "no permission to write in " + there);
    }
  }

  /** Writes the content of a file. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code text} to {@code out}.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if it cannot be written
   */
  public static void write(Path out, String text) {
    write(
        out,
        bytes -> {
          // This encoder throws at an unpaired surrogate; String.getBytes would write "?".
          Writer writer = new OutputStreamWriter(bytes, UTF_8.newEncoder());
          writer.write(text);
          writer.flush();
        });
  }

  /**
   * Writes {@code content} to {@code out}.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if it cannot be written
   */
  public static void write(Path out, Content content) {
    check(out);
    try {
      if (isDevice(out)) {
        write(content, out);
        return;
      }
      Path target = out.toAbsolutePath();
      Files.createDirectories(target.getParent());
      // Only its owner could read a temporary file that the JDK creates.
      Path draft = target.resolveSibling("." + target.getFileName() + ".draft");
      try {
        write(content, draft);
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft); // it exists if writing failed
      }
    } catch (IOException e) {
      throw cannotWrite(out.toString(), e);
    }
  }

  private static void write(Content content, Path file) throws IOException {
    // Behind >> a shell's standard output is a file that has rows already.
    StandardOpenOption[] options =
        isDevice(file)
            ? new StandardOpenOption[] {StandardOpenOption.WRITE, StandardOpenOption.APPEND}
            : new StandardOpenOption[] {
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING
            };
    try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file, options))) {
      content.writeTo(bytes);
    }
  }

  /**
   * Writes {@code content} to {@code out} on the file system {@code files}.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if it cannot be written
   */
  public static void write(FileSystem files, org.apache.hadoop.fs.Path out, Content content) {
    org.apache.hadoop.fs.Path draft =
        new org.apache.hadoop.fs.Path(out.getParent(), "." + out.getName() + ".draft");
    try {
      try {
        try (OutputStream bytes = new BufferedOutputStream(files.create(draft, true))) {
          content.writeTo(bytes);
        }
        replace(files, draft, out);
      } finally {
        files.delete(draft, false); // it exists if writing failed
      }
    } catch (IOException e) {
      throw cannotWrite(out.toString(), e);
    }
  }

  /** Moves {@code draft} to {@code out}. If that fails, the old file stays or comes back. */
  private static void replace(
      FileSystem files, org.apache.hadoop.fs.Path draft, org.apache.hadoop.fs.Path out)
      throws IOException {
    // Not every file system of Hadoop can rename over a file.
    org.apache.hadoop.fs.Path old =
        new org.apache.hadoop.fs.Path(out.getParent(), "." + out.getName() + ".old");
    boolean replaces = files.exists(out);
    if (replaces) {
      files.delete(old, false);
      rename(files, out, old);
    }
    try {
      rename(files, draft, out);
    } catch (IOException e) {
      if (replaces && !files.rename(old, out)) {
        throw new IOException(e.getMessage() + "; the old file is now " + old, e);
      }
      throw e;
    }
    files.delete(old, false);
  }

  private static void rename(
      FileSystem files, org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
      throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("cannot move %s to %s".formatted(from, to));
    }
  }

  /**
   * Returns whether {@code out} is a pipe or a device, which is written to but never replaced.
   * {@code /dev/stdout} is one even if standard output goes to a regular file.
   */
  public static boolean isDevice(Path out) {
    if (!Files.exists(out) || Files.isDirectory(out)) {
      return false;
    }
    Path place = out.toAbsolutePath().normalize();
    return !Files.isRegularFile(out)
        || Files.isSymbolicLink(out) && (place.startsWith("/dev") || place.startsWith("/proc"));
  }

  /** Returns the exception that says why {@code out} cannot be written. */
  public static DemarcheException cannotWrite(String out, String reason) {
    return DemarcheException.outputConflict("Cannot write %s: %s".formatted(out, reason));
  }

  /** Returns the exception that says why {@code out} cannot be written. */
  public static DemarcheException cannotWrite(String out, IOException failure) {
    return cannotWrite(out, reason(failure));
  }

  /** Returns why a file could not be read or written; the JDK often gives only its name. */
  public static String reason(IOException failure) {
    String reason =
        failure instanceof AccessDeniedException denied
            ? "permission denied at " + denied.getFile()
            : failure instanceof NoSuchFileException missing
                ? "there is no file %s, and it cannot be created".formatted(missing.getFile())
                : failure instanceof FileSystemException file && file.getReason() != null
                    ? file.getReason()
                    : String.valueOf(failure.getMessage());
    return firstLine(reason);
  }

  /** Returns the first line of {@code message}; Spark and databases append whole stack traces. */
  public static String firstLine(String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
