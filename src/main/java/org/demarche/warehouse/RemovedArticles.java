package org.demarche.warehouse;

import java.io.IOException;
import java.io.Serializable;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.demarche.text.Sha256;

/**
 * The articles that were removed and must not come in again. {@code _removed/<run>} has hashes of
 * their ids, so that the warehouse keeps no trace of the ids themselves.
 *
 * @param hashes of ids, and of ids with the hash of the text
 */
public record RemovedArticles(Set<String> hashes) implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String FOLDER = "_removed/";

  /** Returns all articles that were removed from {@code warehouse}. */
  public static RemovedArticles of(Warehouse warehouse) throws IOException {
    return new RemovedArticles(
        warehouse.texts(FOLDER).values().stream()
            .flatMap(String::lines)
            .collect(Collectors.toSet()));
  }

  /** Returns whether an article with this id was removed. */
  public boolean has(String id) {
    return !hashes.isEmpty() && hashes.contains(Sha256.id(id));
  }

  /**
   * Returns whether an article with this id and this text was removed.
   *
   * @param textHash as in {@code _fingerprints}
   */
  public boolean has(String id, String textHash) {
    return !hashes.isEmpty() && hashes.contains(Sha256.id(id, textHash));
  }

  /**
   * Stores, with the commit, that articles are removed.
   *
   * @param ids all ids to keep out
   * @param found those of these articles that are in the warehouse
   */
  public static void store(Transaction transaction, Set<String> ids, Iterable<RemovedText> found)
      throws IOException {
    SortedSet<String> hashes = new TreeSet<>();
    ids.forEach(id -> hashes.add(Sha256.id(id)));
    found.forEach(each -> hashes.add(Sha256.id(each.articleId(), each.textHash())));
    if (!hashes.isEmpty()) {
      transaction.put(FOLDER + transaction.manifest().runId(), String.join("\n", hashes) + "\n");
    }
  }

  /** An article that is removed. */
  public record RemovedText(String articleId, String textHash) {}
}
