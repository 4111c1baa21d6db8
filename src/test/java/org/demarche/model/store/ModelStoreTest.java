package org.demarche.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.demarche.ExitStatus;
import org.demarche.Serialized;
import org.demarche.Thrown;
import org.demarche.model.LinearModel;
import org.demarche.model.LinearParameters;
import org.demarche.model.ModelFiles;
import org.demarche.model.PriorShift;
import org.demarche.model.ScaleModel;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.demarche.training.Examples;
import org.demarche.training.TribuoTrainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelStoreTest {

  private LinearModel model;

  @BeforeAll
  void train() {
    model =
        (LinearModel)
            Examples.train(Examples.stance(), Scales.STANCE, TribuoTrainer.of("linear-svc"));
  }

  @Test
  void givesBackTheModelThatWasSaved(@TempDir Path folder) throws IOException {
    ModelStore.save(model, folder.resolve("m"));
    ScaleModel loaded = ModelStore.load(folder.resolve("m"), null);
    assertAnswersAlike(loaded);
    assertThat(loaded.metadata().trainingRows()).isEqualTo(Examples.stance().size());
    assertThat(loaded.metadata().settings()).isEqualTo(model.metadata().settings());
    assertThat(loaded.metadata().crossValidation().confusion())
        .isDeepEqualTo(model.metadata().crossValidation().confusion());
    assertThat(files(folder)).containsExactly("m");
    assertThat(files(folder.resolve("m")))
        .containsExactly("MODEL_CARD.md", "model.json", "rows.bin", "weights.bin");
  }

  @Test
  void writesTheSameBytesForTheSameStatements(@TempDir Path folder) throws IOException {
    ModelStore.save(model, folder.resolve("one"));
    ModelStore.save(
        Examples.train(Examples.stance(), Scales.STANCE, TribuoTrainer.of("linear-svc")),
        folder.resolve("two"));
    for (String file : files(folder.resolve("one"))) {
      assertThat(folder.resolve("two").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
  }

  @Test
  void savesAgainWhatWasLoadedWithoutAChange(@TempDir Path folder) throws IOException {
    ModelStore.save(model, folder.resolve("one"));
    ModelStore.save(
        (LinearModel) ModelStore.load(folder.resolve("one"), null), folder.resolve("two"));
    for (String file : files(folder.resolve("one"))) {
      assertThat(folder.resolve("two").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
  }

  @Test
  void writesTheBundledModelsAsTheyAre() throws IOException {
    for (String name : List.of("stance", "sentiment", "stance-accurate", "sentiment-accurate")) {
      ScaleModel bundled = ModelStore.loadBundled(name);
      for (var file : ModelFiles.of(bundled, null).files().entrySet()) {
        String resource = "/org/demarche/models/%s/%s".formatted(name, file.getKey());
        try (InputStream in = ModelStore.class.getResourceAsStream(resource)) {
          assertThat(file.getValue()).as(resource).isEqualTo(in.readAllBytes());
        }
      }
    }
  }

  @Test
  void replacesAModelButNothingElse(@TempDir Path folder) throws IOException {
    ModelStore.save(model, folder.resolve("m"));
    ModelStore.save(model, folder.resolve("m"));
    assertAnswersAlike(ModelStore.load(folder.resolve("m"), null));
    assertThat(files(folder)).containsExactly("m");

    Files.createDirectories(folder.resolve("letters"));
    Files.writeString(folder.resolve("letters/private.txt"), "keep me");
    assertThatThrownBy(() -> ModelStore.save(model, folder.resolve("letters")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("letters/private.txt")).exists();
  }

  @Test
  void sendsAModelThroughSerialization() throws Exception {
    assertAnswersAlike(Serialized.copyOf(model));
  }

  @Test
  void refusesAPlaceWithoutAModel(@TempDir Path folder) {
    assertThatThrownBy(() -> ModelStore.load(folder.resolve("none"), null))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("none");
    assertThatThrownBy(() -> ModelStore.loadBundled("../etc"))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE));
    assertThat(ModelStore.isBundled("no-such-model")).isFalse();
  }

  @Test
  void refusesWeightsOfWhichOneBitIsWrong() {
    byte[] bytes = model.parameters().toBytes();
    for (int from : new int[] {1, 2, 3}) {
      byte[] damaged = bytes.clone();
      damaged[bytes.length - from * bytes.length / 10] ^= 4;
      Map<String, byte[]> files = new HashMap<>(ModelFiles.of(model, null).files());
      assertThat(files.put("weights.bin", damaged)).isEqualTo(bytes);
      assertThatThrownBy(() -> new ModelFiles(files, null).toModel())
          .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE));
    }
  }

  @Test
  void refusesWeightsThatWereCutAnywhere() {
    byte[] weights = model.parameters().toBytes();
    for (int length = 0; length < weights.length; length += 1 + length / 3) {
      byte[] cut = Arrays.copyOf(weights, length);
      assertThatThrownBy(() -> LinearParameters.fromBytes(cut))
          .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE));
    }
    assertThatThrownBy(() -> new ModelFiles(Map.of(), null).toModel())
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE));
  }

  @Test
  void refusesAnotherVersionAndSaysWhich() {
    byte[] weights = model.parameters().toBytes();
    ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).putInt(12, 99);
    assertThatThrownBy(() -> LinearParameters.fromBytes(weights))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("99")
        .hasMessageContaining("train the model again");
  }

  /** The format of version 1, before weights were rounded: whatever else is in the file. */
  @Test
  void refusesAFileOfTheFirstFormatAndSaysWhatToDo(@TempDir Path folder) throws IOException {
    ModelStore.save(model, folder.resolve("m"));
    byte[] weights = model.parameters().toBytes();
    ByteBuffer first = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN);
    first.putInt(8, 1);
    Files.write(folder.resolve("m/weights.bin"), weights);
    Path head = folder.resolve("m/model.json");
    Files.writeString(head, Files.readString(head).replaceFirst("\"profile\" : \"fast\",", ""));
    assertThatThrownBy(() -> ModelStore.load(folder.resolve("m"), null))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessage(
            "Model %s: weights.bin has the format 1, this version of Demarche reads 2; train the"
                    .formatted(folder.resolve("m"))
                + " model again");
  }

  @Test
  void refusesAHeadThatLacksAField(@TempDir Path folder) throws IOException {
    ModelStore.save(model, folder.resolve("m"));
    Path head = folder.resolve("m/model.json");
    Files.writeString(head, Files.readString(head).replace("\"scale\"", "\"scales\""));
    assertThatThrownBy(() -> ModelStore.load(folder.resolve("m"), null))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("'scale' is missing");
    Files.writeString(head, "{");
    assertThatThrownBy(() -> ModelStore.load(folder.resolve("m"), null))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("model.json is not JSON: it is damaged or cut at line 1, column 2;");
  }

  @Test
  void letsOthersReadAModelAsTheyReadAnyDirectoryHere(@TempDir Path folder) throws IOException {
    Path usual = Files.createDirectory(folder.resolve("usual"));
    ModelStore.save(model, folder.resolve("m"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("m")))
        .isEqualTo(Files.getPosixFilePermissions(usual));
  }

  private void assertAnswersAlike(ScaleModel other) {
    assertThat(other.id()).isEqualTo(model.id());
    for (LabelledStatement row : Examples.stance()) {
      assertThat(other.predict(row.passage())).isEqualTo(model.predict(row.passage()));
    }
    assertThat(other.predict(Passage.of("")).probabilities())
        .containsExactly(model.predict(Passage.of("")).probabilities());
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesTheSameTextsInEveryLanguage(@TempDir Path folder) throws IOException {
    ModelStore.save(model, folder.resolve("one"));
    String description = model.description();
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      ModelStore.save(model, folder.resolve("two"));
      assertThat(model.description()).isEqualTo(description);
      assertThat(PriorShift.shown(Scales.STANCE, new double[] {.25, .25, .5})).contains(" .25, ");
    } finally {
      Locale.setDefault(before);
    }
    assertThat(folder.resolve("two/MODEL_CARD.md"))
        .hasSameBinaryContentAs(folder.resolve("one/MODEL_CARD.md"));
  }
}
