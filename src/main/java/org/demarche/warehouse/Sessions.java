package org.demarche.warehouse;

import org.apache.spark.sql.SparkSession;
import org.demarche.console.Progress;

/** Opens Spark sessions the way every job here wants them. */
public final class Sessions {

  private Sessions() {}

  /**
   * Opens a session that reports its steps to {@code progress}. Under spark-submit the master is
   * given; elsewhere Spark runs inside this JVM on all its cores.
   */
  public static SparkSession open(String name, Progress progress) {
    // SparkSession.builder() finds this builder by reflection, which takes half a second.
    var builder =
        org.apache.spark.sql.classic.SparkSession.builder()
            .appName(name)
            // Instants and days as java.time has them, and stored in microseconds.
            .config("spark.sql.datetime.java8API.enabled", "true")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            .config("spark.sql.parquet.compression.codec", "zstd")
            // Folder names such as published_month=2031-03 stay text.
            .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
            .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");
    if (System.getProperty("spark.master") == null) {
      int cores = Runtime.getRuntime().availableProcessors();
      builder
          .master("local[*]")
          .config("spark.ui.enabled", "false")
          // Otherwise Spark ends the JVM where a task runs out of memory, and nobody says why.
          .config("spark.executor.killOnFatalError.depth", "0")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .config(
              "spark.sql.shuffle.partitions",
              System.getProperty("spark.sql.shuffle.partitions", String.valueOf(2 * cores)));
    }
    SparkSession spark = builder.getOrCreate();
    spark.sparkContext().addSparkListener(new ProgressListener(progress));
    return spark;
  }
}
