package org.demarche.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.ingest.ArticleIds;
import org.demarche.pipeline.Pipeline;
import org.demarche.pipeline.Removal;
import org.demarche.pipeline.Stage;
import org.demarche.pipeline.WarehouseSettings;
import org.demarche.warehouse.Journal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The commands of the pipeline: run, one for each of its stages, remove and compact. */
final class StageCommands {

  private StageCommands() {}

  /** The base of the commands: reads settings, runs, and prints the result. */
  abstract static class Base implements Callable<Integer> {

    @ParentCommand private Main main;
    @Mixin private SettingsOptions settings;
    @Mixin private WarehouseOption warehouse;

    @Mixin private JsonOption json;

    List<Settings.Layer> layers() {
      return warehouse.layers();
    }

    abstract Pipeline.Result run(Settings settings, Progress progress) throws IOException;

    @Override
    public final Integer call() throws Exception {
      Terminal terminal = main.terminal();
      WarehouseSettings read = settings.read(layers());
      if (Journal.complete(Storage.ofProcess(), read.settings().requiredWarehouse())) {
        read = settings.read(layers()); // the commit may have changed the warehouse's own settings
      }
      json.check("the result of a run", "run_id", "warehouse");
      if (!read.kept().isEmpty()) {
        terminal
            .err()
            .println(
                "kept from the warehouse's own configuration: " + String.join(", ", read.kept()));
      }
      Pipeline.Result result = run(read.settings(), terminal.progress());
      if (json.isGiven()) {
        json.write(result.json(), terminal);
      }
      if (!json.replacesOutput()) {
        result.lines().forEach(terminal.out()::println);
      }
      return ExitStatus.DONE.code();
    }
  }

  /** The base of the commands that run stages. */
  abstract static class Staged extends Base {

    @Mixin private AcceptOption accept;

    abstract List<Stage> stages();

    @Override
    List<Settings.Layer> layers() {
      List<Settings.Layer> layers = new ArrayList<>(super.layers());
      layers.addAll(accept.layers());
      return layers;
    }

    /** Returns whether targets that are no longer in the configuration may be removed. */
    boolean dropsTargets() {
      return false;
    }

    @Override
    Pipeline.Result run(Settings settings, Progress progress) throws IOException {
      return Pipeline.run(settings, stages(), dropsTargets(), progress);
    }
  }

  /** The base of the commands that ingest articles. */
  abstract static class Ingesting extends Staged {

    @Mixin private ArticlesOptions articles;

    @Override
    List<Settings.Layer> layers() {
      List<Settings.Layer> layers = super.layers();
      layers.addAll(articles.layers());
      return layers;
    }
  }

  @Command(
      name = "run",
      description = {
        "Run all stages, from raw articles to speaker scores: ingest, extract, score, aggregate.",
        "",
        "Only new articles are ingested, extracted and scored; running it again changes nothing."
      },
      footer = {
        "",
        "Examples:",
        "  demarche run --articles news/*.jsonl.gz --warehouse warehouse",
        "  demarche run --config conf/demarche.conf",
        "  demarche run --articles texts --format text --warehouse w \\",
        "    --set aggregate.low-n=10"
      })
  static final class Run extends Ingesting {

    @Mixin private PriorOption prior;
    @Mixin private EncoderOption encoder;
    @Mixin private DropTargetsOption drop;

    @Override
    boolean dropsTargets() {
      return drop.isGiven();
    }

    @Override
    List<Settings.Layer> layers() {
      List<Settings.Layer> layers = super.layers();
      layers.addAll(prior.layers());
      return encoder.with(layers);
    }

    @Override
    List<Stage> stages() {
      return Stage.ALL;
    }
  }

  @Command(
      name = "ingest",
      description = "Read raw articles into the tables articles and rejects.",
      footer = {
        "",
        "Example:",
        "  demarche ingest --articles news --format jsonl --warehouse warehouse"
      })
  static final class Ingest extends Ingesting {
    @Override
    List<Stage> stages() {
      return List.of(Stage.INGEST);
    }
  }

  @Command(
      name = "extract",
      description = "Find who said what in the articles, and write the table statements.",
      footer = {"", "Example:", "  demarche extract --warehouse warehouse"})
  static final class Extract extends Staged {
    @Override
    List<Stage> stages() {
      return List.of(Stage.EXTRACT);
    }
  }

  @Command(
      name = "score",
      description = "Label the statements on every scale, and write the table statement_scores.",
      footer = {
        "",
        "Examples:",
        "  demarche score --warehouse warehouse",
        "  demarche score --warehouse warehouse \\",
        "    --set scales.stance.model=models/my-stance",
        "  demarche score --warehouse warehouse --prior auto"
      })
  static final class Score extends Staged {

    @Mixin private PriorOption prior;
    @Mixin private EncoderOption encoder;
    @Mixin private DropTargetsOption drop;

    @Override
    boolean dropsTargets() {
      return drop.isGiven();
    }

