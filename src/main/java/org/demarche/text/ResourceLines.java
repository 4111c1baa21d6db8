package org.demarche.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the word lists that ship with Demarche as resources. */
public final class ResourceLines {

  private ResourceLines() {}

  /**
   * Returns the lines of the UTF-8 resource {@code name} in the package of {@code owner}, without
   * blank lines and without comments, which start with {@code #}.
   *
   * @throws IllegalStateException if there is no such resource
   */
  public static List<String> of(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The class path has no " + name + " beside " + owner);
      }
      return new BufferedReader(new InputStreamReader(in, UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + name, e);
    }
  }
}
