package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.demarche.encoder.Encoder;
import org.demarche.model.PassageEncoder;
import org.demarche.stance.Passage;
import org.junit.jupiter.api.Test;

class ParallelTextsTest {

  @Test
  void givesEachOfManyTheRowThatItHasAlone() {
    Encoder encoder = Encoder.bundled();
    PassageEncoder passages = new PassageEncoder(encoder, false);
    List<Passage> many =
        List.of(Passage.of("Moor praised it."), Passage.of(""), Passage.of("We will wait."));
    float[][] rows = ParallelTexts.rows(passages, many, TrainingLog.SILENT);
    assertThat(rows).hasDimensions(3, encoder.width());
    for (int i = 0; i < rows.length; i++) {
      assertThat(rows[i]).containsExactly(passages.row(many.get(i)));
    }
  }
}
