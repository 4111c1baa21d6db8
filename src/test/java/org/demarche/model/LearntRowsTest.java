package org.demarche.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.model.store.ModelStore;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.demarche.training.Examples;
import org.demarche.training.TribuoTrainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearntRowsTest {

  private static final LabelledStatement OTHER = row("Orsund ordered rice.");

  @Test
  void knowAStatementByItsWordsAlone() {
    LearntRows rows = LearntRows.of(List.of(row("“We won’t go,” he said."), row("∑")));
    assertThat(rows.contain("\"We won't go\", he said.")).isTrue();
    assertThat(rows.contain("We go, he said.")).isFalse();
    assertThat(rows.contain("∑")).isTrue();
    assertThat(rows.contain("–")).isFalse();
  }

  @Test
  void areTheSameBytesInAnyOrderAndReadBack() {
    LearntRows rows = LearntRows.of(List.of(row("A b."), row("C d."), row("A b.")));
    assertThat(rows.toBytes())
        .isEqualTo(LearntRows.of(List.of(row("C d."), row("A b."))).toBytes());
    assertThat(LearntRows.fromBytes(rows.toBytes()).contain("C d.")).isTrue();
    byte[] damaged = rows.toBytes();
    damaged[20] ^= 1;
    assertThatThrownBy(() -> LearntRows.fromBytes(damaged))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("rows.bin");
    assertThatThrownBy(() -> LearntRows.fromBytes(Arrays.copyOf(damaged, 18)))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE));
  }

  @Test
  void areStoredWithAModel(@TempDir Path folder) throws IOException {
    List<LabelledStatement> rows = Examples.stance();
    ScaleModel model = Examples.train(rows, Scales.STANCE, TribuoTrainer.of("linear-svc"));
    ModelStore.save(model, folder.resolve("m"));
    ModelMetadata loaded = ModelStore.load(folder.resolve("m"), null).metadata();
    assertThat(loaded.learntFrom(List.of(rows.get(3), OTHER)).orElseThrow())
        .containsExactly(true, false);

    // As an older version stored it: only all rows together are known again, by their digest.
    Files.delete(folder.resolve("m/rows.bin"));
    ModelMetadata older = ModelStore.load(folder.resolve("m"), null).metadata();
    assertThat(older.learntFrom(rows).orElseThrow()).hasSize(60).doesNotContain(false);
    assertThat(older.learntFrom(rows.subList(0, 59))).isEmpty();
  }

  @Test
  void areKnownOfTheBundledModels() throws IOException {
    for (String name : List.of("stance", "sentiment", "stance-accurate", "sentiment-accurate")) {
      ModelMetadata metadata = ModelStore.loadBundled(name).metadata();
      String invented =
          "Foreign Minister Odessa Karlund accused the Tellmark coast guard of ramming two fishing"
              + " boats inside her country's waters and then filming the crews as they bailed.";
      assertThat(metadata.learntFrom(List.of(row(invented), OTHER)).orElseThrow())
          .as(name)
          .containsExactly(true, false);
    }
  }

  private static LabelledStatement row(String text) {
    return new LabelledStatement(text, text, Passage.of(text), "neutral");
  }
}
