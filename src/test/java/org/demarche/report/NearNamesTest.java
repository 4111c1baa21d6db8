package org.demarche.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {

  private static final List<String> NAMES =
      List.of(
          "Ana Vidal", "Tom Okar", "José Ándor", "Ardessan defence ministry", "Li", "Vidal Sund");

  @Test
  void findsANameDespiteASlip() {
    assertThat(NearNames.of("Ana Vidla", NAMES, 3)).startsWith("Ana Vidal");
    assertThat(NearNames.of("Tim Okar", NAMES, 3)).containsExactly("Tom Okar");
  }

  @Test
  void findsANameWithoutItsAccents() {
    assertThat(NearNames.of("jose andor", NAMES, 3)).containsExactly("José Ándor");
  }

  @Test
  void findsANameByPartOfIt() {
    assertThat(NearNames.of("Ministry", NAMES, 3)).containsExactly("Ardessan defence ministry");
    assertThat(NearNames.of("Minister Vidal", NAMES, 3)).startsWith("Ana Vidal", "Vidal Sund");
  }

  @Test
  void findsNothingThatIsNotNear() {
    assertThat(NearNames.of("Bertold Brack", NAMES, 3)).isEmpty();
    assertThat(NearNames.of("Xi", NAMES, 3)).isEmpty();
    assertThat(NearNames.of("", NAMES, 3)).isEmpty();
  }
}
