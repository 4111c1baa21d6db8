package org.demarche.ingest;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds articles that are reprints of each other, in three steps that can be distributed: put every
 * article into the buckets of its {@link Fingerprint#keys}, find the {@link #pairs} in each bucket,
 * and join all pairs in {@link Clusters}.
 */
public final class Reprints {

  /** Weeklies reprint within two weeks; later copies are notices or templates used again. */
  public static final Duration LONGEST_WAIT = Duration.ofDays(14);

  /** In a larger bucket, which only masses of copies fill, not all pairs are compared. */
  private static final int LARGEST_BUCKET = 400;

  /** How many neighbours each is then compared with, sorted so that similar ones are neighbours. */
  private static final int NEIGHBOURS = 24;

  private Reprints() {}

  /**
   * An article that may be a reprint.
   *
   * @param publishedAt when it was published, or null
   */
  public record Candidate(String id, Instant publishedAt, Fingerprint fingerprint)
      implements Serializable {

    /** Returns whether the two are printings of the same story. */
    public boolean isReprintOf(Candidate other) {
      return isNearInTime(other) && fingerprint.isSameStory(other.fingerprint);
    }

    private boolean isNearInTime(Candidate other) {
      return publishedAt == null
          || other.publishedAt == null
          || Duration.between(publishedAt, other.publishedAt).abs().compareTo(LONGEST_WAIT) <= 0;
    }

    private Printing printing() {
      return new Printing(id, publishedAt);
    }
  }

  /**
   * One printing of a story. Printings sort by date, then by id.
   *
   * @param publishedAt when it was published, or null, which sorts last
   */
  public record Printing(String id, Instant publishedAt)
      implements Comparable<Printing>, Serializable {

    private static final Comparator<Printing> FIRST =
        Comparator.comparing(
                Printing::publishedAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(Printing::id);

    @Override
    public int compareTo(Printing other) {
      return FIRST.compare(this, other);
    }
  }

  /** Two articles that are reprints of each other. */
  public record Pair(Printing one, Printing other) implements Serializable {}

  /**
   * Finds the reprints in a bucket.
   *
   * @param bucket articles that have a key in common, in any order
   * @return enough pairs to join all that belong together; their order does not depend on that of
   *     the bucket
   */
  public static List<Pair> pairs(List<Candidate> bucket) {
    List<Candidate> sorted = new ArrayList<>(bucket);
    sorted.sort(
        Comparator.comparing((Candidate c) -> c.fingerprint().toBytes(), Arrays::compare)
            .thenComparing(Candidate::printing));
    int reach = sorted.size() > LARGEST_BUCKET ? NEIGHBOURS : sorted.size();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Candidate one = sorted.get(i);
      for (int j = i + 1; j < Math.min(sorted.size(), i + 1 + reach); j++) {
        if (one.isReprintOf(sorted.get(j))) {
          pairs.add(new Pair(one.printing(), sorted.get(j).printing()));
        }
      }
    }
    return pairs;
  }

  /**
   * Articles joined into clusters. The clusters and their ids do not depend on the order of
   * joining. Belongs to one thread.
   */
  public static final class Clusters implements Serializable {

    /** Every article, and one printed before it in its cluster, or itself. */
    private final Map<Printing, Printing> before = new HashMap<>();

    /** Joins the clusters of two articles. */
    public void join(Pair pair) {
      Printing one = first(pair.one());
      Printing other = first(pair.other());
      if (one.compareTo(other) <= 0) {
        before.put(other, one);
      } else {
        before.put(one, other);
      }
    }

    /**
     * Returns, for each article that has reprints or is one, the id of the first printing in its
     * cluster, which is the id of the cluster.
     */
    public Map<String, String> clusterIds() {
      Map<String, String> ids = new HashMap<>();
      List.copyOf(before.keySet()).forEach(each -> ids.put(each.id(), first(each).id()));
      return ids;
    }

    /** Finds the first printing of the cluster, and shortens the path to it for the next time. */
    private Printing first(Printing printing) {
      Printing at = printing;
      Printing earlier = before.computeIfAbsent(at, self -> self);
      while (!earlier.equals(at)) {
        Printing earliest = before.get(earlier);
        before.put(at, earliest);
        at = earliest;
        earlier = before.get(at);
      }
      return at;
    }
  }
}
