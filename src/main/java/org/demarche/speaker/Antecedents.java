package org.demarche.speaker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.demarche.attribution.Statement;
import org.demarche.attribution.StatementKind;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.text.Span;

/**
 * Finds the person that a pronoun or a description refers to. Candidates are those named or
 * credited earlier in the article; nearer ones, subjects and those of the same gender score higher.
 * Whoever the statement itself names in the third person is not a candidate.
 */
final class Antecedents {

  /** Only this many mentions and credits before the pronoun are candidates. */
  private static final int MOST_BACK = 300;

  /** What it counts to have spoken last. */
  private static final double SPOKE_LAST = 1.5;

  /** The same once somebody else has been the subject. */
  private static final double SPOKE_BEFORE_ANOTHER = 0.5;

  /** Nouns of sources that "he" cannot mean: "polls", "the ministry". */
  private static final long NO_PERSON = Lexicon.DOCUMENT | Lexicon.BODY_NOUN | Lexicon.SORT;

  private final AnnotatedText text;
  private final Entities entities;
  private final Credits credits;

  /** Those whom the current statement names in the third person. */
  private final Set<Entity> spokenOf = new HashSet<>();

  private int firstOfContent;

  /** For each entity whether one of its mentions shows a person; filled when asked for. */
  private final Map<Entity, Boolean> actsAsPerson = new HashMap<>();

  Antecedents(AnnotatedText text, Entities entities, Credits credits) {
    this.text = text;
    this.entities = entities;
    this.credits = credits;
  }

  /** Returns whether the current statement names the entity in the third person. */
  boolean isSpokenOf(Entity entity) {
    return spokenOf.contains(entity);
  }

  /** Returns whether all of the current statement's content is behind the word. */
  boolean isBeforeContent(int at) {
    return at < firstOfContent;
  }

  /**
   * Makes this the current statement. Its speaker is nobody whom its content names, since the
   * speaker would say "I"; only before its source can reported speech name the speaker ("Okonjo
   * would go, she said").
   */
  void gatherSpokenOf(Statement statement, int sourceEnd) {
    spokenOf.clear();
    firstOfContent = text.tokens().at(statement.content().get(0).start());
    boolean direct = statement.kind() == StatementKind.DIRECT;
    for (Span span : statement.content()) {
      int end = text.tokens().at(span.end());
      for (int i = text.tokens().at(span.start()); i < end; i++) {
        Entity entity = entities.entity(i);
        if (entity != null && !entity.isBody() && (text.isQuoted(i) || !direct && i > sourceEnd)) {
          spokenOf.add(entity);
        }
      }
    }
  }

  /**
   * Returns the person that a pronoun or a description at word {@code at} means.
   *
   * @param nations countries in the description; people known to belong to others are left out
   */
  Credit person(int at, Gender gender, Set<String> nations) {
    Credit likeliest = likeliest(at, gender, nations);
    Entity person = likeliest.entity();
    if (person != null) {
      if (person.gender() == Gender.OPEN) {
        person.setGender(gender);
      }
      person.setPerson();
      return Credit.of(at, person);
    }
    return likeliest;
  }

