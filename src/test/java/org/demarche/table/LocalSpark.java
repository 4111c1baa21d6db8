package org.demarche.table;

import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;
import org.demarche.job.Progress;
import org.demarche.job.Sessions;

/** One Spark session for all tests of a JVM: starting one costs seconds. */
public final class LocalSpark {

  private static final Progress SILENT =
      new Progress(new PrintStream(PrintStream.nullOutputStream()), false);

  private static final SparkSession SESSION = Sessions.open("tests", SILENT);

  private LocalSpark() {}

  public static SparkSession session() {
    return SESSION;
  }

  /** Returns progress that shows nothing. */
  public static Progress silent() {
    return SILENT;
  }
}
