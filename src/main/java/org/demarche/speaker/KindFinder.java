package org.demarche.speaker;

import java.util.HashMap;
import java.util.Map;
import org.demarche.speaker.Mention.Form;

/** Tells things and countries from people, and men from women, by how the article goes on. */
final class KindFinder {

  /** Nouns that a name before them only describes: "the Okonjo campaign". */
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
   * Tells names of countries and of things from those of people: whatever the article calls by
   * "the" only, as in "the Compact" and "the Two Sisters", is nobody.
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
   * Tells the gender of those whose name leaves it open by the pronouns behind them: where nobody
   * else is named in between, "he" and "she" vote; and "its" makes a body of a name that nothing
   * shows to be a person's.
   */
  void inferGender() {
    Map<Entity, int[]> votes = new HashMap<>();
    Entity last = null;
    int lastSentence = -1;
    boolean alone = false;
    for (int i = 0; i < words.size(); i++) {
      Entity entity = entities.entity(i);
      if (entity != null && !words.isHeadline(i)) {
        if (entity.canBePerson()) {
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
