package org.demarche.pipeline;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.console.Progress;
import org.demarche.warehouse.Warehouse;

/** Lists the files that paths, folders and globs mean, opens them, and shares them out to tasks. */
final class InputFiles {

  /** How many of the files and folders that are left out are named. */
  private static final int NAMED = 5;

  /** Stands in the head of every page that Demarche wrote. */
  private static final String OUR_PAGE = "<meta name=\"generator\" content=\"Demarche\">";

  private static final int HEAD_OF_PAGE = 512;

  /** The two files that make a folder a model. */
  private static final Set<String> OF_A_MODEL = Set.of("model.json", "MODEL_CARD.md");

  /**
   * One input file.
   *
   * @param path as a URI
   * @param bytes its length as stored
   * @param modified when it was changed, milliseconds since 1970
   */
  record InputFile(String path, long bytes, long modified) implements Serializable {

    /** Returns what makes it the same file as one taken in before; one line. */
    String signature() {
      return key() + "\t" + bytes + "\t" + modified;
    }

    /** Returns the path as one line. */
    String key() {
      return path.replace("\n", "\\n");
    }

    /** Returns the {@link #key} in a {@link #signature}. */
    static String key(String signature) {
      int bytes = signature.lastIndexOf('\t', Math.max(0, signature.lastIndexOf('\t') - 1));
      return signature.substring(0, Math.max(0, bytes));
    }
  }

  /**
   * What paths mean.
   *
   * @param files sorted by path, each once
   * @param leftOut what was met and is no input, and why, a line each
   */
  record Listing(List<InputFile> files, List<String> leftOut) {
    Listing {
      files = List.copyOf(files);
      leftOut = List.copyOf(leftOut);
    }

    /** Notes what is left out, if anything is. */
    void note(Progress progress) {
      leftOut.stream().limit(NAMED).forEach(line -> progress.note("left out: " + line));
      if (leftOut.size() > NAMED) {
        progress.note("left out: %,d more".formatted(leftOut.size() - NAMED));
      }
    }
  }

  private final Configuration hadoop;
  private final TreeMap<String, InputFile> files = new TreeMap<>();
  private final List<String> leftOut = new ArrayList<>();

  private InputFiles(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Returns the files that {@code paths} mean. Below a folder, what begins with a dot or an
   * underscore is not looked at; warehouses, models, reports, links that lead nowhere or in a
   * circle, and what is neither file nor folder are left out and named.
   *
   * @throws ConfigurationException if there are no paths, or one is a warehouse
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if a path means nothing at all or
   *     cannot be read
   */
  static Listing list(List<String> paths, Configuration hadoop) throws IOException {
    required(paths);
    InputFiles found = new InputFiles(hadoop);
    for (String given : paths) {
      for (FileStatus match : found.matches(given)) {
        try {
          if (match.isFile()) {
            found.file(match);
          } else {
            found.folder(match.getPath(), List.of());
          }
        } catch (AccessDeniedException | AccessControlException e) {
          throw DemarcheException.inputMissing(
              "The articles at '%s' cannot be read: permission denied (%s)"
                  .formatted(given, e.getMessage()));
        } catch (IOException e) {
          throw DemarcheException.inputMissing(
              "The articles at '%s' cannot be read: %s".formatted(given, e.getMessage()));
        }
      }
    }
    if (found.files.isEmpty()) {
      throw DemarcheException.inputMissing(
          "There are no articles at %s: no file in there%s"
              .formatted(
                  String.join(", ", paths),
                  found.leftOut.isEmpty()
                      ? ""
                      : " but what is left out (%s)".formatted(found.leftOut.get(0))));
    }
    return new Listing(List.copyOf(found.files.values()), found.leftOut);
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
   * @throws ConfigurationException if there are none, or one is a warehouse
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if one means nothing at all
   */
  static void check(List<String> paths, Configuration hadoop) throws IOException {
    required(paths);
    for (String given : paths) {
      new InputFiles(hadoop).matches(given);
    }
  }

  private FileStatus[] matches(String given) throws IOException {
    Path path = new Path(given);
    FileSystem system = path.getFileSystem(hadoop);
    // A path with a bracket in its name is tried as it is before it is taken for a glob.
    if (system.exists(path)) {
      if (Warehouse.isAt(system, path)) {
        throw new ConfigurationException(
            List.of(
                "'%s' is a warehouse, not articles: name the files that it is made from"
                    .formatted(given)));
      }
      return new FileStatus[] {system.getFileStatus(path)};
    }
    FileStatus[] matches = system.globStatus(path);
    if (matches == null || matches.length == 0) {
      throw DemarcheException.inputMissing(
          "There are no articles at '%s': no such file or folder".formatted(given));
    }
    return matches;
  }

  private void file(FileStatus status) throws IOException {
    String path = status.getPath().toString();
    if (isLocal(path) && !Files.isRegularFile(local(path))) {
      throw new IOException("it is neither a file nor a folder"); // a pipe may never end
    }
    // A local file is looked at now rather than in a task; elsewhere that would cost a call each.
    if (isLocal(path) && !Files.isReadable(local(path))) {
      throw new AccessDeniedException(local(path).toString());
    }
    files.put(path, new InputFile(path, status.getLen(), status.getModificationTime()));
  }

  /**
   * @param around the real places of the folders that this one was reached through, if it is local
   */
  private void folder(Path folder, List<java.nio.file.Path> around) throws IOException {
    FileSystem system = folder.getFileSystem(hadoop);
    if (Warehouse.isAt(system, folder)) {
      leaveOut(folder, "a warehouse");
    } else if (isLocal(folder.toString())) {
      localFolder(folder, around);
    } else {
      FileStatus[] children = system.listStatus(folder);
      if (isModel(Arrays.stream(children).map(child -> child.getPath().getName()).toList())) {
        leaveOut(folder, "a model");
        return;
      }
      for (FileStatus child : children) {
        if (isHidden(child.getPath().getName())) {
          continue;
        } else if (child.isFile()) {
          file(child);
        } else {
          folder(child.getPath(), around);
        }
      }
    }
  }

  /** Hadoop's own listing takes a colon in a name for the end of a scheme, and follows circles. */
  private void localFolder(Path folder, List<java.nio.file.Path> around) throws IOException {
    java.nio.file.Path place = local(folder.toString()).toRealPath();
    if (around.contains(place)) {
      leaveOut(folder, "a link to a folder around it");
      return;
    }
    List<java.nio.file.Path> inside = new ArrayList<>(around);
    inside.add(place);
    List<String> names;
    try (Stream<java.nio.file.Path> children = Files.list(place)) {
      names = children.map(child -> child.getFileName().toString()).sorted().toList();
    }
    if (isModel(names)) {
      leaveOut(folder, "a model");
      return;
    }
    for (String name : names) {
      if (isHidden(name)) {
        continue;
      }
      Path path = new Path(folder.isRoot() ? folder + name : folder + "/" + name);
      java.nio.file.Path child = place.resolve(name);
      if (Files.isDirectory(child)) {
        folder(path, inside);
      } else if (Files.isRegularFile(child)) {
        localFile(path.toString(), child);
      } else {
        leaveOut(
            path,
            Files.isSymbolicLink(child) ? "a link to nothing" : "neither a file nor a folder");
      }
    }
  }

  private void localFile(String path, java.nio.file.Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    if (path.endsWith(".html") && isOurPage(file)) {
      leaveOut(new Path(path), "a report");
      return;
    }
    files.put(
        path, new InputFile(path, Files.size(file), Files.getLastModifiedTime(file).toMillis()));
  }

  private static boolean isOurPage(java.nio.file.Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD_OF_PAGE), StandardCharsets.UTF_8).contains(OUR_PAGE);
    }
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  private static boolean isModel(List<String> names) {
    return names.containsAll(OF_A_MODEL);
  }

