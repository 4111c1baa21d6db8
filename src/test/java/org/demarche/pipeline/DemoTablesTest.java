package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.demarche.cli.Demo;
import org.demarche.config.Settings;
import org.demarche.files.Storage;
import org.demarche.report.ReportData;
import org.demarche.report.ReportReader;
import org.demarche.warehouse.GoldenText;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.SpeakerLabelTable;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Tables;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The demo, run once, against all that it is expected to write: every table, the data of the report
 * and the lines on the terminal. Rows of large tables are put together to digests; what they stand
 * for is left in {@code target/golden/demo}. {@code -Dgolden.update=true} writes the expectations
 * anew.
 */
class DemoTablesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/demo");
  private static final Path WHOLE = Path.of("target/golden/demo");

  /** The columns by which the rows of a large table are put together to one line. */
  private static final Map<Table<?>, List<String>> GROUPS =
      Map.of(
          StatementScoreTable.TABLE, List.of("article_id"),
          SpeakerScoreTable.TABLE, List.of("scale", "target_id", "window"),
          SpeakerLabelTable.TABLE, List.of("scale", "target_id", "window"));

  @TempDir private static Path folder;

  private static Path out;
  private static List<String> printed;

  @BeforeAll
  static void runTheDemo() throws IOException {
    out = folder.resolve("demo");
    printed = Demo.run(out, LocalSpark.silent(), false);
  }

  static List<Table<?>> tables() {
    return Tables.ALL;
  }

  @ParameterizedTest
  @MethodSource("tables")
  void writesTheTable(Table<?> table) throws IOException {
    Warehouse warehouse = warehouse();
    String golden = table.name() + ".tsv";
    if (!warehouse.has(table)) {
      assertThat(GOLDEN.resolve(golden)).doesNotExist();
      return;
    }
    List<String> rows = GoldenText.of(table, warehouse.read(table), Set.of("run_id", "input_file"));
    List<String> columns = table.columnNames();
    // A table of thousands of rows would take a megabyte here.
    List<Integer> groups =
        GROUPS.getOrDefault(table, List.of()).stream().map(columns::indexOf).toList();
    check(golden, rows, groups.isEmpty() ? rows : GoldenText.shorten(rows, 100, groups));
  }

  @Test
  void makesTheDataOfTheReport() throws ReflectiveOperationException, IOException {
    Settings settings =
        WarehouseSettings.over(
                List.of(Settings.Layer.text("test", "warehouse", out.toString())),
                Storage.ofProcess())
            .settings();
    ReportData data = ReportReader.data(warehouse(), settings);
    List<String> whole = new ArrayList<>();
    List<String> shortened = new ArrayList<>();
    for (RecordComponent part : ReportData.class.getRecordComponents()) {
      Object value = part.getAccessor().invoke(data);
      List<String> lines = new ArrayList<>();
      for (Object row : value instanceof List<?> rows ? rows : List.of(value)) {
        lines.add((part.getName() + "\t" + GoldenText.line(row)).replace(data.run().id(), "*"));
      }
      whole.addAll(lines);
      // After the name comes the first field of a row: the speaker of a statement, the scale of a
      // score.
      shortened.addAll(GoldenText.shorten(lines, 40, List.of(0, 1)));
    }
    check("report.tsv", whole, shortened);
  }

  @Test
  void printsWhereTheSpeakersStand() throws IOException {
    List<String> lines = String.join("\n", printed).replace(out.toString(), "OUT").lines().toList();
    check("terminal.txt", lines, lines);
  }

  private static Warehouse warehouse() throws IOException {
    return Warehouse.at(LocalSpark.session(), out.toString());
  }

  /**
   * Compares {@code lines} to the file {@code golden}.
   *
   * @param whole the same before it was shortened, for a developer to compare to that of an earlier
   *     commit
   */
  private static void check(String golden, List<String> whole, List<String> lines)
      throws IOException {
    Files.createDirectories(WHOLE);
    Files.write(WHOLE.resolve(golden), whole);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.write(GOLDEN.resolve(golden), lines);
    }
    assertThat(lines)
        .as("%s; without digests: %s", golden, WHOLE.resolve(golden))
        .isEqualTo(Files.readAllLines(GOLDEN.resolve(golden)));
  }
}
