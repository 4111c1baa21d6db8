package org.demarche.pipeline;

import java.io.Serializable;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which articles to remove.
 *
 * @param ids ids of articles
 * @param outlets names of outlets, all of whose articles go
 */
public record Removal(Set<String> ids, Set<String> outlets) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What stands before and after a value. */
  private static final String EDGES = "\"'\\:,;|\t\r\n{}[]";

  /**
   * @throws IllegalArgumentException if an id or a name is blank
   */
  public Removal {
    ids = Set.copyOf(ids);
    outlets = Set.copyOf(outlets);
    if (Stream.concat(ids.stream(), outlets.stream()).anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("An id or the name of an outlet is blank");
    }
  }

  /** Returns whether a record, as it came, has one of the ids or outlets in it as a whole. */
  boolean isNamedIn(String raw) {
    return Stream.concat(ids.stream(), outlets.stream()).anyMatch(name -> stands(raw, name));
  }

  /** Returns whether a name stands in a text as a whole value of JSON, of CSV or of a message. */
  private static boolean stands(String raw, String name) {
    for (int at = raw.indexOf(name); at >= 0; at = raw.indexOf(name, at + 1)) {
      if (isEdge(raw, at - 1, -1) && isEdge(raw, at + name.length(), 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEdge(String raw, int from, int step) {
    int at = from;
    while (at >= 0 && at < raw.length() && raw.charAt(at) == ' ') {
      at += step;
    }
    return at < 0 || at == raw.length() || EDGES.indexOf(raw.charAt(at)) >= 0;
  }

  /** Returns whether the file of this path can be named after one of the ids. */
  boolean isNameOf(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    for (int at = name.length(); at > 0; at = name.lastIndexOf('.', at - 1)) {
      if (ids.contains(name.substring(0, at))) {
        return true;
      }
    }
    return false;
  }
}
