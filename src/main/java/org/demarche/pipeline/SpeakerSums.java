package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapFunction;
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
import org.demarche.warehouse.Table;

/**
 * Adds up what statements say of their speakers, and makes the table {@code speakers} of it: one
 * row per speaker, with the name that is printed most often.
 */
final class SpeakerSums {

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

  /**
   * What the statements of one speaker say of the speaker.
   *
   * @param names how often each name is printed, one line each: the number, a space, the name
   * @param kinds the same for kinds of speaker, and so on
   * @param aliases other names, joined
   */
  public record SpeakerSum(
      String speakerId,
      String names,
      String kinds,
      String roles,
      String affiliations,
      String aliases,
      LocalDate firstSeen,
      LocalDate lastSeen,
      long statements,
      long articles) {}

  static final RecordCodec<SpeakerSum> CODEC = new RecordCodec<>(SpeakerSum.class);

  /** The internal table of sums, to which a later run adds. */
  static final Table<SpeakerSum> TABLE =
      new Table<>(
          "_speakers",
          "What the statements of one speaker say of the speaker.",
          CODEC,
          List.of("speaker_id"),
          Table.Layout.WHOLE,
          List.of("speaker_id"));

  private static final RecordCodec<Appearance> APPEARANCES = new RecordCodec<>(Appearance.class);

  private SpeakerSums() {}

  /**
   * Adds up {@code statements}. Those that are not asserted do not count. Speakers without a name
   * are left out: each of them occurs in one story only, and {@code statements} describes them.
   */
  static Dataset<Row> of(Dataset<Row> statements) {
    MapPartitionsFunction<Appearance, SpeakerSum> add =
        rows -> bySpeaker(rows, Appearance::speakerId, Sum::add);
    return CODEC.write(
        APPEARANCES
            .read(
                statements
                    .where(
                        col("asserted")
                            .and(col("speaker_id").isNotNull())
                            .and(col("speaker_kind").notEqual("unnamed")))
                    .repartition(col("speaker_id"))
                    .sortWithinPartitions("speaker_id", "article_id"))
            .mapPartitions(add, CODEC.encoder()));
  }

  /** Makes one sum of all sums of a speaker, which have no article in common. */
  static Dataset<Row> sum(Dataset<Row> sums) {
    MapPartitionsFunction<SpeakerSum, SpeakerSum> add =
        rows -> bySpeaker(rows, SpeakerSum::speakerId, Sum::addAll);
    return CODEC.write(
        CODEC
            .read(sums.repartition(col("speaker_id")).sortWithinPartitions("speaker_id"))
            .mapPartitions(add, CODEC.encoder()));
  }

  /** Adds up rows that come sorted by speaker. */
  private static <R> Iterator<SpeakerSum> bySpeaker(
      Iterator<R> rows, Function<R, String> speaker, BiConsumer<Sum, R> add) {
    return new FlatIterator<>(
        new Groups<>(rows, speaker, row -> new Sum(speaker.apply(row)), add),
        sum -> List.of(sum.row()).iterator());
  }

  /** Returns rows of the table {@code speakers}. */
  static Dataset<Row> speakers(Dataset<Row> sums, SpeakerDirectory directory) {
    Map<String, KnownSpeaker> known = new TreeMap<>();
    directory.speakers().forEach(speaker -> known.put(speaker.id(), speaker));
    MapFunction<SpeakerSum, SpeakerRow> describe = sum -> row(sum, known.get(sum.speakerId()));
    RecordCodec<SpeakerRow> speakers = SpeakerTable.TABLE.codec();
    return speakers.write(CODEC.read(sums).map(describe, speakers.encoder()));
  }

  private static SpeakerRow row(SpeakerSum sum, KnownSpeaker known) {
    Map<String, Long> names = counts(sum.names());
    String name = known == null ? commonest(names) : known.name();
    TreeSet<String> others = new TreeSet<>(Names.split(sum.aliases()));
    others.addAll(names.keySet());
    others.removeIf(other -> other.equals(name));
    return new SpeakerRow(
        sum.speakerId(),
        name,
        SpeakerKind.valueOf(commonest(counts(sum.kinds()))),
        commonest(counts(sum.roles())),
        commonest(counts(sum.affiliations())),
        known == null ? null : known.country(),
        Names.join(others),
        known == null ? null : known.wikidataId(),
        sum.firstSeen(),
        sum.lastSeen(),
        sum.statements(),
        sum.articles());
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

  private static String lines(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(each -> each.getValue() + " " + each.getKey())
        .collect(Collectors.joining("\n"));
  }

  private static Map<String, Long> counts(String lines) {
    Map<String, Long> counts = new TreeMap<>();
    lines
        .lines()
        .forEach(
            line -> {
              int space = line.indexOf(' ');
              counts.put(line.substring(space + 1), Long.parseLong(line.substring(0, space)));
            });
    return counts;
  }

  /** Adds up the statements of one speaker, which must come sorted by article, or sums of them. */
  private static final class Sum {

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

    Sum(String id) {
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
      see(row.publishedDate(), row.publishedDate());
    }

    void addAll(SpeakerSum sum) {
      statements += sum.statements();
      articles += sum.articles();
      addAll(names, sum.names());
      addAll(kinds, sum.kinds());
      addAll(roles, sum.roles());
      addAll(affiliations, sum.affiliations());
      aliases.addAll(Names.split(sum.aliases()));
      see(sum.firstSeen(), sum.lastSeen());
    }

    private void see(LocalDate first, LocalDate last) {
      if (first != null) {
        firstSeen = firstSeen == null || first.isBefore(firstSeen) ? first : firstSeen;
        lastSeen = lastSeen == null || last.isAfter(lastSeen) ? last : lastSeen;
      }
    }

    SpeakerSum row() {
      return new SpeakerSum(
          id,
          lines(names),
          lines(kinds),
          lines(roles),
          lines(affiliations),
          Names.join(aliases),
          firstSeen,
          lastSeen,
          statements,
          articles);
    }

    private static void addAll(Map<String, Long> counts, String lines) {
      counts(lines).forEach((value, n) -> counts.merge(value, n, Long::sum));
    }

    private static void count(Map<String, Long> counts, String value) {
      if (value != null) {
        // A line break would part the value: see SpeakerSum.
        counts.merge(value.replace('\n', ' ').replace('\r', ' '), 1L, Long::sum);
      }
    }
  }
}
