package org.demarche.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.Serialized;
import org.demarche.Thrown;
import org.demarche.encoder.Encoder;
import org.demarche.model.store.ModelStore;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.demarche.training.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlendedModelTest {

  private static final List<Passage> PASSAGES =
      List.of(
          Passage.of("Tessaly accused Orsund of lying."),
          Passage.of("Tessaly thanked Orsund and agreed to talks."),
          Passage.of("The clerk counted nine ships in the harbour."),
          Passage.of("They denounced the blockade in the sharpest of words, and then left."),
          Passage.of("∑ ∑"),
          Passage.of(""));

  private final BlendedModel model = Examples.accurate();

  @Test
  void readsStatementsThatItHasNotSeen() {
    assertThat(model.predict(PASSAGES.get(0)).label()).isEqualTo("assertive");
    assertThat(model.predict(PASSAGES.get(1)).label()).isEqualTo("conciliatory");
    assertThat(model.profile()).isEqualTo(Profile.accurate);
    assertThat(model.table().profile()).isEqualTo(Profile.fast);
    assertThat(model.description())
        .startsWith("encoder e5-small-v2-q (")
        .contains(" %) and tribuo linear-svc on 60 labelled statements");
  }

  @Test
  void givesBackTheModelThatWasSaved(@TempDir Path folder) throws IOException {
    ModelStore.save(model, folder.resolve("m"));
    ScaleModel loaded = ModelStore.load(folder.resolve("m"), null);

    assertThat(loaded).isInstanceOf(BlendedModel.class);
    assertAnswersAlike(loaded);
    assertThat(loaded.metadata().settings())
        .isEqualTo(model.metadata().settings())
        .containsEntry("encoder", "e5-small-v2-q (f3e2c5bbf40dc8aa)");
    assertThat(loaded.metadata().steps())
        .extracting(ModelMetadata.Step::what)
        .containsExactly("encoder", "table", "encoder and table");
    assertThat(files(folder.resolve("m")))
        .containsExactly("MODEL_CARD.md", "encoder.bin", "model.json", "rows.bin", "weights.bin");
    ModelStore.save(loaded, folder.resolve("again"));
    assertSameFiles(folder.resolve("again"), folder.resolve("m"));
  }

  @Test
  void givesTheSameBytesWhenItIsTrainedAgain(@TempDir Path folder) throws IOException {
    ModelStore.save(model, folder.resolve("one"));
    ModelStore.save(Examples.trainAccurate(), folder.resolve("two"));
    assertSameFiles(folder.resolve("two"), folder.resolve("one"));
  }

  @Test
  void travelsThroughSerialization() throws Exception {
    assertAnswersAlike(Serialized.copyOf(model));
  }

  @Test
  void refusesFilesThatWereCutAnywhereOrHaveMoreBehind() {
    ModelFiles.of(model, null)
        .files()
        .forEach(
            (name, bytes) -> {
              // The last byte of model.json is the end of its line.
              for (int length = 0; length < bytes.length - 1; length += 1 + length / 50) {
                assertRefused(name, Arrays.copyOf(bytes, length));
              }
              for (int more : new int[] {1, 4, 9}) {
                if (!name.equals(ModelFiles.HEAD)) {
                  assertRefused(name, Arrays.copyOf(bytes, bytes.length + more));
                }
              }
            });
  }

  private void assertRefused(String name, byte[] bytes) {
    assertThatThrownBy(() -> with(name, bytes).toModel())
        .as("%s of %d bytes", name, bytes.length)
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE));
  }

  private ModelFiles with(String name, byte[] bytes) {
    Map<String, byte[]> files = new HashMap<>(ModelFiles.of(model, null).files());
    files.put(name, bytes);
    return new ModelFiles(files, null);
  }

  @Test
  void refusesFilesOfWhichOneByteIsDamaged() {
    ModelFiles.of(model, null)
        .files()
        .forEach(
            (name, bytes) -> {
              for (int at = 0; at < bytes.length; at += 1 + bytes.length / 300) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= 2;
                try {
                  ScaleModel read = with(name, damaged).toModel();
                  // A figure or a name that is told wrongly changes no answer.
                  assertThat(name).isEqualTo(ModelFiles.HEAD);
                  assertThat(read.predict(PASSAGES.get(0)).probabilities())
                      .containsExactly(model.predict(PASSAGES.get(0)).probabilities());
                } catch (DemarcheException expected) {
                  assertThat(expected.status()).isEqualTo(ExitStatus.MODEL_INCOMPATIBLE);
                  assertThat(expected.getMessage()).isNotBlank();
                }
              }
            });
  }

  @Test
  void refusesAProfileThatTheFilesDoNotFit(@TempDir Path folder) throws IOException {
    ModelStore.save(model, folder.resolve("accurate"));
    ModelStore.save(model.table(), folder.resolve("fast"));
    Files.move(folder.resolve("accurate/encoder.bin"), folder.resolve("fast/encoder.bin"));

    assertThatThrownBy(() -> ModelStore.load(folder.resolve("accurate"), null))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("model.json is of the profile accurate, but encoder.bin is missing;");
    assertThatThrownBy(() -> ModelStore.load(folder.resolve("fast"), null))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("model.json is of the profile fast, but encoder.bin is there;");
  }

  @Test
  void refusesAnEncoderOtherThanItsOwnAndNamesBoth(@TempDir Path folder) throws IOException {
    ModelStore.save(model, folder.resolve("m"));
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.write(other.resolve("model.onnx"), resource("/e5-small-v2-q.onnx"));
    byte[] vocabulary = resource("/e5-small-v2-q-tokenizer.json");
    vocabulary[1] = '\t'; // white space between "{" and the first field
    Files.write(other.resolve("tokenizer.json"), vocabulary);
    String otherId = Encoder.at(other).id();

    assertThat(otherId).isNotEqualTo(Encoder.bundled().id());
    assertThatThrownBy(() -> ModelStore.load(folder.resolve("m"), other.toString()))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("e5-small-v2-q (" + Encoder.bundled().id() + ")")
        .hasMessageContaining(other + " is " + otherId)
        .hasMessageContaining("--set encoder.directory=DIR");
    assertThatThrownBy(
            () -> ModelStore.load(folder.resolve("m"), folder.resolve("nowhere").toString()))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("This model needs the encoder e5-small-v2-q. There is no directory");
  }

  @Test
  void refusesAPartOfAnotherShape() {
    EncoderHead head = model.part().head();
    EncoderHead narrow =
        new EncoderHead(
            head.encoderName(),
            head.encoderId(),
            true,
            head.targets(),
            head.weights(),
            head.calibration());
    assertThatThrownBy(
            () ->
                new BlendedModel(
                    model.table(),
                    new EncoderPart(narrow, model.part().blend()),
                    model.metadata(),
                    null))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessage("encoder.bin has 1920 weights a label, but the encoder gives 3840 numbers");
  }

  @Test
  void answersTheSameWhateverIsAskedBeforeOrMeanwhile() {
    List<LabelDistribution> inOrder = PASSAGES.stream().map(model::predict).toList();
    List<Passage> turned = new ArrayList<>(PASSAGES);
    Collections.reverse(turned);
    List<LabelDistribution> reversed =
        new ArrayList<>(turned.stream().map(model::predict).toList());
    Collections.reverse(reversed);
    List<LabelDistribution> together =
        IntStream.range(0, 5 * PASSAGES.size())
            .parallel()
            .mapToObj(i -> model.predict(PASSAGES.get(i % PASSAGES.size())))
            .toList();

    assertThat(reversed).isEqualTo(inOrder);
    for (int i = 0; i < together.size(); i++) {
      assertThat(together.get(i)).isEqualTo(inOrder.get(i % PASSAGES.size()));
    }
  }

  @Test
  void explainsAnAnswerByWhatIsLostWithoutEachWord() {
    Explanation explanation = model.explain(PASSAGES.get(0));

    assertThat(explanation.distribution()).isEqualTo(model.predict(PASSAGES.get(0)));
    int assertive = Scales.STANCE.indexOf("assertive");
    double[] whole = model.predict(PASSAGES.get(0)).probabilities();
    double[] without =
        model.predict(Passage.of("Tessaly         Orsund of lying.")).probabilities();
    assertThat(explanation.words())
        .filteredOn(word -> word.text().equals("accused"))
        .singleElement()
        .satisfies(
            word ->
                assertThat(word.contributions()[assertive])
                    .isCloseTo(
                        Math.log(whole[assertive]) - Math.log(without[assertive]), within(1e-9)));
    double[] sum = explanation.priors().clone();
    for (Explanation.Word word : explanation.words()) {
      for (int label = 0; label < sum.length; label++) {
        sum[label] += word.contributions()[label];
      }
    }
    assertThat(sum).containsExactly(explanation.scores(), within(1e-9));
  }

  @Test
  void explainsWordsBehindTheEncodersLimitWithoutEncodingAnew() {
    Passage passage = Passage.of(("x".repeat(50) + " ").repeat(20) + "accused Orsund of lying");
    Explanation.Word last =
        model.explain(passage).words().stream().reduce((first, second) -> second).orElseThrow();
    assertThat(last.text()).isEqualTo("lying");
    String without = passage.text().substring(0, last.start()) + "     ";
    double[] whole = model.predict(passage).probabilities();
    double[] rest = model.predict(Passage.of(without)).probabilities();
    for (int label = 0; label < whole.length; label++) {
      assertThat(last.contributions()[label])
          .isEqualTo(StrictMath.log(whole[label]) - StrictMath.log(rest[label]));
    }
  }

  private void assertAnswersAlike(ScaleModel other) {
    assertThat(other.id()).isEqualTo(model.id());
    for (Passage passage : PASSAGES) {
      assertThat(other.predict(passage)).isEqualTo(model.predict(passage));
    }
    LabelledStatement known = Examples.stance().get(0);
    assertThat(other.predict(known.passage())).isEqualTo(model.predict(known.passage()));
  }

  private static void assertSameFiles(Path actual, Path expected) throws IOException {
    assertThat(files(actual)).isEqualTo(files(expected));
    for (String file : files(expected)) {
      assertThat(actual.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = BlendedModelTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
