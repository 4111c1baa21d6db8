package org.demarche.files;

import org.apache.hadoop.conf.Configuration;

/** How Hadoop's file systems are reached before a Spark session is open. */
public final class HadoopConfiguration {

  private static final String PREFIX = "spark.hadoop.";

  private HadoopConfiguration() {}

  /**
   * Returns Hadoop's configuration with the properties {@code spark.hadoop.*} of this JVM, which
   * spark-submit sets and which may hold what opens an object store.
   */
  public static Configuration ofProcess() {
    Configuration hadoop = new Configuration();
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith(PREFIX)) {
                hadoop.set(name.substring(PREFIX.length()), System.getProperty(name));
              }
            });
    return hadoop;
  }
}