  private void leaveOut(Path path, String what) {
    leftOut.add(
        "%s, %s"
            .formatted(isLocal(path.toString()) ? path.toUri().getPath() : path.toString(), what));
  }

  /** Returns whether a path, as a URI, is of this machine's own file system. */
  static boolean isLocal(String path) {
    return "file".equals(new Path(path).toUri().getScheme());
  }

  /** Returns the place of a path that {@link #isLocal}. */
  static java.nio.file.Path local(String path) {
    return java.nio.file.Path.of(new Path(path).toUri());
  }

  /**
   * Opens a file.
   *
   * @param path as a URI
   */
  static InputStream open(String path, Configuration hadoop) throws IOException {
    Path place = new Path(path);
    return isLocal(path)
        ? Files.newInputStream(local(path))
        : place.getFileSystem(hadoop).open(place);
  }

  /**
   * Returns a storage's failure as one line. A file that was listed and cannot be read now must not
   * count as taken in.
   */
  static DemarcheException unreadable(String path, IOException failure) {
    boolean gone =
        failure instanceof NoSuchFileException || failure instanceof FileNotFoundException;
    return DemarcheException.inputMissing(
        "%s cannot be read%s; nothing was taken in: run again"
            .formatted(path, gone ? ": it was there and is gone" : ": " + failure.getMessage()));
  }

  /**
   * A file, or a part of a large one, as a task reads it.
   *
   * @param path as a URI
   * @param from first byte of the part
   * @param to the byte after it; of a whole file the largest number there is
   */
  record Part(String path, long from, long to) {

    /** Returns the part as {@link #parse} reads it. */
    String text() {
      return from + ":" + to + ":" + path;
    }

    static Part parse(String text) {
      String[] parts = text.split(":", 3);
      return new Part(parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
  }

  /**
   * Shares {@code files} out to lists of about the same number of bytes.
   *
   * @param tasks how many lists there are at most
   * @param splits whether a file can be read in parts
   * @param partBytes about how large a part is
   */
  static List<List<Part>> share(
      List<InputFile> files, int tasks, Predicate<InputFile> splits, long partBytes) {
    record Sized(Part part, long bytes) {}
    record Load(List<Part> parts, long[] bytes) {}
    List<Sized> all = new ArrayList<>();
    for (InputFile file : files) {
      long from = 0;
      while (splits.test(file) && file.bytes() - from >= 2 * partBytes) {
        all.add(new Sized(new Part(file.path(), from, from + partBytes), partBytes));
        from += partBytes;
      }
      all.add(new Sized(new Part(file.path(), from, Long.MAX_VALUE), file.bytes() - from));
    }
    PriorityQueue<Load> loads =
        new PriorityQueue<>(Comparator.comparingLong(load -> load.bytes()[0]));
    for (int i = 0; i < Math.min(tasks, all.size()); i++) {
      loads.add(new Load(new ArrayList<>(), new long[1]));
    }
    all.sort(
        Comparator.comparingLong(Sized::bytes)
            .reversed()
            .thenComparing(sized -> sized.part().path())
            .thenComparing(sized -> sized.part().from()));
    for (Sized sized : all) {
      Load load = loads.remove();
      load.parts().add(sized.part());
      load.bytes()[0] += sized.bytes();
      loads.add(load);
    }
    return loads.stream().map(Load::parts).toList();
  }
}
