package org.demarche.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;

/** Reads small text files from wherever a path points. */
public final class TextFiles {

  private TextFiles() {}

  /**
   * Returns the text of the file at {@code path}: local, or on the file system that its scheme
   * names.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no such file
   */
  public static String read(String path) throws IOException {
    return new String(bytes(path), UTF_8);
  }

  /**
   * Returns the bytes of the file at {@code path}.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no such file
   */
  public static byte[] bytes(String path) throws IOException {
    try {
      if (!path.contains(":/")) {
        return Files.readAllBytes(Path.of(path));
      }
      org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(path);
      Configuration hadoop = HadoopConfiguration.ofProcess();
      try (InputStream in = remote.getFileSystem(hadoop).open(remote)) {
        return in.readAllBytes();
      }
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      throw DemarcheException.inputMissing("There is no file " + path);
    }
  }
}
