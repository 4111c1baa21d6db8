package org.demarche.files;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * A file system of the scheme {@code press} for tests, which keeps its files in a local folder.
 * Nobody may read a file whose name begins with {@code secret}.
 */
public final class FolderFileSystem extends RawLocalFileSystem {

  private static final URI PRESS = URI.create("press://store/");

  /** The names of the files that were opened, in all folders. */
  public static final List<String> OPENED = new CopyOnWriteArrayList<>();

  private File folder;

  /** Makes {@code hadoop} find the file system, with its files in {@code folder}. */
  public static Configuration in(java.nio.file.Path folder, Configuration hadoop) {
    hadoop.set("fs.press.impl", FolderFileSystem.class.getName());
    hadoop.set("fs.press.impl.disable.cache", "true");
    hadoop.set("press.folder", folder.toString());
    return hadoop;
  }

  @Override
  public void initialize(URI uri, Configuration hadoop) throws IOException {
    folder = new File(hadoop.get("press.folder"));
    super.initialize(uri, hadoop);
  }

  @Override
  public URI getUri() {
    return PRESS;
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(PRESS);
  }

  @Override
  public File pathToFile(Path path) {
    return path.isAbsolute()
        ? new File(folder, path.toUri().getPath())
        : new File(folder, path.toString());
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    if (path.getName().startsWith("secret")) {
      throw new AccessControlException("Permission denied: user=ada");
    }
    return super.getFileStatus(path);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    OPENED.add(path.getName());
    return super.open(path, bufferSize);
  }
}
