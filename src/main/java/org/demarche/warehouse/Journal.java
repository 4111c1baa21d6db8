package org.demarche.warehouse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.demarche.files.ObjectStores;

/**
 * The journal of a commit: the moves that bring what a run has staged to its place in the
 * warehouse. A run that dies while it moves leaves the journal, and the next run completes it.
 */
public final class Journal {

  static final String STAGING = "_staging";
  static final String LOCK = "_lock";

  private static final String JOURNAL = "_journal";
  private static final String TRASH = "_trash";

  /** The last line of a journal that was written to its end. */
  private static final String END = "end";

  private Journal() {}

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
   * @param moves from a path below the staging folder to a path below the warehouse
   */
  static Path draft(Warehouse warehouse, String run, Map<String, String> moves) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(run);
    moves.forEach((from, to) -> lines.add(from + "\t" + to));
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

  /** Completes the moves of a journal, if there is one, and removes what runs have staged. */
  static void recover(Warehouse warehouse) throws IOException {
    FileSystem files = warehouse.files();
    Path journal = warehouse.path(JOURNAL);
    if (files.exists(journal)) {
      String[] lines = warehouse.readText(journal).split("\n");
      if (!lines[lines.length - 1].equals(END)) {
        throw new IOException(
            "The journal %s of the last commit ends early: what it moved is in %s and %s"
                .formatted(journal, warehouse.path(STAGING), warehouse.path(TRASH)));
      }
      Path staging = warehouse.path(STAGING + "/" + lines[0]);
      Path trash = warehouse.path(TRASH);
      boolean isInSteps = ObjectStores.has(warehouse.root(), warehouse.storage().hadoop());
      for (int i = 1; i < lines.length - 1; i++) {
        String[] move = lines[i].split("\t");
        Path from = new Path(staging, move[0]);
        Path to = warehouse.path(move[1]);
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
    files.delete(warehouse.path(STAGING), true);
  }

  /**
   * Deletes what stood in a place before the commit. From when {@code mark} exists, all of that is
   * gone, and what stands there was moved there by a run that died meanwhile.
   */
  private static void deleteOnce(FileSystem files, Path place, Path mark) throws IOException {
    if (!files.exists(mark)) {
      files.delete(place, true);
      files.create(mark, true).close();
    }
  }

  /** Moves a file or a folder, of which an earlier attempt may have moved a part. */
  private static void move(FileSystem files, Path from, Path to) throws IOException {
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
