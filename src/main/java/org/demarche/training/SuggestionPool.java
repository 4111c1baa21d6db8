package org.demarche.training;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;

/**
 * The most uncertain distinct statements so far, up to a limit per target. Merging the pools of all
 * partitions gives the same result however the statements are partitioned, and bounds what the
 * driver receives.
 */
final class SuggestionPool implements Serializable {

  private static final long serialVersionUID = 1;

  /**
   * One statement of the warehouse as a model sees it.
   *
   * @param statementId the statement
   * @param distinctId equal for the same words of the same speaker
   * @param passage the passage, with the target if the model reads one
   * @param targetId the target it mentions, or the empty string
   * @param speakerId who is credited, or null
   * @param speaker their name, or null
   * @param outlet the outlet, or null
   * @param date day of publication, or null
   * @param url address of the article, or null
   * @param articleId the article
   * @param answer the model's answer
   * @param uncertainty {@link LabelSuggestions#uncertainty} of the answer
   */
  record Found(
      String statementId,
      String distinctId,
      Passage passage,
      String targetId,
      String speakerId,
      String speaker,
      String outlet,
      LocalDate date,
      String url,
      String articleId,
      LabelDistribution answer,
      double uncertainty)
      implements Serializable, Comparable<Found> {

    /** The most uncertain first. */
    @Override
    public int compareTo(Found other) {
      int order = Double.compare(other.uncertainty, uncertainty);
      return order != 0 ? order : statementId.compareTo(other.statementId);
    }
  }

  private final int limit;
  private final TreeMap<String, TreeSet<Found>> byTarget = new TreeMap<>();
  private final HashMap<List<String>, Found> byWords = new HashMap<>();

  /**
   * Makes an empty pool.
   *
   * @param limit how many statements are kept of each target, {@code >= 1}
   */
  SuggestionPool(int limit) {
    this.limit = limit;
  }

  /** Adds a statement, unless the target's limit is filled with more uncertain ones. */
  SuggestionPool add(Found found) {
    TreeSet<Found> best = byTarget.computeIfAbsent(found.targetId(), target -> new TreeSet<>());
    if (best.size() >= limit && best.last().compareTo(found) < 0) {
      return this;
    }
    List<String> words = words(found);
    Found same = byWords.get(words);
    if (same != null) {
      if (same.compareTo(found) <= 0) {
        return this;
      }
      best.remove(same);
    }
    best.add(found);
    byWords.put(words, found);
    if (best.size() > limit) {
      byWords.remove(words(best.pollLast()));
    }
    return this;
  }

  /** Adds all statements of {@code other}. */
  SuggestionPool add(SuggestionPool other) {
    other.byTarget.values().forEach(found -> found.forEach(this::add));
    return this;
  }

  /** Returns the kept statements, ordered by target id, the most uncertain first. */
  List<Found> found() {
    return byTarget.values().stream().flatMap(TreeSet::stream).toList();
  }

  private static List<String> words(Found found) {
    return List.of(found.targetId(), found.distinctId());
  }
}
