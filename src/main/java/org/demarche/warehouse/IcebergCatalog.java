package org.demarche.warehouse;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.CloseableIterable;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.StorageSettings;
import org.demarche.text.Sha256;

/**
 * The tables of one warehouse in Apache Iceberg, and the states that they are in. It needs no Spark
 * session.
 *
 * <p>A run writes to a branch of each table, {@code staged-<run>}. The commit makes the state of
 * the branch that of the table, in one step for each table, and names it with the tag {@code
 * run-<run>}. States that no tag names any more are deleted with the files that only they have.
 */
final class IcebergCatalog implements AutoCloseable {

  private static final String STAGED = "staged-";
  private static final String RUN = "run-";

  /** The property of a table that tells its key; only the tables of Demarche have it. */
  private static final String KEY = "demarche.key";

  /** The summary of a staged state has this property if its files are not divided by months. */
  static final String WITHOUT_MONTHS = "demarche.without-months";

  /** The folder of a table that has its metadata. */
  private static final String METADATA = "metadata";

  /**
   * The property of a table, and of the summary of a staged state, that has the batches, also those
   * without a row.
   */
  static final String BATCHES = "demarche.batches";

  /** The namespace of the tables in a catalog that is in a database. */
  private static final String NAMESPACE = "demarche";

  private final String name;
  private final Path root;
  private final FileSystem files;
  private final Map<String, String> properties;
  private final Namespace namespace;
  private final Catalog catalog;

  /** Opens the catalog of the warehouse in {@code root}. */
  IcebergCatalog(StorageSettings.Catalog settings, FileSystem files, Path root) throws IOException {
    this.root = root;
    this.files = files;
    this.properties = properties(settings, root);
    // The folders of a catalog in files are those of the warehouse, so there its tables have no
    // namespace.
    this.namespace = settings.isInDatabase() ? Namespace.of(NAMESPACE) : Namespace.empty();
    this.name =
        settings.isInDatabase() ? settings.name() : "demarche_" + Sha256.id(root.toString());
    this.catalog = CatalogUtil.buildIcebergCatalog(name, properties, files.getConf());
    if (catalog instanceof SupportsNamespaces namespaces
        && settings.isInDatabase()
        && !namespaces.namespaceExists(namespace)) {
      namespaces.createNamespace(namespace);
    }
  }

  private static Map<String, String> properties(StorageSettings.Catalog settings, Path root) {
    Map<String, String> properties = new HashMap<>();
    properties.put("warehouse", root.toString());
    // Tables change here beside Spark, which must not keep what it has read of them.
    properties.put("cache-enabled", "false");
    if (!settings.isInDatabase()) {
      properties.put("type", "hadoop");
      return properties;
    }
    properties.put("type", "jdbc");
    properties.put("uri", settings.uri());
    properties.put("jdbc.schema-version", "V1");
    if (settings.user() != null) {
      properties.put("jdbc.user", settings.user());
    }
    String password = System.getenv("DEMARCHE_CATALOG_PASSWORD");
    if (password != null) {
      properties.put("jdbc.password", password);
    }
    return properties;
  }

  /**
   * Returns the name under which Spark must know the catalog. In a database it is stored with each
   * table.
   */
  String name() {
    return name;
  }

  /** Returns what Spark's catalog of Iceberg must be told to find the same tables. */
  Map<String, String> properties() {
    return properties;
  }

  /** Returns the name of a table as SQL takes it. */
  String sqlName(Table<?> table) {
    return namespace.isEmpty()
        ? "`%s`.`%s`".formatted(name, table.name())
        : "`%s`.`%s`.`%s`".formatted(name, NAMESPACE, table.name());
  }

  private TableIdentifier identifier(String name) {
    return TableIdentifier.of(namespace, name);
  }

