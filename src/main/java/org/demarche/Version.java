package org.demarche;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of Demarche, as the build wrote it. */
public final class Version {

  public static final String DEMARCHE = read();

  private Version() {}

  private static String read() {
    try (InputStream in = Version.class.getResourceAsStream("/org/demarche/version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("The build wrote version.properties", e);
    }
  }
}
