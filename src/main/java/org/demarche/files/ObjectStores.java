package org.demarche.files;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.Path;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;

/**
 * Recognises object stores. There the rename of a folder copies and deletes its files one by one,
 * and a process that dies meanwhile leaves a part of them in each place.
 */
public final class ObjectStores {

  private static final Set<String> SCHEMES =
      Set.of(
          "s3", "s3a", "s3n", "gs", "abfs", "abfss", "wasb", "wasbs", "oss", "cos", "cosn", "obs",
          "oci", "swift");

  private ObjectStores() {}

  /** Returns whether {@code place}, a path with its scheme, is in an object store. */
  public static boolean has(Path place, Configuration hadoop) throws IOException {
    String scheme = place.toUri().getScheme();
    // Azure has this capability where folders are real (with a hierarchical namespace): a file that
    // keeps its tag was not copied.
    return scheme != null
        && SCHEMES.contains(scheme)
        && !place
            .getFileSystem(hadoop)
            .hasPathCapability(place, CommonPathCapabilities.ETAGS_PRESERVED_IN_RENAME);
  }

  /**
   * Checks that the warehouse {@code place} is not in an object store, unless the user accepts
   * that.
   *
   * @throws DemarcheException ({@link ExitStatus#USAGE}) if it is
   */
  public static void check(Path place, Configuration hadoop, boolean isAccepted)
      throws IOException {
    if (!isAccepted && has(place, hadoop)) {
      throw DemarcheException.usage(
          ("The warehouse %s is in an object store, where a rename copies file by file: whoever reads"
                  + " a table while a run commits can get a part of it, and nothing keeps two runs"
                  + " that start at once apart. Put it on HDFS or a disk, or accept that by --set"
                  + " warehouse.accept-object-store=true")
              .formatted(place));
    }
  }
}
