package org.demarche.mllib;

import java.io.IOException;
import java.util.List;
import org.demarche.console.Progress;
import org.demarche.training.Backend;
import org.demarche.training.Trainer;
import org.demarche.warehouse.WarehouseSession;

/**
 * The algorithms of Spark MLlib. MLlib may be missing from the class path until {@link #with} is
 * called.
 */
public final class MllibBackend implements Backend {

  /**
   * Each step of MLlib's optimisers is a Spark job, which takes as long for one row as for a
   * thousand.
   */
  private static final int FEWEST_ROWS = 500;

  @Override
  public String name() {
    return "mllib";
  }

  @Override
  public List<String> algorithms() {
    return List.of("logistic-regression", "linear-svc", "naive-bayes");
  }

  @Override
  public int fewestRows() {
    return FEWEST_ROWS;
  }

  @Override
  public <T> T with(List<String> algorithms, Progress progress, Work<T> work) throws IOException {
    try (WarehouseSession session = WarehouseSession.open("demarche train", progress)) {
      return work.with(
          algorithms.stream()
              .<Trainer>map(name -> new MllibTrainer(session.spark(), name))
              .toList());
    }
  }
}
