package org.demarche.stance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.demarche.text.Span;
import org.junit.jupiter.api.Test;

class TargetFinderTest {

  private static final Target SHOAL =
      new Target("shoal", "Sabel Shoal", List.of("the shoal", "U.S. embargo"));
  private static final Target ORVANE = new Target("orvane", "Orvane", List.of("OR", "Orvanian"));

  private final TargetFinder finder = new TargetFinder(List.of(SHOAL, ORVANE));

  @Test
  void findsNamesAndAliasesWhateverTheirCase() {
    assertThat(mentioned("Nobody owns the Shoal, he said")).containsExactly("the Shoal");
    assertThat(mentioned("an Orvanian boat near SABEL SHOAL"))
        .containsExactly("SABEL SHOAL", "Orvanian");
  }

  @Test
  void findsWholeWordsOnly() {
    assertThat(mentioned("the shoals of Orvanesse")).isEmpty();
  }

  @Test
  void looksThroughPossessivesAndHyphens() {
    assertThat(mentioned("Orvane’s fleet")).containsExactly("Orvane");
    assertThat(mentioned("the Sabel-Shoal talks")).containsExactly("Sabel-Shoal");
  }

  @Test
  void readsInitialsAsOneWord() {
    assertThat(mentioned("lift the U.S. embargo now")).containsExactly("U.S. embargo");
  }

  @Test
  void mindsTheCaseOfAnAliasInCapitals() {
    assertThat(mentioned("stay or go")).isEmpty();
    assertThat(mentioned("OR must answer")).containsExactly("OR");
  }

  @Test
  void doesNotSeeWhatIsHidden() {
    String text = "Orvane's minister said the boats would stay";
    assertThat(finder.find(text, new Span(0, "Orvane's minister".length()))).isEmpty();
  }

  @Test
  void givesTheFirstMentionOnly() {
    assertThat(finder.find("Orvane and Orvane", null))
        .containsExactly(new TargetFinder.Mention(ORVANE, 0, 6));
  }

  private List<String> mentioned(String text) {
    return finder.find(text, null).stream()
        .map(mention -> text.substring(mention.start(), mention.end()))
        .toList();
  }
}
