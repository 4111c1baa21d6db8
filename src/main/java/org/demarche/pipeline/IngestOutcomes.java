package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
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
 * The records whose article id came before, in an earlier batch or earlier in this one.
 *
 * <p>A record with the same text is a duplicate. A record with another text is in conflict if its
 * id came with it. If its id is the name of its file, it is another article, from a file of the
 * same name in another folder: it gets an id of its own ("named apart"), the name with a hash of
 * its text, which is the same wherever the file lies and whenever it is read again. A file that was
 * taken in before and has changed since is not another article, so its record is in conflict too.
 *
 * @param rows {@code input_file}, {@code record}, {@code fate} and {@code named_apart}, the new id
 *     or null, of each such record
 * @param duplicates how many are duplicates
 * @param conflicts how many are in conflict
 * @param namedApart how many are named apart
 */
record IngestOutcomes(Dataset<Row> rows, long duplicates, long conflicts, long namedApart) {

  static final String DUPLICATE = "duplicate";
  static final String CONFLICT = "conflict";
  static final String NAMED_APART = "named_apart";

  /** Digits of the hash in a new id; enough to tell millions of texts of one name apart. */
  private static final int APART_DIGITS = 12;

  private static final String APART = "~[0-9a-f]{%d}$".formatted(APART_DIGITS);

  /**
   * An article that is read now or was taken in before.
   *
   * @param name the id without what tells it apart from others of that name
   * @param inputFile the file it is read from; null where the warehouse has it
   */
  public record Named(
      String name,
      String articleId,
      String textHash,
      String inputFile,
      Long record,
      boolean namedByFile) {}

  /** What becomes of a record whose id came before. */
  public record Judged(String inputFile, long record, String fate, String namedApart) {}

  private static final RecordCodec<Named> NAMED = new RecordCodec<>(Named.class);
  private static final RecordCodec<Judged> JUDGED = new RecordCodec<>(Judged.class);

  /**
   * Judges {@code accepted}, the records that are articles.
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
        rows -> new Judge(rows, changed, duplicates, conflicts, namedApart);
    String path = transaction.scratch("fates");
    Dataset<Row> inOrder =
        accepted
            .select("article_id", "text_hash", "input_file", "record", "named_by_file")
            .unionByName(known)
            // An id and those named apart from it are judged together.
            .withColumn("name", regexp_replace(col("article_id"), APART, ""))
            .repartition(col("name"))
            // What the warehouse has comes first, as it has no file; then what was read first.
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

  /** Goes through records in order of their name; of each id the first is the one that counts. */
  private static final class Judge implements Iterator<Judged> {

    private final Iterator<Named> rows;
    private final Set<String> changed;
    private final LongAccumulator duplicates;
    private final LongAccumulator conflicts;
    private final LongAccumulator namedApart;
    private final Queue<Judged> ready = new ArrayDeque<>(1);

    /** The ids that share the current name, each with the hash of its text. */
    private final Map<String, String> hashes = new HashMap<>();

    private String name;

    Judge(
        Iterator<Named> rows,
        Set<String> changed,
        LongAccumulator duplicates,
        LongAccumulator conflicts,
        LongAccumulator namedApart) {
      this.rows = rows;
      this.changed = changed;
      this.duplicates = duplicates;
      this.conflicts = conflicts;
      this.namedApart = namedApart;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && rows.hasNext()) {
        judge(rows.next());
      }
      return !ready.isEmpty();
    }

    private void judge(Named row) {
      if (!row.name().equals(name)) {
        name = row.name();
        hashes.clear();
      }
      String hash = row.textHash();
      String first = hashes.putIfAbsent(row.articleId(), hash);
      if (row.inputFile() == null || first == null) {
        return;
      }
      String apart = row.articleId() + "~" + hash.substring(0, APART_DIGITS);
      String sameName = hashes.get(apart);
      if (first.equals(hash) || row.namedByFile() && hash.equals(sameName)) {
        fate(row, DUPLICATE, duplicates, null);
      } else if (row.namedByFile() && sameName == null && !changed.contains(row.inputFile())) {
        hashes.put(apart, hash);
        fate(row, NAMED_APART, namedApart, apart);
      } else {
        fate(row, CONFLICT, conflicts, null);
      }
    }

    private void fate(Named row, String fate, LongAccumulator count, String apart) {
      count.add(1);
      ready.add(new Judged(row.inputFile(), row.record(), fate, apart));
    }

    @Override
    public Judged next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }
  }
}
