package org.demarche.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.demarche.text.Sha256;

/** Names things by what they are: the first 80 bits of SHA-256 over their parts. */
public final class RowIds {

  private static final int BYTES = 10;

  private RowIds() {}

  /**
   * Returns 20 hexadecimal digits that depend on every part and on where one ends and the next
   * begins; a null part differs from an empty one.
   */
  public static String of(String... parts) {
    MessageDigest digest = Sha256.digest();
    for (String part : parts) {
      byte[] bytes = part == null ? new byte[0] : part.getBytes(UTF_8);
      // The length first, so that no content can look like the end of a part; a null has none.
      int length = part == null ? -1 : bytes.length;
      for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        digest.update((byte) (length >> shift));
      }
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }
}
