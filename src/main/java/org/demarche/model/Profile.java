package org.demarche.model;

/** The trade-off between speed and accuracy that a model is built for. */
public enum Profile {
  /** One table of weights; reads hundreds of thousands of statements per second per core. */
  fast,

  /**
   * A pretrained encoder and a table together; reads about a hundred statements per second per
   * core.
   */
  accurate
}
