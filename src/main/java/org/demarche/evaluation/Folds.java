package org.demarche.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.demarche.stance.LabelledStatement;
import org.demarche.text.Wording;

/**
 * Folds for cross-validation. Rows of one group stay in one fold, and so do rows of the same
 * wording, so that a model is never evaluated on variants or copies of its training rows. Labels
 * are spread over the folds as evenly as that allows.
 */
public final class Folds {

  private Folds() {}

  /**
   * Returns the fold of each of {@code rows}, from 0 to {@code k − 1}. It does not depend on the
   * order of the rows.
   *
   * @throws IllegalArgumentException if {@code k < 2} or there are fewer than {@code k} groups
   */
  public static int[] byGroup(List<LabelledStatement> rows, int k, long seed) {
    List<String> groups = rows.stream().map(LabelledStatement::group).toList();
    List<String> joined = joined(rows);
    if (k >= 2 && joined.stream().distinct().count() >= k) {
      // Groups with a common wording follow the first of them, so that a few repeated rows change
      // few folds.
      int[] folds = spread(rows, groups, k, seed);
      Map<String, Integer> foldOfGroup = new HashMap<>();
      for (int i = 0; i < folds.length; i++) {
        foldOfGroup.put(groups.get(i), folds[i]);
      }
      int[] followed = joined.stream().mapToInt(foldOfGroup::get).toArray();
      if (Arrays.stream(followed).distinct().count() == k) {
        return followed;
      }
    }
    return spread(rows, joined, k, seed);
  }

  /** Returns the number of groups; groups that share a wording count as one. */
  public static int groups(List<LabelledStatement> rows) {
    return (int) joined(rows).stream().distinct().count();
  }

  /** Returns the group of each row; for groups that share a wording, the first of them by name. */
  private static List<String> joined(List<LabelledStatement> rows) {
    Map<String, String> joinedTo = new HashMap<>();
    Map<String, String> groupOfWords = new HashMap<>();
    for (LabelledStatement row : rows) {
      String words = Wording.key(row.passage().text());
      String one = first(joinedTo, row.group());
      String other = first(joinedTo, groupOfWords.getOrDefault(words, row.group()));
      groupOfWords.putIfAbsent(words, row.group());
      if (one.compareTo(other) < 0) {
        joinedTo.put(other, one);
      } else if (one.compareTo(other) > 0) {
        joinedTo.put(one, other);
      }
    }
    return rows.stream().map(row -> first(joinedTo, row.group())).toList();
  }

  private static String first(Map<String, String> joinedTo, String group) {
    String name = group;
    while (joinedTo.containsKey(name)) {
      name = joinedTo.get(name);
    }
    return name;
  }

  private static int[] spread(
      List<LabelledStatement> rows, List<String> groupOf, int k, long seed) {
    Map<String, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      groups.computeIfAbsent(groupOf.get(i), group -> new ArrayList<>()).add(i);
    }
    if (k < 2 || groups.size() < k) {
      throw new IllegalArgumentException(
          "Cannot make %d folds of %d groups of rows; a group stays in one fold"
              .formatted(k, groups.size()));
    }
    // Large groups first, while every fold has room; equal sizes in an order drawn from the seed.
    List<Map.Entry<String, List<Integer>>> order = new ArrayList<>(groups.entrySet());
    order.sort(
        Comparator.comparingInt((Map.Entry<String, List<Integer>> g) -> -g.getValue().size())
            .thenComparingLong(g -> shuffled(g.getKey(), seed))
            .thenComparing(Map.Entry::getKey));

    int[] folds = new int[rows.size()];
    int[] sizes = new int[k];
    Map<String, int[]> labelSizes = new HashMap<>();
    for (Map.Entry<String, List<Integer>> group : order) {
      int best = 0;
      long bestCrowd = Long.MAX_VALUE;
      for (int fold = 0; fold < k; fold++) {
        long crowd = sizes[fold];
        for (int row : group.getValue()) {
          crowd += 2L * labelSizes.computeIfAbsent(rows.get(row).label(), x -> new int[k])[fold];
        }
        if (crowd < bestCrowd) {
          bestCrowd = crowd;
          best = fold;
        }
      }
      for (int row : group.getValue()) {
        folds[row] = best;
        sizes[best]++;
        labelSizes.get(rows.get(row).label())[best]++;
      }
    }
    return folds;
  }

  private static long shuffled(String group, long seed) {
    long hash = seed;
    for (int i = 0; i < group.length(); i++) {
      hash = (hash ^ group.charAt(i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
