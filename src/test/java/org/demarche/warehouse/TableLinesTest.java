package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.demarche.warehouse.ArticleTable.ArticleRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableLinesTest {

  @TempDir private Path folder;

  /** A reader of the lines sees the hour that the newsroom printed, and can still compare times. */
  @Test
  void writeWhenAnArticleWasPublishedInTheZoneThatItGave() throws IOException {
    Warehouse warehouse = Warehouse.at(LocalSpark.session(), folder.resolve("w").toString());
    List<ArticleRow> rows =
        List.of(article("a", "+06:00"), article("b", "Z"), article("c", null), undated("d"));
    try (Transaction run = Transaction.begin(warehouse, new Manifest("1", List.of(), "{}"))) {
      run.append(
          ArticleTable.TABLE,
          "b1",
          ArticleTable.TABLE.codec().write(LocalSpark.session(), rows).coalesce(1));
      run.commit();
    }
    assertThat(all(TableLines.json(warehouse, ArticleTable.TABLE)))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("\"published_at\":\"2014-01-22T20:31:31.000+06:00\""),
            line -> assertThat(line).contains("\"published_at\":\"2014-01-22T14:31:31.000Z\""),
            line -> assertThat(line).contains("\"published_at\":\"2014-01-22T14:31:31.000Z\""),
            line -> assertThat(line).contains("\"published_at\":null"));
    assertThat(all(TableLines.csv(warehouse, ArticleTable.TABLE)))
        .anySatisfy(line -> assertThat(line).contains(",2014-01-22T20:31:31+06:00,2014-01-22,"));
  }

  private static List<String> all(Iterator<String> lines) {
    List<String> all = new ArrayList<>();
    lines.forEachRemaining(all::add);
    return all;
  }

  private static ArticleRow undated(String id) {
    return row(id, null, null, null);
  }

  private static ArticleRow article(String id, String zone) {
    return row(id, Instant.parse("2014-01-22T14:31:31Z"), LocalDate.of(2014, 1, 22), zone);
  }

  private static ArticleRow row(String id, Instant at, LocalDate day, String zone) {
    return new ArticleRow(
        id,
        null,
        null,
        null,
        null,
        null,
        at,
        day,
        null,
        zone,
        null,
        "en",
        "Text.",
        0,
        5,
        "clean",
        "in/a.jsonl",
        0L,
        id,
        false);
  }
}
