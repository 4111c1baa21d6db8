package org.demarche.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests in hexadecimal digits, used as ids of content. */
public final class Sha256 {

  private static final int ID_BYTES = 10;

  private Sha256() {}

  /** Returns a new digest, for content that comes in pieces. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Returns the 64 digits of the digest of {@code content}. */
  public static String hex(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  /** Returns the first {@code 2 × bytes} digits of the digest of {@code text} in UTF-8. */
  public static String hex(String text, int bytes) {
    return HexFormat.of().formatHex(digest().digest(text.getBytes(UTF_8)), 0, bytes);
  }

  /**
   * Returns 20 digits that depend on every part and on where one ends and the next begins; a null
   * part differs from an empty one.
   */
  public static String id(String... parts) {
    MessageDigest digest = digest();
    for (String part : parts) {
      byte[] bytes = part == null ? new byte[0] : part.getBytes(UTF_8);
      // The length first, so that no content can look like the end of a part; a null has none.
      digest.update(
          ByteBuffer.allocate(Integer.BYTES).putInt(part == null ? -1 : bytes.length).flip());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
  }
}
