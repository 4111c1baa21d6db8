package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;

import java.io.IOException;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.RemovedArticles;
import org.demarche.warehouse.Transaction;

/**
 * Decides what to do with records whose article id was seen before, in an earlier batch or earlier
 * in this one.
 *
 * <ul>
 *   <li>A record with the same text is a duplicate.
 *   <li>If the input gives its id, or if its file was taken in before and has changed since, a
 *       record with another text is a later version of the article. It corrects the version in the
 *       warehouse, and supersedes one in an earlier file of this run. Two versions in one file are
 *       a conflict, because an id is unique in its file; the first is kept.
 *   <li>Otherwise its id is only the name of its file, and another folder has a file of this name.
 *       The record is "named apart": it gets a new id, the name and a hash of its text. This id is
 *       the same wherever the file lies and whenever it is read again. If one of several such files
 *       changes, nobody can tell which article it was, and the record is a conflict too.
 *   <li>A record of an article that was removed is withdrawn.
 * </ul>
 *
 * @param rows {@code input_file}, {@code record}, {@code verdict} and {@code named_apart}, the new
 *     id or null, of each such record
 * @param counts the number of records by verdict
 */
record IngestOutcomes(Dataset<Row> rows, Map<Verdict, Long> counts) {

  /** What becomes of a record that is not simply a new article. */
  public enum Verdict {
    DUPLICATE,
    CONFLICT,
    NAMED_APART,
    /** The record replaces an article of the warehouse. */
    CORRECTED,
    /** The record is left out, because a later file has another version of its article. */
    SUPERSEDED,
    /** The record is left out, because its article was removed. */
    WITHDRAWN;

    /** Returns whether the column {@code verdict} of {@link #rows} is this one. */
    Column is() {
      return col("verdict").equalTo(name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Files that were taken in before and have changed since.
   *
   * @param all their paths
   * @param ofSharedName those of them beside which another file of the input has the same name
   */
  record ChangedFiles(Set<String> all, Set<String> ofSharedName) implements Serializable {}

  /** Number of hash digits in a new id: enough for millions of texts with the same name. */
  private static final int APART_DIGITS = 12;

  private static final String APART = "~[0-9a-f]{" + APART_DIGITS + "}$";

  /**
   * An article that is read now or was taken in before.
   *
   * @param name the id without the hash of an article that was named apart
   * @param inputFile the file it is read from; null if it was taken in before
   */
  public record Named(
      String name,
      String articleId,
      String textHash,
      String inputFile,
      Long record,
      boolean namedByFile) {}

  /** The decision about a record whose id was seen before. */
  public record Judged(String inputFile, long record, Verdict verdict, String namedApart) {}

  private static final RecordCodec<Named> NAMED = new RecordCodec<>(Named.class);
  private static final RecordCodec<Judged> JUDGED = new RecordCodec<>(Judged.class);

  /**
   * Decides about {@code accepted}, the records that are articles.
   *
   * @param changed the files that were taken in before and have changed since
   */
  static IngestOutcomes of(Transaction transaction, Dataset<Row> accepted, ChangedFiles changed)
      throws IOException {
    SparkSession spark = accepted.sparkSession();
    Map<Verdict, LongAccumulator> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, spark.sparkContext().longAccumulator(verdict.name()));
    }
    RemovedArticles removed = RemovedArticles.of(transaction.warehouse());
    Dataset<Row> known =
        transaction
            .read(FingerprintTable.TABLE)
            .select(
                col("article_id"),
                col("text_hash"),
                lit(null).cast(DataTypes.StringType).as("input_file"),
                lit(null).cast(DataTypes.LongType).as("record"),
                lit(false).as("named_by_file"));
    MapPartitionsFunction<Named, Judged> judge =
        rows -> {
          Groups<Named, Judge> names =
              new Groups<>(rows, Named::name, first -> new Judge(changed, removed), Judge::add);
          return new FlatIterator<>(names, name -> name.judged(counts));
        };
    String path = transaction.scratch("outcomes");
    Dataset<Row> inOrder =
        accepted
            .select("article_id", "text_hash", "input_file", "record", "named_by_file")
            .unionByName(known)
            // An id and the ids named apart from it come together.
            .withColumn("name", regexp_replace(col("article_id"), APART, ""))
            .repartition(col("name"))
            // Articles of the warehouse come first, because their file is null; then in order of
            // reading.
            .sortWithinPartitions("name", "input_file", "record");
    JUDGED.write(NAMED.read(inOrder).mapPartitions(judge, JUDGED.encoder())).write().parquet(path);
    Dataset<Row> rows = spark.read().schema(JUDGED.schema()).parquet(path);
    Map<Verdict, Long> counted = new EnumMap<>(Verdict.class);
    counts.forEach((verdict, count) -> counted.put(verdict, count.value()));
    return new IngestOutcomes(rows, counted);
  }

