package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * docs/data-dictionary.md says what the table classes say. {@code mvn test
 * -Dtest=DataDictionaryTest -Ddocs.update=true} writes it anew.
 */
class DataDictionaryTest {

  private static final Path PAGE = Path.of("docs/data-dictionary.md");

  @Test
  void saysWhatTheTableClassesSay() throws IOException {
    String generated = markdown();
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, generated);
    }
    assertThat(PAGE).content().isEqualTo(generated);
  }

  @Test
  void makesKeysOfColumns() {
    assertThat(Tables.ALL)
        .allSatisfy(
            table -> assertThat(table.columnNames()).as(table.name()).containsAll(table.key()));
  }

  private static String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("# Data dictionary\n\n");
    page.append("Written from the classes of `org.demarche.warehouse` by `DataDictionaryTest`; ");
    page.append("the same comments stand in the Parquet files.\n\n");
    page.append(
        "Days and instants are in UTC. Offsets count UTF-16 code units in `articles.text`. ");
    page.append("Ids are hashes of content: the same input has the same ids on any cluster. ");
    page.append("A column marked *folder* is the name of a folder and read by ");
    page.append("`hive_partitioning`. Folders that begin with `_` are Demarche's own. ");
    page.append("No two rows of a table agree in all columns of its key; ");
    page.append("a null in it counts as one more value.\n");
    for (Table<?> table : Tables.ALL) {
      page.append("\n## `%s`\n\n%s\n\n".formatted(table.name(), table.about()));
      page.append("Key: %s. ".formatted(String.join(", ", table.key())));
      page.append("Sorted by %s.\n\n".formatted(String.join(", ", table.sortedBy())));
      page.append("| Column | Type | Null | Meaning |\n|---|---|---|---|\n");
      for (TableColumn column : table.columns()) {
        page.append(
            "| `%s` | %s | %s | %s |\n"
                .formatted(
                    column.name(),
                    column.type(),
                    column.nullable() ? "yes" : "",
                    column.comment()));
      }
    }
    return page.toString();
  }
}
