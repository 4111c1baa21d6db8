package org.demarche.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.demarche.DemarcheException;
import org.demarche.console.Progress;
import org.demarche.text.Quantity;
import org.demarche.warehouse.AggregatedBatches;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.KnownFiles;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.RejectTable;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.StatementProbabilityTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.TableSize;
import org.demarche.warehouse.Transaction;
import org.demarche.warehouse.Warehouse;

/**
 * Puts the many small files of all batches together into few sorted ones. No row changes but for
 * the name of its batch.
 *
 * <p>A new batch holds articles of consecutive days, so that a later correction, which writes the
 * files of a batch again, finds all that it changes in few batches. There are as many batches as
 * give each large table files of a good size.
 */
final class Compact {

  /** The tables whose rows are in the batch of their article. */
  private static final List<Table<?>> OF_ARTICLES =
      List.of(
          ArticleTable.TABLE,
          FingerprintTable.TABLE,
          StatementTable.TABLE,
          StatementScoreTable.TABLE,
          StatementProbabilityTable.TABLE);

  private static final String DAY = "published_date";

  /** The batch of the articles that were published on one day; null stands for no date. */
  public record Day(LocalDate day, String merged) {}

  private static final RecordCodec<Day> DAYS = new RecordCodec<>(Day.class);

  private final Transaction transaction;
  private final Warehouse warehouse;
  private final Plan plan;
  private final List<Day> days;

  /** The batches that there are afterwards. */
  private final SortedSet<String> merged = new TreeSet<>();

  private Compact(Transaction transaction, Plan plan) throws IOException {
    this.transaction = transaction;
    this.warehouse = transaction.warehouse();
    this.plan = plan;
    this.days = plan.mergesBatches ? days(warehouse.read(ArticleTable.TABLE), plan) : List.of();
    days.forEach(day -> merged.add(day.merged));
  }

  /**
   * What a compaction does.
   *
   * @param before the size of each table now
   * @param batches the batches that there are
   * @param merged how many batches there are afterwards, at most
   * @param mergesBatches whether batches are put together; only tables without batches are
   *     compacted otherwise
   * @param fileBytes how large a file gets, about
   */
  private record Plan(
      Map<Table<?>, TableSize> before,
      SortedSet<String> batches,
      int merged,
      boolean mergesBatches,
      long fileBytes) {

    /**
     * Finds out what there is to do.
     *
     * @throws DemarcheException if a stage has still to read one of the batches: it would not know
     *     it again
     */
    static Plan of(Warehouse warehouse, long fileBytes) throws IOException {
      RequiredTables.required(warehouse, ArticleTable.TABLE);
      SortedSet<String> batches = warehouse.batches(ArticleTable.TABLE);
      Map<Table<?>, TableSize> before = new LinkedHashMap<>();
      for (Table<?> table : WarehouseRules.TABLES) {
        TableSize size = warehouse.size(table);
        if (size.files() > 0) {
          before.put(table, size);
          if (OF_ARTICLES.contains(table) && !warehouse.batches(table).equals(batches)) {
            throw DemarcheException.inputMissing(
                "The table %s lacks articles that were ingested since: run `demarche run` first"
                    .formatted(table.name()));
          }
        }
      }
      int merged = batches(before, fileBytes);
      boolean merges = batches.size() > merged || warehouse.isByMonth(ArticleTable.TABLE);
      return new Plan(before, batches, merged, merges, fileBytes);
    }

    /**
     * Returns into how many batches the articles are put: so many that a batch has a file's size of
     * articles, but so few that it has an eighth of that of any other table, if that is large.
     */
    private static int batches(Map<Table<?>, TableSize> before, long fileBytes) {
      long least = Long.MAX_VALUE;
      for (Table<?> table : OF_ARTICLES) {
        long bytes = before.getOrDefault(table, TableSize.NONE).bytes();
        if (table.equals(ArticleTable.TABLE)) {
          least = Math.min(least, bytes / fileBytes);
        } else if (bytes > fileBytes / 2) {
          least = Math.min(least, 8 * bytes / fileBytes);
        }
      }
      return (int) Math.max(1, least);
    }

    /** Returns how many files a table has afterwards, about. */
    long files(Table<?> table) {
      if (table.layout() == Table.Layout.BY_WINDOW) {
        return before.get(table).files();
      }
      long most = (before.get(table).bytes() + fileBytes - 1) / fileBytes;
      return OF_ARTICLES.contains(table) ? Math.max(merged, most) : most;
    }

    boolean changes(Table<?> table) {
      return switch (table.layout()) {
        case WHOLE -> before.get(table).files() > files(table);
        case BY_WINDOW -> false; // each of its parts is one file
        case BATCHES, BATCHES_BY_MONTH -> mergesBatches;
      };
    }

    List<Table<?>> changed() {
      return before.keySet().stream().filter(this::changes).<Table<?>>map(table -> table).toList();
    }
  }