  boolean isEmpty() {
    return counts.values().stream().allMatch(count -> count == 0);
  }

  /** Returns how many records have this verdict. */
  long count(Verdict verdict) {
    return counts.get(verdict);
  }

  /** Returns whether a row becomes an article; most have no verdict. */
  static Column isTaken() {
    return col("verdict").isNull().or(Verdict.NAMED_APART.is()).or(Verdict.CORRECTED.is());
  }

  /** Decides about the records of one name, which must come in the order of reading. */
  private static final class Judge {

    private final ChangedFiles changed;
    private final RemovedArticles removed;

    /** The hash of the text that each id has in the warehouse. */
    private final Map<String, String> known = new HashMap<>();

    /** The latest version of each id. */
    private final Map<String, Named> latest = new HashMap<>();

    /** The file in which each id was seen last. */
    private final Map<String, String> lastFile = new HashMap<>();

    private final Map<Named, Judged> judged = new LinkedHashMap<>();

    Judge(ChangedFiles changed, RemovedArticles removed) {
      this.changed = changed;
      this.removed = removed;
    }

    void add(Named row) {
      if (row.inputFile() == null) {
        known.put(row.articleId(), row.textHash());
        latest.put(row.articleId(), row);
        return;
      }
      String apart = row.articleId() + "~" + row.textHash().substring(0, APART_DIGITS);
      boolean isChanged = changed.all().contains(row.inputFile());
      if (isRemoved(row, apart, isChanged)) {
        settle(row, Verdict.WITHDRAWN, null);
        return;
      }
      Named before = latest.get(row.articleId());
      boolean isOfThisFile = row.inputFile().equals(lastFile.put(row.articleId(), row.inputFile()));
      if (before == null) {
        latest.put(row.articleId(), row);
      } else if (before.textHash().equals(row.textHash())
          || row.namedByFile() && latest.containsKey(apart)) {
        settle(row, Verdict.DUPLICATE, null);
      } else if (row.namedByFile() && !isChanged) {
        latest.put(apart, row);
        settle(row, Verdict.NAMED_APART, apart);
      } else if (isOfThisFile || row.namedByFile() && isOneOfSeveral(row)) {
        settle(row, Verdict.CONFLICT, null);
      } else {
        correct(before, row);
      }
    }

    /** Returns whether the article was removed; the id alone tells it if the input gives it. */
    private boolean isRemoved(Named row, String apart, boolean isChanged) {
      if (!row.namedByFile() || isChanged) {
        return removed.has(row.articleId());
      }
      return removed.has(row.articleId(), row.textHash()) || removed.has(apart, row.textHash());
    }

    private boolean isOneOfSeveral(Named row) {
      return latest.size() > 1 || changed.ofSharedName().contains(row.inputFile());
    }

    private void correct(Named before, Named row) {
      if (before.inputFile() != null) {
        settle(before, Verdict.SUPERSEDED, null);
      }
      latest.put(row.articleId(), row);
      if (known.containsKey(row.articleId())) {
        boolean isSame = known.get(row.articleId()).equals(row.textHash());
        settle(row, isSame ? Verdict.DUPLICATE : Verdict.CORRECTED, null);
      }
    }

    private void settle(Named row, Verdict verdict, String apart) {
      judged.put(row, new Judged(row.inputFile(), row.record(), verdict, apart));
    }

    /** Returns the verdict on each record that is not simply accepted, and counts it. */
    Iterator<Judged> judged(Map<Verdict, LongAccumulator> counts) {
      judged.values().forEach(each -> counts.get(each.verdict()).add(1));
      return judged.values().iterator();
    }
  }
}
