package org.demarche.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.attribution.learned.LearnedStatementFinder;
import org.demarche.attribution.training.AnnotatedArticle;
import org.demarche.attribution.training.AttributionCard;
import org.demarche.attribution.training.AttributionErrors;
import org.demarche.attribution.training.AttributionTrainer;
import org.demarche.console.Progress;
import org.demarche.files.OutputFile;
import org.demarche.text.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "train-attribution",
    description = {
      "Train the model that finds who said what, from articles that you annotated.",
      "",
      "A folder has text/NAME.txt and attributions/NAME.ann in the standoff format of brat, with events "
          + "of Content, Cue and Source; a file has an article per line: docs/attribution.md shows one. "
          + "The model learns on top of the bundled one. The same articles give the same model. It is "
          + "judged by cross-validation first."
    },
    footer = {
      "",
      "Examples:",
      "  demarche train-attribution --annotated mine --out attribution.bin.gz",
      "  demarche train-attribution --annotated a.jsonl b.jsonl --alone \\",
      "    --out attribution.bin.gz",
      "  demarche run --config run.conf --set extract.model=attribution.bin.gz"
    })
final class TrainAttributionCommand implements Callable<Integer> {

  /** The arbiter learns from articles that the tagger did not see; fewer leave it too little. */
  private static final int FEWEST = 20;

  /** Below this many, a warning says that they are few. */
  private static final int FEW = 100;

  @ParentCommand private Main main;

  @Mixin private AnnotatedOption annotated;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "The file of the model; an existing model is replaced. Its card, which says what it learnt "
              + "from and how well it does, stands beside it in FILE.card.md.")
  private Path out;

  @Option(
      names = "--no-judge",
      description = "Do not judge by cross-validation, which takes most of the time.")
  private boolean unjudged;

  @Option(
      names = "--alone",
      description = "Learn from these articles alone, not on top of the bundled model.")
  private boolean alone;

  @Override
  public Integer call() throws Exception {
    OutputFile.check(out);
    OutputFile.checkReplaces(out, "a model of attribution", AttributionModel::isModel);
    Path card = AttributionCard.beside(out);
    boolean hasCard = !OutputFile.isDevice(out);
    if (hasCard) {
      OutputFile.check(card);
      OutputFile.checkReplaces(card, "the card of a model of attribution", AttributionCard::isCard);
    }
    Terminal terminal = main.terminal();
    List<AnnotatedArticle> articles = annotated.read(FEWEST);
    AttributionModel base = alone ? null : AttributionModel.bundled();
    AttributionErrors errors = unjudged ? null : new AttributionErrors();
    AttributionModel model;
    try (Progress progress = terminal.progress()) {
      if (articles.size() < FEW) {
        progress.note(
            "%d articles are few to learn from: give some hundred, and compare the model with the bundled one"
                .formatted(articles.size()));
      }
      progress.stage("prepare the articles");
      AttributionTrainer trainer = new AttributionTrainer(base, progress::stage);
      if (errors != null) {
        trainer
            .crossValidate(articles, LearnedStatementFinder.MIN_CONFIDENCE)
            .forEach(held -> errors.add(held.article(), held.statements()));
      }
      model = trainer.train(articles);
    }
    if (errors != null) {
      terminal.out().print(errors.summary());
    }
    OutputFile.write(out, stream -> stream.write(model.toBytes()));
    if (hasCard) {
      OutputFile.write(card, AttributionCard.of(model, base, articles, errors));
    }
    terminal
        .out()
        .printf("model %s of %s in %s%n", model.id(), Quantity.of(articles.size(), "article"), out);
    return ExitStatus.DONE.code();
  }
}
