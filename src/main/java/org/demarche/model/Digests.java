package org.demarche.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.demarche.scale.LabelledStatement;
import org.demarche.text.Sha256;

/** Hashes of content: what a model was made of, and which model it is. */
final class Digests {

  private Digests() {}

  /** Returns the name that {@code digest} gives to a model: its first 16 hexadecimal digits. */
  static String shortHex(byte[] digest) {
    return hex(digest).substring(0, 16);
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  /** Returns the digest of labelled statements in their order; every field that training reads. */
  static String of(List<LabelledStatement> rows) {
    MessageDigest digest = Sha256.digest();
    for (LabelledStatement row : rows) {
      String line =
          String.join(
              "\u001f",
              row.id(),
              row.group(),
              row.passage().text(),
              String.valueOf(row.passage().target()),
              Integer.toString(row.passage().targetStart()),
              Integer.toString(row.passage().targetEnd()),
              row.label());
      digest.update((line + "\u001e").getBytes(StandardCharsets.UTF_8));
    }
    return hex(digest.digest());
  }
}
