package org.demarche.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;

/**
 * The file systems that this process or a Spark session knows, and small files on them.
 *
 * <p>A path with a scheme, such as {@code hdfs://…}, is on that file system. A path without one is
 * local if it names a small file, such as a configuration or a model: the commands that make them
 * write there. Warehouses and articles are read by Spark; if they have no scheme, they are on
 * Hadoop's default file system, and {@link #qualified} adds its scheme.
 */
public final class Storage {

  private static final String PREFIX = "spark.hadoop.";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/");
  private static final String FILE_URI = "^file:(//)?(?=/)";

  /** Null for the configuration of the process, which takes long to load and is not always used. */
  private final Configuration session;

  private Storage(Configuration session) {
    this.session = session;
  }

  /**
   * Returns the file systems of this process. The system properties {@code spark.hadoop.*}
   * configure them; spark-submit sets these, and they may hold the credentials of an object store.
   */
  public static Storage ofProcess() {
    return new Storage(null);
  }

  /** Returns the file systems that {@code hadoop} configures, such as those of a Spark session. */
  public static Storage of(Configuration hadoop) {
    return new Storage(hadoop);
  }

  /** Returns the local path that {@code path} names, or empty if it is on another file system. */
  public static Optional<Path> local(String path) {
    String plain = path.replaceFirst(FILE_URI, "");
    return SCHEME.matcher(plain).lookingAt() ? Optional.empty() : Optional.of(Path.of(plain));
  }

  /**
   * Returns {@code path}, the path of a warehouse or of articles, with its scheme. A path on the
   * local file system is returned as it is.
   *
   * @throws IOException if Hadoop has no such file system
   */
  public String qualified(String path) throws IOException {
    if (SCHEME.matcher(path).lookingAt() || isLocalByDefault()) {
      return path;
    }
    var place = new org.apache.hadoop.fs.Path(path);
    return place.getFileSystem(hadoop()).makeQualified(place).toString();
  }

  private boolean isLocalByDefault() {
    // Only spark-submit brings the settings of a cluster. Loading Hadoop's classes to ask for them
    // takes longer than most checks of a warehouse.
    boolean alone =
        session == null
            && System.getProperty("spark.master") == null
            && System.getProperty(PREFIX + FileSystem.FS_DEFAULT_NAME_KEY) == null;
    return alone || "file".equals(FileSystem.getDefaultUri(hadoop()).getScheme());
  }

  /** Returns the Hadoop configuration of the file systems. */
  public Configuration hadoop() {
    if (session != null) {
      return session;
    }
    Configuration hadoop = new Configuration();
    hadoop.set(LocalFiles.SETTING, LocalFiles.class.getName());
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith(PREFIX)) {
                hadoop.set(name.substring(PREFIX.length()), System.getProperty(name));
              }
            });
    return hadoop;
  }

  /**
   * Returns the text of the UTF-8 file at {@code path}.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no such file or it may
   *     not be read
   * @throws IOException if reading fails
   */
  public String text(String path) throws IOException {
    return new String(bytes(path), UTF_8);
  }

  /** Returns the bytes of the file at {@code path}; fails like {@link #text}. */
  public byte[] bytes(String path) throws IOException {
    return find(path).orElseThrow(() -> DemarcheException.inputMissing("There is no file " + path));
  }

  /**
   * Returns the bytes of the file at {@code path}, or empty if there is no such file.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if it may not be read
   * @throws IOException if reading fails
   */
  public Optional<byte[]> find(String path) throws IOException {
    try {
      Optional<Path> local = local(path);
      if (local.isPresent()) {
        return Optional.of(Files.readAllBytes(local.get()));
      }
      var remote = new org.apache.hadoop.fs.Path(path);
      try (InputStream in = remote.getFileSystem(hadoop()).open(remote)) {
        return Optional.of(in.readAllBytes());
      }
    } catch (AccessDeniedException | AccessControlException e) {
      throw DemarcheException.inputMissing("%s cannot be read: permission denied".formatted(path));
    } catch (NoSuchFileException | FileNotFoundException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if (String.valueOf(e.getReason()).contains("Not a directory")) {
        return Optional.empty(); // a file stands where the path has a folder
      }
      throw e;
    }
  }
}
