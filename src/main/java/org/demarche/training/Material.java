package org.demarche.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.demarche.DemarcheException;
import org.demarche.config.ConfigurationException;
import org.demarche.console.Progress;
import org.demarche.encoder.Encoder;
import org.demarche.evaluation.Folds;
import org.demarche.ingest.LabelledStatementReader;
import org.demarche.pipeline.UnlabelledPassages;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.text.Wording;

/**
 * The data that a model learns from, and its scale.
 *
 * @param scale the scale of the labels
 * @param labels files of labelled statements
 * @param auxiliary files of further statements to learn from, but not to judge by; may be empty
 * @param unlabelled a warehouse or articles to distil from; empty for none
 * @param sample the maximum number of passages to distil from
 * @param heldBack files of labelled statements that will judge the model, so that it is not
 *     distilled from them
 * @param encoder directory of the encoder, or null for the bundled one
 */
public record Material(
    Scale scale,
    List<Path> labels,
    List<Path> auxiliary,
    List<String> unlabelled,
    int sample,
    List<Path> heldBack,
    String encoder) {

  /** Returns the passages to distil from, if any. */
  List<Passage> passages(Progress progress) throws IOException {
    if (unlabelled.isEmpty()) {
      return List.of();
    }
    if (sample < 1) {
      throw new ConfigurationException(
          List.of("--sample must be 1 or more, but was %,d".formatted(sample)));
    }
    return UnlabelledPassages.passages(unlabelled, sample, rowsOrNone(heldBack, scale), progress);
  }

  /** Reads the labelled statements and draws folds. */
  TrainingSet set(int folds, Progress progress) {
    List<LabelledStatement> rows = rowsToLearn(labels, scale, progress);
    checkFolds(rows, folds);
    List<LabelledStatement> others = apart(rowsOrNone(auxiliary, scale), rows, progress);
    return TrainingSet.of(rows, others, scale, folds, ModelTrainer.SEED);
  }

  /**
   * Drops auxiliary rows that share a text or a group with a judged row: auxiliary rows are learnt
   * from in every fold, so they would leak into the fold of that row.
   */
  private static List<LabelledStatement> apart(
      List<LabelledStatement> auxiliary, List<LabelledStatement> judged, Progress progress) {
    Set<String> groups = judged.stream().map(LabelledStatement::group).collect(Collectors.toSet());
    Set<String> texts =
        judged.stream().map(row -> Wording.key(row.passage().text())).collect(Collectors.toSet());
    List<LabelledStatement> apart =
        auxiliary.stream()
            .filter(
                row ->
                    !groups.contains(row.group())
                        && !texts.contains(Wording.key(row.passage().text())))
            .toList();
    if (apart.size() < auxiliary.size()) {
      progress.note(
          "%,d of %,d auxiliary rows have the text or group of a row of --labels and are left out"
              .formatted(auxiliary.size() - apart.size(), auxiliary.size()));
    }
    return apart;
  }

  /**
   * Returns the encoder. If the bundled one is missing, logs a note and returns null; if the user
   * named an encoder, that it is missing is an error.
   */
  Encoder encoderIfThere(Progress progress) {
    try {
      return Encoder.of(encoder);
    } catch (DemarcheException e) {
      if (encoder != null || !unlabelled.isEmpty()) {
        throw e;
      }
      progress.note("without the encoder: " + e.getMessage());
      return null;
    }
  }

  private static List<LabelledStatement> rowsOrNone(List<Path> labels, Scale scale) {
    return labels.isEmpty() ? List.of() : rows(labels, scale);
  }

  static List<LabelledStatement> rows(List<Path> labels, Scale scale) {
    return LabelledStatementReader.read(labels, scale, ParquetLabels::read).rows();
  }

  /** Reads rows and checks that two labels or more occur. */
  private static List<LabelledStatement> rowsToLearn(
      List<Path> labels, Scale scale, Progress progress) {
    LabelledStatementReader.Result read =
        LabelledStatementReader.read(labels, scale, ParquetLabels::read);
    List<LabelledStatement> rows = read.rows();
    if (read.unlabelled() > 0) {
      progress.note(
          "%,d of %,d rows have no label yet and are left out"
              .formatted(read.unlabelled(), read.unlabelled() + rows.size()));
    }
    long different = rows.stream().map(row -> Wording.key(row.passage().text())).distinct().count();
    if (different < rows.size()) {
      progress.note(
          "%,d of %,d rows have the same words as another row: they share its fold"
              .formatted(rows.size() - different, rows.size()));
    }
    List<String> found = rows.stream().map(LabelledStatement::label).distinct().toList();
    if (found.size() < 2) {
      throw DemarcheException.inputMissing(
          "it takes two labels or more to learn from, but the %,d rows have only %s"
              .formatted(rows.size(), found));
    }
    return rows;
  }

  private static void checkFolds(List<LabelledStatement> rows, int folds) {
    int groups = Folds.groups(rows);
    if (groups < 2 || folds == ModelTrainer.FOLDS && groups < folds) {
      int fewest = Math.max(2, folds);
      boolean hasGroups = rows.stream().anyMatch(row -> !row.group().equals(row.id()));
      throw DemarcheException.inputMissing(
          hasGroups
              ? ("the rows have %,d groups, but it takes %d to judge a model: label statements of"
                      + " more articles, or check the field group")
                  .formatted(groups, fewest)
              : "%,d different statements are too few to judge a model: label at least %d"
                  .formatted(groups, fewest));
    }
    if (folds < 2 || folds > groups) {
      throw new ConfigurationException(
          List.of(
              "the number of folds must be from 2 to %,d, the groups of rows, but is %,d"
                  .formatted(groups, folds)));
    }
  }
}
