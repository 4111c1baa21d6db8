package org.demarche.speaker;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads sources that describe and do not name: "the minister", "a report by the ministry". */
final class Descriptions {

  private final Words words;
  private final Entities entities;
  private final NounPhrases phrases;
  private final Credits credits;
  private final Antecedents antecedents;
  private final OrganizationReferences bodies;
  private final OfficeHolders holders;
  private final SourceReader reader;

  Descriptions(
      Words words,
      Entities entities,
      NounPhrases phrases,
      Credits credits,
      Antecedents antecedents,
      SourceReader reader) {
    this.words = words;
    this.entities = entities;
    this.phrases = phrases;
    this.credits = credits;
    this.antecedents = antecedents;
    this.reader = reader;
    this.bodies = new OrganizationReferences(words, entities, phrases, credits);
    this.holders = new OfficeHolders(words, entities, antecedents);
  }

  // Descriptions

  Credit description(int from, int to) {
    int start = from;
    boolean definite = false;
    boolean indefinite = false;
    Gender owner = null;
    if (words.has(start, WordLists.DETERMINER) && to - start > 1) {
      String determiner = words.folded(start);
      definite = determiner.equals("the") || determiner.equals("that") || determiner.equals("this");
      indefinite =
          determiner.equals("a")
              || determiner.equals("an")
              || determiner.equals("one")
              || determiner.equals("another");
      if (determiner.equals("his")) {
        owner = Gender.MALE;
      } else if (determiner.equals("her")) {
        owner = Gender.FEMALE;
      }
    }
    // "the", "more than 100", "at least two": the noun comes behind.
    while (start < to - 1
        && (words.isNumber(start)
            || (words.has(start, WordLists.FUNCTION) && !words.is(start, "who")))) {
      start++;
    }
    int head = phrases.nounAt(start, to);
    if (head < 0) {
      return Credit.unknown(from);
    }
    int bits = words.bits(head);
    if ((bits & WordLists.DOCUMENT) != 0) {
      return document(from, to, head, owner, definite);
    }
    String role = words.roleHead(head);
    boolean plural = phrases.isPlural(head, bits);
    if (role != null && !plural) {
      return holder(from, start, to, head, role, definite, indefinite);
    }
    if ((bits & (WordLists.BODY_NOUN | WordLists.BODY)) != 0 && !plural) {
      return bodies.bodyDescription(from, start, to, head, definite, indefinite);
    }
    if (plural) {
      Credit two = theTwo(from, to);
      return two != null
          ? two
          : new Credit(from, phrases.described(SpeakerKind.GROUP, from, to), null, null, true);
    }
    if (to - from == 1 && words.isUpper(from)) {
      Entity called = entities.called(words.folded(from));
      if (called != null) {
        return Credit.of(from, called);
      }
    }
    return new Credit(from, phrases.unnamed(from, to), null, null, false);
  }

  /** "The two men" are the only two people named in the sentences just before. */
  private Credit theTwo(int from, int to) {
    if (to - from < 2 || to - from > 4 || !words.is(from, "the") || !words.is(from + 1, "two")) {
      return null;
    }
    String noun = words.folded(to - 1);
    String one = noun.endsWith("s") ? noun.substring(0, noun.length() - 1) : noun;
    boolean people =
        noun.equals("two")
            || noun.equals("men")
            || noun.equals("women")
            || WordLists.bundled().role(one) != null;
    if (!people) {
      return null;
    }
    Set<Entity> pair = new LinkedHashSet<>();
    int sentence = words.sentence(from);
    for (int i = from - 1; i >= 0 && sentence - words.sentence(i) <= 2; i--) {
      Entity entity = entities.entity(i);
      if (entity != null && antecedents.isPersonal(entity)) {
        pair.add(entity);
      }
    }
    if (pair.size() != 2) {
      return null;
    }
    List<String> names = new ArrayList<>();
    pair.forEach(person -> names.add(0, person.printed()));
    Speaker both =
        new Speaker(SpeakerKind.GROUP, String.join(Credit.JOINT, names), null, null, List.of());
    return new Credit(from, both, null, null, true);
  }

  private Credit holder(
      int from, int start, int to, int head, String role, boolean definite, boolean indefinite) {
    if (indefinite) {
      return new Credit(from, phrases.unnamed(from, to), null, role, false);
    }
    Gender gender = WordLists.gender(words.bits(head));
    Entity holder = holders.find(role, start, to, head);
    if (holder != null && !holder.gender().agrees(gender)) {
      holder = null;
    }
    Credit same = credits.sameUnnamed(role);
    if (same != null
        && same.entity() == null
        && !holders.isForeign(same, holders.nations(start, to))
        && genderAt(same).agrees(gender)
        && (holder == null || holder.lastMention(from) < same.at())) {
      return new Credit(from, same.speaker(), null, role, false);
    }
    if (holder != null) {
      return new Credit(from, holder.speaker(), holder, role, false);
    }
    if (definite && !OfficeHolders.isNeverNamed(role) && !hasComplement(head, to)) {
      // "The Vell governor" behind a sentence about somebody: what else they are, told on the way.
      Credit meant = antecedents.person(from, gender, holders.nations(start, to));
      int last = meant.entity() == null ? -1 : meant.entity().lastMention(from);
      if (last >= 0
          && words.sentence(from) - words.sentence(last) <= 3
          && (meant.entity().roles().isEmpty() || credits.isMainSpeaker(meant.entity()))) {
        return meant;
      }
    }
    return new Credit(from, phrases.unnamed(from, to), null, role, false);
  }

  /** "The captain of the Two Sisters" and "the wife of a man" bring somebody new. */
  private boolean hasComplement(int head, int to) {
    int named = head + 2 < to && words.is(head + 2, "the") ? head + 3 : head + 2;
    return named < to
        && words.is(head + 1, "of")
        && (words.isUpper(named) || words.is(head + 2, "a"));
  }

  /** Returns what the words of a source tell about the gender of who spoke. */
  private Gender genderAt(Credit credit) {
    for (int i = credit.at(); i < words.size() && i < credit.at() + 6; i++) {
      if (words.has(i, WordLists.ROLE)) {
        return WordLists.gender(words.bits(i));
      }
    }
    return Gender.OPEN;
  }

  private Credit document(int from, int to, int head, Gender owner, boolean definite) {
    if (owner != null) {
      return antecedents.person(from, owner);
    }
    // "a report by", "the letter from": whoever is named behind speaks through it.
    for (int i = head + 1; i < to - 1; i++) {
      if (words.is(i, "by") || words.is(i, "from") || words.is(i, "of")) {
        Credit author = reader.phrase(i + 1, to);
        if (author.speaker().kind() == SpeakerKind.PERSON
            || author.speaker().kind() == SpeakerKind.ORGANIZATION
            || (author.speaker().kind() == SpeakerKind.GROUP
                && author.speaker().name().contains(Credit.JOINT))) {
          return new Credit(
              from, author.speaker(), author.entity(), words.folded(head), author.plural());
        }
      }
    }
    Credit same = definite ? credits.sameUnnamed(words.folded(head)) : null;
    if (same != null) {
      return new Credit(from, same.speaker(), same.entity(), same.head(), same.plural());
    }
    return new Credit(from, phrases.unnamed(from, to), null, words.folded(head), false);
  }
}
