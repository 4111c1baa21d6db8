package org.demarche.speaker;

/** The kind of a speaker. */
public enum SpeakerKind {
  /** A person known by name. */
  PERSON,
  /** A named body: a ministry, a company, a court, a newspaper, a country's government. */
  ORGANIZATION,
  /** Several people: a joint subject, or officials, residents, experts of a named place or body. */
  GROUP,
  /** One person or document without a name: a spokeswoman, an official, a letter. */
  UNNAMED,
  /** The article does not say with certainty who spoke. */
  UNKNOWN
}
