package org.demarche.job;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.demarche.config.ConfigurationException;

/** Lists the files that paths, folders and globs mean, and shares them out to tasks. */
final class InputFiles {

  /**
   * One input file.
   *
   * @param path as a URI
   * @param bytes its length as stored
   * @param modified when it was changed, milliseconds since 1970
   */
  record InputFile(String path, long bytes, long modified) implements Serializable {

    /** Returns what makes it the same file as one taken in before. */
    String signature() {
      return path + "\t" + bytes + "\t" + modified;
    }
  }

  private InputFiles() {}

  /**
   * Returns the files that {@code paths} mean, sorted by path, each once; hidden ones (beginning
   * with a dot or an underscore) below a folder are left out.
   *
   * @throws ConfigurationException if there are no paths
   * @throws InputMissingException if a path means nothing at all or cannot be read
   */
  static List<InputFile> list(List<String> paths, Configuration hadoop) throws IOException {
    required(paths);
    TreeMap<String, InputFile> files = new TreeMap<>();
    for (String given : paths) {
      Path path = new Path(given);
      FileSystem system = path.getFileSystem(hadoop);
      for (FileStatus match : matches(given, path, system)) {
        try {
          add(system, match, files);
        } catch (AccessDeniedException | AccessControlException e) {
          throw new InputMissingException(
              "The articles at '%s' cannot be read: permission denied (%s)"
                  .formatted(given, e.getMessage()));
        }
      }
    }
    if (files.isEmpty()) {
      throw new InputMissingException(
          "There are no articles at %s: no file in there".formatted(String.join(", ", paths)));
    }
    return List.copyOf(files.values());
  }

  private static void required(List<String> paths) {
    if (paths.isEmpty()) {
      throw new ConfigurationException(
          List.of("'articles.paths' is required: give --articles PATH, or set it"));
    }
  }

  /**
   * Looks whether {@code paths} mean anything, without going into folders.
   *
   * @throws ConfigurationException if there are none
   * @throws InputMissingException if one means nothing at all
   */
  static void check(List<String> paths, Configuration hadoop) throws IOException {
    required(paths);
    for (String given : paths) {
      Path path = new Path(given);
      matches(given, path, path.getFileSystem(hadoop));
    }
  }

  private static FileStatus[] matches(String given, Path path, FileSystem system)
      throws IOException {
    // A path with a bracket in its name is tried as it is before it is taken for a glob.
    FileStatus[] matches =
        system.exists(path)
            ? new FileStatus[] {system.getFileStatus(path)}
            : system.globStatus(path);
    if (matches == null || matches.length == 0) {
      throw new InputMissingException(
          "There are no articles at '%s': no such file or folder".formatted(given));
    }
    return matches;
  }

  private static void add(FileSystem system, FileStatus status, TreeMap<String, InputFile> files)
      throws IOException {
    if (status.isFile()) {
      String path = status.getPath().toString();
      // A local file is looked at now rather than in a task; elsewhere that would cost a call each.
      if (system instanceof LocalFileSystem
          && !Files.isReadable(java.nio.file.Path.of(status.getPath().toUri().getPath()))) {
        throw new AccessDeniedException(status.getPath().toUri().getPath());
      }
      files.put(path, new InputFile(path, status.getLen(), status.getModificationTime()));
      return;
    }
    for (FileStatus child : system.listStatus(status.getPath())) {
      String name = child.getPath().getName();
      if (!name.startsWith(".") && !name.startsWith("_")) {
        add(system, child, files);
      }
    }
  }

  /** Shares {@code files} out to {@code tasks} lists of about the same number of bytes. */
  static List<List<InputFile>> share(List<InputFile> files, int tasks) {
    record Load(List<InputFile> files, long[] bytes) {}
    PriorityQueue<Load> loads =
        new PriorityQueue<>(Comparator.comparingLong(load -> load.bytes()[0]));
    for (int i = 0; i < Math.min(tasks, files.size()); i++) {
      loads.add(new Load(new ArrayList<>(), new long[1]));
    }
    List<InputFile> largestFirst = new ArrayList<>(files);
    largestFirst.sort(
        Comparator.comparingLong(InputFile::bytes).reversed().thenComparing(InputFile::path));
    for (InputFile file : largestFirst) {
      Load load = loads.remove();
      load.files().add(file);
      load.bytes()[0] += file.bytes();
      loads.add(load);
    }
    return loads.stream().map(Load::files).toList();
  }
}
