package org.demarche.training;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.demarche.console.Progress;
import org.demarche.model.ModelFormat;

/**
 * The algorithms of Tribuo: those of {@link TribuoTrainer}, and those that are registered as a
 * {@link ModelFormat}.
 */
public final class TribuoBackend implements Backend {

  @Override
  public String name() {
    return "tribuo";
  }

  @Override
  public List<String> algorithms() {
    return trainers().map(Trainer::algorithm).toList();
  }

  private Stream<Trainer> trainers() {
    return Stream.concat(
        TribuoTrainer.ALGORITHMS.stream().map(TribuoTrainer::of),
        ModelFormat.all().stream()
            .filter(Trainer.class::isInstance)
            .map(Trainer.class::cast)
            .filter(trainer -> trainer.backend().equals(name())));
  }

  @Override
  public <T> T with(List<String> algorithms, Progress progress, Work<T> work) throws IOException {
    return work.with(
        algorithms.stream()
            .map(
                name ->
                    trainers()
                        .filter(trainer -> trainer.algorithm().equals(name))
                        .findFirst()
                        .orElseThrow())
            .toList());
  }
}
