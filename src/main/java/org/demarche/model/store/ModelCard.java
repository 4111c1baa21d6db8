package org.demarche.model.store;

import java.util.Locale;
import java.util.stream.Collectors;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.ClassificationReport.LabelFigures;
import org.demarche.features.Featuriser;
import org.demarche.model.ModelMetadata;
import org.demarche.model.ModelMetadata.Step;
import org.demarche.model.ScaleModel;

/**
 * Writes the card of a model: what it is for, how it was trained and how accurate it is (Mitchell
 * et al. 2019).
 */
final class ModelCard {

  private ModelCard() {}

  static String of(ScaleModel model) {
    ModelMetadata metadata = model.metadata();
    ClassificationReport report = metadata.crossValidation();
    long judged = metadata.labelCounts().values().stream().mapToLong(count -> count).sum();
    StringBuilder card = new StringBuilder();
    card.append(
        String.format(
            Locale.ROOT,
            """
        # Model card: %s

        Reads one statement and says how probable each label of the scale `%s` is: %s.
        %s; model id `%s`.

        ## Made of

        * %d labelled statements (%s)%s, SHA-256 `%s`
        * %s %s; %s
        * %d features, version %d

        ## How well it answers

        Found by %d-fold cross-validation with seed %d; rows of one group stay in one fold, and each
        fold was calibrated on the others. Statements of another kind will be answered less well.%s

        | macro-F1 | F_avg | accuracy | macro recall | log loss | Brier | calibration error |
        |---|---|---|---|---|---|---|
        | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |

        | label | precision | recall | F1 | rows |
        |---|---|---|---|---|
        """,
            model.scale().name(),
            model.scale().name(),
            model.scale().labels().stream()
                .map(label -> label.name() + " " + number(label.value()))
                .collect(Collectors.joining(", ")),
            model.kind(),
            model.id(),
            judged,
            metadata.labelCounts().entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", ")),
            metadata.trainingRows() > judged
                ? " and %d auxiliary ones".formatted(metadata.trainingRows() - judged)
                : "",
            metadata.trainingDigest(),
            metadata.maker(),
            metadata.libraryVersion(),
            metadata.settings().entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", ")),
            model.featureCount(),
            Featuriser.VERSION,
            metadata.folds(),
            metadata.seed(),
            metadata.settings().containsKey(ModelMetadata.ADAPTED_FROM)
                ? "\nThe figures are those of the model that this one was adapted from."
                : "",
            report.macroF1(),
            report.fAverage(),
            report.accuracy(),
            report.macroRecall(),
            report.logLoss(),
            report.brier(),
            report.calibrationError()));
    for (LabelFigures figures : report.labels()) {
      card.append(
          String.format(
              Locale.ROOT,
              "| %s | %.3f | %.3f | %.3f | %d |\n",
              figures.label(),
              figures.precision(),
              figures.recall(),
              figures.f1(),
              figures.support()));
    }
    card.append("\nWhat each part brought, on the same held-out rows:\n\n");
    card.append("| part | macro-F1 | log loss | calibration error |\n|---|---|---|---|\n");
    for (Step step : metadata.steps()) {
      card.append(
          String.format(
              Locale.ROOT,
              "| %s | %.3f | %.3f | %.3f |\n",
              step.what(),
              step.macroF1(),
              step.logLoss(),
              step.calibrationError()));
    }
    card.append(
        """

        ## Not for

        Judging a person by one sentence. The answers are estimates with known errors; they are made
        for shares and means over many statements, which Demarche corrects with the table of mean
        probabilities in `model.json`.
        """);
    return card.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.format(Locale.ROOT, "%+d", (long) value)
        : String.format(Locale.ROOT, "%+.3f", value);
  }
}
