package org.demarche.encoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.text.Sha256;

/**
 * A small pretrained sentence encoder: it runs a text through a transformer and returns the outputs
 * of some layers as numbers for a classifier.
 *
 * <p>These are the outputs of layers 5, 7, 9, 10 and 12 of twelve, or of corresponding layers if a
 * model has more or fewer; of a model whose layers have unknown names, only the last one. A text is
 * cut at 256 word pieces with the marks of beginning and end, or at the number of positions of the
 * model if that is smaller.
 *
 * <p>The numbers do not depend on other texts. Their last digits differ between types of
 * processors, which multiply integers in different ways.
 *
 * <p>There is one encoder per model and JVM. All threads share it, and it is closed when the JVM
 * ends. It uses about 240 MB outside the Java heap.
 */
public final class Encoder {

  private static final String BUNDLED = "e5-small-v2-q";
  private static final int LONGEST = 256;

  /** Encoders by their real directory; the bundled one has the key {@code null}. */
  private static final Map<Path, Encoder> LOADED = new HashMap<>();

  private final String name;
  private final String id;
  private final WordPiece wordPiece;
  private final OnnxSession session;
  private final int longest;
  private final int width;

  /** What each thread encoded last. Several scales or targets need the same text in a row. */
  private final ThreadLocal<Encoded> last = new ThreadLocal<>();

  private record Encoded(String text, Encoding encoding) {}

