package org.demarche.training;

import java.util.ArrayList;
import java.util.List;
import org.demarche.encoder.Encoder;
import org.demarche.model.BlendedModel;
import org.demarche.model.ScaleModel;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.stance.Scales;

/** Invented labelled statements, enough of them to learn something from. */
public final class Examples {

  private static final String[] PEOPLE = {
    "Orsund", "Kelmar", "the ministry", "Varnholt", "an envoy"
  };

  private static final String[] CONCILIATORY = {
    "welcomed the offer of talks",
    "thanked the neighbours for their help",
    "agreed to a ceasefire",
    "urged calm and dialogue"
  };

  private static final String[] NEUTRAL = {
    "said the harbour opens at nine", "counted forty ships", "published the yearly report"
  };

  private static final String[] ASSERTIVE = {
    "accused the other side of lying",
    "vowed to strike back",
    "rejected the terms as an insult",
    "warned of harsh consequences",
    "did not welcome the offer"
  };

  private Examples() {}

  /** Returns statements on the scale stance, a group for every predicate. */
  public static List<LabelledStatement> stance() {
    List<LabelledStatement> rows = new ArrayList<>();
    add(rows, CONCILIATORY, "conciliatory");
    add(rows, NEUTRAL, "neutral");
    add(rows, ASSERTIVE, "assertive");
    return rows;
  }

  /** Returns {@link #stance()} in folds. */
  static TrainingSet set() {
    return TrainingSet.of(
        stance(), List.of(), Scales.STANCE, ModelTrainer.FOLDS, ModelTrainer.SEED);
  }

  /** Trains a table on {@code rows} in the default number of folds. */
  public static ScaleModel train(List<LabelledStatement> rows, Scale scale, Trainer trainer) {
    TrainingSet set = TrainingSet.of(rows, List.of(), scale, ModelTrainer.FOLDS, ModelTrainer.SEED);
    return ModelTrainer.train(set, trainer, TrainingLog.SILENT);
  }

  /** Returns an accurate model of {@link #stance()}; the first call trains it. */
  public static BlendedModel accurate() {
    return Accurate.MODEL;
  }

  /** Trains an accurate model of {@link #stance()}. */
  public static BlendedModel trainAccurate() {
    return ModelTrainer.blend(
        set(),
        TribuoTrainer.of("linear-svc"),
        Encoder.bundled(),
        null,
        List.of(),
        TrainingLog.SILENT);
  }

  private static final class Accurate {
    static final BlendedModel MODEL = trainAccurate();
  }

  private static void add(List<LabelledStatement> rows, String[] predicates, String label) {
    for (String predicate : predicates) {
      for (int i = 0; i < PEOPLE.length; i++) {
        String text = PEOPLE[i] + " " + predicate + " on day " + (i * 7 % 5) + ".";
        rows.add(
            new LabelledStatement(label + "-" + rows.size(), label + i, Passage.of(text), label));
      }
    }
  }
}
