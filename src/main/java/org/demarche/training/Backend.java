package org.demarche.training;

import java.io.IOException;
import java.util.List;
import org.demarche.console.Progress;

/** A library that learns models. Asked for its name and its algorithms, it is not loaded yet. */
public interface Backend {

  /** Returns the name, as users give it: {@code tribuo} or {@code mllib}. */
  String name();

  /** Returns the names of the algorithms, the default first. */
  List<String> algorithms();

  /**
   * Returns the number of rows below which comparing takes this library too long to be worth it.
   */
  default int fewestRows() {
    return 0;
  }

  /** Something to be done with trainers of a library. */
  @FunctionalInterface
  interface Work<T> {
    T with(List<Trainer> trainers) throws IOException;
  }

  /**
   * Does {@code work} with the trainers of {@code algorithms}, in that order. What the library
   * needs is opened before and closed afterwards.
   */
  <T> T with(List<String> algorithms, Progress progress, Work<T> work) throws IOException;
}