  /** Returns the same as {@link #person}, but does not yet take it for granted. */
  Credit likeliest(int at, Gender gender, Set<String> nations) {
    Entity best = null;
    double bestScore = 0;
    int sentence = text.sentence(at);
    Credit last = credits.last();
    for (Map.Entry<Entity, Double> near : closeness(at, sentence).entrySet()) {
      Entity entity = near.getKey();
      double score = near.getValue();
      if (!entity.gender().agrees(gender)
          || spokenOf.contains(entity)
          || entity.isForeignTo(nations)
          || !isPersonal(entity)) {
        continue;
      }
      if (entity.gender() == gender) {
        // "Queen Ilse" is a woman for certain.
        boolean titled =
            gender != Gender.OPEN && entity.mentions().stream().anyMatch(m -> m.gender() == gender);
        score += titled ? 1.5 : 1;
      } else {
        score -= entity.form() == Mention.Form.PERSON ? 1.0 : 1.5;
      }
      if (last != null
          && last.entity() == entity
          && (entity.form() == Mention.Form.PERSON || entity.gender() == gender)
          && sentence - text.sentence(last.at()) <= Credits.SENTENCES_BACK) {
        score += isSucceeded(last, at, gender) ? SPOKE_BEFORE_ANOTHER : SPOKE_LAST;
      }
      boolean first = best == null || entity.number() < best.number();
      if (best == null || score > bestScore || score == bestScore && first) {
        best = entity;
        bestScore = score;
      }
    }
    Credit unnamed = lastUnnamed(at, gender);
    if (unnamed != null && (best == null || best.lastMention(at) < unnamed.at())) {
      return new Credit(at, unnamed.speaker(), null, unnamed.head(), false);
    }
    return best == null ? Credit.unknown(at) : new Credit(at, null, best, null, false);
  }

