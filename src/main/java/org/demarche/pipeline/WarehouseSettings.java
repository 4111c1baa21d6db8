package org.demarche.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Encoders;
import org.demarche.config.ConfigurationException;
import org.demarche.config.OwnSettings;
import org.demarche.config.Settings;
import org.demarche.files.Storage;
import org.demarche.stance.Target;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StoredConfiguration;
import org.demarche.warehouse.TargetTable;
import org.demarche.warehouse.TargetTable.TargetRow;
import org.demarche.warehouse.Transaction;
import org.demarche.warehouse.Warehouse;

/**
 * The settings of a command, completed by the configuration that is stored in its warehouse. A
 * warehouse stores its targets, speakers, scales, scoring and windows. A later command that does
 * not set one of them uses the stored value, so that {@code aggregate} without options loses
 * nothing.
 *
 * @param settings the completed settings
 * @param kept the keys whose values come from the stored configuration
 */
public record WarehouseSettings(Settings settings, Set<String> kept) {

  private static final Set<String> KEYS =
      Set.of("targets", "speakers", "extract", "scales", "encoder", "score", "aggregate");

  /**
   * Returns the settings of {@code layers}, completed by those stored in the warehouse they name.
   *
   * @param layers the first takes precedence
   * @param storage reads what the warehouse stores
   * @throws ConfigurationException if a setting is not valid; the message names every fault
   */
  public static WarehouseSettings over(List<Settings.Layer> layers, Storage storage) {
    Settings given = Settings.of(layers);
    Optional<Settings.Layer> own =
        given.warehouse() == null ? Optional.empty() : layer(storage, given.warehouse());
    if (own.isEmpty()) {
      return new WarehouseSettings(given, Set.of());
    }
    List<Settings.Layer> all = new ArrayList<>(layers);
    all.add(own.get());
    Set<String> kept = new TreeSet<>(Settings.keys(List.of(own.get())));
    kept.removeAll(Settings.keys(layers));
    return new WarehouseSettings(Settings.of(all), kept);
  }

  private static Optional<Settings.Layer> layer(Storage storage, String warehouse) {
    return StoredConfiguration.at(storage, warehouse)
        .map(own -> OwnSettings.layer(own.place(), own.json(), KEYS));
  }

  private static Optional<Settings.Layer> layer(Warehouse warehouse) {
    return layer(warehouse.storage(), warehouse.root().toString());
  }

  /**
   * Stores the settings of {@code stages} with the commit. Stored settings of other stages do not
   * change.
   */
  static void keep(Transaction transaction, Settings settings, List<Stage> stages)
      throws IOException {
    Set<String> keys = new LinkedHashSet<>();
    for (Stage stage : stages) {
      keys.addAll(
          switch (stage) {
            case REMOVE, INGEST, COMPACT -> List.of();
            case EXTRACT -> List.of("speakers", "extract");
            case SCORE -> List.of("targets", "scales", "encoder", "score");
            case AGGREGATE -> List.of("targets", "speakers", "aggregate");
          });
    }
    if (!keys.isEmpty()) {
      StoredConfiguration.update(
          transaction,
          before -> settings.own().replacing(before, keys, WarehouseSettings::absolute));
    }
  }

  /** Makes a local path absolute, because the next command may run in another folder. */
  private static String absolute(String place) {
    return Storage.local(place)
        .filter(Files::exists)
        .map(local -> local.toAbsolutePath().normalize().toString())
        .orElse(place);
  }

  /**
   * Checks that {@code settings} have every target in the stored configuration of the warehouse, so
   * that none is lost by mistake. It needs no Spark session.
   *
   * @throws ConfigurationException if a target is missing and {@code drop} is false
   */
  static void checkTargets(Settings settings, boolean drop, Storage storage) {
    Optional<Settings.Layer> own = layer(storage, settings.warehouse());
    if (own.isPresent() && !drop) {
      check(
          Settings.of(List.of(own.get())).targets().stream().map(Target::id).toList(),
          settings,
          settings.warehouse());
    }
  }

  /**
   * Checks the same for a warehouse of an earlier version, which stores no configuration, by its
   * table of targets.
   */
  static void checkTargetsOfTables(Warehouse warehouse, Settings settings, boolean drop)
      throws IOException {
    if (!drop && layer(warehouse).isEmpty() && warehouse.has(TargetTable.TABLE)) {
      check(
          TargetTable.TABLE.codec().read(warehouse.read(TargetTable.TABLE)).collectAsList().stream()
              .map(TargetRow::targetId)
              .filter(id -> !id.equals(StatementScoreTable.ANY_TARGET))
              .toList(),
          settings,
          warehouse.shown());
    }
  }

  private static void check(List<String> before, Settings settings, String warehouse) {
    Set<String> lost = new TreeSet<>(before);
    settings.targets().forEach(target -> lost.remove(target.id()));
    if (!lost.isEmpty()) {
      throw new ConfigurationException(
          List.of(
              ("'targets' lacks %s, which the warehouse %s has scores for: add it to the"
                      + " configuration, or give --drop-targets to remove it with its scores")
                  .formatted(String.join(", ", lost), warehouse)));
    }
  }

  /** Returns the kinds of windows that the warehouse has but {@code settings} lack. */
  static Set<String> lostWindows(Warehouse warehouse, Settings settings) throws IOException {
    Optional<Settings.Layer> own = layer(warehouse);
    Set<String> lost = new LinkedHashSet<>();
    if (own.isPresent()) {
      lost.addAll(Settings.of(List.of(own.get())).aggregate().windows());
    } else if (warehouse.has(SpeakerScoreTable.TABLE)) {
      warehouse
          .read(SpeakerScoreTable.TABLE)
          .select("window")
          .distinct()
          .as(Encoders.STRING())
          .collectAsList()
          .forEach(lost::add);
    }
    settings.aggregate().windows().forEach(lost::remove);
    return lost;
  }
}
