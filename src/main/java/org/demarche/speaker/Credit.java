package org.demarche.speaker;

/**
 * Whom one source in the article means.
 *
 * @param at the first word of the source
 * @param speaker who is credited
 * @param entity the entity that the speaker is, or null for a speaker without a name
 * @param head the noun of the source, such as {@code minister}, or null
 * @param plural whether "they" can mean this speaker
 */
record Credit(int at, Speaker speaker, Entity entity, String head, boolean plural) {

  /** Stands between the names of those who speak together. */
  static final String JOINT = "; ";

  /** Returns the credit of a source that means an entity. */
  static Credit of(int at, Entity entity) {
    return new Credit(at, entity.speaker(), entity, null, entity.isBody());
  }

  static Credit unknown(int at) {
    return new Credit(at, Speaker.UNKNOWN, null, null, false);
  }

  /** Returns the credit of a source at another word that means the same speaker. */
  Credit again(int at) {
    return new Credit(at, speaker, entity, head, plural);
  }
}
