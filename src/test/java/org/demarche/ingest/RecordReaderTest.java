package org.demarche.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.text.Article;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

  private static final Origin ORIGIN = new Origin("part-0.parquet", 3);

  private final RecordReader reader = new RecordReader(FieldNames.guesses());

  @Test
  void readsARowWithNestedAndTypedValues() {
    Map<String, Object> row = new HashMap<>();
    row.put("id", 12L);
    row.put("text", "The minister urged calm.");
    row.put("date", LocalDate.of(2031, 4, 2));
    row.put("source", Map.of("name", "Harbour Herald"));
    row.put("authors", Arrays.asList("Ann Lee", null, "Bo Day"));
    row.put("title", null);

    Article article = ((Accepted) read(row)).article();

    assertThat(article.id()).isEqualTo("12");
    assertThat(article.publishedAt()).isEqualTo(Instant.parse("2031-04-02T00:00:00Z"));
    assertThat(article.outlet()).isEqualTo("Harbour Herald");
    assertThat(article.author()).isEqualTo("Ann Lee, Bo Day");
    assertThat(article.title()).isNull();
  }

  @Test
  void readsDatesOfEveryType() {
    Instant at = Instant.parse("2031-04-02T08:30:00Z");
    for (Object date :
        List.of(
            at,
            LocalDateTime.of(2031, 4, 2, 8, 30),
            at.getEpochSecond(),
            at.toEpochMilli(),
            "2031-04-02 08:30")) {
      assertThat(read(Map.of("text", "Calm.", "published_at", date)))
          .isInstanceOfSatisfying(
              Accepted.class, a -> assertThat(a.article().publishedAt()).isEqualTo(at));
    }
    assertThat(read(Map.of("text", "Calm.", "date", LocalDate.of(2031, 4, 2))))
        .isInstanceOfSatisfying(
            Accepted.class,
            a ->
                assertThat(a.article().publishedAt())
                    .isEqualTo(Instant.parse("2031-04-02T00:00:00Z")));
  }

  @Test
  void rejectsARowAsItWouldALine() {
    Rejected missing = (Rejected) read(Map.of("id", "a"));
    Rejected wrong = (Rejected) read(Map.of("text", 5));
    Rejected date = (Rejected) read(Map.of("text", "Calm.", "date", "soon"));

    assertThat(missing.reason()).isEqualTo(Reason.MISSING_FIELD);
    assertThat(missing.origin()).isEqualTo(ORIGIN);
    assertThat(missing.raw()).isEqualTo("{id=a}");
    assertThat(wrong.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(date.reason()).isEqualTo(Reason.MALFORMED_DATE);
  }

  private Outcome read(Map<String, ?> row) {
    return reader.read(row, ORIGIN, List.copyOf(row.keySet()));
  }
}
