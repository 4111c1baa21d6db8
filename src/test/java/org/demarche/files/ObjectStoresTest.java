package org.demarche.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStoresTest {

  /** An Azure storage account with a hierarchical namespace. */
  public static final class Hierarchical extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("abfss://press@account/");
    }

    @Override
    public boolean hasPathCapability(Path path, String capability) {
      return capability.equals(CommonPathCapabilities.ETAGS_PRESERVED_IN_RENAME);
    }
  }

  @TempDir private java.nio.file.Path folder;

  @Test
  void areKnownByTheirScheme() throws IOException {
    Configuration hadoop = ObjectStoreFileSystem.in(folder, new Configuration());
    FolderFileSystem.in(folder, hadoop);
    assertThat(ObjectStores.has(new Path("s3a://press/w"), hadoop)).isTrue();
    assertThat(ObjectStores.has(new Path("press://store/w"), hadoop)).isFalse();
    assertThat(ObjectStores.has(new Path("file:///w"), hadoop)).isFalse();
    assertThat(ObjectStores.has(new Path("w"), hadoop)).isFalse();
  }

  @Test
  void areNotThoseWhereARenameIsOneStep() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.abfss.impl", Hierarchical.class.getName());
    assertThat(ObjectStores.has(new Path("abfss://press@account/w"), hadoop)).isFalse();
    hadoop.set("fs.abfss.impl", ObjectStoreFileSystem.class.getName());
    hadoop.set("fs.abfss.impl.disable.cache", "true");
    ObjectStoreFileSystem.in(folder, hadoop);
    assertThat(ObjectStores.has(new Path("abfss://press@account/w"), hadoop)).isTrue();
  }

  @Test
  void areRefusedInOneLineUnlessAccepted() throws IOException {
    Configuration hadoop = ObjectStoreFileSystem.in(folder, new Configuration());
    Path place = new Path("s3a://press/w");
    ObjectStores.check(place, hadoop, true);
    assertThatThrownBy(() -> ObjectStores.check(place, hadoop, false))
        .satisfies(Thrown.with(ExitStatus.USAGE))
        .hasMessageContainingAll("s3a://press/w", "a rename copies", "accept-object-store=true")
        .message()
        .hasLineCount(1);
  }
}
