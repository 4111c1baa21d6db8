package org.demarche.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.demarche.files.Storage;

/**
 * The configuration that a warehouse stores in {@code _configuration.json}.
 *
 * @param place path of the file
 * @param json the settings that are not defaults
 */
public record StoredConfiguration(String place, String json) {

  private static final String FILE = "_configuration.json";

  /** Reads the configuration of the warehouse at {@code location}, without a Spark session. */
  public static Optional<StoredConfiguration> at(Storage storage, String location) {
    try {
      String place = storage.qualified(location) + "/" + FILE;
      return storage
          .find(place)
          .map(bytes -> new StoredConfiguration(place, new String(bytes, UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Changes the configuration with the commit.
   *
   * @param change turns the stored JSON object, empty if there is none, into the new one
   */
  public static void update(Transaction transaction, UnaryOperator<String> change)
      throws IOException {
    Warehouse warehouse = transaction.warehouse();
    String before =
        at(warehouse.storage(), warehouse.root().toString())
            .map(StoredConfiguration::json)
            .orElse("{}");
    transaction.put(FILE, change.apply(before) + "\n");
  }
}
