package org.demarche.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {

  @TempDir private Path folder;

  @Test
  void makesMissingFoldersAndReplacesAFile() throws IOException {
    Path out = folder.resolve("a/b/report.html");
    OutputFile.write(out, "one");
    OutputFile.write(out, "two");
    assertThat(out).hasContent("two");
    try (var files = Files.list(out.getParent())) {
      assertThat(files).containsExactly(out);
    }
  }

  @Test
  void givesTheFileTheRightsOfAnyOther() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "x");
    Path out = folder.resolve("report.html");
    OutputFile.write(out, "x");
    assertThat(Files.getPosixFilePermissions(out))
        .isEqualTo(Files.getPosixFilePermissions(other))
        .contains(PosixFilePermission.OWNER_READ);
  }

  @Test
  void replacesAFileOfAStorageWholeOrNotAtAll() throws IOException {
    FileSystem files = new RawLocalFileSystem();
    files.initialize(URI.create("file:///"), new Configuration());
    org.apache.hadoop.fs.Path out =
        new org.apache.hadoop.fs.Path(folder.resolve("a/scores.csv").toUri());
    OutputFile.write(files, out, bytes -> bytes.write('1'));
    OutputFile.write(files, out, bytes -> bytes.write('2'));
    assertThatThrownBy(
            () ->
                OutputFile.write(
                    files,
                    out,
                    bytes -> {
                      bytes.write('3');
                      throw new IOException("the disk is full");
                    }))
        .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
        .hasMessageContaining("the disk is full");
    try (var left = Files.list(folder.resolve("a"))) {
      assertThat(left).containsExactly(folder.resolve("a/scores.csv"));
    }
    assertThat(folder.resolve("a/scores.csv")).hasContent("2");
  }

  @Test
  void looksWithoutMakingAnything() {
    OutputFile.check(folder.resolve("a/b/c"));
    assertThat(folder.resolve("a")).doesNotExist();
    assertThatThrownBy(() -> OutputFile.check(folder))
        .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
        .hasMessage("Cannot write %s: it is a folder", folder);
  }

  @Test
  void keepsTheOldFileWhereTheNewOneCannotBeMovedThere() throws IOException {
    FileSystem files =
        new RawLocalFileSystem() {
          @Override
          public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
              throws IOException {
            return !from.getName().endsWith(".draft") && super.rename(from, to);
          }
        };
    files.initialize(URI.create("file:///"), new Configuration());
    Path old = Files.writeString(folder.resolve("scores.csv"), "1");
    assertThatThrownBy(
            () ->
                OutputFile.write(
                    files, new org.apache.hadoop.fs.Path(old.toUri()), out -> out.write('2')))
        .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
        .hasMessageContaining("cannot move");
    assertThat(old).hasContent("1");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(old);
    }
  }
}
