package org.demarche.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import org.demarche.publish.Publish;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "publish",
    description = "Write the tables into a DuckDB file or a database, for BI tools.",
    footer = {
      "",
      "In PostgreSQL, the tables have their own schema, which is created if it is missing."
          + " Publishing replaces their rows in one transaction and keeps the tables with their"
          + " views, privileges and indexes. A table of the same name that Demarche did not create"
          + " is never changed: the command ends with status 6. The password is read from"
          + " DEMARCHE_JDBC_PASSWORD.",
      "",
      "Examples:",
      "  demarche publish --warehouse warehouse --duckdb scores.duckdb",
      "  DEMARCHE_JDBC_PASSWORD=… demarche publish --warehouse warehouse \\",
      "    --jdbc jdbc:postgresql://db.example/press --user bi",
      "  demarche publish --warehouse warehouse --schema press_scores \\",
      "    --jdbc 'jdbc:postgresql://db.example/press?sslmode=require' --user bi"
    })
final class PublishCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Mixin private SettingsOptions settings;
  @Mixin private WarehouseOption warehouse;

  @ArgGroup(multiplicity = "1")
  private Where where;

  private static final class Where {
    @Option(names = "--duckdb", paramLabel = "FILE", description = "A DuckDB file; it is replaced.")
    private Path duckDb;

    @ArgGroup(exclusive = false)
    private Database database;
  }

  private static final class Database {
    @Option(
        names = "--jdbc",
        required = true,
        paramLabel = "URL",
        description = "A PostgreSQL database, as in jdbc:postgresql://HOST/DATABASE.")
    private String url;

    @Option(names = "--user", paramLabel = "NAME", description = "User of the database.")
    private String user;

    @Option(
        names = "--schema",
        paramLabel = "NAME",
        description = "Schema of the tables, spelled as in the database. [" + Publish.SCHEMA + "]")
    private String schema;
  }

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    String folder = settings.settings(warehouse.layers()).requiredWarehouse();
    Map<String, Long> rows;
    if (where.duckDb != null) {
      rows = Publish.duckDb(folder, where.duckDb);
    } else {
      Properties properties = new Properties();
      if (where.database.user != null) {
        properties.setProperty("user", where.database.user);
      }
      String password = System.getenv("DEMARCHE_JDBC_PASSWORD");
      if (password != null) {
        properties.setProperty("password", password);
      }
      rows =
          Publish.jdbc(
              folder, where.database.url, where.database.schema, properties, terminal.progress());
    }
    rows.forEach((table, n) -> terminal.out().printf("%-34s %,12d rows%n", table, n));
    return ExitStatus.DONE.code();
  }
}
