package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.Transaction;

/**
 * Decides what to do with records whose article id was seen before, in an earlier batch or earlier
 * in this one.
 *
 * <ul>
 *   <li>A record with the same text is a duplicate.
 *   <li>A record with another text is a conflict if the input gives its id, or if its file was
 *       taken in before and has changed since.
 *   <li>Otherwise its id is only the name of its file, and another folder has a file of this name.
 *       The record is "named apart": it gets a new id, the name and a hash of its text. This id is
 *       the same wherever the file lies and whenever it is read again.
 * </ul>
 *
 * @param rows {@code input_file}, {@code record}, {@code outcome} and {@code named_apart}, the new
 *     id or null, of each such record
 * @param duplicates number of duplicates
 * @param conflicts number of conflicts
 * @param namedApart number of records that are named apart
 */
record IngestOutcomes(Dataset<Row> rows, long duplicates, long conflicts, long namedApart) {

  static final String DUPLICATE = "duplicate";
  static final String CONFLICT = "conflict";
  static final String NAMED_APART = "named_apart";

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
  public record Judged(String inputFile, long record, String outcome, String namedApart) {}

  private static final RecordCodec<Named> NAMED = new RecordCodec<>(Named.class);
  private static final RecordCodec<Judged> JUDGED = new RecordCodec<>(Judged.class);

  /**
   * Decides about {@code accepted}, the records that are articles.
   *
   * @param changed the files that were taken in before and have changed since
   */
  static IngestOutcomes of(Transaction transaction, Dataset<Row> accepted, Set<String> changed)
      throws IOException {
    SparkSession spark = accepted.sparkSession();
    LongAccumulator duplicates = spark.sparkContext().longAccumulator("duplicates");
    LongAccumulator conflicts = spark.sparkContext().longAccumulator("conflicts");
    LongAccumulator namedApart = spark.sparkContext().longAccumulator("named apart");
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
        rows ->
            new FlatIterator<>(rows, new Judge(changed, duplicates, conflicts, namedApart)::judge);
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
    return new IngestOutcomes(
        spark.read().schema(JUDGED.schema()).parquet(path),
        duplicates.value(),
        conflicts.value(),
        namedApart.value());
  }

  boolean isEmpty() {
    return duplicates + conflicts + namedApart == 0;
  }

  /** Decides about records in the order of their names; the first record of an id is kept. */
  private static final class Judge {

    private final Set<String> changed;
    private final LongAccumulator duplicates;
    private final LongAccumulator conflicts;
    private final LongAccumulator namedApart;

    /** The ids with the current name, each with the hash of its text. */
    private final Map<String, String> hashes = new HashMap<>();

    private String name;

    Judge(
        Set<String> changed,
        LongAccumulator duplicates,
        LongAccumulator conflicts,
        LongAccumulator namedApart) {
      this.changed = changed;
      this.duplicates = duplicates;
      this.conflicts = conflicts;
      this.namedApart = namedApart;
    }

    /** Returns the outcome of {@code row} if it is not simply accepted. */
    Iterator<Judged> judge(Named row) {
      if (!row.name().equals(name)) {
        name = row.name();
        hashes.clear();
      }
      String hash = row.textHash();
      String first = hashes.putIfAbsent(row.articleId(), hash);
      if (row.inputFile() == null || first == null) {
        return Collections.emptyIterator();
      }
      String apart = row.articleId() + "~" + hash.substring(0, APART_DIGITS);
      String sameName = hashes.get(apart);
      if (first.equals(hash) || row.namedByFile() && hash.equals(sameName)) {
        return settle(row, DUPLICATE, duplicates, null);
      } else if (row.namedByFile() && sameName == null && !changed.contains(row.inputFile())) {
        hashes.put(apart, hash);
        return settle(row, NAMED_APART, namedApart, apart);
      } else {
        return settle(row, CONFLICT, conflicts, null);
      }
    }

    private static Iterator<Judged> settle(
        Named row, String outcome, LongAccumulator count, String apart) {
      count.add(1);
      return List.of(new Judged(row.inputFile(), row.record(), outcome, apart)).iterator();
    }
  }
}
