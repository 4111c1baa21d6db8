package org.demarche.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
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
  void looksWithoutMakingAnything() {
    OutputFile.check(folder.resolve("a/b/c"));
    assertThat(folder.resolve("a")).doesNotExist();
    assertThatThrownBy(() -> OutputFile.check(folder))
        .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
        .hasMessage("Cannot write %s: it is a folder", folder);
  }
}
