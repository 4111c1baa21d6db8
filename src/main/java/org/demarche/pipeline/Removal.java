package org.demarche.pipeline;

import java.io.Serializable;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which articles to remove.
 *
 * @param ids ids of articles
 * @param outlets names of outlets, all of whose articles go
 */
public record Removal(Set<String> ids, Set<String> outlets) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What can stand around an id or a name in a record of any format. */
  private static final Pattern AROUND = Pattern.compile("[\\\\\",;|\\t\\r\\n]+");

  /** So many names are looked for one by one, which also finds those with marks in them. */
  private static final int FEW = 200;

  public Removal {
    ids = Set.copyOf(ids);
    outlets = Set.copyOf(outlets);
  }

  /** Returns whether a record, as it came, has one of the ids or outlets in it. */
  boolean isNamedIn(String raw) {
    if (ids.size() + outlets.size() <= FEW) {
      return ids.stream().anyMatch(raw::contains) || outlets.stream().anyMatch(raw::contains);
    }
    return AROUND.splitAsStream(raw).map(String::strip).anyMatch(this::has);
  }

  private boolean has(String name) {
    return ids.contains(name) || outlets.contains(name);
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
