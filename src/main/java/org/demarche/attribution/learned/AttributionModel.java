package org.demarche.attribution.learned;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.demarche.DemarcheException;
import org.demarche.text.Sha256;

/**
 * A tagger and the arbiter that was trained on what it finds. Immutable; safe to share between
 * threads. It takes about 3 MB of memory.
 *
 * @param id the first 16 hexadecimal digits of the SHA-256 of the file
 */
public record AttributionModel(Tagger tagger, Arbiter arbiter, String id) implements Serializable {

  /** The name of the file of a model. */
  public static final String FILE = "attribution.bin.gz";

  /**
   * The first eight bytes of the unpacked file. The last is the version: raise it when a feature, a
   * class of the lexicon or the name of a rule changes, since models that were trained before no
   * longer fit.
   */
  private static final long KIND = 0x44454D4154545232L; // DEMATTR2

  /** Reads the bundled model when it is first asked for. */
  private static final class Bundled {
    static final AttributionModel INSTANCE = read();

    private static AttributionModel read() {
      try (InputStream in = AttributionModel.class.getResourceAsStream(FILE)) {
        return in == null ? null : fromBytes(in.readAllBytes(), "The bundled model");
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the bundled model of attribution", e);
      }
    }
  }

  /** Returns the bundled model, or null if the jar was built without it. */
  public static AttributionModel bundled() {
    return Bundled.INSTANCE;
  }

  /** Returns a model of a tagger and its arbiter. */
  public static AttributionModel of(Tagger tagger, Arbiter arbiter) {
    return new AttributionModel(
        tagger, arbiter, Sha256.hex(bytes(tagger, arbiter)).substring(0, 16));
  }

  /** Returns the content of the file; the same model gives the same bytes. */
  public byte[] toBytes() {
    return bytes(tagger, arbiter);
  }

  /** Serializes the bytes of the file, which are smaller than the object. */
  private Object writeReplace() {
    return new Bytes(toBytes());
  }

  private record Bytes(byte[] bytes) implements Serializable {

    private Object readResolve() {
      return fromBytes(bytes, "The model of attribution");
    }
  }

  private static byte[] bytes(Tagger tagger, Arbiter arbiter) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      out.writeLong(KIND);
      tagger.write(out);
      arbiter.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Returns whether a file that begins with {@code head} is a model of this or another version. */
  public static boolean isModel(byte[] head) {
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(head)))) {
      return in.readLong() >> Byte.SIZE == KIND >> Byte.SIZE;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads a model.
   *
   * @param name how messages call it
   * @throws DemarcheException if the bytes are no model of this version, or damaged
   */
  public static AttributionModel fromBytes(byte[] bytes, String name) {
    try (GZIPInputStream packed = new GZIPInputStream(new ByteArrayInputStream(bytes));
        // All is unpacked first: at its end gzip tells whether a byte was damaged.
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed.readAllBytes()))) {
      if (in.readLong() != KIND) {
        throw new IOException("it is another kind of file, or of another version");
      }
      Tagger tagger = Tagger.read(in);
      Arbiter arbiter = Arbiter.read(in);
      if (in.read() >= 0) {
        throw new IOException("it goes on behind its end");
      }
      return new AttributionModel(tagger, arbiter, Sha256.hex(bytes).substring(0, 16));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      String why = e.getMessage() == null ? "it ends too early" : e.getMessage();
      throw DemarcheException.modelIncompatible(
          "%s cannot be used: %s; train it again with demarche train-attribution"
              .formatted(name, why),
          e);
    }
  }
}
