package org.demarche.speaker;

import java.util.Set;

/** Finds whom a source of one word means: "she", "they", "who", "many". */
final class Pronouns {

  private final Words words;
  private final Entities entities;
  private final NounPhrases phrases;
  private final Credits credits;
  private final Antecedents antecedents;
  private final Descriptions descriptions;

  Pronouns(
      Words words,
      Entities entities,
      NounPhrases phrases,
      Credits credits,
      Antecedents antecedents,
      Descriptions descriptions) {
    this.words = words;
    this.entities = entities;
    this.phrases = phrases;
    this.credits = credits;
    this.antecedents = antecedents;
    this.descriptions = descriptions;
  }

  /** Returns whom the pronoun at {@code at} means, or null if the word is no pronoun. */
  Credit pronoun(int at, int to) {
    String word = words.folded(at);
    if (words.isCapitals(at) && words.length(at) > 1 && !words.isHeadline(at)) {
      return null;
    }
    if (phrases.isQuantity(at)) {
      return new Credit(at, phrases.described(SpeakerKind.GROUP, at, to), null, null, true);
    }
    return switch (word) {
      case "he", "his", "him", "himself" -> antecedents.person(at, Gender.MALE, Set.of());
      case "she", "her", "hers", "herself" -> antecedents.person(at, Gender.FEMALE, Set.of());
      case "they", "their", "them", "both" -> plural(at);
      case "it", "its", "itself" -> body(at);
      case "who", "that", "which", "whom", "whose" -> relative(at);
      case "i", "we", "my", "our", "me", "us" -> speaking(at);
      case "you", "your" -> Credit.unknown(at);
      default -> null;
    };
  }

  /** Returns the last speaker for "I" and "we" inside a quotation. */
  private Credit speaking(int at) {
    Credit last = credits.last();
    return last != null && words.isQuoted(at) && words.sentence(at) - words.sentence(last.at()) <= 2
        ? last.again(at)
        : Credit.unknown(at);
  }

  /** Returns the last speaker that "they" can mean. */
  private Credit plural(int at) {
    Credit last = credits.lastPlural();
    return last == null || words.sentence(at) - words.sentence(last.at()) > 5
        ? Credit.unknown(at)
        : last.again(at);
  }

  /** Returns the organization that "it" means. */
  private Credit body(int at) {
    int sentence = words.sentence(at);
    Credit last = credits.last();
    if (last != null && !isSingular(last)) {
      last = null;
    }
    Entity named = null;
    for (int i = at - 1; i >= 0 && sentence - words.sentence(i) <= 2; i--) {
      if (last != null && i <= last.at()) {
        break;
      }
      Entity entity = entities.entity(i);
      Mention mention = entities.mention(i);
      if (entity == null || !entity.isBody()) {
        continue;
      }
      if (antecedents.isSubject(mention)) {
        return Credit.of(at, entity);
      }
      if (named == null && entity.form() == Mention.Form.ORGANIZATION) {
        named = entity;
      }
      i = mention.from();
    }
    if (last != null && sentence - words.sentence(last.at()) <= 2) {
      return last.again(at);
    }
    return named == null ? Credit.unknown(at) : Credit.of(at, named);
  }

  /** Returns whether "it" can mean who was credited. */
  private static boolean isSingular(Credit credit) {
    return switch (credit.speaker().kind()) {
      case ORGANIZATION, UNNAMED -> true;
      case PERSON, GROUP, UNKNOWN -> false;
    };
  }

  /** Returns whom the noun phrase before "who" or "which" means. */
  private Credit relative(int at) {
    int i = at - 1;
    while (i >= 0 && words.sentence(i) == words.sentence(at) && words.isPunctuation(i)) {
      i--;
    }
    if (i < 0 || words.sentence(i) != words.sentence(at)) {
      return Credit.unknown(at);
    }
    Entity before = entities.entity(i);
    if (before != null) {
      return Credit.of(at, before);
    }
    if (words.length(i) > 2 && phrases.isQuantity(i)) {
      return new Credit(at, phrases.described(SpeakerKind.GROUP, i, i + 1), null, null, true);
    }
    // "the minister of trade, who": back to the opening of the noun phrase.
    int from = i;
    while (from > 0
        && i - from < 12
        && words.sentence(from - 1) == words.sentence(at)
        && !words.isComma(from - 1)
        && (!words.has(from - 1, WordLists.FUNCTION)
            || words.has(from - 1, WordLists.DETERMINER)
            || words.is(from - 1, "of"))
        && !words.has(from, WordLists.DETERMINER)) {
      from--;
    }
    int head = phrases.nounAt(from, i + 1);
    boolean person =
        head >= 0
            && (words.has(head, WordLists.GROUP | WordLists.ROLE | WordLists.BODY_NOUN)
                || (words.is(at, "who") && phrases.looksPlural(head)));
    if (person) {
      return descriptions.description(from, i + 1);
    }
    for (int k = i; k >= 0 && at - k < 20 && words.sentence(k) == words.sentence(at); k--) {
      Entity entity = entities.entity(k);
      if (entity != null && !entity.isBody() && words.is(at, "who")) {
        return Credit.of(at, entity);
      }
    }
    return Credit.unknown(at);
  }
}
