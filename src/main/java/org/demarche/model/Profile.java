package org.demarche.model;

/** What a model is made for. */
public enum Profile {
  /** One flat table: hundreds of thousands of statements a second and core. */
  fast,

  /** A pretrained encoder and a table together: some hundred statements a second and core. */
  accurate
}
