package org.demarche.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {

  @TempDir private Path folder;

  @Test
  void tellsLocalPathsFromOthers() {
    assertThat(Storage.local("w")).hasValue(Path.of("w"));
    assertThat(Storage.local("file:/w")).hasValue(Path.of("/w"));
    assertThat(Storage.local("file:///a w")).hasValue(Path.of("/a w"));
    assertThat(Storage.local("news/a:/b")).hasValue(Path.of("news/a:/b"));
    assertThat(Storage.local("hdfs:///w")).isEmpty();
    assertThat(Storage.local("s3a://press/w")).isEmpty();
  }

  @Test
  void putsAWarehouseWithoutASchemeOnTheDefaultFileSystem() throws IOException {
    Configuration hadoop = FolderFileSystem.in(folder, new Configuration());
    assertThat(Storage.of(hadoop).qualified("/w")).isEqualTo("/w");
    hadoop.set("fs.defaultFS", "press://store");
    assertThat(Storage.of(hadoop).qualified("/w")).isEqualTo("press://store/w");
    assertThat(Storage.of(hadoop).qualified("w")).isEqualTo("press://store/w");
    assertThat(Storage.of(hadoop).qualified("file:/w")).isEqualTo("file:/w");
  }

  @Test
  void readsFromTheFileSystemsOfItsConfiguration() throws IOException {
    Storage storage = Storage.of(FolderFileSystem.in(folder, new Configuration()));
    Files.writeString(folder.resolve("a.conf"), "x = 1");

    assertThat(storage.text("press:///a.conf")).isEqualTo("x = 1");
    assertThat(storage.text(folder.resolve("a.conf").toString())).isEqualTo("x = 1");
    assertThat(storage.text("file:" + folder.resolve("a.conf"))).isEqualTo("x = 1");
  }

  @Test
  void tellsAMissingFileFromOneThatMayNotBeRead() throws IOException {
    Storage storage = Storage.of(FolderFileSystem.in(folder, new Configuration()));
    Files.writeString(folder.resolve("secret.conf"), "x = 1");
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThat(storage.find("press:///none.conf")).isEmpty();
    assertThat(storage.find(folder.resolve("none.conf").toString())).isEmpty();
    assertThat(storage.find(file + "/none.conf")).isEmpty();
    assertThatThrownBy(() -> storage.bytes("press:///none.conf"))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessage("There is no file press:///none.conf");
    assertThatThrownBy(() -> storage.find("press:///secret.conf"))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("press:///secret.conf cannot be read: permission denied");
  }
}
