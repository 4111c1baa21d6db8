package org.demarche.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.text.Sha256;

/** Hashes that identify a model and the rows it was trained on. */
public final class Digests {

  private Digests() {}

  /** Returns the first 16 hexadecimal digits of {@code digest}. */
  static String shortHex(byte[] digest) {
    return hex(digest).substring(0, 16);
  }

  /** Returns the id of the model that answers with {@code numbers} on {@code scale}. */
  static String modelId(Scale scale, byte[] numbers) {
    MessageDigest digest = Sha256.digest();
    digest.update(numbers);
    StringBuilder labels = new StringBuilder(scale.name());
    scale
        .labels()
        .forEach(
            l ->
                labels
                    .append('\u001f')
                    .append(l.name())
                    .append('=')
                    .append(Double.doubleToLongBits(l.value())));
    digest.update(labels.toString().getBytes(StandardCharsets.UTF_8));
    return shortHex(digest.digest());
  }

  /** Returns the SHA-256 of {@code passages} in their order, in hexadecimal. */
  public static String ofPassages(List<Passage> passages) {
    MessageDigest digest = Sha256.digest();
    for (Passage passage : passages) {
      digest.update((line(passage) + "\u001e").getBytes(StandardCharsets.UTF_8));
    }
    return hex(digest.digest());
  }

  private static String line(Passage passage) {
    return String.join(
        "\u001f",
        passage.text(),
        passage.target() == null ? "" : "=" + passage.target(),
        Integer.toString(passage.targetStart()),
        Integer.toString(passage.targetEnd()));
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  /**
   * Returns the SHA-256 of every field of {@code rows} that training reads, in hexadecimal; order
   * matters.
   */
  public static String of(List<LabelledStatement> rows) {
    MessageDigest digest = Sha256.digest();
    for (LabelledStatement row : rows) {
      String line = String.join("\u001f", row.id(), row.group(), line(row.passage()), row.label());
      digest.update((line + "\u001e").getBytes(StandardCharsets.UTF_8));
    }
    return hex(digest.digest());
  }
}
