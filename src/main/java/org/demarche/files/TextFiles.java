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

/** Reads small files from the local file system or any other that Hadoop knows. */
public final class TextFiles {

  private TextFiles() {}

  /**
   * Returns the text of the UTF-8 file at {@code path}. A path with a scheme, such as {@code
   * hdfs://…}, is read from that file system.
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
