package org.demarche.speaker;

/**
 * What a source was read as.
 *
 * @param at word at which the source stood
 * @param speaker who was credited
 * @param entity the same as an entity of the article, or null for those without a name
 * @param head shared form of the role in the source, or null
 * @param plural whether "they" can mean this speaker
 */
record Credit(int at, Speaker speaker, Entity entity, String head, boolean plural) {

  /** A joint subject and a plural pronoun are joined so. */
  static final String JOINT = "; ";

  static Credit of(int at, Entity entity) {
    return new Credit(at, entity.speaker(), entity, null, entity.isBody());
  }

  static Credit unknown(int at) {
    return new Credit(at, Speaker.UNKNOWN, null, null, false);
  }
}
