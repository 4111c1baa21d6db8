package org.demarche.warehouse;

import java.io.IOException;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.LocalFiles;

/**
 * A Spark session with the settings that the tables need. Rooms that know nothing of Spark hold it
 * to open a warehouse and to end Spark when they close it.
 */
public final class WarehouseSession implements AutoCloseable {

  /** Settings of every session that reads or writes tables; all can be set on a running session. */
  private static final Map<String, String> OF_TABLES =
      Map.of(
          // Instants and days are read as the types of java.time, and stored in microseconds.
          "spark.sql.datetime.java8API.enabled", "true",
          "spark.sql.session.timeZone", "UTC",
          "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
          "spark.sql.parquet.compression.codec", "zstd",
          // Values in folder names, such as published_month=2031-03, are read as text.
          "spark.sql.sources.partitionColumnTypeInference.enabled", "false",
          "mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");

  private final SparkSession spark;

  private WarehouseSession(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Opens a session that reports its steps to {@code progress}. It uses the master that
   * spark-submit sets; without one, Spark runs inside this JVM on all cores.
   */
  public static WarehouseSession open(String name, Progress progress) {
    var builder = SparkApi.builder().appName(name);
    OF_TABLES.forEach(builder::config);
    if (System.getProperty("spark.master") == null) {
      int cores = Runtime.getRuntime().availableProcessors();
      builder
          .master("local[*]")
          .config("spark.ui.enabled", "false")
          .config("spark.hadoop." + LocalFiles.SETTING, LocalFiles.class.getName())
          // Otherwise Spark exits the JVM without a message when a task runs out of memory.
          .config("spark.executor.killOnFatalError.depth", "0")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .config(
              "spark.sql.shuffle.partitions",
              System.getProperty("spark.sql.shuffle.partitions", String.valueOf(2 * cores)));
    }
    SparkSession spark = builder.getOrCreate();
    spark.sparkContext().addSparkListener(new ProgressListener(progress));
    return new WarehouseSession(spark);
  }

  /** Opens the warehouse at {@code location}, which need not exist yet. */
  public Warehouse warehouse(String location) throws IOException {
    return Warehouse.at(spark, location);
  }

  /** Opens the warehouse of {@code settings}, which need not exist yet. */
  public Warehouse warehouse(Settings settings) throws IOException {
    return Warehouse.at(spark, settings.warehouse(), settings.storage());
  }

  /** Returns the session, for rooms that know Spark. */
  public SparkSession spark() {
    return spark;
  }

  /** Ends Spark in this process. */
  @Override
  public void close() {
    spark.stop();
  }

  /**
   * Opens another session in the Spark application of {@code spark}, with the settings that the
   * tables need. The settings and temporary views of {@code spark} do not change.
   */
  public static SparkSession beside(SparkSession spark) {
    SparkSession beside = spark.newSession();
    OF_TABLES.forEach(beside.conf()::set);
    return beside;
  }
}
