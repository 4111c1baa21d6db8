package org.demarche.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import org.demarche.config.Settings;
import org.demarche.evaluation.ModelComparison;
import org.demarche.files.OutputFile;
import org.demarche.report.ComparisonPage;
import org.demarche.report.ComparisonTable;
import org.demarche.training.EvaluationJson;
import org.demarche.training.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "compare",
    description = "Compare baselines, algorithms and the encoder on the same folds, in one table.",
    footer = {
      "",
      "Examples:",
      "  demarche compare --scale stance --labels mine.jsonl --html compare.html",
      "  demarche compare --scale stance --labels mine.jsonl --unlabelled warehouse \\",
      "    --json compare.json"
    })
final class CompareCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Mixin private SettingsOptions settings;
  @Mixin private EncoderOption encoder;
  @Mixin private LabelsOption labels;
  @Mixin private DistillationOptions distillation;

  @Option(
      names = "--scale",
      required = true,
      paramLabel = "NAME",
      description = "Scale of the labels.")
  private String scale;

  @Option(
      names = "--backend",
      split = ",",
      paramLabel = "NAME",
      description =
          "Backends to compare: ${COMPLETION-CANDIDATES}. [both; with fewer than 500 rows only "
              + "tribuo, because mllib takes minutes even for few rows]")
  private List<LearningBackend> backends;

  @Option(
      names = "--folds",
      defaultValue = "5",
      paramLabel = "K",
      description = "Number of folds. [${DEFAULT-VALUE}]")
  private int folds;

  @Mixin private JsonOption json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write an HTML page to FILE, with reliability and learning curves.")
  private Path html;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    json.check("a comparison", "scale", "rows", "groups");
    if (html != null) {
      OutputFile.check(html);
      OutputFile.checkReplaces(html, "a comparison", OutputFile::isPage);
    }
    Settings read = settings.settings(encoder.layers());
    ModelComparison comparison =
        Training.compare(
            distillation.material(read, scale, labels),
            backends == null
                ? LearningBackend.all()
                : backends.stream().map(LearningBackend::backend).toList(),
            backends != null,
            folds,
            html != null,
            terminal.progress());
    if (!json.replacesOutput()) {
      ComparisonTable.lines(comparison).forEach(terminal.out()::println);
    }
    if (json.isGiven()) {
      json.write(EvaluationJson.contest(comparison), terminal);
    }
    if (html != null) {
      OutputFile.write(html, ComparisonPage.html(comparison));
      if (!json.replacesOutput()) {
        terminal.out().println("Page in " + html);
      }
    }
    return ExitStatus.DONE.code();
  }
}
