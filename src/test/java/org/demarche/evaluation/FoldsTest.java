package org.demarche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.junit.jupiter.api.Test;

class FoldsTest {

  @Test
  void keepTheRowsOfAGroupTogether() {
    List<LabelledStatement> rows = rows();
    int[] folds = Folds.byGroup(rows, 5, 7);
    Map<String, Integer> foldOfGroup = new HashMap<>();
    for (int i = 0; i < folds.length; i++) {
      Integer before = foldOfGroup.putIfAbsent(rows.get(i).group(), folds[i]);
      assertThat(before == null ? folds[i] : before).isEqualTo(folds[i]);
    }
  }

  @Test
  void keepRowsOfOneWordingTogetherWhateverTheirGroups() {
    List<LabelledStatement> rows = rows();
    for (int i = 0; i < 20; i++) {
      rows.add(row("again" + i, "z" + i, "“text” " + (i + 100) + "!", "common"));
    }
    int[] folds = Folds.byGroup(rows, 5, 7);
    for (int i = 0; i < 20; i++) {
      assertThat(folds[200 + i]).isEqualTo(folds[100 + i]);
    }
    assertThat(Folds.groups(rows)).isEqualTo(100);
  }

  @Test
  void fillEveryFoldWhereAllRowsComeTwice() {
    for (int seed = 0; seed < 200; seed++) {
      List<LabelledStatement> rows = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        rows.add(row("r" + i, "g" + i, "text " + i % 5, i % 2 == 0 ? "rare" : "common"));
      }
      int[] folds = Folds.byGroup(rows, 5, seed);
      assertThat(folds).containsOnly(0, 1, 2, 3, 4);
      assertThat(Arrays.copyOfRange(folds, 5, 10)).isEqualTo(Arrays.copyOf(folds, 5));
    }
  }

  @Test
  void spreadTheLabelsEvenly() {
    List<LabelledStatement> rows = rows();
    int[] folds = Folds.byGroup(rows, 5, 7);
    int[] rare = new int[5];
    int[] all = new int[5];
    for (int i = 0; i < folds.length; i++) {
      all[folds[i]]++;
      rare[folds[i]] += rows.get(i).label().equals("rare") ? 1 : 0;
    }
    for (int fold = 0; fold < 5; fold++) {
      assertThat(all[fold]).isBetween(38, 42);
      assertThat(rare[fold]).isBetween(3, 5);
    }
  }

  @Test
  void doNotDependOnTheOrderOfTheRows() {
    List<LabelledStatement> rows = rows();
    List<LabelledStatement> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(byId(shuffled)).isEqualTo(byId(rows));
  }

  @Test
  void refuseMoreFoldsThanGroups() {
    assertThatThrownBy(() -> Folds.byGroup(rows().subList(0, 2), 5, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 folds");
  }

  private static LabelledStatement row(String id, String group, String text, String label) {
    return new LabelledStatement(id, group, Passage.of(text), label);
  }

  private static Map<String, Integer> byId(List<LabelledStatement> rows) {
    int[] folds = Folds.byGroup(rows, 5, 7);
    Map<String, Integer> byId = new HashMap<>();
    for (int i = 0; i < folds.length; i++) {
      byId.put(rows.get(i).id(), folds[i]);
    }
    return byId;
  }

  private static List<LabelledStatement> rows() {
    List<LabelledStatement> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(
          new LabelledStatement(
              "r" + i, "g" + i / 2, Passage.of("text " + i), i % 20 < 2 ? "rare" : "common"));
    }
    return rows;
  }
}
