package org.demarche.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.demarche.console.Progress;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.model.ScaleModel;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;

/**
 * The figures of a model on labelled statements, and how many of these it learnt from. Figures on
 * statements that it learnt from show only how well it remembers them.
 *
 * @param report figures on all rows
 * @param learnt how many rows have the words of a statement that the model learnt from; empty if
 *     unknown
 * @param others figures on the other rows; empty if the model learnt from none or from all
 */
public record Evaluation(
    ClassificationReport report, OptionalLong learnt, Optional<ClassificationReport> others) {

  /** Returns an evaluation on held-out rows, none of which were learnt from. */
  public static Evaluation ofHeldOut(ClassificationReport report) {
    return new Evaluation(report, OptionalLong.of(0), Optional.empty());
  }

  /**
   * Judges a stored or bundled model on labelled statements.
   *
   * @param predictions receives each row's id and answer
   */
  public static Evaluation of(
      ScaleModel model, List<Path> labels, PredictionSink predictions, Progress progress)
      throws IOException {
    try (progress) {
      progress.stage("evaluate");
      List<LabelledStatement> rows = Material.rows(labels, model.scale());
      boolean targets = rows.stream().anyMatch(row -> row.passage().target() != null);
      if (targets != model.metadata().usesTargets()) {
        progress.note(
            targets
                ? "the rows have targets, but the model was trained without them: they are ignored"
                : "the model was trained with targets, but no row has one: expect worse answers");
      }
      Set<String> given = rows.stream().map(LabelledStatement::label).collect(Collectors.toSet());
      model.scale().labelNames().stream()
          .filter(label -> !given.contains(label))
          .map("no row is labelled %s: the figures do not cover it"::formatted)
          .forEach(progress::note);
      List<LabelDistribution> answers = new ArrayList<>();
      for (LabelledStatement row : rows) {
        Passage passage =
            model.metadata().usesTargets() ? row.passage() : Passage.of(row.passage().text());
        LabelDistribution answer = model.predict(passage);
        answers.add(answer);
        progress.counted("statements read", answers.size(), rows.size());
        predictions.accept(row.id(), answer);
      }
      Evaluation evaluation = of(model, rows, answers);
      evaluation.warning(model).ifPresent(progress::note);
      return evaluation;
    }
  }

  /** Receives the answers of a model, row by row. */
  public interface PredictionSink {
    void accept(String id, LabelDistribution answer) throws IOException;
  }

  static Evaluation of(
      ScaleModel model, List<LabelledStatement> rows, List<LabelDistribution> answers) {
    int[] all = IntStream.range(0, rows.size()).toArray();
    ClassificationReport report = report(model, rows, answers, all);
    Optional<boolean[]> learntFrom = model.metadata().learntFrom(rows);
    if (learntFrom.isEmpty()) {
      return new Evaluation(report, OptionalLong.empty(), Optional.empty());
    }
    int[] others = IntStream.of(all).filter(row -> !learntFrom.get()[row]).toArray();
    return new Evaluation(
        report,
        OptionalLong.of(rows.size() - others.length),
        others.length == 0 || others.length == rows.size()
            ? Optional.empty()
            : Optional.of(report(model, rows, answers, others)));
  }

  private static ClassificationReport report(
      ScaleModel model,
      List<LabelledStatement> rows,
      List<LabelDistribution> answers,
      int[] chosen) {
    return ClassificationReport.of(
        model.scale(),
        IntStream.of(chosen).mapToObj(row -> rows.get(row).label()).toList(),
        IntStream.of(chosen).mapToObj(answers::get).toList());
  }

  /** Returns a warning, in one line, if the model learnt from some of the rows. */
  Optional<String> warning(ScaleModel model) {
    long known = learnt.orElse(0);
    if (known == 0) {
      return Optional.empty();
    }
    String rest =
        others.isPresent()
            ? "on the %,d others macro-F1 is %.3f"
                .formatted(report.rows() - known, others.get().macroF1())
            : "held-out rows had macro-F1 %.3f when it was trained"
                .formatted(model.metadata().crossValidation().macroF1());
    return Optional.of(
        "the model learnt from %s: figures on them show what it remembers; %s"
            .formatted(
                known == report.rows()
                    ? "all %,d of these statements".formatted(known)
                    : "%,d of these %,d statements".formatted(known, report.rows()),
                rest));
  }
}