  /**
   * Says what a compaction would do, in a note for each table, and changes nothing.
   *
   * @return what there is now, and about what there would be
   */
  static Map<String, Long> dryRun(Warehouse warehouse, long fileBytes, Progress progress)
      throws IOException {
    Plan plan = Plan.of(warehouse, fileBytes);
    TableSize after = TableSize.NONE;
    for (Map.Entry<Table<?>, TableSize> each : plan.before.entrySet()) {
      TableSize size = each.getValue();
      long files = plan.changes(each.getKey()) ? plan.files(each.getKey()) : size.files();
      after = after.plus(new TableSize(files, size.bytes()));
      progress.note(
          "%s: %s with %,.1f MB would become about %,d"
              .formatted(
                  each.getKey().name(),
                  Quantity.of(size.files(), "file"),
                  size.bytes() / 1e6,
                  files));
    }
    progress.note("This is a dry run: nothing was written");
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("batches_before", (long) plan.batches.size());
    counts.put("batches_after", (long) (plan.mergesBatches ? plan.merged : plan.batches.size()));
    counts.put("files_before", total(plan).files());
    counts.put("files_after", after.files());
    counts.put("bytes_before", total(plan).bytes());
    return counts;
  }

  private static TableSize total(Plan plan) {
    return plan.before.values().stream().reduce(TableSize.NONE, TableSize::plus);
  }

  /**
   * Compacts all tables.
   *
   * @param fileBytes how large a file gets, about
   */
  static Map<String, Long> run(Transaction transaction, long fileBytes) throws IOException {
    return new Compact(transaction, Plan.of(transaction.warehouse(), fileBytes)).run();
  }

  private Map<String, Long> run() throws IOException {
    AtomicLong rows = new AtomicLong();
    Parallel.run(
        plan.changed().stream()
            .<Parallel.Step>map(table -> () -> rows.addAndGet(write(table)))
            .toArray(Parallel.Step[]::new));
    if (plan.mergesBatches) {
      AggregatedBatches.merge(transaction, merged);
      SortedSet<String> apart = new TreeSet<>(transaction.batches(RejectTable.TABLE));
      KnownFiles.merge(transaction, batch -> apart.contains(batch) ? batch : merged.first());
      if (plan.before.containsKey(StatementTable.TABLE)) {
        StatementTable.markFormat(transaction);
      }
    }
    TableSize after = TableSize.NONE;
    for (Map.Entry<Table<?>, TableSize> each : plan.before.entrySet()) {
      Table<?> table = each.getKey();
      after = after.plus(plan.changes(table) ? transaction.replacedSize(table) : each.getValue());
    }
    long batches = plan.mergesBatches ? merged.size() : plan.batches.size();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("batches_before", (long) plan.batches.size());
    counts.put("batches_after", batches);
    counts.put("files_before", total(plan).files());
    counts.put("files_after", after.files());
    counts.put("bytes_before", total(plan).bytes());
    counts.put("bytes_after", after.bytes());
    counts.put("rows", rows.get());
    return counts;
  }

