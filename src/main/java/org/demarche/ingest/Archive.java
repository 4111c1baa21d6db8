package org.demarche.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/** The kinds of archives, which hold several files. */
enum Archive {
  ZIP {
    @Override
    Members open(InputStream in) {
      // Names in UTF-8, and extra fields with them. Stored members whose length follows them would
      // be kept in memory as a whole; they are rejected.
      ZipArchiveInputStream zip =
          new ZipArchiveInputStream(in, StandardCharsets.UTF_8.name(), true, false);
      return new Members(
          zip,
          () -> {
            ArchiveEntry next = zip.getNextEntry();
            return next instanceof ZipArchiveEntry entry
                ? new Member(
                    entry.getName(),
                    !entry.isDirectory() && !entry.isUnixSymlink(),
                    entry.getGeneralPurposeBit().usesEncryption()
                        ? "it is encrypted"
                        : zip.canReadEntryData(entry) ? null : "it is packed in an unknown way")
                : null;
          });
    }
  },
  TAR {
    @Override
    Members open(InputStream in) {
      BoundedBytes bounded = new BoundedBytes(in);
      TarArchiveInputStream tar = new TarArchiveInputStream(bounded, StandardCharsets.UTF_8.name());
      return new Members(
          tar,
          () -> {
            bounded.most = MOST_BETWEEN;
            ArchiveEntry next = tar.getNextEntry();
            bounded.most = Long.MAX_VALUE;
            return next instanceof TarArchiveEntry entry
                ? new Member(
                    entry.getName(),
                    entry.isFile() && !entry.isSymbolicLink() && !entry.isLink(),
                    null)
                : null;
          });
    }
  };

  private static final int TAR_MAGIC = 257;

  /** Between two members of tar, there are names and other attributes, which are kept in memory. */
  private static final long MOST_BETWEEN = 1 << 20;

  /** Fails where more is read than is allowed at the time. */
  private static final class BoundedBytes extends FilterInputStream {
    private long most = Long.MAX_VALUE;

    BoundedBytes(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      count(1);
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      count(n);
      return n;
    }

    @Override
    public long skip(long length) throws IOException {
      long n = super.skip(length);
      count(n);
      return n;
    }

    private void count(long bytes) throws IOException {
      most -= Math.max(0, bytes);
      if (most < 0) {
        throw new IOException(
            "the names of a member of tar have more than %d bytes".formatted(MOST_BETWEEN));
      }
    }
  }

  /**
   * A member of an archive.
   *
   * @param isFile whether it is neither a folder nor a link
   * @param fault why it cannot be read, or null
   */
  record Member(String name, boolean isFile, String fault) {}

  /** Moves to the next member; returns null at the end. */
  @FunctionalInterface
  interface Cursor {
    Member next() throws IOException;
  }

  /**
   * An open archive.
   *
   * @param bytes those of the member that the cursor is at
   */
  record Members(InputStream bytes, Cursor cursor) {}

  /** Returns the kind of archive that the first bytes of a file show; empty if it is none. */
  static Optional<Archive> of(byte[] head) {
    if (starts(head, 0, "PK\3\4") || starts(head, 0, "PK\5\6")) {
      return Optional.of(ZIP);
    }
    return starts(head, TAR_MAGIC, "ustar") ? Optional.of(TAR) : Optional.empty();
  }

  private static boolean starts(byte[] head, int offset, String magic) {
    for (int i = 0; i < magic.length(); i++) {
      if (offset + i >= head.length || head[offset + i] != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Opens an archive. */
  abstract Members open(InputStream in);
}
