package org.demarche.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.config.Settings;
import org.demarche.files.ObjectStores;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.metrics.RunMetrics;
import org.demarche.text.Quantity;
import org.demarche.warehouse.InputFile;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.Transaction;
import org.demarche.warehouse.Warehouse;

/** Checks configuration, inputs and models without running anything. */
public final class PreflightCheck {

  /**
   * The result of the checks.
   *
   * @param lines one line per check, whether it passed or failed
   * @param status the exit status that a run would have
   */
  public record Result(List<String> lines, ExitStatus status) {
    public Result {
      lines = List.copyOf(lines);
    }
  }

  private final Storage storage = Storage.ofProcess();
  private final List<String> lines = new ArrayList<>();
  private final Set<ExitStatus> faults = new TreeSet<>();

  private PreflightCheck() {}

  /** Runs all checks on {@code settings}; later checks run even if earlier ones fail. */
  public static Result run(Settings settings) {
    PreflightCheck check = new PreflightCheck();
    check.line("configuration", "valid");
    check.warehouse(settings);
    check.metrics(settings);
    check.articles(settings);
    check.line("targets", String.valueOf(settings.targets().size()));
    check.line(
        "speakers",
        ConfiguredSpeakers.directory(settings).speakers().size() + " in the speaker directory");
    check.models(settings);
    return new Result(
        check.lines, check.faults.isEmpty() ? ExitStatus.DONE : check.faults.iterator().next());
  }

  private void line(String what, String found) {
    lines.add("%-14s %s".formatted(what, found));
  }

  private void missing(String what, DemarcheException fault) {
    boolean isThere = Set.of(ExitStatus.USAGE, ExitStatus.OUTPUT_CONFLICT).contains(fault.status());
    line(what, (isThere ? "FAULT: " : "MISSING: ") + fault.getMessage());
    faults.add(fault.status());
  }

  private void notSet(String what, String option) {
    line(what, "MISSING: not set, give " + option);
    faults.add(ExitStatus.USAGE);
  }

  private void warehouse(Settings settings) {
    String place = settings.warehouse();
    if (place == null) {
      notSet("warehouse", "--warehouse");
      return;
    }
    try {
      String qualified = storage.qualified(place);
      var local = Storage.local(qualified);
      if (local.isPresent()) {
        OutputFile.checkFolder(local.get().toAbsolutePath(), "to it");
      } else {
        ObjectStores.check(
            new Path(qualified), storage.hadoop(), settings.storage().acceptsObjectStore());
      }
      Path root = new Path(qualified);
      Warehouse.checkFormat(root.getFileSystem(storage.hadoop()), root, settings.storage());
      line("warehouse", place);
    } catch (DemarcheException e) {
      missing("warehouse", e);
    } catch (IOException e) {
      missing("warehouse", DemarcheException.inputMissing(e.getMessage()));
    }
  }

  private void metrics(Settings settings) {
    if (settings.warehouse() != null) {
      try {
        RunMetrics.check(settings.metrics(), settings.warehouse());
      } catch (DemarcheException e) {
        missing("metrics", e);
      }
    }
  }

  private void articles(Settings settings) {
    if (settings.articles().paths().isEmpty()) {
      if (settings.warehouse() != null
          && WarehouseCheck.isPossible(settings.warehouse(), storage)) {
        line("articles", "none given"); // those of the warehouse are checked
      } else {
        noArticles(settings.warehouse());
      }
      return;
    }
    try {
      InputFiles.Listing listing = InputFiles.list(settings.articles().paths(), storage.hadoop());
      if (settings.warehouse() != null) {
        InputFiles.checkApart(settings.articles().paths(), settings.warehouse());
      }
      List<InputFile> files = listing.files();
      long bytes = files.stream().mapToLong(InputFile::bytes).sum();
      line(
          "articles",
          "%s, %,.1f MB, format %s"
              .formatted(
                  Quantity.of(files.size(), "file"), bytes / 1e6, settings.articles().format()));
      listing.leftOut().forEach(each -> line("", "left out: " + each));
    } catch (DemarcheException e) {
      missing("articles", e);
    } catch (IOException e) {
      missing("articles", DemarcheException.inputMissing(e.getMessage()));
    }
  }

  /** Tells what is missing where neither articles are given nor a warehouse with any exists. */
  private void noArticles(String warehouse) {
    try {
      if (warehouse != null) {
        RequiredTables.require(warehouse);
        Path root = new Path(storage.qualified(warehouse));
        Transaction.checkFree(root.getFileSystem(storage.hadoop()), root);
      }
      notSet("articles", "--articles");
    } catch (DemarcheException e) {
      missing("articles", e);
    } catch (IOException e) {
      missing("articles", DemarcheException.inputMissing(e.getMessage()));
    }
  }

  private void attribution(Settings settings) {
    try {
      AttributionModel model = Models.attribution(settings, storage);
      line(
          "extract.model",
          model == null
              ? "none: the rules alone"
              : "%s, model %s".formatted(settings.extract().model(), model.id()));
    } catch (DemarcheException e) {
      missing("extract.model", e);
    } catch (IOException e) {
      missing("extract.model", DemarcheException.inputMissing(e.getMessage()));
    }
  }

  private void models(Settings settings) {
    attribution(settings);
    for (String scale : settings.score().scales()) {
      try {
        Models.load(settings, List.of(scale), storage)
            .descriptions()
            .forEach(model -> line(scale, model.description()));
      } catch (DemarcheException e) {
        missing(scale, e);
      }
    }
    prior(settings);
  }

  private void prior(Settings settings) {
    if (settings.score().givesPrior()) {
      try {
        PriorShifts.given(settings, new Models(new TreeMap<>()), storage);
        line("score.prior", settings.score().prior());
      } catch (DemarcheException e) {
        missing("score.prior", e);
      } catch (IOException e) {
        missing("score.prior", DemarcheException.inputMissing(e.getMessage()));
      }
    }
  }
}
