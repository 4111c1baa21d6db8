package org.demarche.training;

import org.demarche.model.FeatureTable;
import org.demarche.model.LinearModel;
import org.demarche.model.LinearParameters;
import org.demarche.model.ModelMetadata;
import org.demarche.model.ScaleModel;
import org.demarche.model.calibration.Calibration;
import org.demarche.stance.Scale;

/** Learnt weights, one per feature and label. */
record LearntTable(LinearParameters parameters, FeatureTable table) implements Trainer.Learnt {

  /**
   * A feature is kept if at least this many rows have it; features of a single row are mostly
   * names.
   */
  static final int MINIMUM_ROWS = 2;

  LearntTable(LinearParameters parameters) {
    this(parameters, parameters.table());
  }

  @Override
  public void score(int[] features, double[] scores) {
    parameters.finish(table.addTo(scores, features), scores);
  }

  @Override
  public ScaleModel model(Scale scale, Calibration calibration, ModelMetadata metadata) {
    return new LinearModel(scale, parameters.calibrated(calibration), metadata);
  }
}
