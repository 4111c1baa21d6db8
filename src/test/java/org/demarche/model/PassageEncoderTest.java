package org.demarche.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.demarche.encoder.Encoder;
import org.demarche.encoder.Encoding;
import org.demarche.stance.Passage;
import org.junit.jupiter.api.Test;

class PassageEncoderTest {

  private static final String TEXT = "Moor praised the board, and Reed blamed the port.";

  private final Encoder encoder = Encoder.bundled();
  private final Encoding encoding = encoder.encode(TEXT);

  @Test
  void putsTheMeanOfTheTargetBesideThatOfTheText() {
    int width = encoder.width();
    float[] row = new PassageEncoder(encoder, true).row(new Passage(TEXT, "Reed", 28, 32));
    assertThat(Arrays.copyOf(row, width)).containsExactly(encoding.mean());
    assertThat(Arrays.copyOfRange(row, width, 2 * width)).containsExactly(encoding.mean(28, 32));

    float[] unplaced = new PassageEncoder(encoder, true).row(Passage.about(TEXT, "Reed"));
    assertThat(Arrays.copyOfRange(unplaced, width, 2 * width)).containsExactly(encoding.mean());
    assertThat(new PassageEncoder(encoder, false).row(new Passage(TEXT, "Reed", 28, 32)))
        .containsExactly(encoding.mean());
  }

  @Test
  void readsWordsApartWhateverWhiteSpaceIsBetweenThem() {
    PassageEncoder passages = new PassageEncoder(encoder, false);
    assertThat(passages.row(Passage.of("Reed\fblamed\u001Cthe\n  port.")))
        .containsExactly(passages.row(Passage.of("Reed blamed the port.")));
  }

  @Test
  void readsATweetAsIfTheTagOfItsCollectionWereBlank() {
    String tagged = "Reed blamed the port #SemST and left.";
    String blank = "Reed blamed the port        and left.";
    PassageEncoder passages = new PassageEncoder(encoder, true);
    assertThat(passages.row(new Passage(tagged, "left", 32, 36)))
        .containsExactly(passages.row(new Passage(blank, "left", 32, 36)));
  }
}
