package org.demarche.speaker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.speaker.Mention.Form;

/** Finds the entity of an article that a single word means: a surname, a short form, an acronym. */
final class NameIndex {

  /** Of more entities with the same word in their name only the first are compared. */
  private static final int MOST_BEARERS = 200;

  /** A joined word has so many letters of each of its words at least. */
  private static final int SHORTEST_START = 3;

  /** Shorter words are too often other surnames. */
  private static final int SHORTEST_MISSPELT = 5;

  private static final LevenshteinDistance ONE_LETTER = new LevenshteinDistance(1);

  private final AnnotatedText text;

  /** Those of more than one word. */
  private final List<Entity> organizations = new ArrayList<>();

  /** Those named in full who can be people. */
  private final List<Entity> people = new ArrayList<>();

  private final Map<String, List<Entity>> byLastWord = new HashMap<>();
  private final Map<String, List<Entity>> byOtherWord = new HashMap<>();
  private final Map<String, Entity> byInitials = new HashMap<>();

  /**
   * @param entities those that the article names in full or with a title
   */
  NameIndex(AnnotatedText text, Iterable<Entity> entities) {
    this.text = text;
    for (Entity entity : entities) {
      Mention first = entity.mentions().iterator().next();
      if (text.isLower(first.to() - 1)) {
        // "Velland" is not short for "Velland's foreign ministry".
        continue;
      }
      List<String> name = entity.name().words();
      String last = entity.name().last();
      if (name.size() > 1) {
        put(byLastWord, last, entity);
        (entity.isBody() ? organizations : people).add(entity);
        Set<String> others = new LinkedHashSet<>(name.subList(0, name.size() - 1));
        // "Ken" where the article has both Ken Marsh and Kenneth Marsh.
        entity.fullNames().forEach(full -> others.add(full.first()));
        others.remove(last);
        for (String word : others) {
          if (word.length() > 1) {
            put(byOtherWord, word, entity);
          }
        }
        if (entity.form() == Form.ORGANIZATION || entity.form() == Form.NAME && name.size() > 2) {
          entity.mentions().forEach(mention -> putBracketed(mention, entity));
          for (Name full : entity.fullNames()) {
            byInitials.putIfAbsent(initials(full.words(), true), entity);
            byInitials.putIfAbsent(initials(full.words(), false), entity);
          }
        }
      } else if (entity.form() == Form.PERSON) {
        put(byLastWord, last, entity);
      }
      if (last.length() > 4 && last.charAt(2) == '-') {
        // "Baghdadi" for "al-Baghdadi".
        put(byOtherWord, last.substring(3), entity);
      }
    }
  }

  /** Notes the acronym in brackets behind a name: "Vell Harbour Trust (VHT)". */
  private void putBracketed(Mention mention, Entity entity) {
    int open = mention.to();
    if (open + 2 < text.size()
        && text.is(open, '(')
        && text.isCapitals(open + 1)
        && text.is(open + 2, ')')) {
      byInitials.putIfAbsent(text.folded(open + 1), entity);
    }
  }

  private static void put(Map<String, List<Entity>> index, String word, Entity entity) {
    index.computeIfAbsent(word, k -> new ArrayList<>()).add(entity);
  }

  private static String initials(List<String> name, boolean all) {
    StringBuilder initials = new StringBuilder();
    for (String word : name) {
      if (all || (Lexicon.english().of(word) & Lexicon.FUNCTION) == 0) {
        initials.append(word.charAt(0));
      }
    }
    return initials.toString();
  }

  /**
   * Returns the entity most often named in full with the folded word as its last, else in its name,
   * or null.
   */
  Entity mostNamed(String word) {
    List<Entity> known = byLastWord.getOrDefault(word, byOtherWord.getOrDefault(word, List.of()));
    return known.stream()
        .limit(MOST_BEARERS)
        .max(Comparator.comparingInt(Entity::fullMentions).thenComparingInt(e -> -e.number()))
        .orElse(null);
  }

  /** Returns the organization of which the folded word is the acronym, or null. */
  Entity spelledOut(String acronym) {
    Entity spelled = acronym.length() > 1 ? byInitials.get(acronym) : null;
    if (spelled == null && acronym.length() >= 2 * SHORTEST_START) {
      for (Entity organization :
          organizations.subList(0, Math.min(organizations.size(), MOST_BEARERS))) {
        if (isJoined(acronym, organization.name().words())) {
          return organization;
        }
      }
    }
    return spelled;
  }

  /** Returns whether the word is made of the starts of two words: "harcom" of harbour command. */
  private static boolean isJoined(String joined, List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      int first = StringUtils.getCommonPrefix(joined, words.get(i - 1)).length();
      for (int cut = SHORTEST_START;
          cut <= Math.min(first, joined.length() - SHORTEST_START);
          cut++) {
        if (words.get(i).startsWith(joined.substring(cut))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the likeliest entity with the last word of its name at the mention, or null. */
  Entity byLastWord(Mention mention) {
    return best(byLastWord.get(text.folded(mention.from())), mention);
  }

  /**
   * Returns the person whose surname differs from the folded word by one letter, or null: "Okonjo"
   * that the article spells "Okonjjo" elsewhere.
   */
  Entity byMisspeltSurname(String word) {
    if (word.length() < SHORTEST_MISSPELT) {
      return null;
    }
    for (Entity person : people.subList(0, Math.min(people.size(), MOST_BEARERS))) {
      String last = person.name().last();
      if (last.charAt(0) == word.charAt(0)
          && ONE_LETTER.apply(last, word) == 1
          && !word.equals(last + "s")
          && !last.equals(word + "s")) {
        return person;
      }
    }
    return null;
  }

  /** Returns the likeliest entity with another word of its name at the mention, or null. */
  Entity byOtherWord(Mention mention) {
    String word = text.folded(mention.from());
    Entity entity = best(byOtherWord.get(word), mention);
    boolean told =
        entity == null
            || !entity.isBody()
            || entity.name().first().equals(word)
            || text.has(mention.from(), Lexicon.BODY);
    return told ? entity : null;
  }

  private Entity best(List<Entity> known, Mention mention) {
    Entity best = null;
    if (known != null) {
      for (Entity entity : known.subList(0, Math.min(known.size(), MOST_BEARERS))) {
        boolean fits =
            entity.gender().agrees(mention.gender())
                && !(entity.isBody() && mention.form() == Form.PERSON);
        if (fits && (best == null || isLikelier(entity, best, mention.from()))) {
          best = entity;
        }
      }
    }
    return best;
  }

  /**
   * Returns whether {@code a} is likelier to be meant than {@code b}: people before organizations,
   * then who is named in full three times as often, then who was named just before, then who is
   * named in full more often.
   */
  private boolean isLikelier(Entity a, Entity b, int at) {
    if (a.isBody() != b.isBody()) {
      return b.isBody();
    }
    if (a.fullMentions() >= 3 * b.fullMentions() || b.fullMentions() >= 3 * a.fullMentions()) {
      return a.fullMentions() > b.fullMentions();
    }
    boolean activeA = isActive(a, at);
    boolean activeB = isActive(b, at);
    return activeA != activeB ? activeA : a.fullMentions() > b.fullMentions();
  }

  /** Returns whether a title introduced the entity and the last sentences name it. */
  private boolean isActive(Entity entity, int at) {
    return entity.lastIntroduction(at) >= 0
        && text.sentence(at) - text.sentence(entity.lastMention(at)) <= 3;
  }
}
