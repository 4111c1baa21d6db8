package org.demarche.pipeline;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.demarche.pipeline.WindowSums.WindowSum;
import org.demarche.score.Population;
import org.demarche.score.Prior;
import org.demarche.stance.Scale;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.WindowParts;

/**
 * The prior of the speakers' scores for each scale, target and window. It comes from the speakers
 * of that window and of all windows of its kind before it, not from later ones: so a score that is
 * published does not move when articles of later days come in.
 */
record WindowPriors(Map<Group, Prior> byGroup) implements Serializable {

  /** The speakers of one scale, target and window. */
  record Group(String scale, String target, String window, LocalDate start)
      implements Serializable {

    private static Group of(WindowSum sum) {
      return new Group(sum.scale(), sum.targetId(), sum.window(), sum.windowStart());
    }

    private Group ofKind() {
      return new Group(scale, target, window, null);
    }

    private String part() {
      return WindowParts.of(window, start);
    }
  }

  /** What the prior of a window is estimated from. */
  public record WindowPopulation(
      String scale, String targetId, String window, LocalDate windowStart, Population population) {

    private Group group() {
      return new Group(scale, targetId, window, windowStart);
    }
  }

  static final RecordCodec<WindowPopulation> CODEC = new RecordCodec<>(WindowPopulation.class);

  private static final List<String> KEY = List.of("scale", "target_id", "window", "window_start");

  /** The internal table of populations, from which a later run takes those that do not change. */
  static final Table<WindowPopulation> TABLE =
      new Table<>(
          "_populations",
          "Sums over the speakers of one scale and target in one window.",
          CODEC,
          KEY,
          Table.Layout.WHOLE,
          KEY);

  /** Returns the populations of the windows in {@code sums}. */
  static List<WindowPopulation> populations(Dataset<WindowSum> sums) {
    FlatMapFunction<Iterator<WindowSum>, Map<Group, Population>> gather =
        rows -> {
          Map<Group, Population> populations = new HashMap<>();
          while (rows.hasNext()) {
            WindowSum row = rows.next();
            populations.merge(Group.of(row), Population.of(row.tally()), Population::plus);
          }
          return List.of(populations).iterator();
        };
    Map<Group, Population> all = new HashMap<>();
    sums.javaRDD()
        .mapPartitions(gather)
        .collect()
        .forEach(some -> some.forEach((group, p) -> all.merge(group, p, Population::plus)));
    return all.entrySet().stream()
        .map(
            each -> {
              Group group = each.getKey();
              return new WindowPopulation(
                  group.scale, group.target, group.window, group.start, each.getValue());
            })
        .toList();
  }

  /** Returns those of {@code populations} that are in none of {@code parts}. */
  static List<WindowPopulation> outside(Set<String> parts, List<WindowPopulation> populations) {
    return populations.stream().filter(each -> !parts.contains(each.group().part())).toList();
  }

  /** Estimates the priors of the windows of {@code populations}. */
  static WindowPriors of(List<WindowPopulation> populations, Map<String, Scale> scales) {
    Map<Group, Prior> priors = new HashMap<>();
    populations.stream()
        .collect(Collectors.groupingBy(each -> each.group().ofKind()))
        .values()
        .forEach(
            windows -> {
              Population soFar = Population.ZERO;
              for (WindowPopulation window : inOrder(windows)) {
                soFar = soFar.plus(window.population());
                priors.put(window.group(), soFar.prior(scales.get(window.scale())));
              }
            });
    return new WindowPriors(priors);
  }

  private static List<WindowPopulation> inOrder(List<WindowPopulation> windows) {
    return windows.stream()
        .sorted(
            Comparator.comparing(
                WindowPopulation::windowStart, Comparator.nullsFirst(Comparator.naturalOrder())))
        .toList();
  }

  /** Returns the prior of the window of {@code sum}. */
  Prior of(WindowSum sum) {
    return byGroup.get(Group.of(sum));
  }

  /** Returns the parts with a window whose prior is not the same in {@code before}. */
  Set<String> changedSince(WindowPriors before) {
    return byGroup.entrySet().stream()
        .filter(each -> !each.getValue().equals(before.byGroup.get(each.getKey())))
        .map(each -> each.getKey().part())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns, of the parts that have windows, those that come just after {@code parts}. */
  Set<String> after(Set<String> parts) {
    return neighbours(parts, NavigableSet::higher);
  }

  /** Returns, of the parts that have windows, those that come just before {@code parts}. */
  Set<String> before(Set<String> parts) {
    return neighbours(parts, NavigableSet::lower);
  }

  private Set<String> neighbours(
      Set<String> parts, BiFunction<NavigableSet<String>, String, String> neighbour) {
    Map<String, NavigableSet<String>> kinds = new TreeMap<>();
    byGroup
        .keySet()
        .forEach(
            group -> kinds.computeIfAbsent(group.window, w -> new TreeSet<>()).add(group.part()));
    Set<String> neighbours = new TreeSet<>();
    for (NavigableSet<String> kind : kinds.values()) {
      // The names of parts of one kind sort by time.
      parts.stream()
          .filter(kind::contains)
          .map(part -> neighbour.apply(kind, part))
          .filter(Objects::nonNull)
          .forEach(neighbours::add);
    }
    return neighbours;
  }
}
