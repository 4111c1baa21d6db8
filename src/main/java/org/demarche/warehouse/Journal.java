package org.demarche.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.StorageSettings.Format;
import org.demarche.files.ObjectStores;
import org.demarche.files.Storage;

/**
 * The journal of a commit: the steps that bring what a run has staged to its place in the
 * warehouse. A run that dies meanwhile leaves the journal, and the next run completes it.
 */
public final class Journal {

  static final String STAGING = "_staging";
  static final String LOCK = "_lock";

  static final String JOURNAL = "_journal";
  private static final String TRASH = "_trash";

  /** The last line of a journal that was written to its end. */
  private static final String END = "end";

  private Journal() {}

  /** A step of a commit, which can be done again after it was done or interrupted. */
  sealed interface Step {

    /** Returns the step as a line of the journal. */
    String line();
  }

  /**
   * Moves a file or folder, and puts away what stood in its place.
   *
   * @param from path below the staging folder of the run
   * @param to path below the warehouse
   */
  record Move(String from, String to) implements Step {

    @Override
    public String line() {
      return from + "\t" + to;
    }
  }

  /**
   * Makes what the run has written to tables in Iceberg their current state.
   *
   * @param keptRuns how many runs stay readable, at least 1
   */
  record MakeCurrent(int keptRuns) implements Step {

    private static final String NAME = "make-current";

    @Override
    public String line() {
      return NAME + "\t" + keptRuns;
    }
  }

  /** Returns whether a run died while it committed: some tables are new and others old. */
  public static boolean isUnfinished(Warehouse warehouse) throws IOException {
    return warehouse.files().exists(warehouse.path(JOURNAL));
  }

  /** Returns which files and folders of a run that writes, or was killed, are there. */
  public static List<String> leftovers(Warehouse warehouse) throws IOException {
    List<String> leftovers = new ArrayList<>();
    for (String name : List.of(STAGING, TRASH, LOCK)) {
      if (warehouse.files().exists(warehouse.path(name))) {
        leftovers.add(name);
      }
    }
    return leftovers;
  }

  /**
   * Writes the journal of a run to its staging folder.
   *
   * @param steps what the commit does, in this order
   */
  static Path draft(Warehouse warehouse, String run, List<Step> steps) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(run);
    steps.forEach(step -> lines.add(step.line()));
    lines.add(END);
    Path draft = warehouse.path(STAGING + "/" + run + "/" + JOURNAL);
    warehouse.writeText(draft, String.join("\n", lines) + "\n");
    return draft;
  }

  /** Commits: from here on, this or the next run completes the moves of the draft. */
  static void publish(Warehouse warehouse, Path draft) throws IOException {
    Path journal = warehouse.path(JOURNAL);
    if (!warehouse.files().rename(draft, journal)) {
      throw new IOException("Cannot write the journal " + journal);
    }
  }

  /**
   * Completes, without a Spark session, the commit in which an earlier run died, if one did. Until
   * then the settings in the warehouse and its tables are partly new and partly old.
   *
   * @param location folder of the warehouse, which need not exist
   * @return whether there was such a commit
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if that run is alive
   */
  public static boolean complete(Storage storage, String location) throws IOException {
    String place = storage.qualified(location);
    Optional<java.nio.file.Path> local = Storage.local(place);
    if (local.isPresent() && !Files.exists(local.get().resolve(JOURNAL))) {
      return false; // loading Hadoop's classes would take longer than the check
    }
    FileSystem files = new Path(place).getFileSystem(storage.hadoop());
    Path root = files.makeQualified(new Path(place));
    if (!files.exists(new Path(root, JOURNAL))) {
      return false;
    }
    try (WarehouseLock lock = WarehouseLock.take(files, new Path(root, LOCK), "completion")) {
      lock.check();
      recover(files, root);
    }
    return true;
  }

  /** Completes the moves of a journal, if there is one, and removes what runs have staged. */
  static void recover(FileSystem files, Path root) throws IOException {
    Path journal = new Path(root, JOURNAL);
    boolean wasCommitted = files.exists(journal);
    if (wasCommitted) {
      String[] lines = Warehouse.readText(files, journal).split("\n");
      if (!lines[lines.length - 1].equals(END)) {
        throw new IOException(
            "The journal %s of the last commit ends early: what it moved is in %s and %s"
                .formatted(journal, new Path(root, STAGING), new Path(root, TRASH)));
      }
      Path staged = new Path(root, STAGING + "/" + lines[0]);
      Path trash = new Path(root, TRASH);
      boolean isInSteps = ObjectStores.has(root, files.getConf());
      for (int i = 1; i < lines.length - 1; i++) {
        String[] move = lines[i].split("\t");
        if (move[0].equals(MakeCurrent.NAME)) {
          try (IcebergCatalog catalog = TableFormat.of(files, root).open(files, root)) {
            catalog.makeCurrent(lines[0], Integer.parseInt(move[1]));
          }
          continue;
        }
        Path from = new Path(staged, move[0]);
        Path to = new Path(root, move[1]);
        if (!files.exists(from)) {
          if (!files.exists(to)) {
            throw new IOException(
                "Neither %s nor %s exists: restore the table from %s".formatted(from, to, trash));
          }
          continue; // moved before the run was interrupted
        }
        Path old = new Path(trash, lines[0] + "-" + i);
        if (isInSteps) {
          deleteOnce(files, to, old);
        } else if (files.exists(to)) {
          files.mkdirs(trash);
          move(files, to, old);
        }
        files.mkdirs(to.getParent());
        move(files, from, to);
      }
      files.delete(trash, true);
      files.delete(journal, false);
    }
    Path staging = new Path(root, STAGING);
    TableFormat format = TableFormat.of(files, root);
    if (format.format() == Format.ICEBERG && files.exists(staging) && !wasCommitted) {
      try (IcebergCatalog catalog = format.open(files, root)) {
        catalog.discardAll();
      }
    }
    files.delete(staging, true);
  }

  /**
   * Deletes what stood in a place before the commit. Once {@code mark} exists, all of that is gone,
   * and what stands there was moved there by a run that died meanwhile.
   */
  private static void deleteOnce(FileSystem files, Path place, Path mark) throws IOException {
    if (!files.exists(mark)) {
      files.delete(place, true);
      files.create(mark, true).close();
    }
  }

  /** Moves a file or a folder, of which an earlier attempt may have moved a part. */
  static void move(FileSystem files, Path from, Path to) throws IOException {
    if (files.exists(to)) {
      if (files.getFileStatus(from).isDirectory()) {
        for (FileStatus each : files.listStatus(from)) {
          move(files, each.getPath(), new Path(to, each.getPath().getName()));
        }
        files.delete(from, true);
        return;
      }
      files.delete(to, false); // a copy that nobody finished
    }
    if (!files.rename(from, to)) {
      throw new IOException("Cannot move " + from + " to " + to);
    }
  }
}
