package org.demarche.pipeline;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Goes through rows that are sorted by a key, and returns one group for all rows of a key.
 *
 * @param <R> a row
 * @param <G> a group, to which rows are added
 */
final class Groups<R, G> implements Iterator<G> {

  private final Iterator<R> rows;
  private final Function<R, ?> key;
  private final Function<R, G> start;
  private final BiConsumer<G, R> add;
  private R next;

  /**
   * @param start makes the empty group of a key from its first row
   */
  Groups(Iterator<R> rows, Function<R, ?> key, Function<R, G> start, BiConsumer<G, R> add) {
    this.rows = rows;
    this.key = key;
    this.start = start;
    this.add = add;
    advance();
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public G next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Object current = key.apply(next);
    G group = start.apply(next);
    while (next != null && key.apply(next).equals(current)) {
      add.accept(group, next);
      advance();
    }
    return group;
  }
}
