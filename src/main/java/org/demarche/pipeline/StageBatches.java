package org.demarche.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Transaction;

/**
 * Which batches a stage has to do: those it has not done yet, or all where its recipe has changed.
 *
 * @param batches the batches to do, in order
 * @param again whether earlier results were made by another recipe and are dropped
 */
record StageBatches(List<String> batches, boolean again) {

  private static final String RECIPES = "_recipes";

  /**
   * Compares what {@code from} holds with what {@code to} holds.
   *
   * @param recipe digest of everything but the input that decides what the stage writes
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is nothing to work on
   */
  static StageBatches of(
      Transaction transaction, Stage stage, String recipe, Table<?> from, Table<?> to)
      throws IOException {
    SortedSet<String> there = transaction.batches(from);
    if (there.isEmpty()) {
      throw DemarcheException.inputMissing(
          "The warehouse %s has no table %s yet: nothing to %s"
              .formatted(transaction.warehouse().shown(), from.name(), stage.label()));
    }
    boolean again = !isCurrent(transaction, stage, recipe);
    TreeSet<String> todo = new TreeSet<>(there);
    if (again) {
      transaction.clear(to);
      made(transaction, stage, recipe);
    } else {
      todo.removeAll(transaction.batches(to));
    }
    return new StageBatches(new ArrayList<>(todo), again);
  }

  /** Returns whether what {@code stage} has written was made by {@code recipe}. */
  static boolean isCurrent(Transaction transaction, Stage stage, String recipe) throws IOException {
    return transaction.text(RECIPES + "/" + stage.label()).filter(recipe::equals).isPresent();
  }

  /** Records that what {@code stage} writes is made by {@code recipe}. */
  static void made(Transaction transaction, Stage stage, String recipe) throws IOException {
    transaction.put(RECIPES + "/" + stage.label(), recipe);
  }
}
