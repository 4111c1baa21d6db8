package org.demarche.training;

/** Hears what training does while it goes on. */
@FunctionalInterface
public interface TrainingLog {

  /** Hears nothing. */
  TrainingLog SILENT = line -> {};

  /** A step is done and brought this. */
  void found(String line);

  /** So many of all texts have been read by the encoder; called from several threads. */
  default void encoded(long done, long all) {}
}
