package org.demarche.warehouse;

import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;
import org.demarche.console.Progress;

/** One Spark session for all tests of a JVM: starting one costs seconds. */
public final class LocalSpark {

  private static final Progress SILENT =
      new Progress(new PrintStream(PrintStream.nullOutputStream()), false);

  /** How the tests of this JVM store tables, as a line of the configuration. */
  public static final String STORAGE =
      "warehouse.format = " + System.getProperty("tables.format", "parquet");

  private static SparkSession session;

  private LocalSpark() {}

  /** Returns the session; a new one where a test ran a command, which ended it. */
  public static synchronized SparkSession session() {
    if (session == null || session.sparkContext().isStopped()) {
      session = WarehouseSession.open("tests", SILENT).spark();
    }
    return session;
  }

  /** Returns progress that shows nothing. */
  public static Progress silent() {
    return SILENT;
  }
}
