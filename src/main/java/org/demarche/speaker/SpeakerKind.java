package org.demarche.speaker;

/** What sort of speaker is credited. */
public enum SpeakerKind {
  /** A person known by name. */
  PERSON,
  /** A named body: a ministry, a company, a court, a newspaper, a country's government. */
  ORGANIZATION,
  /** Several people: a joint subject, or officials, residents, experts of a named place or body. */
  GROUP,
  /** One person or document without a name: a spokeswoman, an official, a letter. */
  UNNAMED,
  /** Nothing in the article says who spoke with enough certainty. */
  UNKNOWN
}