  /** Writes the files of a table anew, and returns how many rows it has. */
  private long write(Table<?> table) throws IOException {
    Dataset<Row> rows = warehouse.read(table);
    long count = rows.count();
    if (table.layout() == Table.Layout.WHOLE) {
      int files = (int) plan.files(table);
      Column[] order = table.sortedBy().stream().map(each -> col(each)).toArray(Column[]::new);
      transaction.replace(table, rows.repartitionByRange(files, order));
    } else {
      boolean isOfArticles = OF_ARTICLES.contains(table);
      Dataset<Row> moved = isOfArticles ? ofArticles(table, rows) : rejects(rows);
      SortedSet<String> batches =
          isOfArticles
              ? merged
              : new TreeSet<>(
                  moved.select(Table.BATCH).distinct().as(Encoders.STRING()).collectAsList());
      if (batches.isEmpty()) {
        batches.add(merged.first());
      }
      long mostRows =
          Math.max(1, (long) ((double) count * plan.fileBytes / plan.before.get(table).bytes()));
      transaction.replace(
          table, batches, moved.repartition(batches.size(), col(Table.BATCH)), mostRows);
    }
    long written = transaction.read(table).count();
    if (written != count) {
      throw new IllegalStateException(
          "%s has %d rows, but %d were written".formatted(table.name(), count, written));
    }
    return count;
  }

  /** Finds the days that each batch has, so that batches have about as much text each. */
  private static List<Day> days(Dataset<Row> articles, Plan plan) {
    List<Row> lengths =
        articles
            .groupBy(DAY)
            .agg(sum(col("body_end").plus(1)).as("length"))
            .sort(DAY)
            .collectAsList();
    long all = lengths.stream().mapToLong(row -> row.<Long>getAs("length")).sum();
    long before = 0;
    List<Day> days = new ArrayList<>();
    for (Row row : lengths) {
      days.add(new Day(row.getAs(DAY), batch(plan, (long) ((double) before / all * plan.merged))));
      before += row.<Long>getAs("length");
    }
    if (days.isEmpty()) {
      days.add(new Day(null, batch(plan, 0))); // all articles were removed
    }
    return days;
  }

  private static String batch(Plan plan, long part) {
    return Ingest.batch("compact", plan.batches.toString(), String.valueOf(part));
  }

  /** Returns rows of articles, or of what was found in them, with their new batch. */
  private Dataset<Row> ofArticles(Table<?> table, Dataset<Row> rows) throws IOException {
    if (merged.size() == 1) {
      return rows.withColumn(Table.BATCH, lit(merged.first()));
    }
    if (table.equals(StatementProbabilityTable.TABLE)) {
      Dataset<Row> statements =
          ofArticles(StatementTable.TABLE, warehouse.read(StatementTable.TABLE))
              .select(col("statement_id"), col(Table.BATCH).as("merged"));
      return moved(rows.join(statements, new String[] {"statement_id"}, "left"));
    }
    Column day = table.equals(FingerprintTable.TABLE) ? col("published_at").cast("date") : col(DAY);
    Dataset<Row> byDay = broadcast(DAYS.write(warehouse.spark(), days));
    return moved(rows.join(byDay, day.eqNullSafe(col("day")), "left"));
  }

  private Dataset<Row> moved(Dataset<Row> rows) {
    return rows.withColumn(Table.BATCH, coalesce(col("merged"), lit(merged.first())));
  }

  /**
   * Returns the rejects in one batch. Where the same record of a file was rejected in two batches,
   * because the file was delivered again, the later batch stays: batch, file and record are the
   * key.
   */
  private Dataset<Row> rejects(Dataset<Row> rows) {
    String[] record = {"input_file", "record"};
    Object[] apart =
        rows.join(
                rows.groupBy(col(record[0]), col(record[1]))
                    .agg(min(Table.BATCH).as("first"), count("*").as("times"))
                    .where("times > 1"),
                record)
            .where(col(Table.BATCH).notEqual(col("first")))
            .select(Table.BATCH)
            .distinct()
            .as(Encoders.STRING())
            .collectAsList()
            .toArray();
    return rows.withColumn(
        Table.BATCH,
        when(col(Table.BATCH).isin(apart), col(Table.BATCH)).otherwise(lit(merged.first())));
  }
}
