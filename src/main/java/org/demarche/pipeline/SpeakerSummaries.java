package org.demarche.pipeline;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.demarche.speaker.KnownSpeaker;
import org.demarche.speaker.SpeakerDirectory;
import org.demarche.warehouse.SpeakerTable;

/** {@code statements} to {@code speakers}: one row a speaker, with the name printed most often. */
final class SpeakerSummaries {

  private SpeakerSummaries() {}

  /**
   * Summarises the speakers of {@code statements}. Those without a name are left out: they are
   * somebody else in every article, and {@code statements} describes them.
   */
  static Dataset<Row> of(Dataset<Row> statements, SpeakerDirectory directory) {
    Map<String, KnownSpeaker> known = new TreeMap<>();
    directory.speakers().forEach(speaker -> known.put(speaker.id(), speaker));
    return statements
        .where(
            functions
                .col("speaker_id")
                .isNotNull()
                .and(functions.col("speaker_kind").notEqual("unnamed")))
        .select(
            "speaker_id",
            "article_id",
            "speaker",
            "speaker_kind",
            "speaker_role",
            "speaker_affiliation",
            "speaker_aliases",
            "published_date")
        .repartition(functions.col("speaker_id"))
        .sortWithinPartitions("speaker_id", "article_id")
        .mapPartitions(
            (org.apache.spark.api.java.function.MapPartitionsFunction<Row, Row>)
                rows -> new Summaries(rows, known),
            Encoders.row(SpeakerTable.TABLE.schema()));
  }

  /** Reads rows sorted by speaker and article; gives one row a speaker. */
  private static final class Summaries implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final Map<String, KnownSpeaker> known;
    private Row next;

    Summaries(Iterator<Row> rows, Map<String, KnownSpeaker> known) {
      this.rows = rows;
      this.known = known;
      this.next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      Summary summary = new Summary(next.getString(0));
      while (next != null && next.getString(0).equals(summary.id)) {
        summary.add(next);
        next = rows.hasNext() ? rows.next() : null;
      }
      return summary.row(known.get(summary.id));
    }
  }

  private static final class Summary implements Serializable {

    private final String id;
    private final Map<String, Long> names = new TreeMap<>();
    private final Map<String, Long> kinds = new TreeMap<>();
    private final Map<String, Long> roles = new TreeMap<>();
    private final Map<String, Long> affiliations = new TreeMap<>();
    private final TreeSet<String> aliases = new TreeSet<>();
    private LocalDate firstSeen;
    private LocalDate lastSeen;
    private String lastArticle;
    private long statements;
    private long articles;

    Summary(String id) {
      this.id = id;
    }

    void add(Row row) {
      statements++;
      if (!row.getString(1).equals(lastArticle)) {
        articles++;
        lastArticle = row.getString(1);
      }
      count(names, row.getString(2));
      count(kinds, row.getString(3));
      count(roles, row.getString(4));
      count(affiliations, row.getString(5));
      if (row.getString(6) != null) {
        aliases.addAll(List.of(row.getString(6).split("; ")));
      }
      LocalDate date = row.getAs(7);
      if (date != null) {
        firstSeen = firstSeen == null || date.isBefore(firstSeen) ? date : firstSeen;
        lastSeen = lastSeen == null || date.isAfter(lastSeen) ? date : lastSeen;
      }
    }

    Row row(KnownSpeaker known) {
      String name = known == null ? commonest(names) : known.name();
      List<String> others = new ArrayList<>(aliases);
      others.addAll(names.keySet());
      String joined =
          String.join(
              "; ",
              others.stream().filter(other -> !other.equals(name)).sorted().distinct().toList());
      return RowFactory.create(
          id,
          name,
          commonest(kinds),
          commonest(roles),
          commonest(affiliations),
          known == null ? null : known.country(),
          joined.isEmpty() ? null : joined,
          known == null ? null : known.wikidataId(),
          firstSeen,
          lastSeen,
          statements,
          articles);
    }

    private static void count(Map<String, Long> counts, String value) {
      if (value != null) {
        counts.merge(value, 1L, Long::sum);
      }
    }

    /** The value counted most often; of several the longest, then the first in order; or null. */
    private static String commonest(Map<String, Long> counts) {
      return counts.entrySet().stream()
          .max(
              Map.Entry.<String, Long>comparingByValue()
                  .thenComparing(entry -> entry.getKey().length())
                  .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
          .map(Map.Entry::getKey)
          .orElse(null);
    }
  }
}
