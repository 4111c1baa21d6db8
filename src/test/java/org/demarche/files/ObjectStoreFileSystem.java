package org.demarche.files;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * An object store of the scheme {@code s3a} for tests, which keeps its objects in a local folder.
 * It moves and deletes a folder object by object, copies an object to move it, and knows no folder
 * whose last object is gone. It can be killed before any of these steps.
 */
public final class ObjectStoreFileSystem extends RawLocalFileSystem {

  /** Ends a step as the death of the process would. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private static int stepsLeft = Integer.MAX_VALUE;

  private File folder;
  private URI bucket;

  /** Makes {@code hadoop} find the store, with its objects in {@code folder}. */
  public static Configuration in(java.nio.file.Path folder, Configuration hadoop) {
    hadoop.set("fs.s3a.impl", ObjectStoreFileSystem.class.getName());
    hadoop.set("fs.s3a.impl.disable.cache", "true");
    hadoop.set("press.bucket", folder.toString());
    return hadoop;
  }

  /** Lets so many steps of moves and deletions happen, and kills every later one. */
  public static void killAfter(int steps) {
    stepsLeft = steps;
  }

  @Override
  public void initialize(URI uri, Configuration hadoop) throws IOException {
    folder = new File(hadoop.get("press.bucket"));
    bucket = URI.create(uri.getScheme() + "://" + uri.getAuthority() + "/");
    super.initialize(uri, hadoop);
  }

  @Override
  public URI getUri() {
    return bucket == null ? URI.create("s3a://press/") : bucket; // null while it is made
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(getUri());
  }

  @Override
  public File pathToFile(Path path) {
    return new File(folder, path.toUri().getPath());
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    FileStatus local = super.getFileStatus(path);
    return new FileStatus(
        local.getLen(),
        local.isDirectory(),
        1,
        local.getBlockSize(),
        local.getModificationTime(),
        makeQualified(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    if (!getFileStatus(path).isDirectory()) {
      return new FileStatus[] {getFileStatus(path)};
    }
    String[] names = pathToFile(path).list();
    FileStatus[] found = new FileStatus[names.length];
    for (int i = 0; i < names.length; i++) {
      found[i] = getFileStatus(new Path(path, names[i]));
    }
    return found;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (!exists(from)) {
      return false;
    }
    Path target = isFolder(to) ? new Path(to, from.getName()) : to;
    if (exists(target)) {
      return false;
    }
    move(from, target);
    return true;
  }

  private void move(Path from, Path to) throws IOException {
    if (isFolder(from)) {
      mkdirs(to);
      for (FileStatus each : listStatus(from)) {
        move(each.getPath(), new Path(to, each.getPath().getName()));
      }
      deleteOne(from); // unless it went with its last object
    } else {
      step();
      Files.createDirectories(pathToFile(to.getParent()).toPath());
      Files.copy(pathToFile(from).toPath(), pathToFile(to).toPath());
      step();
      deleteOne(from);
    }
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (!exists(path)) {
      return false;
    }
    if (isFolder(path)) {
      FileStatus[] inside = listStatus(path);
      if (inside.length > 0 && !recursive) {
        throw new IOException(path + " is not empty");
      }
      for (FileStatus each : inside) {
        delete(each.getPath(), true);
      }
    } else {
      step();
    }
    deleteOne(path);
    return true;
  }

  /** Deletes an object, and the folders of which it was the last. */
  private void deleteOne(Path path) {
    File gone = pathToFile(path);
    while (!gone.equals(folder) && (gone.delete() || !gone.exists())) {
      gone = gone.getParentFile();
    }
  }

  private boolean isFolder(Path path) {
    return pathToFile(path).isDirectory();
  }

  private static void step() {
    if (stepsLeft-- <= 0) {
      throw new Killed();
    }
  }
}
