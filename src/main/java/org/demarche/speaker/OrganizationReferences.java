package org.demarche.speaker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Nouns;

/** Finds the organization that a description means: "the ministry", "Okonjo’s campaign". */
final class OrganizationReferences {

  /** Only this many mentions of organizations of one sort are compared. */
  private static final int MOST_TRIED = 1_000;

  /** Only so many mentions before "the company" are candidates. */
  private static final int MOST_BACK = 100;

  private final AnnotatedText text;
  private final Entities entities;
  private final Nouns nouns;
  private final Credits credits;

  OrganizationReferences(AnnotatedText text, Entities entities, Nouns nouns, Credits credits) {
    this.text = text;
    this.entities = entities;
    this.nouns = nouns;
    this.credits = credits;
  }

  /**
   * Returns the organization that a description means.
   *
   * @param start the first word behind the determiner
   * @param head the noun
   */
  Credit find(int from, int start, int to, int head, boolean definite, boolean indefinite) {
    String noun = text.folded(head);
    boolean bare = head == start;
    if (indefinite) {
      return new Credit(
          from, PrintedNames.described(SpeakerKind.UNNAMED, text, from, to), null, noun, true);
    }
    Credit same = credits.lastWithHead(noun);
    if (bare || definite) {
      Entity meant = lastNamed(noun, start, head, from);
      boolean later =
          bare
              && same != null
              && same.entity() == null
              && meant != null
              && same.at() > meant.lastMention(from);
      if (meant != null && !later) {
        return Credit.of(from, meant);
      }
    }
    int nameEnd = head + 1;
    if (head + 2 < to && text.is(head + 1, "of")) {
      // "the Bank of Vell", "the ministry of defence"
      Mention mention = entities.mention(head + 2);
      nameEnd = mention != null ? Math.min(to, mention.to()) : isWholeName(head, to) ? to : nameEnd;
    }
    if (bare && nameEnd == head + 1) {
      if (same == null) {
        same = ownedBefore(noun, from);
      }
      if (same == null && definite && text.has(head, Lexicon.SORT)) {
        Entity spokenOf = mostSpokenOf(from, isOutlet(head));
        if (spokenOf != null) {
          return new Credit(from, spokenOf.speaker(), spokenOf, noun, true);
        }
      }
      return same == null
          ? new Credit(
              from, PrintedNames.described(SpeakerKind.UNNAMED, text, from, to), null, noun, true)
          : new Credit(from, same.speaker(), same.entity(), noun, true);
    }
    if (definite
        && nameEnd == head + 1
        && text.has(head, Lexicon.SORT)
        && isOnlyDescribed(start, head)) {
      Entity spokenOf = mostSpokenOf(from, true);
      if (spokenOf == null && text.is(head, "group", "organization", "organisation", "militia")) {
        spokenOf = mostSpokenOf(from, false);
      }
      if (spokenOf != null) {
        return new Credit(from, spokenOf.speaker(), spokenOf, noun, true);
      }
    }
    // "the Velland government", "Ferry police", "city of Vell": named by the words around the noun.
    Credit owned = owned(from, start, head);
    if (owned != null) {
      return owned;
    }
    boolean named = false;
    for (int i = start; i < nameEnd; i++) {
      named |= text.isUpper(i) && !(i < head && text.has(head, Lexicon.SORT) && isDescribing(i));
    }
    SpeakerKind kind = named ? SpeakerKind.ORGANIZATION : SpeakerKind.UNNAMED;
    return new Credit(from, PrintedNames.described(kind, text, start, nameEnd), null, noun, true);
  }

  /** Returns whether "of" leads to one word in lower case, as in "ministry of defence". */
  private boolean isWholeName(int head, int to) {
    return to == head + 3 && text.isLower(to - 1) && text.isNounLike(to - 1);
  }

  /** Returns the organization named last that "the ministry" or "the paper" can mean, or null. */
  private Entity lastNamed(String noun, int start, int head, int at) {
    Set<String> called = new HashSet<>(Lexicon.english().bodiesCalled(noun));
    called.add(noun);
    Entity best = null;
    int bestAt = -1;
    for (String word : called) {
      int tried = 0;
      for (Map.Entry<Integer, Entity> place :
          entities.bodiesCalled(word).headMap(at, false).descendingMap().entrySet()) {
        if (place.getKey() < bestAt || tried++ == MOST_TRIED) {
          break;
        }
        if (isDescribed(place.getValue(), start, head)) {
          best = place.getValue();
          bestAt = place.getKey();
          break;
        }
      }
    }
    return best;
  }

  /**
   * Returns what "the company" means that no word of a name tells: the name that is no person's and
   * no place's which the sentences before repeat most, or null.
   *
   * @param credited whether only those count that the article has credited before
   */
  private Entity mostSpokenOf(int at, boolean credited) {
    Map<Entity, Integer> counts = new HashMap<>();
    Entity best = null;
    int end = entities.mentionsBefore(at);
    for (int m = end - 1; m >= 0 && end - m <= MOST_BACK; m--) {
      Entity entity = entities.entityOf(m);
      Mention mention = entities.mentions().get(m);
      if (text.sentence(at) - text.sentence(mention.from()) > Credits.SENTENCES_BACK) {
        break;
      }
      if (entity == null || credited && !credits.has(entity) || !canBeBody(entity)) {
        continue;
      }
      int count = counts.merge(entity, 1, Integer::sum);
      if (count > counts.getOrDefault(best, entity.isBody() ? 0 : 1)) {
        best = entity;
      }
    }
    return best;
  }

