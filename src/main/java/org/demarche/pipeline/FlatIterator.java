package org.demarche.pipeline;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Goes through what a function gives for each element, one element at a time. */
final class FlatIterator<A, B> implements Iterator<B> {

  private final Iterator<A> outer;
  private final Function<A, Iterator<B>> function;
  private Iterator<B> inner = Collections.emptyIterator();

  FlatIterator(Iterator<A> outer, Function<A, Iterator<B>> function) {
    this.outer = outer;
    this.function = function;
  }

  @Override
  public boolean hasNext() {
    while (!inner.hasNext() && outer.hasNext()) {
      inner = function.apply(outer.next());
    }
    return inner.hasNext();
  }

  @Override
  public B next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return inner.next();
  }
}
