package org.demarche.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.warehouse.Recipe;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Transaction;

/**
 * The batches that a stage still has to process: those that are new, or all if its recipe has
 * changed.
 *
 * @param pending the batches to process, in order
 * @param restarted whether the recipe has changed, so that earlier results are dropped
 */
record StageBatches(List<String> pending, boolean restarted) {

  /**
   * Finds the batches of {@code from} that {@code to} lacks. If the recipe has changed, it clears
   * {@code to} and returns all batches.
   *
   * @param digest digest of everything except the input that determines the output of the stage
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if {@code from} has no batches
   */
  static StageBatches of(
      Transaction transaction, Recipe recipe, String digest, Table<?> from, Table<?> to)
      throws IOException {
    TreeSet<String> pending = new TreeSet<>(transaction.batches(from));
    if (pending.isEmpty()) {
      throw DemarcheException.inputMissing(
          "The warehouse %s has no table %s yet: nothing to %s"
              .formatted(transaction.warehouse().shown(), from.name(), recipe.label()));
    }
    boolean restarted = !recipe.digest(transaction).equals(Optional.of(digest));
    if (restarted) {
      transaction.clear(to);
      recipe.store(transaction, digest);
    } else {
      pending.removeAll(transaction.batches(to));
    }
    return new StageBatches(List.copyOf(pending), restarted);
  }
}
