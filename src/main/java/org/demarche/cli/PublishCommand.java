package org.demarche.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.demarche.config.ConfigurationException;
import org.demarche.job.ExitStatus;
import org.demarche.job.Publish;
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
      "Examples:",
      "  demarche publish --warehouse warehouse --duckdb scores.duckdb",
      "  DEMARCHE_JDBC_PASSWORD=… demarche publish --warehouse warehouse \\",
      "    --jdbc jdbc:postgresql://db.example/press --user bi"
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

    @Option(names = "--jdbc", paramLabel = "URL", description = "A database, such as PostgreSQL.")
    private String jdbc;
  }

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "User of the database; the password is read from DEMARCHE_JDBC_PASSWORD.")
  private String user;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    String folder = WarehouseOption.required(settings.settings(warehouse.layers()));
    Map<String, Long> rows;
    if (where.duckDb != null) {
      if (folder.contains("://")) {
        throw new ConfigurationException(
            List.of("--duckdb reads local tables only, but the warehouse is " + folder));
      }
      rows = Publish.duckDb(folder, where.duckDb);
    } else {
      Properties properties = new Properties();
      if (user != null) {
        properties.setProperty("user", user);
      }
      String password = System.getenv("DEMARCHE_JDBC_PASSWORD");
      if (password != null) {
        properties.setProperty("password", password);
      }
      rows = Publish.jdbc(folder, where.jdbc, properties, terminal.progress());
    }
    rows.forEach((table, n) -> terminal.out().printf("%-24s %,12d rows%n", table, n));
    return ExitStatus.DONE.code();
  }
}
