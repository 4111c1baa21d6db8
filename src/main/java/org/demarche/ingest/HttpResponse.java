package org.demarche.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * An answer of a server as a crawler kept it.
 *
 * @param status such as 200
 * @param fields those of the header
 * @param body as it was sent: in chunks or not, packed or not
 */
record HttpResponse(int status, HeaderFields fields, byte[] body) {

  private static final Pattern STATUS = Pattern.compile("HTTP/[\\d.]+\\s+(\\d{3})\\b.*");

  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*[\"']?([\\w.:-]+)", Pattern.CASE_INSENSITIVE);

  /** Takes an answer apart; empty if the bytes are none. */
  static Optional<HttpResponse> of(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < bytes.length) {
      int end = lineEnd(bytes, start);
      String line =
          new String(bytes, start, end - start, StandardCharsets.ISO_8859_1).stripTrailing();
      start = Math.min(bytes.length, end + 1);
      if (line.isEmpty()) {
        break;
      }
      lines.add(line);
    }
    Matcher status = STATUS.matcher(lines.isEmpty() ? "" : lines.get(0));
    return status.matches()
        ? Optional.of(
            new HttpResponse(
                Integer.parseInt(status.group(1)),
                new HeaderFields(lines.subList(1, lines.size())),
                Arrays.copyOfRange(bytes, start, bytes.length)))
        : Optional.empty();
  }

  private static int lineEnd(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /** Returns whether it is a page: HTML, by what the server says or else by how it begins. */
  boolean isPage() {
    String type = fields.get("content-type").orElse("").toLowerCase(Locale.ROOT);
    return type.isEmpty() || type.contains("html");
  }

  /** Returns the encoding that the server names, if there is such a one. */
  Optional<Charset> encoding() {
    Matcher named = CHARSET.matcher(fields.get("content-type").orElse(""));
    return named.find() ? Encodings.ofWeb(named.group(1)) : Optional.empty();
  }

  /**
   * Returns the body without chunks and unpacked. Crawlers often unpack it and keep the header, so
   * what is not packed stays as it is.
   *
   * @param most how many bytes it may have
   * @throws IOException if it is damaged
   * @throws InputBytes.BombException if it has more
   */
  byte[] content(int most) throws IOException {
    byte[] content = body;
    if (fields.get("transfer-encoding").orElse("").toLowerCase(Locale.ROOT).contains("chunked")) {
      content = withoutChunks(content);
    }
    String[] packings =
        fields.get("content-encoding").orElse("").toLowerCase(Locale.ROOT).split(",");
    for (int i = packings.length - 1; i >= 0; i--) {
      content = unpacked(packings[i].strip(), content, most);
    }
    return content;
  }

  private static byte[] withoutChunks(byte[] chunked) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(chunked.length);
    int at = 0;
    while (at < chunked.length) {
      int end = lineEnd(chunked, at);
      String line =
          new String(chunked, at, Math.min(end - at, 40), StandardCharsets.ISO_8859_1)
              .replaceFirst(";.*", "")
              .strip();
      int size;
      try {
        size = Integer.parseInt(line, 16);
      } catch (NumberFormatException e) {
        if (at == 0) {
          return chunked;
        }
        throw new IOException("the chunks of the body are damaged");
      }
      if (size == 0) {
        return whole.toByteArray();
      }
      at = end + 1;
      if (size < 0 || size > chunked.length - at) {
        throw new IOException("the last chunk of the body is cut off");
      }
      whole.write(chunked, at, size);
      at += size;
      at = lineEnd(chunked, at) + 1;
    }
    throw new IOException("the last chunk of the body is missing");
  }

  private static byte[] unpacked(String packing, byte[] packed, int most) throws IOException {
    try {
      InputStream in = new ByteArrayInputStream(packed);
      InputStream out =
          switch (packing) {
            // Some crawlers unpack a body and keep the header that says it is packed.
            case "gzip", "x-gzip" -> isGzip(packed) ? Packing.GZIP.unpacked(in) : in;
            case "deflate" -> inflated(in, packed);
            case "br" -> Packing.BROTLI.unpacked(in);
            case "zstd" -> Packing.ZSTD.unpacked(in);
            default -> in;
          };
      byte[] whole = out.readNBytes(most);
      if (whole.length == most && out.read() >= 0) {
        throw new InputBytes.BombException("the body has more than %d bytes".formatted(most));
      }
      return whole.length == 0 && isPlain(packed) ? packed : whole;
    } catch (InputBytes.BombException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (isPlain(packed)) {
        return packed;
      }
      throw new IOException("the body is damaged: " + e.getMessage(), e);
    }
  }

  private static boolean isGzip(byte[] body) {
    return body.length > 1 && body[0] == 0x1F && body[1] == (byte) 0x8B;
  }

  /** Returns whether a body begins as a page does that is not packed, or not any more. */
  private static boolean isPlain(byte[] body) {
    int start = Encodings.mark(body).map(Encodings.Mark::bytes).orElse(0);
    while (start < body.length && Character.isWhitespace(body[start])) {
      start++;
    }
    return start < body.length && body[start] == '<';
  }

  /** Some servers send deflate with the header of zlib, others without. */
  private static InputStream inflated(InputStream in, byte[] packed) {
    boolean isZlib =
        packed.length > 1
            && (packed[0] & 0x0F) == 8
            && ((packed[0] & 0xFF) << 8 | packed[1] & 0xFF) % 31 == 0;
    return new InflaterInputStream(in, new Inflater(!isZlib));
  }
}
