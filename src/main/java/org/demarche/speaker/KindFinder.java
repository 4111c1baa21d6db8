package org.demarche.speaker;

import java.util.HashMap;
import java.util.Map;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.speaker.Mention.Form;

/** Tells people from things and countries, and men from women, by the words around their names. */
final class KindFinder {

  /** Nouns that a name can describe: "the Okonjo campaign". */
  private static final long NOUNS =
      Lexicon.BODY_NOUN
          | Lexicon.BODY
          | Lexicon.ROLE
          | Lexicon.GROUP
          | Lexicon.DOCUMENT
          | Lexicon.SORT
          | Lexicon.THING;

  private final AnnotatedText text;
  private final Entities entities;
  private final Lexicon lexicon = Lexicon.english();

  KindFinder(AnnotatedText text, Entities entities) {
    this.text = text;
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
          || (lexicon.of(entity.name().first()) & Lexicon.GIVEN) != 0) {
        continue;
      }
      if (isCalledByThe(entity)) {
        entity.setBody();
      } else if (isWhereThingsHappen(entity)) {
        entity.setPlace();
      }
    }
  }

  /** Returns whether half of the mentions or more follow "in" or the like, as in "in Vell". */
  private boolean isWhereThingsHappen(Entity entity) {
    int inside = 0;
    int all = 0;
    for (Mention mention : entity.mentions()) {
      int before = mention.from() - 1;
      if (text.isHeadline(mention.from())) {
        continue;
      }
      all++;
      boolean behind =
          before >= 0
              && text.sameSentence(before, mention.from())
              && text.is(before, "in", "near", "outside", "across", "throughout", "into")
              && !(mention.to() < text.size() && text.isPossessive(mention.to()));
      inside += behind ? 1 : 0;
    }
    return inside > 0 && 2 * inside >= all;
  }

  private boolean isCalledByThe(Entity entity) {
    boolean alone = false;
    for (Mention mention : entity.mentions()) {
      int before = mention.from() - 1;
      if (text.isHeadline(mention.from()) || text.isLabel(mention.from())) {
        continue;
      }
      while (before >= 0
          && text.isUpper(before)
          && !text.is(before, "the")
          && text.sameSentence(before, mention.from())) {
        before--;
      }
      if (before < 0 || !text.is(before, "the") || !text.sameSentence(before, mention.from())) {
        return false;
      }
      int behind = mention.to();
      alone |=
          behind >= text.size()
              || !text.sameSentence(behind, mention.from())
              || text.isPunctuation(behind)
              || text.has(behind, Lexicon.FUNCTION)
              || mention.size() > 1 && !text.has(behind, NOUNS);
    }
    return alone;
  }

  /**
   * Returns whether the name stands for somebody by itself: no part of another noun phrase, as in
   * "a young Romeo", "in Vell" and "Vell traders".
   */
  private boolean isFree(Mention mention) {
    int behind = mention.to();
    if (behind < text.size()
        && text.isLower(behind)
        && !text.isFinite(behind)
        && !text.has(behind, Lexicon.FUNCTION | Lexicon.ADVERB)) {
      return false;
    }
    int before = mention.outerFrom() - 1;
    int last = Math.max(0, before - 2);
    while (before > last
        && text.isLower(before)
        && !text.has(before, Lexicon.FUNCTION)
        && !text.isFinite(before)) {
      before--;
    }
    return before < 0
        || !text.sameSentence(before, behind - 1)
        || !text.isDeterminer(before) && !text.is(before, "in", "at", "near", "from", "across");
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
    boolean acts = false;
    for (int i = 0; i < text.size(); i++) {
      Entity entity = entities.entity(i);
      if (entity != null && !text.isHeadline(i)) {
        if (!entity.isBody()) {
          if (entity != last) {
            alone = last == null || text.sentence(i) > lastSentence;
          }
          acts = entity.form() == Form.PERSON || isFree(entities.mention(i));
          last = entity;
          lastSentence = text.sentence(i);
        }
        continue;
      }
      if (last == null || !alone || text.sentence(i) > lastSentence + 1 || text.length(i) > 3) {
        continue;
      }
      int vote = text.is(i, "he", "his", "him") ? 1 : text.is(i, "she", "her") ? -1 : 0;
      boolean its = vote == 0 && text.is(i, "its") && text.sentence(i) == lastSentence;
      if ((vote != 0 && acts || its) && last.gender() == Gender.OPEN) {
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
