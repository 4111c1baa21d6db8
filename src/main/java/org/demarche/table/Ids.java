package org.demarche.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names things by what they are: the first 80 bits of SHA-256 over their parts. */
public final class Ids {

  private static final int BYTES = 10;

  private Ids() {}

  /**
   * Returns 20 hexadecimal digits that depend on every part and on where one ends and the next
   * begins; a null part differs from an empty one.
   */
  public static String of(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      if (part == null) {
        digest.update((byte) 1);
      } else {
        digest.update(part.getBytes(UTF_8));
        digest.update((byte) 0);
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