    @Override
    List<Settings.Layer> layers() {
      List<Settings.Layer> layers = super.layers();
      layers.addAll(prior.layers());
      return encoder.with(layers);
    }

    @Override
    List<Stage> stages() {
      return List.of(Stage.SCORE);
    }
  }

  @Command(
      name = "aggregate",
      description = {
        "Score the speakers, and write speaker_scores, speaker_labels, speakers and targets.",
        "",
        "Settings that are not given are taken from the warehouse's own configuration: targets,"
            + " speakers, windows."
      },
      footer = {
        "",
        "Examples:",
        "  demarche aggregate --warehouse warehouse \\",
        "    --set aggregate.windows=[all,month,week]",
        "  demarche aggregate --warehouse warehouse --config fewer-targets.conf \\",
        "    --drop-targets"
      })
  static final class Aggregate extends Staged {

    @Mixin private EncoderOption encoder;
    @Mixin private DropTargetsOption drop;

    @Override
    boolean dropsTargets() {
      return drop.isGiven();
    }

    @Override
    List<Settings.Layer> layers() {
      return encoder.with(super.layers());
    }

    @Override
    List<Stage> stages() {
      return List.of(Stage.AGGREGATE);
    }
  }

  @Command(
      name = "remove",
      description = {
        "Remove articles, and bring statements, scores and speakers up to date without them.",
        "",
        "Nothing of them stays in a table, in the rejects or in the folders of earlier runs; only"
            + " hashes of their ids, so that the articles do not come in again. Reports, exports and"
            + " databases that were written before are not changed: write them again."
      },
      footer = {
        "",
        "Examples:",
        "  demarche remove --warehouse warehouse --ids withdrawn.txt",
        "  demarche remove --warehouse warehouse --outlet 'Harbour Post'"
      })
  static final class Remove extends Base {

    @Option(
        names = "--ids",
        paramLabel = "FILE",
        description = "A file with one article id in each line.")
    private String file;

    @Option(
        names = "--outlet",
        paramLabel = "NAME",
        description = "Remove all articles of this outlet; may be given several times.")
    private List<String> outlets = List.of();

    @Mixin private EncoderOption encoder;

    @Override
    List<Settings.Layer> layers() {
      return encoder.with(super.layers());
    }

    @Override
    Pipeline.Result run(Settings settings, Progress progress) throws IOException {
      return Pipeline.remove(settings, new Removal(ids(), Set.copyOf(outlets)), progress);
    }

    private Set<String> ids() {
      if (outlets.stream().anyMatch(String::isBlank)) {
        throw new ConfigurationException(List.of("--outlet is blank: give the name of an outlet"));
      }
      if (file == null) {
        if (outlets.isEmpty()) {
          throw new ConfigurationException(
              List.of("remove needs --ids FILE or --outlet NAME: say which articles to remove"));
        }
        return Set.of();
      }
      Set<String> ids;
      try {
        ids =
            Storage.ofProcess()
                .text(file)
                .lines()
                .map(
                    line ->
                        line.replace("\uFEFF", "").strip()) // Windows Notepad puts this mark first
                .filter(line -> !line.isEmpty())
                .map(ArticleIds::cleaned)
                .collect(Collectors.toSet());
      } catch (IOException e) {
        throw DemarcheException.inputMissing(
            "The file %s cannot be read: %s".formatted(file, OutputFile.reason(e)));
      }
      if (ids.isEmpty()) {
        throw DemarcheException.inputMissing("There is no id in the file %s".formatted(file));
      }
      return ids;
    }
  }

  @Command(
      name = "compact",
      description = {
        "Put the small files of many runs together into few sorted ones. No row changes but for the"
            + " name of its batch.",
        "",
        "Run it now and then after many nights: readers and the next nights then open few files. It"
            + " needs as much free space as the warehouse has."
      },
      footer = {
        "",
        "Examples:",
        "  demarche compact --warehouse warehouse --dry-run",
        "  demarche compact --warehouse warehouse",
        "  demarche compact --config conf/demarche.conf --file-size 256"
      })
  static final class Compact extends Base {

    @Option(
        names = "--file-size",
        paramLabel = "MB",
        defaultValue = "128",
        description = "How large a file gets, about, in MB; ${DEFAULT-VALUE} by default.")
    private int megabytes;

    @Option(
        names = "--dry-run",
        description = "Only say what would be put together, and write nothing.")
    private boolean dryRun;

    @Override
    Pipeline.Result run(Settings settings, Progress progress) throws IOException {
      if (megabytes < 1) {
        throw new ConfigurationException(
            List.of("--file-size %d: give a size of at least 1 MB".formatted(megabytes)));
      }
      long fileBytes = (long) megabytes << 20;
      return dryRun
          ? Pipeline.compactDryRun(settings, fileBytes, progress)
          : Pipeline.compact(settings, fileBytes, progress);
    }
  }
}
