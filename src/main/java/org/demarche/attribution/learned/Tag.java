package org.demarche.attribution.learned;

/**
 * The part that a token has in an attribution. A token has one tag; where one attribution lies
 * inside another, that of the outer one.
 */
public enum Tag {
  /** The token is in no attribution. */
  OUTSIDE,
  SOURCE_BEGIN,
  SOURCE_INSIDE,
  CUE_BEGIN,
  CUE_INSIDE,
  CONTENT_BEGIN,
  CONTENT_INSIDE,
  /** Begins a later piece of a content: behind its cue, or in the next paragraph. */
  CONTENT_RESUMED;

  static final int COUNT = values().length;

  /** Returns the tag of the tokens that follow in the same piece; itself where there is none. */
  Tag inside() {
    return switch (this) {
      case SOURCE_BEGIN, SOURCE_INSIDE -> SOURCE_INSIDE;
      case CUE_BEGIN, CUE_INSIDE -> CUE_INSIDE;
      case CONTENT_BEGIN, CONTENT_INSIDE, CONTENT_RESUMED -> CONTENT_INSIDE;
      case OUTSIDE -> OUTSIDE;
    };
  }

  /** Returns whether the tag goes on with a piece, so that it cannot start a paragraph. */
  boolean isInside() {
    return this == SOURCE_INSIDE || this == CUE_INSIDE || this == CONTENT_INSIDE;
  }

  /** Returns whether this tag may follow {@code before}. */
  boolean follows(Tag before) {
    return !isInside() || before.inside() == this;
  }
}
