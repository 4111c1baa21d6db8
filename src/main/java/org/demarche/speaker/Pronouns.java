package org.demarche.speaker;

import java.util.Set;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Nouns;

/** Finds whom a source of one word means: "she", "they", "who", "many". */
final class Pronouns {

  private final AnnotatedText text;
  private final Entities entities;
  private final Nouns nouns;
  private final Credits credits;
  private final Antecedents antecedents;
  private final Descriptions descriptions;

  Pronouns(
      AnnotatedText text,
      Entities entities,
      Nouns nouns,
      Credits credits,
      Antecedents antecedents,
      Descriptions descriptions) {
    this.text = text;
    this.entities = entities;
    this.nouns = nouns;
    this.credits = credits;
    this.antecedents = antecedents;
    this.descriptions = descriptions;
  }

  /** Returns whom the pronoun at {@code at} means, or null if the word is no pronoun. */
  Credit pronoun(int at, int to) {
    String word = text.folded(at);
    if (text.isCapitals(at) && text.length(at) > 1 && !text.isHeadline(at)) {
      return null;
    }
    if (nouns.isQuantity(at)) {
      return new Credit(
          at, PrintedNames.described(SpeakerKind.GROUP, text, at, to), null, null, true);
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
    return last != null && text.isQuoted(at) && text.sentence(at) - text.sentence(last.at()) <= 2
        ? last.again(at)
        : Credit.unknown(at);
  }

  /** Returns the last speaker that "they" can mean. */
  private Credit plural(int at) {
    Credit last = credits.lastPlural();
    if (last != null && text.sentence(at) - text.sentence(last.at()) <= 5) {
      return last.again(at);
    }
    Credit pair = descriptions.joinedBefore(at);
    return pair == null ? Credit.unknown(at) : pair;
  }

  /** Returns the organization that "it" means. */
  private Credit body(int at) {
    int sentence = text.sentence(at);
    Credit last = credits.last();
    if (last != null && !isSingular(last)) {
      last = null;
    }
    Entity named = null;
    for (int i = at - 1; i >= 0 && sentence - text.sentence(i) <= 2; i--) {
      if (last != null && i <= last.at()) {
        break;
      }
      Entity entity = entities.entity(i);
      Mention mention = entities.mention(i);
      if (entity == null || !entity.isBody()) {
        continue;
      }
      if (antecedents.isSubject(mention) && antecedents.goesOnAsClause(mention.to())) {
        return Credit.of(at, entity);
      }
      if (named == null && entity.form() == Mention.Form.ORGANIZATION) {
        named = entity;
      }
      i = mention.from();
    }
    if (last != null && sentence - text.sentence(last.at()) <= 2) {
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
    while (i >= 0 && text.sameSentence(i, at) && text.isPunctuation(i)) {
      i--;
    }
    if (i < 0 || !text.sameSentence(i, at)) {
      return Credit.unknown(at);
    }
    Entity before = entities.entity(i);
    if (before != null) {
      int preposition = entities.mention(i).outerFrom() - 1;
      boolean complement =
          preposition > 0
              && !antecedents.isPersonal(before)
              && text.is(preposition, "from", "of", "in", "at", "for");
      // "Okonjo, 30, from Vell, who": the relative clause is about Okonjo.
      Entity person = complement && text.is(at, "who") ? personBefore(preposition) : null;
      return Credit.of(at, person == null ? before : person);
    }
    if (text.length(i) > 2 && nouns.isQuantity(i)) {
      return new Credit(
          at, PrintedNames.described(SpeakerKind.GROUP, text, i, i + 1), null, null, true);
    }
    // "the minister of trade, who": back to the opening of the noun phrase.
    int from = i;
    while (from > 0
        && i - from < 12
        && text.sameSentence(from - 1, at)
        && !text.is(from - 1, ',')
        && (!text.has(from - 1, Lexicon.FUNCTION)
            || text.isDeterminer(from - 1)
            || text.is(from - 1, "of"))
        && !text.isDeterminer(from)) {
      from--;
    }
    int head = nouns.nounAt(from, i + 1);
    boolean person =
        head >= 0
            && (text.has(head, Lexicon.GROUP | Lexicon.ROLE | Lexicon.BODY_NOUN)
                || (text.is(at, "who") && nouns.looksPlural(head)));
    if (person) {
      return descriptions.description(from, i + 1);
    }
    Entity named = text.is(at, "who") ? personBefore(at) : null;
    return named == null ? Credit.unknown(at) : Credit.of(at, named);
  }

  /** Returns who is named last in the same sentence, not far before, or null. */
  private Entity personBefore(int at) {
    for (int k = at - 1; k >= 0 && at - k < 20 && text.sameSentence(k, at); k--) {
      Entity entity = entities.entity(k);
      if (entity != null && !entity.isBody()) {
        return entity;
      }
    }
    return null;
  }
}
