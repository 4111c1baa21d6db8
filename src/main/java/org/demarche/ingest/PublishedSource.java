package org.demarche.ingest;

/** Where the date of an article comes from. */
public enum PublishedSource {
  /** The field or element of the record that is for the date of publication. */
  FIELD,
  /**
   * The record's field for its last change, or for this version. The record gives no date of
   * publication, or gives an earlier one, that of its first version.
   */
  CHANGE,
  /** A date line that is printed in the text. */
  TEXT,
  /** The data about the article that a page carries for search engines (JSON-LD or microdata). */
  STRUCTURED_DATA,
  /** A meta element in the head of a page. */
  META,
  /** A date that a page shows beside its headline. */
  PAGE,
  /** The address of a page. */
  ADDRESS
}
