package org.demarche.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordingTest {

  @Test
  void leavesOutHowTheWordsArePrinted() {
    assertThat(Wording.of("“We won’t go,” he said."))
        .isEqualTo(Wording.of("\"We won't go\", he  said"))
        .isNotEqualTo(Wording.of("We will go, he said."));
    assertThat(Wording.of("∑ – !")).isEmpty();
  }
}