  /**
   * Returns whether somebody else is the subject of a sentence between the last credit and the
   * word: "Holm said it was late. Gray opened the bridge. [She] …".
   */
  private boolean isSucceeded(Credit last, int at, Gender gender) {
    int end = entities.mentionsBefore(at);
    for (int m = end - 1; m >= 0 && end - m <= MOST_BACK; m--) {
      Mention mention = entities.mentions().get(m);
      int sentence = text.sentence(mention.from());
      if (sentence <= text.sentence(last.at())) {
        return false;
      }
      Entity entity = entities.entityOf(m);
      if (entity != null
          && entity != last.entity()
          && sentence < text.sentence(at)
          && !text.isQuoted(mention.from())
          && entity.gender().agrees(gender)
          && isPersonal(entity)
          && !spokenOf.contains(entity)
          && isSubject(mention)
          && mention.to() < text.size()
          && !text.has(mention.to(), Lexicon.BE)
          && !text.is(mention.to(), "died", "drowned", "fell", "dies")
          && isFirstPerson(m)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the article shows that the entity is a person, by more than its capitals. */
  boolean isPersonal(Entity entity) {
    if (entity.isBody()) {
      return false;
    }
    if (entity.form() == Mention.Form.PERSON || entity.gender() != Gender.OPEN) {
      return true;
    }
    if (entity.isCalledLikeANoun()) {
      // "The President" has a capital, but is not a name.
      return false;
    }
    if (credits.has(entity)) {
      return true;
    }
    if (entity.form() == Mention.Form.SINGLE && entity.mentions().size() < 2) {
      return false;
    }
    return actsAsPerson.computeIfAbsent(
        entity,
        named ->
            named.mentions().stream()
                .anyMatch(
                    named.form() == Mention.Form.NAME
                        ? mention -> isShortFor(named, mention) || actsByName(mention)
                        : mention -> isSubject(mention) && goesOnAsClause(mention.to())));
  }

  /** Returns whether the mention is the surname alone, outside a quotation. */
  private boolean isShortFor(Entity entity, Mention mention) {
    return mention.size() == 1
        && !text.isQuoted(mention.from())
        && text.folded(mention.from()).equals(entity.name().last());
  }

  /** Returns whether a name of two or three words, not behind "the", does something. */
  private boolean actsByName(Mention mention) {
    int before = mention.outerFrom() - 1;
    return mention.size() <= 3
        && isSubject(mention)
        && !(before >= 0 && text.isDeterminer(before) && text.sameSentence(before, mention.from()))
        && goesOnAsClause(mention.to());
  }

  /** Returns whether a verb or a mark follows a subject, and not a noun: "Vellandan boats". */
  boolean goesOnAsClause(int i) {
    boolean place = i + 1 < text.size() && text.is(i, ',') && text.isUpper(i + 1);
    return i >= text.size()
        || text.isPunctuation(i) && !place
        || text.isFinite(i)
        || text.has(i, Lexicon.ADVERB | Lexicon.WH);
  }

  /** Returns the last credit if its speaker has no name and spoke at most two sentences before. */
  private Credit lastUnnamed(int at, Gender gender) {
    Credit last = credits.last();
    if (last == null) {
      return null;
    }
    boolean near = text.sentence(at) - text.sentence(last.at()) <= 2;
    boolean person =
        last.speaker().kind() == SpeakerKind.UNNAMED
            && last.head() != null
            && (Lexicon.english().of(last.head()) & NO_PERSON) == 0;
    return near && person && Gender.of(Lexicon.english().of(last.head())).agrees(gender)
        ? last
        : null;
  }

  /**
   * Returns a score for each candidate, those named or credited in the sentences before {@code at}.
   */
  private Map<Entity, Double> closeness(int at, int sentence) {
    Map<Entity, Double> closeness = new HashMap<>();
    int end = entities.mentionsBefore(at);
    for (int m = end - 1; m >= 0 && end - m <= MOST_BACK; m--) {
      Mention mention = entities.mentions().get(m);
      Entity entity = entities.entityOf(m);
      int distance = sentence - text.sentence(mention.from());
      if (distance > Credits.SENTENCES_BACK) {
        break;
      }
      if (entity == null || entity.isBody()) {
        continue;
      }
      double score = -1.2 * distance;
      if (isSubject(mention)) {
        score += isFirstPerson(m) ? 2 : 1.5;
      }
      if (mention.to() < text.size() && text.isPossessive(mention.to())) {
        score -= 0.5;
      }
      if (text.isQuoted(mention.from()) && !text.isQuoted(at)) {
        score -= 2;
      }
      if (text.isHeadline(mention.from())) {
        score -= 1;
      }
      closeness.merge(entity, score, Math::max);
    }
    Set<Entity> credited = new HashSet<>();
    int size = credits.size();
    for (int c = size - 1; c >= 0 && size - c <= MOST_BACK; c--) {
      Credit credit = credits.get(c);
      int distance = sentence - text.sentence(credit.at());
      if (distance > Credits.SENTENCES_BACK) {
        break;
      }
      if (credit.entity() != null && credit.at() < at && credited.add(credit.entity())) {
        closeness.merge(credit.entity(), 1.5 - 1.2 * distance, Math::max);
      }
    }
    return closeness;
  }

  /**
   * Returns whether the mention can be the subject of its clause: no preposition before, a verb
   * behind.
   */
  boolean isSubject(Mention mention) {
    int before = mention.outerFrom() - 1;
    if (before >= 0
        && text.sameSentence(before, mention.from())
        && text.has(before, Lexicon.PREPOSITION)) {
      return false;
    }
    if (mention.to() < text.size()) {
      int after = mention.to();
      if (text.isPossessive(after)) {
        return false;
      }
      if (!text.sameSentence(after, mention.from())) {
        return text.first(after) == '.';
      }
      if (text.isPunctuation(after)) {
        return text.is(after, ',') && isEarly(mention);
      }
      return text.isLower(after) && !text.has(after, Lexicon.PREPOSITION) && !text.is(after, "and");
    }
    return false;
  }

  /** Returns whether no person is mentioned before in the sentence. */
  private boolean isFirstPerson(int m) {
    int sentence = text.sentence(entities.mentions().get(m).from());
    for (int k = m - 1; k >= 0; k--) {
      Mention before = entities.mentions().get(k);
      if (text.sentence(before.to() - 1) != sentence) {
        break;
      }
      Entity entity = entities.entityOf(k);
      if (entity != null && !entity.isBody()) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether fewer than eight words stand before the mention in its sentence. */
  private boolean isEarly(Mention mention) {
    int i = mention.outerFrom();
    int first = i;
    while (first > 0 && text.sameSentence(first - 1, i) && i - first < 8) {
      first--;
    }
    return i - first < 8;
  }
}