  /**
   * Returns whether the name is an organization's, or a single word that need not be a person's.
   */
  private static boolean canBeBody(Entity entity) {
    return switch (entity.form()) {
      case ORGANIZATION -> !entity.isGroup();
      case SINGLE -> entity.gender() == Gender.OPEN;
      case PERSON, NAME, PLACE -> false;
    };
  }

  /** Returns whether all words before the noun are in the name of the organization. */
  private boolean isDescribed(Entity body, int start, int head) {
    for (int i = start; i < head; i++) {
      if (!body.name().words().contains(text.folded(i)) && !text.is(i, "local", "same")) {
        return false;
      }
    }
    return true;
  }

  /** Returns the organization of a person, as in "the Okonjo campaign", or null. */
  private Credit owned(int at, int start, int head) {
    for (int i = start; i < head; i++) {
      Entity entity = entities.entity(i);
      if (entity != null && !entity.isBody() && isOwner(entities.mention(i), head)) {
        int own = entities.mention(i).to();
        boolean possessive = own < head && text.isPossessive(own);
        boolean named = own + 1 < head && possessive && text.isUpper(own + 1);
        if (named) {
          // "Okonjo's New Harbour party" has its own name.
          Speaker party = PrintedNames.described(SpeakerKind.ORGANIZATION, text, own + 1, head + 1);
          return new Credit(at, party, null, text.folded(head), true);
        }
        boolean body = isBodyOfOne(head);
        String name =
            body ? campaign(entity, head) : entity.printed() + "’s " + text.string(head, head + 1);
        Speaker speaker =
            new Speaker(
                body ? SpeakerKind.ORGANIZATION : SpeakerKind.GROUP,
                name,
                null,
                null,
                List.of(PrintedNames.description(text, start, head + 1)));
        return new Credit(at, speaker, null, text.folded(head), true);
      }
    }
    return null;
  }

  /**
   * Returns the name of "the Okonjo campaign" as the article prints it, with the full name where
   * the article says "Maria Okonjo’s campaign".
   */
  private String campaign(Entity owner, int head) {
    String noun = text.string(head, head + 1);
    String printed = null;
    for (Mention mention : owner.mentions()) {
      int i = mention.to();
      while (i < text.size() && i < mention.to() + 3 && !text.is(i, text.folded(head))) {
        i++;
      }
      boolean owned = i < text.size() && text.is(i, text.folded(head)) && isOwner(mention, i);
      if (owned && mention.size() > 1) {
        return owner.printed() + " " + noun;
      }
      if (owned && i == mention.to()) {
        printed = text.string(mention.from(), i + 1);
      }
    }
    return printed == null ? owner.printed() + " " + noun : printed;
  }

  /** Returns whether only words of the same phrase stand between an owner and a noun. */
  private boolean isOwner(Mention mention, int head) {
    for (int i = mention.to(); i < head; i++) {
      if (!text.isPossessive(i) && (text.isPunctuation(i) || text.has(i, Lexicon.FUNCTION))) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether no word before the noun is a name: "the Vellandan monitoring group". */
  private boolean isOnlyDescribed(int start, int head) {
    for (int i = start; i < head; i++) {
      if (text.isUpper(i) && !isDescribing(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a word with a capital is an adjective: "Vellandan", "Islamist". */
  private boolean isDescribing(int i) {
    return text.has(i, Lexicon.NATIONALITY)
        || text.string(i, i + 1).indexOf('-') > 0 && entities.mention(i) == null
        || text.folded(i).endsWith("ist");
  }

  private boolean isOutlet(int noun) {
    return text.is(
        noun,
        "paper",
        "newspaper",
        "magazine",
        "daily",
        "weekly",
        "tabloid",
        "broadcaster",
        "station",
        "channel",
        "network",
        "website",
        "site",
        "outlet",
        "publication");
  }

  /** Returns whether the noun is an organization, and not the people around somebody. */
  private boolean isBodyOfOne(int noun) {
    return !text.is(noun, "office", "party", "team", "camp", "cabinet", "staff");
  }

  /** Returns what "the campaign" means behind "Okonjo's campaign", or null. */
  private Credit ownedBefore(String noun, int at) {
    int sentence = text.sentence(at);
    for (int i = at - 1; i >= 2 && sentence - text.sentence(i) <= Credits.SENTENCES_BACK; i--) {
      if (text.isLower(i) && text.is(i, noun)) {
        Credit owned = owned(at, Math.max(0, i - 3), i);
        if (owned != null && text.sameSentence(i - 2, i)) {
          return owned;
        }
      }
    }
    return null;
  }
}
