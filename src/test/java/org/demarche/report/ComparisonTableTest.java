package org.demarche.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {

  @Test
  void alignsItsColumnsAndMarksWhoIsSurelyBehind() {
    List<String> lines = ComparisonTable.lines(InventedComparison.named("tribuo linear-svc"));

    assertThat(lines.get(0)).contains("macro-F1", "behind", "log loss", "calibration", "took");
    assertThat(lines.subList(0, 9))
        .extracting(ComparisonTableTest::columns)
        .containsOnly(columns(lines.get(0)));
    assertThat(lines.get(1)).startsWith("profile accurate  ").contains("  best  ");
    assertThat(lines.get(8)).startsWith("none majority  ").contains("  ▼ −0.");
    assertThat(lines)
        .contains(
            "▼ surely behind the best: the paired 95 % interval, of 1,000 draws of the 400 groups,"
                + " excludes 0.");
  }

  @Test
  void printsOneModelWithoutADifferenceAndWarnsOfFewGroups() {
    List<String> lines = ComparisonTable.lines(InventedComparison.alone("only one"));

    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).startsWith("only one  ");
    assertThat(lines.get(2)).contains("There are only 10 groups");
  }

  @Test
  void doesNotLetANameSteerTheTerminal() {
    List<String> lines = ComparisonTable.lines(InventedComparison.alone("a\u001b[2J\r\nb"));

    assertThat(lines).noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
    assertThat(lines.get(1)).startsWith("a [2J b  ");
  }

  private static int columns(String line) {
    return line.codePointCount(0, line.length());
  }
}