  private Encoder(String name, byte[] bytes, byte[] vocabulary, WordPiece wordPiece) {
    this.name = name;
    this.wordPiece = wordPiece;
    MessageDigest digest = Sha256.digest();
    digest.update(bytes);
    digest.update(vocabulary);
    this.id = HexFormat.of().formatHex(digest.digest(), 0, 8);
    OnnxModel model = new OnnxModel(bytes);
    this.longest = Math.min(LONGEST, model.positions());
    List<String> inner = model.innerOutputs();
    this.session = new OnnxSession(model.withOutputs(inner), inner);
    try {
      // The width is known only after a run; a model that cannot run fails here.
      this.width = encode("").mean().length;
      Runtime.getRuntime().addShutdownHook(new Thread(session::close, "close encoder " + name));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * Returns the bundled encoder, e5-small-v2 with 8-bit weights (Wang et al., <em>Text Embeddings
   * by Weakly-Supervised Contrastive Pre-training</em>). The first call takes about a second.
   *
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if its jar is not on the
   *     class path, or ONNX Runtime does not run on this platform
   */
  public static Encoder bundled() {
    synchronized (LOADED) {
      Encoder encoder = LOADED.get(null);
      if (encoder == null) {
        byte[] model = resource(BUNDLED + ".onnx");
        byte[] vocabulary = resource(BUNDLED + "-tokenizer.json");
        encoder = load(BUNDLED, model, vocabulary, WordPiece.ofJson(vocabulary));
        LOADED.put(null, encoder);
      }
      return encoder;
    }
  }

  /**
   * Returns the encoder in {@code directory}, or the bundled one if that is null.
   *
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) as {@link #at} and {@link
   *     #bundled}
   */
  public static Encoder of(String directory) {
    return directory == null ? bundled() : at(Path.of(directory));
  }

  /**
   * Returns the encoder in a directory of the user: {@code model.onnx}, a BERT model with all its
   * weights in that file, and {@code tokenizer.json} or else {@code vocab.txt}. Files that change
   * later are not read again.
   *
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if a file is missing or
   *     unsuitable, or ONNX Runtime is not on the class path or does not run on this platform
   */
  public static Encoder at(Path directory) {
    Path real;
    try {
      real = directory.toRealPath();
    } catch (IOException e) {
      throw DemarcheException.modelIncompatible(
          "There is no directory %s: give one with model.onnx and tokenizer.json"
              .formatted(directory),
          e);
    }
    synchronized (LOADED) {
      Encoder encoder = LOADED.get(real);
      if (encoder == null) {
        encoder = read(real);
        LOADED.put(real, encoder);
      }
      return encoder;
    }
  }

  private static Encoder read(Path directory) {
    Path model = directory.resolve("model.onnx");
    Path json = directory.resolve("tokenizer.json");
    Path lines = directory.resolve("vocab.txt");
    if (!Files.isRegularFile(model)) {
      throw DemarcheException.modelIncompatible(
          "%s has no model.onnx: export the encoder to ONNX, and put it there"
              .formatted(directory));
    }
    if (!Files.isRegularFile(json) && !Files.isRegularFile(lines)) {
      throw DemarcheException.modelIncompatible(
          "%s has neither tokenizer.json nor vocab.txt: put the model's own there"
              .formatted(directory));
    }
    Path vocabularyFile = Files.isRegularFile(json) ? json : lines;
    byte[] vocabulary = bytes(vocabularyFile);
    WordPiece wordPiece;
    try {
      wordPiece =
          vocabularyFile.equals(json)
              ? WordPiece.ofJson(vocabulary)
              : WordPiece.ofLines(new String(vocabulary, UTF_8).lines().toList());
    } catch (IllegalArgumentException e) {
      throw DemarcheException.modelIncompatible(
          "%s cannot be used: %s".formatted(vocabularyFile, e.getMessage()), e);
    }
    Path last = directory.getFileName();
    return load(last == null ? "/" : last.toString(), bytes(model), vocabulary, wordPiece);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw DemarcheException.modelIncompatible(
          "%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static byte[] resource(String file) {
    try (InputStream in = Encoder.class.getResourceAsStream("/" + file)) {
      if (in == null) {
        throw absent(null);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s from the class path".formatted(file), e);
    }
  }

  private static Encoder load(String name, byte[] model, byte[] vocabulary, WordPiece wordPiece) {
    try {
      return new Encoder(name, model, vocabulary, wordPiece);
    } catch (LinkageError e) {
      throw Encoder.class.getResource("/ai/onnxruntime/OrtSession.class") == null
          ? absent(e)
          : DemarcheException.modelIncompatible(
              ("ONNX Runtime does not run here (%s, %s): it needs Linux with glibc or macOS, or Windows"
                      + " on x64, and a java.io.tmpdir that allows libraries; use a fast model"
                      + " where it does not run")
                  .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
              e);
    } catch (UncheckedIOException e) {
      throw DemarcheException.modelIncompatible(
          "%s in %s: make room there, or name another directory by -Djava.io.tmpdir (%s)"
              .formatted(
                  e.getMessage(), System.getProperty("java.io.tmpdir"), e.getCause().getMessage()),
          e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw DemarcheException.modelIncompatible(
          "The encoder %s cannot be used: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static DemarcheException absent(Throwable cause) {
    return DemarcheException.modelIncompatible(
        "The encoder is not on the class path: add demarche-encoder.jar, which the build puts beside"
            + " demarche.jar (spark-submit: --jars target/demarche-encoder.jar)",
        cause);
  }

  /**
   * Returns an id of the content: the first 16 hexadecimal digits of the SHA-256 of model and
   * vocabulary.
   */
  public String id() {
    return id;
  }

  /** Returns {@code e5-small-v2-q}, or the name of the user's directory. */
  public String name() {
    return name;
  }

  /** Returns the length of a mean, layers × numbers per layer: 1,920 for the bundled encoder. */
  public int width() {
    return width;
  }

  /**
   * Encodes one text of any length and content, in a few milliseconds. Threads do not wait for each
   * other.
   *
   * @throws IllegalStateException if the JVM is ending
   */
  public Encoding encode(String text) {
    Encoded before = last.get();
    if (before != null && before.text().equals(text)) {
      return before.encoding();
    }
    Pieces pieces = wordPiece.split(text, longest);
    Encoding encoding = new Encoding(pieces, session.run(pieces.ids()));
    last.set(new Encoded(text, encoding));
    return encoding;
  }
}
