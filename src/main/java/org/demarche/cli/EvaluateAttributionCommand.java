package org.demarche.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import org.demarche.attribution.StatementFinder;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.attribution.learned.LearnedStatementFinder;
import org.demarche.attribution.training.AnnotatedArticle;
import org.demarche.attribution.training.AttributionErrors;
import org.demarche.attribution.training.ConfidenceCurve;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.pipeline.Models;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "evaluate-attribution",
    description = {
      "Compare who said what with articles that you annotated, and show the kinds of error.",
      "",
      "A folder has text/NAME.txt and attributions/NAME.ann in the standoff format of brat. A content is "
          + "found if half of the stretch is shared (Jaccard index); its source is right if both share a "
          + "character, or neither has one.",
      "",
      "Take articles that the model has not learned from: on those that it has, every model looks "
          + "better than it is."
    },
    footer = {
      "",
      "Examples:",
      "  demarche evaluate-attribution --annotated mine --examples 5",
      "  demarche evaluate-attribution --annotated mine --set extract.model=none"
    })
final class EvaluateAttributionCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Mixin private SettingsOptions settings;

  @Mixin private AnnotatedOption annotated;

  @Option(
      names = "--examples",
      paramLabel = "K",
      defaultValue = "3",
      description = "Examples of each kind of error. [${DEFAULT-VALUE}]")
  private int examples;

  @Option(
      names = "--curve",
      paramLabel = "FILE",
      description =
          "Also measure how precision and recall change with extract.min-confidence: print it, and "
              + "write it to FILE as JSON. An existing curve is replaced.")
  private Path curve;

  @Override
  public Integer call() throws Exception {
    if (examples < 0) {
      throw new ConfigurationException(
          List.of("--examples must be 0 or more, but was %d".formatted(examples)));
    }
    if (curve != null) {
      OutputFile.check(curve);
      OutputFile.checkReplaces(
          curve,
          "a confidence curve",
          head -> JsonOption.beginsWith(head, "model", "articles", "attributions", "points"));
    }
    List<AnnotatedArticle> articles = annotated.read(1);
    Settings chosen = settings.settings(List.of());
    AttributionModel model = Models.attribution(chosen, Storage.ofProcess());
    if (curve != null && model == null) {
      throw new ConfigurationException(
          List.of(
              "--curve needs a model: with the rules alone, extract.min-confidence is not used"));
    }
    StatementFinder finder = LearnedStatementFinder.of(model, chosen.extract().minConfidence());
    AttributionErrors errors = new AttributionErrors();
    for (AnnotatedArticle article : articles) {
      errors.add(article, finder.find(article.annotatedText()));
    }
    main.terminal().out().print(errors.summary());
    if (curve != null) {
      ConfidenceCurve measured = ConfidenceCurve.of(model, articles);
      main.terminal().out().print(measured.lines());
      OutputFile.write(curve, new ObjectMapper().writeValueAsString(measured) + "\n");
    }
    main.terminal().out().print(errors.examples(examples));
    return ExitStatus.DONE.code();
  }
}
