package org.demarche.training;

/** Receives the progress of a training. */
@FunctionalInterface
public interface TrainingLog {

  /** Ignores everything. */
  TrainingLog SILENT = line -> {};

  /** Receives the result of a step, in one line. */
  void found(String line);

  /** Receives how many of all texts have been encoded; called from several threads. */
  default void encoded(long done, long all) {}
}
