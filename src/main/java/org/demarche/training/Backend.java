package org.demarche.training;

import java.io.IOException;
import java.util.List;
import org.demarche.console.Progress;

/** A library that learns models. {@link #name} and {@link #algorithms} do not load the library. */
public interface Backend {

  /** Returns the name that users type: {@code tribuo} or {@code mllib}. */
  String name();

  /** Returns the names of the algorithms, the default first. */
  List<String> algorithms();

  /**
   * Returns the number of rows below which {@code compare} leaves this library out, because it is
   * too slow.
   */
  default int fewestRows() {
    return 0;
  }

  /** Uses the trainers of a library. */
  @FunctionalInterface
  interface Work<T> {
    T with(List<Trainer> trainers) throws IOException;
  }

  /**
   * Runs {@code work} with the trainers of {@code algorithms}, in that order. It opens what the
   * library needs before and closes it afterwards.
   */
  <T> T with(List<String> algorithms, Progress progress, Work<T> work) throws IOException;
}
