package org.demarche.pipeline;

import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.demarche.files.Storage;

/**
 * A Parquet file that remembers whether its storage failed. Parquet's exceptions do not tell a
 * damaged file from failing storage. A damaged file becomes a reject; failing storage stops the
 * run, which can then be repeated.
 */
final class WatchedInput implements InputFile {

  /** A local file. The JDK opens it, because a path of Hadoop cannot hold every name. */
  private record LocalFile(Path path) implements InputFile {

    @Override
    public long getLength() throws IOException {
      return Files.size(path);
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
      FileInputStream stored = new FileInputStream(path.toFile());
      return new DelegatingSeekableInputStream(stored) {
        @Override
        public long getPos() throws IOException {
          return stored.getChannel().position();
        }

        @Override
        public void seek(long position) throws IOException {
          stored.getChannel().position(position);
        }
      };
    }
  }

  private final String path;
  private final InputFile file;
  private IOException failure;

  private WatchedInput(String path, InputFile file) {
    this.path = path;
    this.file = file;
  }

  static WatchedInput of(String path, Configuration hadoop) throws IOException {
    Optional<Path> local = Storage.local(path);
    return new WatchedInput(
        path,
        local.isPresent()
            ? new LocalFile(local.get())
            : HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(path), hadoop));
  }

  @Override
  public long getLength() throws IOException {
    return noting(file::getLength);
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    SeekableInputStream stored = noting(file::newStream);
    InputStream noted =
        new FilterInputStream(stored) {
          @Override
          public int read() throws IOException {
            return noting(in::read);
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return noting(() -> in.read(bytes, offset, length));
          }
        };
    return new DelegatingSeekableInputStream(noted) {
      @Override
      public long getPos() throws IOException {
        return stored.getPos();
      }

      @Override
      public void seek(long position) throws IOException {
        // A seek beyond the end means a damaged footer, not failing storage.
        stored.seek(position);
      }
    };
  }

  /**
   * Returns the exception for a damaged file.
   *
   * @throws IOException if the storage failed
   */
  ParquetRows.DamagedException damage(Throwable fault) throws IOException {
    if (failure != null) {
      throw failure;
    }
    return ParquetRows.DamagedException.of(fault);
  }

  @Override
  public String toString() {
    return path;
  }

  @FunctionalInterface
  private interface Access<T> {
    T get() throws IOException;
  }

  private <T> T noting(Access<T> access) throws IOException {
    try {
      return access.get();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
