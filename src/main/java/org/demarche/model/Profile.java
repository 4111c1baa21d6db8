package org.demarche.model;

/** What a model is made for. */
public enum Profile {
  /** One flat table: hundreds of thousands of statements per second per core. */
  fast,

  /** A pretrained encoder and a table together: some hundred statements per second per core. */
  accurate
}
