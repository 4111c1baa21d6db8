package org.demarche.warehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.files.TextFiles;

/**
 * The configuration that a warehouse stores in {@code _configuration.json}.
 *
 * @param place path of the file
 * @param json the settings that are not defaults
 */
public record StoredConfiguration(String place, String json) {

  private static final String FILE = "_configuration.json";

  /** Reads the configuration of the warehouse at {@code location}, without a Spark session. */
  public static Optional<StoredConfiguration> at(String location) {
    String place = location + "/" + FILE;
    try {
      return Optional.of(new StoredConfiguration(place, TextFiles.read(place)));
    } catch (DemarcheException e) {
      if (e.status() == ExitStatus.INPUT_MISSING) {
        return Optional.empty();
      }
      throw e;
    } catch (FileSystemException e) {
      if (String.valueOf(e.getReason()).contains("Not a directory")) {
        return Optional.empty(); // the warehouse is a file, which a later check reports
      }
      throw new UncheckedIOException(e);
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
    String before =
        at(transaction.warehouse().root().toString()).map(StoredConfiguration::json).orElse("{}");
    transaction.put(FILE, change.apply(before) + "\n");
  }
}
