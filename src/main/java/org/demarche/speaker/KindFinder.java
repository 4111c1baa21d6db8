package org.demarche.speaker;

import java.util.HashMap;
import java.util.Map;
import org.demarche.speaker.Mention.Form;

/** Tells people from things and countries, and men from women, by the words around their names. */
final class KindFinder {

  /** Nouns that a name can describe: "the Okonjo campaign". */
  private static final int NOUNS =
      WordLists.BODY_NOUN
          | WordLists.BODY
          | WordLists.ROLE
          | WordLists.GROUP
          | WordLists.DOCUMENT
          | WordLists.SORT
          | WordLists.THING;

  private final Words words;
  private final Entities entities;
  private final WordLists lists = WordLists.bundled();

  KindFinder(Words words, Entities entities) {
    this.words = words;
    this.entities = entities;
  }

  /**
   * Makes places and groups of countries and their people, and organizations of names that always
   * follow "the", such as "the Compact" and "the Two Sisters".
   */
  void classifyNonPersons() {
    for (Entity entity : entities.all()) {
      entities.classifyNation(entity);
      boolean open = entity.form() == Form.NAME || entity.form() == Form.SINGLE;
      if (!open
          || entity.gender() != Gender.OPEN
          || (lists.of(entity.name().first()) & WordLists.GIVEN) != 0) {
        continue;
      }
      if (isCalledByThe(entity)) {
        entity.setBody();
      }
    }
  }

  private boolean isCalledByThe(Entity entity) {
    boolean alone = false;
    for (Mention mention : entity.mentions()) {
      int before = mention.from() - 1;
      if (words.isHeadline(mention.from()) || words.isLabel(mention.from())) {
        continue;
      }
      while (before >= 0
          && words.isUpper(before)
          && !words.is(before, "the")
          && words.adjacent(before, mention.from())) {
        before--;
      }
      if (before < 0 || !words.is(before, "the") || !words.adjacent(before, mention.from())) {
        return false;
      }
      int behind = mention.to();
      alone |=
          behind >= words.size()
              || !words.adjacent(behind, mention.from())
              || words.isPunctuation(behind)
              || words.has(behind, WordLists.FUNCTION)
              || mention.size() > 1 && !words.has(behind, NOUNS);
    }
    return alone;
  }

  /**
   * Infers genders that are still open by the pronouns behind a mention, as long as nobody else is
   * mentioned. Most must agree. A name that is not known to be a person's and that "its" follows
   * most often becomes an organization.
   */
  void inferGender() {
    Map<Entity, int[]> votes = new HashMap<>();
    Entity last = null;
    int lastSentence = -1;
    boolean alone = false;
    for (int i = 0; i < words.size(); i++) {
      Entity entity = entities.entity(i);
      if (entity != null && !words.isHeadline(i)) {
        if (!entity.isBody()) {
          if (entity != last) {
            alone = last == null || words.sentence(i) > lastSentence;
          }
          last = entity;
          lastSentence = words.sentence(i);
        }
        continue;
      }
      if (last == null || !alone || words.sentence(i) > lastSentence + 1 || words.length(i) > 3) {
        continue;
      }
      int vote =
          words.is(i, "he") || words.is(i, "his") || words.is(i, "him")
              ? 1
              : words.is(i, "she") || words.is(i, "her") ? -1 : 0;
      boolean its = vote == 0 && words.is(i, "its") && words.sentence(i) == lastSentence;
      if ((vote != 0 || its) && last.gender() == Gender.OPEN) {
        int[] count = votes.computeIfAbsent(last, k -> new int[3]);
        count[its ? 2 : vote > 0 ? 0 : 1]++;
      }
    }
    votes.forEach(
        (entity, count) -> {
          if (count[2] > count[0] + count[1] && entity.form() != Form.PERSON) {
            entity.setBody();
          } else if (count[0] >= 2 * count[1] && count[0] > 0) {
            entity.setGender(Gender.MALE);
          } else if (count[1] >= 2 * count[0] && count[1] > 0) {
            entity.setGender(Gender.FEMALE);
          }
        });
  }
}
