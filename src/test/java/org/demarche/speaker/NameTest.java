package org.demarche.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NameTest {

  @Test
  void foldsCaseDiacriticsAndPunctuation() {
    assertThat(Name.of("Édith BRÛLÉ").folded()).isEqualTo("edith brule");
    assertThat(Name.of("J.R. Møller-Łaska").folded()).isEqualTo("jr moller-laska");
    assertThat(Name.of("Siân O’Hara").folded()).isEqualTo("sian o'hara");
  }

  @Test
  void leavesOutTitlesPossessivesAndSuffixes() {
    assertThat(Name.of("Dr. Edna Quill’s")).isEqualTo(Name.of("Edna Quill"));
    assertThat(Name.of("Gen. Sir Tobin Marsh, Jr.")).isEqualTo(Name.of("Tobin Marsh"));
    assertThat(Name.of("Tobin Marsh III")).isEqualTo(Name.of("tobin marsh"));
    assertThat(Name.of("The Vell Courier")).isEqualTo(Name.of("Vell Courier"));
  }

  @Test
  void keepsATitleThatStandsAlone() {
    assertThat(Name.of("Dr.").folded()).isEqualTo("dr");
  }

  @Test
  void losesInitialsInTheMiddleForItsKey() {
    assertThat(Name.of("Edna R. Quill").key()).isEqualTo(Name.of("Edna Quill").key());
    assertThat(Name.of("E. Quill").key()).isNotEqualTo(Name.of("Edna Quill").key());
  }

  @Test
  void agreesWhenFirstAndLastWordDo() {
    assertThat(Name.of("Edna R. Quill").agrees(Name.of("Edna Quill"))).isTrue();
    assertThat(Name.of("E. Quill").agrees(Name.of("Edna Quill"))).isTrue();
    assertThat(Name.of("Tobin Quill").agrees(Name.of("Edna Quill"))).isFalse();
    assertThat(Name.of("Quill").agrees(Name.of("Edna Quill"))).isFalse();
  }

  @Test
  void knowsTheGenderOfCommonGivenNames() {
    assertThat(Name.of("Maria Okonjo").gender()).isEqualTo(Gender.FEMALE);
    assertThat(Name.of("Peter Okonjo").gender()).isEqualTo(Gender.MALE);
    assertThat(Name.of("Kim Okonjo").gender()).isEqualTo(Gender.OPEN);
    assertThat(Name.of("Maria").gender()).isEqualTo(Gender.OPEN);
  }

  @Test
  void isNotReadFromMarksAlone() {
    assertThat(Name.read(" – ’ ")).isEmpty();
    assertThatThrownBy(() -> Name.of("...")).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void isTheSameWhenFoldedTwice(@ForAll String printed) {
    Name.read(printed)
        .ifPresent(name -> assertThat(Name.read(name.folded()).map(Name::folded)).isPresent());
  }

  @Property
  void doesNotDependOnCase(@ForAll @AlphaChars @StringLength(min = 1, max = 12) String word) {
    assertThat(Name.of(word.toUpperCase(java.util.Locale.ROOT)))
        .isEqualTo(Name.of(word.toLowerCase(java.util.Locale.ROOT)));
  }
}
