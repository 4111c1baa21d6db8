package org.demarche.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderTest {

  private static final List<String> TEXTS =
      List.of(
          "We will wait for the harbour board to answer.",
          "The bill sells the harbour twice, and Mr. Moor knows it.",
          "",
          "Nobody asked us; nobody ever does, and we shall remember that in the spring.",
          "a",
          "Let us sit down, all of us, and read the fee table line by line.");

  @Test
  void comesWithNameIdAndWidth() {
    assertThat(Encoder.bundled().name()).isEqualTo("e5-small-v2-q");
    assertThat(Encoder.bundled().id()).isEqualTo("f3e2c5bbf40dc8aa");
    assertThat(Encoder.bundled().width()).isEqualTo(5 * 384);
    assertThat(Encoder.bundled().encode("We will wait.").mean()).hasSize(5 * 384);
    assertThat(Encoder.bundled()).isSameAs(Encoder.bundled());
  }

  @Test
  void tellsLikeFromUnlike() {
    float[] wait = mean("We are ready to talk and to compromise.");
    float[] talk = mean("They offered to sit down and find a middle way.");
    float[] rain = mean("Rain fell on 12 of 30 days, twice the usual amount.");

    assertThat(cosine(wait, talk)).isGreaterThan(cosine(wait, rain));
  }

  @Test
  void runsOnceForATextThatIsAskedForTwiceInARow() {
    Encoding once = Encoder.bundled().encode(TEXTS.get(0));

    assertThat(Encoder.bundled().encode(TEXTS.get(0))).isSameAs(once);
    assertThat(Encoder.bundled().encode(TEXTS.get(1)).mean()).isNotEqualTo(once.mean());
  }

  @Test
  void givesTheSameNumbersWhateverElseIsEncodedMeanwhile() throws Exception {
    List<float[]> alone = new ArrayList<>();
    for (String text : TEXTS) {
      alone.add(mean(text));
    }

    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<float[]>> together = new ArrayList<>();
      for (int i = 0; i < 10 * TEXTS.size(); i++) {
        String text = TEXTS.get(i * 5 % TEXTS.size());
        together.add(threads.submit(() -> mean(text)));
      }
      for (int i = 0; i < together.size(); i++) {
        assertThat(together.get(i).get()).containsExactly(alone.get(i * 5 % TEXTS.size()));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void averagesOverTheTokensOfATarget() {
    String text = "Moor praised the board, and Reed blamed the port.";
    Encoding encoding = Encoder.bundled().encode(text);

    float[] moor = encoding.mean(0, 4);
    float[] reed = encoding.mean(28, 32);

    assertThat(moor).hasSize(Encoder.bundled().width()).isNotEqualTo(reed);
    assertThat(moor).isNotEqualTo(encoding.mean());
    // A part of a word stands for the word.
    assertThat(encoding.mean(1, 2)).containsExactly(moor);
    // Space between words is no token, so that all count.
    assertThat(encoding.mean(4, 5)).containsExactly(encoding.mean());
    assertThatThrownBy(() -> encoding.mean(5, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> encoding.mean(-1, 4)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cutsALongText() {
    String text = "the harbour board ".repeat(2_000) + "Reed";
    Encoding encoding = Encoder.bundled().encode(text);

    assertThat(encoding.mean(text.length() - 4, text.length())).containsExactly(encoding.mean());
    String read = text.substring(0, encoding.end());
    assertThat(Encoder.bundled().encode(read).mean()).containsExactly(encoding.mean());
    assertThat(Encoder.bundled().encode("So it is. ").end()).isEqualTo(9);
    assertThat(Encoder.bundled().encode("").end()).isZero();
  }

  @Test
  void takesAnyText() {
    for (String text :
        List.of("", " ", "\u0000", "\uD83D", "x\uDC00y", "a".repeat(10_000), "港口", "\u0301")) {
      Encoding encoding = Encoder.bundled().encode(text);
      for (float number : encoding.mean()) {
        assertThat(number).isFinite();
      }
    }
  }

  @Test
  void readsADirectoryOfTheUsers(@TempDir Path directory) throws IOException {
    copyTo(directory);

    Encoder own = Encoder.at(directory);

    assertThat(own.id()).isEqualTo(Encoder.bundled().id());
    assertThat(own.name()).isEqualTo(directory.getFileName().toString());
    assertThat(own.encode(TEXTS.get(0)).mean()).containsExactly(mean(TEXTS.get(0)));
    assertThat(Encoder.at(directory.resolve("../" + directory.getFileName()))).isSameAs(own);
  }

  @Test
  void saysWhatADirectoryLacks(@TempDir Path directory) throws IOException {
    assertThatThrownBy(() -> Encoder.at(directory.resolve("absent")))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("There is no directory");
    assertThatThrownBy(() -> Encoder.at(directory))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("has no model.onnx");

    Files.writeString(directory.resolve("model.onnx"), "not a model");
    assertThatThrownBy(() -> Encoder.at(directory))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("neither tokenizer.json nor vocab.txt");

    Files.writeString(directory.resolve("vocab.txt"), "[UNK]\n[CLS]\n");
    assertThatThrownBy(() -> Encoder.at(directory))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("vocab.txt cannot be used: the vocabulary has no [SEP]");

    Files.writeString(directory.resolve("vocab.txt"), "[UNK]\n[CLS]\n[SEP]\n");
    assertThatThrownBy(() -> Encoder.at(directory))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("cannot be used: it is not an ONNX model");
  }

  @Test
  void saysThatItsJarIsAbsent(@TempDir Path directory) throws Exception {
    copyTo(directory);
    try (URLClassLoader slim = loader(Encoder.class, ObjectMapper.class)) {
      assertThat(failure(slim, null)).contains("not on the class path: add demarche-encoder.jar");
      assertThat(failure(slim, directory))
          .contains("not on the class path: add demarche-encoder.jar");
    }
  }

  @Test
  void saysThatThereIsNoLibraryForThePlatform(@TempDir Path directory) throws Exception {
    copyTo(directory);
    String before = System.setProperty("os.arch", "riscv64");
    try (URLClassLoader foreign = loader(Encoder.class, ObjectMapper.class, OrtSession.class)) {
      assertThat(failure(foreign, directory)).contains("ONNX Runtime does not run here");
      // Asked once more, a JVM that could not load a class says so in another way.
      assertThat(failure(foreign, directory)).contains("ONNX Runtime does not run here");
    } finally {
      System.setProperty("os.arch", before);
    }
  }

  /** Calls a class of the same name that another loader has loaded, and returns what it says. */
  private static String failure(ClassLoader loader, Path directory) throws Exception {
    Class<?> encoder = loader.loadClass(Encoder.class.getName());
    try {
      if (directory == null) {
        encoder.getMethod("bundled").invoke(null);
      } else {
        encoder.getMethod("at", Path.class).invoke(null, directory);
      }
      throw new AssertionError("There is an encoder");
    } catch (InvocationTargetException e) {
      return e.getCause().toString();
    }
  }

  private static URLClassLoader loader(Class<?>... classes) {
    URL[] places =
        Stream.concat(Stream.of(classes), Stream.of(JsonFactory.class, JsonProperty.class))
            .map(known -> known.getProtectionDomain().getCodeSource().getLocation())
            .toArray(URL[]::new);
    return new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
  }

  private static void copyTo(Path directory) throws IOException {
    copy("/e5-small-v2-q.onnx", directory.resolve("model.onnx"));
    copy("/e5-small-v2-q-tokenizer.json", directory.resolve("tokenizer.json"));
  }

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream in = EncoderTest.class.getResourceAsStream(resource)) {
      Files.copy(in, file);
    }
  }

  private static float[] mean(String text) {
    return Encoder.bundled().encode(text).mean();
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
