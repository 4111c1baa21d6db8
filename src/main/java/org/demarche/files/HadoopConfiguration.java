package org.demarche.files;

import org.apache.hadoop.conf.Configuration;

/** Gives Hadoop's configuration to code that runs before a Spark session is open. */
public final class HadoopConfiguration {

  private static final String PREFIX = "spark.hadoop.";

  private HadoopConfiguration() {}

  /**
   * Returns Hadoop's configuration with the system properties {@code spark.hadoop.*} of this JVM.
   * spark-submit sets them; they may hold the credentials of an object store.
   */
  public static Configuration ofProcess() {
    Configuration hadoop = new Configuration();
    hadoop.set(LocalFiles.SETTING, LocalFiles.class.getName());
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
