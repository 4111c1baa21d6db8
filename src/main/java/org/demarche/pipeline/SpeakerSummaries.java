package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.demarche.speaker.KnownSpeaker;
import org.demarche.speaker.SpeakerDirectory;
import org.demarche.speaker.SpeakerKind;
import org.demarche.warehouse.Names;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.SpeakerTable;
import org.demarche.warehouse.SpeakerTable.SpeakerRow;

/**
 * Makes the table {@code speakers} from {@code statements}: one row per speaker, with the name that
 * is printed most often.
 */
final class SpeakerSummaries {

  private SpeakerSummaries() {}

  /** The columns of a statement that describe its speaker. */
  public record Appearance(
      String speakerId,
      String articleId,
      String speaker,
      SpeakerKind speakerKind,
      String speakerRole,
      String speakerAffiliation,
      String speakerAliases,
      LocalDate publishedDate) {}

  private static final RecordCodec<Appearance> APPEARANCES = new RecordCodec<>(Appearance.class);

  /**
   * Summarises the speakers of {@code statements}. Statements that are not asserted do not count.
   * Speakers without a name are left out: each of them occurs in one story only, and {@code
   * statements} describes them.
   */
  static Dataset<Row> of(Dataset<Row> statements, SpeakerDirectory directory) {
    Map<String, KnownSpeaker> known = new TreeMap<>();
    directory.speakers().forEach(speaker -> known.put(speaker.id(), speaker));
    MapPartitionsFunction<Appearance, SpeakerRow> summarise =
        rows -> {
          Groups<Appearance, Summary> summaries =
              new Groups<>(
                  rows, Appearance::speakerId, row -> new Summary(row.speakerId()), Summary::add);
          return new FlatIterator<>(
              summaries, each -> List.of(each.row(known.get(each.id))).iterator());
        };
    RecordCodec<SpeakerRow> speakers = SpeakerTable.TABLE.codec();
    return speakers.write(
        APPEARANCES
            .read(
                statements
                    .where(
                        col("asserted")
                            .and(col("speaker_id").isNotNull())
                            .and(col("speaker_kind").notEqual("unnamed")))
                    .repartition(col("speaker_id"))
                    .sortWithinPartitions("speaker_id", "article_id"))
            .mapPartitions(summarise, speakers.encoder()));
  }

  /** Adds up the statements of one speaker, which must come sorted by article. */
  private static final class Summary {

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

    void add(Appearance row) {
      statements++;
      if (!row.articleId().equals(lastArticle)) {
        articles++;
        lastArticle = row.articleId();
      }
      count(names, row.speaker());
      count(kinds, row.speakerKind().name());
      count(roles, row.speakerRole());
      count(affiliations, row.speakerAffiliation());
      aliases.addAll(Names.split(row.speakerAliases()));
      LocalDate date = row.publishedDate();
      if (date != null) {
        firstSeen = firstSeen == null || date.isBefore(firstSeen) ? date : firstSeen;
        lastSeen = lastSeen == null || date.isAfter(lastSeen) ? date : lastSeen;
      }
    }

    SpeakerRow row(KnownSpeaker known) {
      String name = known == null ? commonest(names) : known.name();
      TreeSet<String> others = new TreeSet<>(aliases);
      others.addAll(names.keySet());
      others.removeIf(other -> other.equals(name));
      return new SpeakerRow(
          id,
          name,
          SpeakerKind.valueOf(commonest(kinds)),
          commonest(roles),
          commonest(affiliations),
          known == null ? null : known.country(),
          Names.join(others),
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

    /** Returns the most frequent value, on a tie the longest, then the first by name; or null. */
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
