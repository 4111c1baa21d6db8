package org.demarche.model;

/** Hears what training does while it goes on. */
public interface TrainingLog {

  /** Hears nothing. */
  TrainingLog SILENT =
      new TrainingLog() {
        @Override
        public void found(String line) {}

        @Override
        public void encoded(long done, long all) {}
      };

  /** A step is done and brought this. */
  void found(String line);

  /** So many of all texts have been read by the encoder; called from several threads. */
  void encoded(long done, long all);
}
