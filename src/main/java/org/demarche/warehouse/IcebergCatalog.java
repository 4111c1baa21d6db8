package org.demarche.warehouse;

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
import org.apache.iceberg.ExpireSnapshots;
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

  /** Returns the table; empty if no run has begun to write it. */
  Optional<org.apache.iceberg.Table> find(Table<?> table) {
    try {
      return Optional.of(catalog.loadTable(identifier(table.name())));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
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
        .withProperty("demarche.key", String.join(",", table.key()))
        // Rows come as they shall lie in files; only their order in a file is left to Iceberg.
        .withProperty(TableProperties.WRITE_DISTRIBUTION_MODE, "none")
        .withProperty(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true")
        .withProperty(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "10")
        .create();
  }

  /** Returns the tables, which are the folders of the warehouse that have metadata. */
  private List<TableIdentifier> all() throws IOException {
    List<TableIdentifier> all = new ArrayList<>();
    for (FileStatus folder : files.listStatus(root)) {
      if (folder.isDirectory() && files.exists(new Path(folder.getPath(), METADATA))) {
        TableIdentifier name = identifier(folder.getPath().getName());
        if (catalog.tableExists(name)) { // else a run was killed while it made the table
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
  void publish(String run, int keptRuns) throws IOException {
    for (TableIdentifier name : all()) {
      org.apache.iceberg.Table table = catalog.loadTable(name);
      String branch = branch(run);
      if (table.refs().containsKey(branch)) {
        makeCurrent(table, branch);
      }
      if (keptRuns == 1) {
        dropDeletedEntries(table);
      }
      ManageSnapshots change = table.manageSnapshots();
      if (!table.refs().containsKey(RUN + run)) {
        change.createTag(RUN + run, table.currentSnapshot().snapshotId());
      }
      tags(table).stream()
          .filter(tag -> !tag.equals(RUN + run))
          .skip(keptRuns - 1L)
          .forEach(change::removeTag);
      change.commit();
      expire(table);
      if (keptRuns == 1) {
        sweep(table);
      }
    }
  }

  private static void makeCurrent(org.apache.iceberg.Table table, String branch) {
    Snapshot staged = table.snapshot(branch);
    org.apache.iceberg.Transaction together = table.newTransaction();
    together.updateProperties().set(BATCHES, staged.summary().getOrDefault(BATCHES, "")).commit();
    ManageSnapshots change = together.manageSnapshots();
    if (table.currentSnapshot() == null) {
      change.createBranch(SnapshotRef.MAIN_BRANCH, staged.snapshotId());
    } else {
      change.replaceBranch(SnapshotRef.MAIN_BRANCH, staged.snapshotId());
    }
    change.removeBranch(branch).commit();
    together.commitTransaction();
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

  /** Deletes what the run of {@code branch} has written; its rows are in no other branch. */
  void discard(String branch) throws IOException {
    for (TableIdentifier name : all()) {
      discard(name, ref -> ref.equals(branch));
    }
  }

  /** Deletes what any run has written that did not commit. No run may be writing. */
  void discardAll() throws IOException {
    for (TableIdentifier name : all()) {
      discard(name, ref -> ref.startsWith(STAGED));
      if (catalog.tableExists(name)) {
        sweep(catalog.loadTable(name));
      }
    }
  }

  private void discard(TableIdentifier name, Predicate<String> isGone) throws IOException {
    org.apache.iceberg.Table table = catalog.loadTable(name);
    Set<String> refs = new HashSet<>(table.refs().keySet());
    List<String> gone = refs.stream().filter(isGone).toList();
    gone.forEach(refs::remove);
    if (refs.isEmpty()) { // no run has committed it
      catalog.dropTable(name, true);
      files.delete(new Path(root, name.name()), true);
    } else if (!gone.isEmpty()) {
      ManageSnapshots change = table.manageSnapshots();
      gone.forEach(change::removeBranch);
      change.commit();
      expire(table);
    }
  }

  /** Deletes the files in the folder of a table that no state of it names. */
  private void sweep(org.apache.iceberg.Table table) throws IOException {
    Set<String> named = new HashSet<>();
    ReachableFileUtil.metadataFileLocations(table, false).forEach(file -> named.add(path(file)));
    ReachableFileUtil.manifestListLocations(table).forEach(file -> named.add(path(file)));
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
