package org.demarche.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.demarche.mllib.MllibBackend;
import org.demarche.training.Backend;
import org.demarche.training.TribuoBackend;

/** The libraries that users can choose to learn with, the default first. */
enum LearningBackend {
  tribuo(new TribuoBackend()),
  mllib(new MllibBackend());

  private final Backend backend;

  LearningBackend(Backend backend) {
    this.backend = backend;
  }

  Backend backend() {
    return backend;
  }

  static List<Backend> all() {
    return Arrays.stream(values()).map(LearningBackend::backend).toList();
  }

  /** The algorithms of all libraries, for the help. */
  static final class Algorithms implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return all().stream().flatMap(one -> one.algorithms().stream()).distinct().iterator();
    }
  }
}
