package org.demarche.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.demarche.config.Settings;
import org.demarche.job.InputFiles.InputFile;

/** Looks at configuration, inputs and models before anything runs. */
public final class Check {

  private Check() {}

  /**
   * Returns what was found, a line a thing.
   *
   * @throws InputMissingException if configured articles are not there
   */
  public static List<String> run(Settings settings) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("configuration  as it should be");
    lines.add(
        "warehouse      "
            + (settings.warehouse() == null ? "not set: give --warehouse" : settings.warehouse()));
    if (settings.articles().paths().isEmpty()) {
      lines.add("articles       not set: give --articles");
    } else {
      List<InputFile> files = InputFiles.list(settings.articles().paths(), new Configuration());
      long bytes = files.stream().mapToLong(InputFile::bytes).sum();
      lines.add(
          "articles       %,d files, %,.1f MB, format %s"
              .formatted(files.size(), bytes / 1e6, settings.articles().format()));
    }
    lines.add("targets        " + settings.targets().size());
    lines.add(
        "speakers       " + People.directory(settings).speakers().size() + " known beforehand");
    Models.load(settings)
        .descriptions()
        .forEach((scale, description) -> lines.add("%-14s %s".formatted(scale, description)));
    return lines;
  }
}
