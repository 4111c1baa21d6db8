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
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileSystem;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;

/**
 * A file that a command writes for people or programs. A file that is there is replaced, and
 * folders that are missing are made; readers see the old file or the new one, whole.
 */
public final class OutputFile {

  private static final int HEAD_BYTES = 256;

  private OutputFile() {}

  /**
   * Looks whether {@code out} could be written, before work is done for it; makes nothing.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if it cannot, naming it and the
   *     reason
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
   * Looks whether {@code out}, where it is there, is such a file as it is replaced by: nobody's
   * articles are lost to a slip of the hand.
   *
   * @param kind what is written, as in "a report"
   * @param isKind tells by the first bytes of the file
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if it is something else
   */
  public static void checkReplaces(Path out, String kind, Predicate<byte[]> isKind) {
    if (!Files.isRegularFile(out) || isDevice(out)) {
      return;
    }
    try (InputStream in = Files.newInputStream(out)) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      if (head.length > 0 && !isKind.test(head)) {
        throw cannotWrite(
            out.toString(), "it holds something else than %s; choose another file".formatted(kind));
      }
    } catch (IOException e) {
      throw cannotWrite(out.toString(), e);
    }
  }

  /** Looks whether {@code folder}, which need not be there, could take {@code out}. */
  public static void checkFolder(Path folder, String out) {
    Path there = folder;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null) {
      return;
    }
    if (!Files.isDirectory(there)) {
      throw cannotWrite(out, there + " is no folder");
    }
    if (!Files.isWritable(there)) {
      throw cannotWrite(out, "no permission to write in " + there);
    }
  }

  /** Writes what a file is to hold. */
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
          // An encoder of its own refuses half a surrogate pair, which would be written as "?".
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
      // Not a temporary file of the JDK's: nobody but its owner may read one.
      Path draft = target.resolveSibling("." + target.getFileName() + ".draft");
      try {
        write(content, draft);
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft); // there where writing failed
      }
    } catch (IOException e) {
      throw cannotWrite(out.toString(), e);
    }
  }

  private static void write(Content content, Path file) throws IOException {
    try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file))) {
      content.writeTo(bytes);
    }
  }

  /**
   * Writes {@code content} to the file {@code out} of a storage.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if it cannot be written
   */
  public static void write(FileSystem files, org.apache.hadoop.fs.Path out, Content content) {
    org.apache.hadoop.fs.Path draft =
        new org.apache.hadoop.fs.Path(out.getParent(), "." + out.getName() + ".draft");
    try {
      files.setWriteChecksum(false);
      try {
        try (OutputStream bytes = new BufferedOutputStream(files.create(draft, true))) {
          content.writeTo(bytes);
        }
        files.delete(out, false);
        if (!files.rename(draft, out)) {
          throw cannotWrite(out.toString(), "cannot move %s there".formatted(draft));
        }
      } finally {
        files.delete(draft, false); // there where writing failed
      }
    } catch (IOException e) {
      throw cannotWrite(out.toString(), e);
    }
  }

  /**
   * Returns whether {@code out} is a pipe or a device, never to be replaced: {@code /dev/stdout} is
   * a link, and must stay one also where standard output is a file.
   */
  public static boolean isDevice(Path out) {
    if (!Files.exists(out) || Files.isDirectory(out)) {
      return false;
    }
    Path place = out.toAbsolutePath().normalize();
    return !Files.isRegularFile(out)
        || Files.isSymbolicLink(out) && (place.startsWith("/dev") || place.startsWith("/proc"));
  }

  public static DemarcheException cannotWrite(String out, String reason) {
    return DemarcheException.outputConflict("Cannot write %s: %s".formatted(out, reason));
  }

  public static DemarcheException cannotWrite(String out, IOException failure) {
    return cannotWrite(out, reason(failure));
  }

  /** Says why a file could not be read or written; the JDK often says its name only. */
  public static String reason(IOException failure) {
    String reason =
        failure instanceof AccessDeniedException denied
            ? "permission denied at " + denied.getFile()
            : failure instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(failure.getMessage());
    return firstLine(reason);
  }

  /** Returns the first line of {@code message}: Spark and databases let whole traces follow it. */
  public static String firstLine(String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
