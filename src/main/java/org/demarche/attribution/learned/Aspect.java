package org.demarche.attribution.learned;

/** What a feature of the arbiter looks at. Each feature has one aspect. */
public enum Aspect {
  START("base rate"),
  FINDERS("who found it, and do they agree"),
  RULE("the rule, beside the tagger"),
  CERTAINTY("how sure the tagger is of it"),
  SOURCE("the source"),
  CUE("the cue"),
  SHAPE("its length and quotation marks"),
  EDGES("words and marks at its edges"),
  RIVALS("other statements in its place");

  private final String words;

  Aspect(String words) {
    this.words = words;
  }

  /** Returns the aspect in a few words for people to read. */
  public String words() {
    return words;
  }
}
