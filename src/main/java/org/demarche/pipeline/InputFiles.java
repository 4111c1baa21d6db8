package org.demarche.pipeline;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.console.Progress;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.ingest.ArticleFormats;
import org.demarche.ingest.FilePart;
import org.demarche.warehouse.InputFile;
import org.demarche.warehouse.Warehouse;

/** Lists the input files that paths and globs name, opens them, and distributes them to tasks. */
final class InputFiles {

  /** How many of the files and folders that are left out are listed by name. */
  private static final int NAMED = 5;

  private static final int HEAD_OF_PAGE = 512;

  /** A folder with these two files is a model. */
  private static final Set<String> OF_A_MODEL = Set.of("model.json", "MODEL_CARD.md");

  /**
   * The files that paths name.
   *
   * @param files sorted by path, each once
   * @param leftOut one line per file or folder that is not input, with the reason
   */
  record Listing(List<InputFile> files, List<String> leftOut) {
    Listing {
      files = List.copyOf(files);
      leftOut = List.copyOf(leftOut);
    }

    /** Prints a note about each file or folder that is left out. */
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
   * Returns the files that {@code paths} name. In a folder, names that begin with a dot or an
   * underscore are ignored. Warehouses, models, reports, broken or circular links, pipes and
   * devices are left out and reported.
   *
   * @throws ConfigurationException if there are no paths, or one is a warehouse
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if a path does not exist or cannot
   *     be read
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
          throw denied(given, e);
        } catch (IOException e) {
          throw DemarcheException.inputMissing(
              "The articles at '%s' cannot be read: %s".formatted(given, e.getMessage()));
        }
      }
    }
    if (found.files.isEmpty()) {
      throw DemarcheException.inputMissing(
          "There are no articles at %s: no file is there%s"
              .formatted(
                  String.join(", ", paths),
                  found.leftOut.isEmpty()
                      ? ""
                      : " except what is left out (%s)".formatted(found.leftOut.get(0))));
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
   * Checks that {@code paths} exist and may be read, without looking into folders.
   *
   * @throws ConfigurationException if there are no paths, or one is a warehouse
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if a path does not exist or may
   *     not be read
   */
  static void check(List<String> paths, Configuration hadoop) throws IOException {
    required(paths);
    for (String given : paths) {
      for (FileStatus match : new InputFiles(hadoop).matches(given)) {
        Optional<java.nio.file.Path> local = Storage.local(match.getPath().toString());
        if (local.isPresent() && !Files.isReadable(local.get())) {
          throw denied(given, new AccessDeniedException(local.get().toString()));
        }
      }
    }
  }

  /**
   * Checks that the warehouse is not a folder of articles: its tables would be read as articles.
   *
   * @throws ConfigurationException if it is one
   */
  static void checkApart(List<String> paths, String warehouse) {
    for (String path : paths) {
      if (place(path).equals(place(warehouse))) {
        throw new ConfigurationException(
            List.of(
                "'%s' holds the articles, so it cannot be the warehouse too: name another folder"
                    .formatted(warehouse)));
      }
    }
  }

  private static String place(String path) {
    return Storage.local(path)
        .map(local -> local.toAbsolutePath().normalize().toString())
        .orElse(StringUtils.stripEnd(path, "/"));
  }

  private FileStatus[] matches(String given) throws IOException {
    try {
      return found(given);
    } catch (AccessDeniedException | AccessControlException e) {
      throw denied(given, e);
    }
  }

  private static DemarcheException denied(String given, IOException failure) {
    return DemarcheException.inputMissing(
        "The articles at '%s' cannot be read: permission denied (%s)"
            .formatted(given, failure.getMessage()));
  }

  private FileStatus[] found(String given) throws IOException {
    Path path = new Path(given);
    FileSystem system = path.getFileSystem(hadoop);
    // A path may have a bracket in its name, so it is tried literally before it is used as a glob.
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
    Optional<java.nio.file.Path> local = Storage.local(path);
    if (local.isPresent() && !Files.isRegularFile(local.get())) {
      throw new IOException("it is neither a file nor a folder"); // a pipe may never end
    }
    // Only local files are checked before tasks read them: remote ones would cost a call each.
    if (local.isPresent() && !Files.isReadable(local.get())) {
      throw new AccessDeniedException(local.get().toString());
    }
    files.put(path, new InputFile(path, status.getLen(), status.getModificationTime()));
  }

  /**
   * Lists the files in {@code folder}.
   *
   * @param around the real paths of the local folders that contain this one, to detect circles
   */
  private void folder(Path folder, List<java.nio.file.Path> around) throws IOException {
    FileSystem system = folder.getFileSystem(hadoop);
    if (Warehouse.isAt(system, folder)) {
      leaveOut(folder, "a warehouse");
    } else if (Storage.local(folder.toString()).isPresent()) {
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

  /** Lists without Hadoop, which fails at a colon in a name and follows circular links forever. */
  private void localFolder(Path folder, List<java.nio.file.Path> around) throws IOException {
    java.nio.file.Path place = Storage.local(folder.toString()).orElseThrow().toRealPath();
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
      return OutputFile.isPage(in.readNBytes(HEAD_OF_PAGE));
    }
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  private static boolean isModel(List<String> names) {
    return names.containsAll(OF_A_MODEL);
  }

  private void leaveOut(Path path, String what) {
    leftOut.add("%s, %s".formatted(Warehouse.shown(path), what));
  }

  /**
   * Opens a file.
   *
   * @param path as a URI
   */
  static InputStream open(String path, Configuration hadoop) throws IOException {
    Path place = new Path(path);
    Optional<java.nio.file.Path> local = Storage.local(path);
    return local.isPresent()
        ? Files.newInputStream(local.get())
        : place.getFileSystem(hadoop).open(place);
  }

  /**
   * Returns the exception for a file that was listed but cannot be read now. The run ends, since
   * such a file must not count as taken in.
   */
  static DemarcheException unreadable(String path, IOException failure) {
    boolean gone =
        failure instanceof NoSuchFileException || failure instanceof FileNotFoundException;
    return DemarcheException.inputMissing(
        "%s cannot be read%s; nothing was taken in: run again"
            .formatted(path, gone ? ": it was there and is gone" : ": " + failure.getMessage()));
  }

  /**
   * A file or a part of a large file, read by one task.
   *
   * @param path as a URI
   */
  record Part(String path, FilePart stretch) {

    static Part whole(InputFile file) {
      return new Part(file.path(), FilePart.WHOLE);
    }

    /** Returns the text that {@link #parse} reads. */
    String text() {
      return "%d:%d:%d:%s:%s"
          .formatted(stretch.from(), stretch.to(), stretch.firstRecord(), stretch.format(), path);
    }

    static Part parse(String text) {
      String[] parts = text.split(":", 5);
      return new Part(
          parts[4],
          new FilePart(
              Long.parseLong(parts[0]),
              Long.parseLong(parts[1]),
              Long.parseLong(parts[2]),
              parts[3]));
    }
  }

  /** Returns parts of a file of about the same number of bytes. */
  static List<Part> even(InputFile file, long partBytes) {
    List<Part> parts = new ArrayList<>();
    long from = 0;
    while (file.bytes() - from >= 2 * partBytes) {
      parts.add(evenPart(file, from, from + partBytes));
      from += partBytes;
    }
    parts.add(evenPart(file, from, Long.MAX_VALUE));
    return parts;
  }

  private static Part evenPart(InputFile file, long from, long to) {
    return new Part(file.path(), new FilePart(from, to, 0, ArticleFormats.AUTO));
  }

  /**
   * Distributes {@code files} over lists of about the same number of bytes.
   *
   * @param tasks maximum number of lists
   * @param partsOf returns the parts in which a file is read
   */
  static List<List<Part>> share(
      List<InputFile> files, int tasks, Function<InputFile, List<Part>> partsOf) {
    record Sized(Part part, long bytes) {}
    record Load(List<Part> parts, long[] bytes) {}
    List<Sized> all = new ArrayList<>();
    for (InputFile file : files) {
      for (Part part : partsOf.apply(file)) {
        long bytes = Math.min(part.stretch().to(), file.bytes()) - part.stretch().from();
        all.add(new Sized(part, bytes));
      }
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
            .thenComparing(sized -> sized.part().stretch().from()));
    for (Sized sized : all) {
      Load load = loads.remove();
      load.parts().add(sized.part());
      load.bytes()[0] += sized.bytes();
      loads.add(load);
    }
    // Beside empty files a load can stay without any.
    return loads.stream().map(Load::parts).filter(parts -> !parts.isEmpty()).toList();
  }
}
