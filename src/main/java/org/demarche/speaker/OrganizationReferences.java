package org.demarche.speaker;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the organization that a description means: "the ministry", "Okonjo’s campaign". */
final class OrganizationReferences {

  /** Only this many mentions of organizations of one sort are compared. */
  private static final int MOST_TRIED = 1_000;

  private final Words words;
  private final Entities entities;
  private final NounPhrases phrases;
  private final Credits credits;

  OrganizationReferences(Words words, Entities entities, NounPhrases phrases, Credits credits) {
    this.words = words;
    this.entities = entities;
    this.phrases = phrases;
    this.credits = credits;
  }

  /**
   * Returns the organization that a description means.
   *
   * @param start the first word behind the determiner
   * @param head the noun
   */
  Credit find(int from, int start, int to, int head, boolean definite, boolean indefinite) {
    String noun = words.folded(head);
    boolean bare = head == start;
    if (indefinite) {
      return new Credit(from, phrases.unnamed(from, to), null, noun, true);
    }
    if (bare || definite) {
      Entity meant = lastNamed(noun, start, head, from);
      if (meant != null) {
        return Credit.of(from, meant);
      }
    }
    int nameEnd = head + 1;
    if (head + 2 < to + 1
        && words.is(head + 1, "of")
        && entities.mention(Math.min(head + 2, words.size() - 1)) != null) {
      nameEnd = Math.min(to, entities.mention(head + 2).to());
    }
    if (bare && nameEnd == head + 1) {
      Credit same = credits.lastWithHead(noun);
      if (same == null) {
        same = ownedBefore(noun, from);
      }
      return same == null
          ? new Credit(from, phrases.unnamed(from, to), null, noun, true)
          : new Credit(from, same.speaker(), same.entity(), noun, true);
    }
    // "the Velland government", "Ferry police", "city of Vell": named by the words around the noun.
    Credit owned = owned(from, start, head);
    if (owned != null) {
      return owned;
    }
    boolean named = nameEnd > head + 1;
    for (int i = start; i < head; i++) {
      named |= words.isUpper(i);
    }
    SpeakerKind kind = named ? SpeakerKind.ORGANIZATION : SpeakerKind.UNNAMED;
    return new Credit(from, phrases.described(kind, start, nameEnd), null, noun, true);
  }

  /** Returns the organization named last that "the ministry" or "the paper" can mean, or null. */
  private Entity lastNamed(String noun, int start, int head, int at) {
    Set<String> called = new HashSet<>(WordLists.bundled().bodiesCalled(noun));
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

  /** Returns whether all words before the noun are in the name of the organization. */
  private boolean isDescribed(Entity body, int start, int head) {
    for (int i = start; i < head; i++) {
      if (!body.name().words().contains(words.folded(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the organization of a person, as in "the Okonjo campaign", or null. */
  private Credit owned(int at, int start, int head) {
    for (int i = start; i < head; i++) {
      Entity entity = entities.entity(i);
      if (entity != null && !entity.isBody()) {
        int own = entities.mention(i).to();
        boolean possessive = own < head && words.isPossessive(own);
        boolean named = own + 1 < head && possessive && words.isUpper(own + 1);
        if (named) {
          // "Okonjo's New Harbour party" has its own name.
          Speaker party = phrases.described(SpeakerKind.ORGANIZATION, own + 1, head + 1);
          return new Credit(at, party, null, words.folded(head), true);
        }
        boolean body = isBodyOfOne(head);
        String name = entity.printed() + (body ? " " : "’s ") + words.text(head, head + 1);
        Speaker speaker =
            new Speaker(
                body ? SpeakerKind.ORGANIZATION : SpeakerKind.GROUP,
                name,
                null,
                null,
                List.of(phrases.name(start, head + 1)));
        return new Credit(at, speaker, null, words.folded(head), true);
      }
    }
    return null;
  }

  /** Returns whether the noun is an organization, and not the people around somebody. */
  private boolean isBodyOfOne(int noun) {
    return !(words.is(noun, "office")
        || words.is(noun, "party")
        || words.is(noun, "team")
        || words.is(noun, "camp")
        || words.is(noun, "cabinet")
        || words.is(noun, "staff"));
  }

  /** Returns what "the campaign" means behind "Okonjo's campaign", or null. */
  private Credit ownedBefore(String noun, int at) {
    int sentence = words.sentence(at);
    for (int i = at - 1; i >= 2 && sentence - words.sentence(i) <= Credits.SENTENCES_BACK; i--) {
      if (words.isLower(i) && words.is(i, noun)) {
        Credit owned = owned(at, Math.max(0, i - 3), i);
        if (owned != null && words.sentence(i - 2) == words.sentence(i)) {
          return owned;
        }
      }
    }
    return null;
  }
}
