package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

  /** What one record may hold. */
  public record Everything(
      @Column("a text") String someText,
      @Column(value = "a day", nullable = true) LocalDate onDay,
      Instant at,
      long n,
      Long maybe,
      double x,
      @Column("may be missing") Double y,
      boolean lowN,
      long[] counts,
      Part part) {}

  /** A record in a record. */
  public record Part(String innerName, byte[] bytes) {}

  /** Some of the columns of the other. */
  public record Some(boolean lowN, String someText) {}

  private static final RecordCodec<Everything> CODEC = new RecordCodec<>(Everything.class);

  private static final List<Everything> RECORDS =
      List.of(
          new Everything(
              "one",
              LocalDate.of(2031, 3, 4),
              Instant.parse("2031-03-04T05:06:07.000008Z"),
              1,
              2L,
              0.5,
              0.25,
              true,
              new long[] {3, 4},
              new Part("inner", new byte[] {5})),
          new Everything("two", null, null, 1, null, 0, null, false, new long[0], null));

  @Test
  void namesAndDescribesColumnsAsTheRecordDoes() {
    assertThat(CODEC.schema().fieldNames())
        .containsExactly(
            "some_text", "on_day", "at", "n", "maybe", "x", "y", "low_n", "counts", "part");
    assertThat(CODEC.schema().apply("some_text"))
        .isEqualTo(
            new StructField("some_text", DataTypes.StringType, false, Metadata.empty())
                .withComment("a text"));
    assertThat(CODEC.schema().apply("on_day").nullable()).isTrue();
    assertThat(CODEC.schema().apply("n").nullable()).isFalse();
    assertThat(CODEC.schema().apply("y").nullable()).isTrue();
  }

  @Test
  void readsWhatItWrote() {
    Dataset<Row> rows = CODEC.write(LocalSpark.session(), RECORDS);
    assertThat(rows.schema().fieldNames()).isEqualTo(CODEC.schema().fieldNames());
    assertThat(rows.select("part.inner_name").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("inner", null);
    MapFunction<Everything, Everything> same = record -> record;
    assertThat(CODEC.read(rows).map(same, CODEC.encoder()).collectAsList())
        .usingRecursiveComparison()
        .isEqualTo(RECORDS);
  }

  @Test
  void findsColumnsByName() {
    Dataset<Row> rows = CODEC.write(LocalSpark.session(), RECORDS);
    assertThat(new RecordCodec<>(Some.class).read(rows).collectAsList())
        .containsExactly(new Some(true, "one"), new Some(false, "two"));
  }

  @Test
  void refusesATypeThatNoColumnHas() {
    record Wrong(Object thing) {}
    assertThatThrownBy(() -> new RecordCodec<>(Wrong.class))
        .hasMessageContaining("java.lang.Object");
  }
}
