package org.demarche.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.demarche.table.FingerprintTable;
import org.demarche.table.Transaction;

/**
 * The records whose article id came before, in an earlier batch or earlier in this one: a duplicate
 * where the text is the same, in conflict where it is another.
 *
 * @param rows {@code input_file}, {@code record} and {@code fate} of each such record
 * @param duplicates how many are duplicates
 * @param conflicts how many are in conflict
 */
record Fates(Dataset<Row> rows, long duplicates, long conflicts) {

  static final String DUPLICATE = "duplicate";
  static final String CONFLICT = "conflict";

  private static final StructType SCHEMA =
      new StructType()
          .add("input_file", DataTypes.StringType, false)
          .add("record", DataTypes.LongType, false)
          .add("fate", DataTypes.StringType, false);

  /** Judges {@code accepted}, the records that are articles. */
  static Fates of(Transaction transaction, Dataset<Row> accepted) throws IOException {
    SparkSession spark = accepted.sparkSession();
    LongAccumulator duplicates = spark.sparkContext().longAccumulator("duplicates");
    LongAccumulator conflicts = spark.sparkContext().longAccumulator("conflicts");
    Dataset<Row> known =
        transaction
            .read(FingerprintTable.TABLE)
            .select(
                col("article_id"),
                col("text_hash"),
                lit(null).cast(DataTypes.StringType).as("input_file"),
                lit(null).cast(DataTypes.LongType).as("record"));
    MapPartitionsFunction<Row, Row> judge = rows -> new Judge(rows, duplicates, conflicts);
    String path = transaction.scratch("fates");
    accepted
        .select("article_id", "text_hash", "input_file", "record")
        .unionByName(known)
        .repartition(col("article_id"))
        // What the warehouse has comes first, as it has no file; then what was read first.
        .sortWithinPartitions("article_id", "input_file", "record")
        .mapPartitions(judge, Encoders.row(SCHEMA))
        .write()
        .parquet(path);
    return new Fates(
        spark.read().schema(SCHEMA).parquet(path), duplicates.value(), conflicts.value());
  }

  boolean isEmpty() {
    return duplicates + conflicts == 0;
  }

  /** Goes through records in order of their id; of each id the first is the one that counts. */
  private static final class Judge implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final LongAccumulator duplicates;
    private final LongAccumulator conflicts;
    private final Queue<Row> ready = new ArrayDeque<>(1);
    private String id;
    private String hash;

    Judge(Iterator<Row> rows, LongAccumulator duplicates, LongAccumulator conflicts) {
      this.rows = rows;
      this.duplicates = duplicates;
      this.conflicts = conflicts;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && rows.hasNext()) {
        Row row = rows.next();
        if (!row.getString(0).equals(id)) {
          id = row.getString(0);
          hash = row.getString(1);
        } else if (!row.isNullAt(2)) {
          boolean same = row.getString(1).equals(hash);
          (same ? duplicates : conflicts).add(1);
          ready.add(
              RowFactory.create(row.getString(2), row.getLong(3), same ? DUPLICATE : CONFLICT));
        }
      }
      return !ready.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }
  }
}