  /**
   * Returns the table; empty if no run has begun to write it.
   *
   * @throws DemarcheException ({@link ExitStatus#USAGE}) if the catalog has the table of another
   *     warehouse under this name
   */
  Optional<org.apache.iceberg.Table> find(Table<?> table) {
    org.apache.iceberg.Table found;
    try {
      found = catalog.loadTable(identifier(table.name()));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
    if (!path(found.location()).equals(new Path(root, table.name()).toUri().getPath())) {
      throw DemarcheException.usage(
          ("The catalog '%s' has the tables of another warehouse, such as %s: give this one, %s, a"
                  + " name of its own by warehouse.iceberg.name")
              .formatted(name, found.location(), Warehouse.shown(root)));
    }
    return Optional.of(found);
  }

  /** Returns the data files of a state of a table. */
  List<DataFile> files(Table<?> table, String branch) throws IOException {
    Optional<org.apache.iceberg.Table> found = find(table);
    List<DataFile> files = new ArrayList<>();
    if (found.isPresent() && found.get().snapshot(branch) != null) {
      try (CloseableIterable<FileScanTask> tasks =
          found.get().newScan().useRef(branch).planFiles()) {
        tasks.forEach(task -> files.add(task.file()));
      }
    }
    return files;
  }

  /** Returns the table, which is made if it does not exist, or gets the columns that it lacks. */
  org.apache.iceberg.Table findOrCreate(Table<?> table) {
    IcebergSchema schema = new IcebergSchema(table);
    Optional<org.apache.iceberg.Table> found = find(table);
    if (found.isPresent()) {
      schema.addMissingColumns(found.get());
      return found.get();
    }
    return catalog
        .buildTable(identifier(table.name()), schema.columns())
        .withLocation(new Path(root, table.name()).toString())
        .withPartitionSpec(schema.partitions())
        .withSortOrder(schema.order())
        .withProperty("comment", table.about())
        .withProperty(KEY, String.join(",", table.key()))
        // Rows come as they shall lie in files; only their order in a file is left to Iceberg.
        .withProperty(TableProperties.WRITE_DISTRIBUTION_MODE, "none")
        .withProperty(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true")
        .withProperty(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "10")
        .create();
  }

  /** Returns the tables of Demarche, which are in folders of the warehouse. */
  private List<TableIdentifier> all() throws IOException {
    List<TableIdentifier> all = new ArrayList<>();
    for (FileStatus folder : files.listStatus(root)) {
      if (folder.isDirectory() && files.exists(new Path(folder.getPath(), METADATA))) {
        TableIdentifier name = identifier(folder.getPath().getName());
        // A run may have been killed while it made a table, and others may have put theirs here.
        if (catalog.tableExists(name) && catalog.loadTable(name).properties().containsKey(KEY)) {
          all.add(name);
        }
      }
    }
    return all;
  }

  /** Returns the name of the branch that {@code run} writes to. */
  static String branch(String run) {
    return STAGED + run;
  }

  /**
   * Makes what {@code run} has written the current state of all tables. This can be repeated after
   * it was interrupted.
   *
   * @param keptRuns how many runs stay readable, at least 1; with 1 no file stays of earlier ones
   */
  void makeCurrent(String run, int keptRuns) throws IOException {
    for (TableIdentifier name : all()) {
      org.apache.iceberg.Table table = catalog.loadTable(name);
      if (table.refs().containsKey(branch(run))) {
        makeCurrent(table, branch(run));
      }
      discard(name, ref -> ref.startsWith(STAGED));
      if (catalog.tableExists(name)) {
        table.refresh();
        if (table.currentSnapshot() != null) { // else a run was killed right after it made it
          name(table, RUN + run, keptRuns);
        }
      }
    }
  }

  private static void makeCurrent(org.apache.iceberg.Table table, String branch) {
    Snapshot staged = table.snapshot(branch);
    org.apache.iceberg.Transaction together = table.newTransaction();
    String batches = staged.summary().get(BATCHES);
    if (batches != null) {
      together.updateProperties().set(BATCHES, batches).commit();
    }
    if (staged.summary().containsKey(WITHOUT_MONTHS) && IcebergTables.isByMonth(table)) {
      together.updateSpec().removeField(Table.MONTH).commit();
    }
    ManageSnapshots change = together.manageSnapshots();
    if (table.currentSnapshot() == null) {
      change.createBranch(SnapshotRef.MAIN_BRANCH, staged.snapshotId());
    } else {
      change.replaceBranch(SnapshotRef.MAIN_BRANCH, staged.snapshotId());
    }
    change.removeBranch(branch).commit();
    together.commitTransaction();
  }

  /** Names the current state of a table, and deletes those that are not to be kept. */
  private void name(org.apache.iceberg.Table table, String tag, int keptRuns) throws IOException {
    boolean keepsOne = keptRuns == 1;
    if (keepsOne) {
      dropDeletedEntries(table);
    }
    ManageSnapshots change = table.manageSnapshots();
    if (!table.refs().containsKey(tag)) {
      change.createTag(tag, table.currentSnapshot().snapshotId());
    }
    Set<String> kept =
        tags(table).stream()
            .filter(other -> !other.equals(tag))
            .limit(keptRuns - 1L)
            .collect(toSet());
    for (Map.Entry<String, SnapshotRef> ref : table.refs().entrySet()) {
      String other = ref.getKey();
      // What others have named stays, unless an article must leave no trace.
      if (!other.equals(SnapshotRef.MAIN_BRANCH)
          && !other.equals(tag)
          && !kept.contains(other)
          && (keepsOne || other.startsWith(RUN))) {
        if (ref.getValue().isTag()) {
          change.removeTag(other);
        } else {
          change.removeBranch(other);
        }
      }
    }
    change.commit();
    expire(table);
    if (keepsOne) {
      sweep(table);
    }
  }

  /**
   * Drops what the metadata of a table tells of the files that the last state has dropped, such as
   * their least and greatest values.
   */
  private static void dropDeletedEntries(org.apache.iceberg.Table table) {
    table.rewriteManifests().clusterBy(file -> "").commit();
  }

  /** Returns the tags of runs, the latest first: the ids of runs begin with their time. */
  private static List<String> tags(org.apache.iceberg.Table table) {
    return table.refs().keySet().stream()
        .filter(name -> name.startsWith(RUN))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** Deletes the states of a table that no branch or tag names, and their files. */
  private static void expire(org.apache.iceberg.Table table) {
    table
        .expireSnapshots()
        .expireOlderThan(Long.MAX_VALUE)
        .retainLast(1)
        .cleanupLevel(ExpireSnapshots.CleanupLevel.ALL)
        .commit();
  }

  /** Deletes what the run of {@code branch} has written, and the tables that only it has. */
  void discard(String branch) throws IOException {
    for (TableIdentifier name : all()) {
      discard(name, ref -> ref.equals(branch));
    }
  }

  /** Deletes what any run has written that did not commit. No run may be writing. */
  void discardAll() throws IOException {
    for (TableIdentifier name : all()) {
      discard(name, ref -> ref.startsWith(STAGED));
      if (!catalog.tableExists(name)) {
        continue;
      }
      org.apache.iceberg.Table table = catalog.loadTable(name);
      if (table.refs().isEmpty()) { // the run was killed before it made its branch
        drop(name);
      } else {
        sweep(table);
      }
    }
  }

  private void discard(TableIdentifier name, Predicate<String> isGone) throws IOException {
    org.apache.iceberg.Table table = catalog.loadTable(name);
    Set<String> refs = new HashSet<>(table.refs().keySet());
    List<String> gone = refs.stream().filter(isGone).toList();
    gone.forEach(refs::remove);
    if (refs.isEmpty() && !gone.isEmpty()) { // no run has committed it
      drop(name);
    } else if (!gone.isEmpty()) {
      ManageSnapshots change = table.manageSnapshots();
      gone.forEach(change::removeBranch);
      change.commit();
      expire(table);
    }
  }

  private void drop(TableIdentifier name) throws IOException {
    catalog.dropTable(name, true);
    files.delete(new Path(root, name.name()), true);
  }

  /** Deletes the files in the folder of a table that no state of it names. */
  private void sweep(org.apache.iceberg.Table table) throws IOException {
    Set<String> named = new HashSet<>();
    ReachableFileUtil.metadataFileLocations(table, false).forEach(file -> named.add(path(file)));
    ReachableFileUtil.manifestListLocations(table).forEach(file -> named.add(path(file)));
    ReachableFileUtil.statisticsFilesLocations(table).forEach(file -> named.add(path(file)));
    named.add(path(ReachableFileUtil.versionHintLocation(table)));
    Set<String> manifests = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        if (manifests.add(manifest.path())) {
          named.add(path(manifest.path()));
          try (CloseableIterable<String> paths =
              ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
            paths.forEach(file -> named.add(path(file)));
          }
        }
      }
    }
    for (String folder : List.of("data", METADATA)) {
      sweep(new Path(table.location(), folder), named);
    }
  }

  private void sweep(Path folder, Set<String> named) throws IOException {
    if (!files.exists(folder)) {
      return;
    }
    for (FileStatus entry : files.listStatus(folder)) {
      if (entry.isDirectory()) {
        sweep(entry.getPath(), named);
      } else if (!named.contains(path(entry.getPath().toString()))) {
        files.delete(entry.getPath(), false);
      }
    }
    if (files.listStatus(folder).length == 0) {
      files.delete(folder, false);
    }
  }

  private static String path(String location) {
    return new Path(location).toUri().getPath();
  }

  @Override
  public void close() throws IOException {
    if (catalog instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
