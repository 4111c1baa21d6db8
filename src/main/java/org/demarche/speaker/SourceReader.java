package org.demarche.speaker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.demarche.attribution.Statement;
import org.demarche.text.Span;

/**
 * Reads sources in the order of the article and remembers who spoke, so that pronouns and
 * descriptions can lean on it.
 */
final class SourceReader {

  private final Words words;
  private final Entities entities;
  private final Credits credits = new Credits();
  private final Antecedents antecedents;
  private final NounPhrases phrases;
  private final NamedHeads heads;
  private final Descriptions descriptions;
  private final Pronouns pronouns;

  SourceReader(Words words, Entities entities) {
    this.words = words;
    this.entities = entities;
    this.phrases = new NounPhrases(words);
    this.antecedents = new Antecedents(words, entities, credits);
    this.heads = new NamedHeads(words, entities, phrases, antecedents);
    this.descriptions = new Descriptions(words, entities, phrases, credits, antecedents, this);
    this.pronouns = new Pronouns(words, entities, phrases, credits, antecedents, descriptions);
  }

  /** Returns who is credited with {@code statement}. */
  Speaker read(Statement statement) {
    Span source = statement.source();
    if (source == null) {
      return Speaker.UNKNOWN;
    }
    int from = words.at(source.start());
    int to = words.at(source.end());
    if (from > 0 && words.end(from - 1) > source.start()) {
      from--;
    }
    while (from < to && isEdge(from)) {
      from++;
    }
    while (to > from && words.isPunctuation(to - 1) && !words.isPossessive(to - 1)) {
      to--;
    }
    if (to > from + 1 && words.isPossessive(to - 1)) {
      to--;
    }
    if (from >= to) {
      return Speaker.UNKNOWN;
    }
    antecedents.gatherSpokenOf(statement, to);
    boolean label =
        to < words.size()
            && words.first(to) == ':'
            && (words.isLabel(to - 1) || to - from == 1 && words.length(from) == 1);
    Credit credit = label ? label(from, to) : phrase(from, to);
    if (credit.speaker().kind() != SpeakerKind.UNKNOWN) {
      credits.add(credit);
    }
    return credit.speaker();
  }

  /** "MOOR:" in a transcript; whoever asks for the paper ("Q", "GAZETTE") is no speaker. */
  private Credit label(int from, int to) {
    if (words.length(from) == 1 || words.is(from, "question") || words.is(from, "answer")) {
      return Credit.unknown(from);
    }
    Entity named = heads.head(from, to);
    if (named != null) {
      return named.isBody() ? Credit.unknown(from) : Credit.of(from, named);
    }
    int start = words.is(from, "the") && to - from > 1 ? from + 1 : from;
    String called = PrintedNames.lowered(PrintedNames.clean(words.text(start, to)));
    Speaker speaker = new Speaker(SpeakerKind.UNNAMED, called, null, null, List.of());
    return new Credit(from, speaker, null, words.folded(to - 1), false);
  }

  private boolean isEdge(int i) {
    return words.isPunctuation(i)
        || words.has(i, WordLists.PREPOSITION) && words.isLower(i)
        || words.is(i, "according");
  }

  Credit phrase(int first, int to) {
    // "which Ardents call the shoal": the speaker is behind the pronoun.
    boolean relative = to - first > 1 && words.is(first, "which") && isNoun(first + 1);
    int from = relative ? first + 1 : first;
    if (to - from == 1) {
      Credit pronoun = pronouns.pronoun(from, to);
      if (pronoun != null) {
        return pronoun;
      }
    }
    Credit joint = joint(from, to);
    if (joint != null) {
      return joint;
    }
    Entity named = heads.head(from, to);
    if (named == null) {
      named = heads.apposition(from, to);
    }
    return named == null ? descriptions.description(from, to) : Credit.of(from, named);
  }

  private boolean isNoun(int i) {
    return words.isUpper(i) || (words.isLower(i) && phrases.looksPlural(i));
  }

  // Joint subjects

  private Credit joint(int from, int to) {
    int and = -1;
    for (int i = from + 1; i < to - 1; i++) {
      if (words.is(i, "and") && entities.mention(i) == null) {
        if (isMember(i + 1, to) && entities.mention(i) == null) {
          and = i;
        }
        break;
      }
    }
    if (and < 0) {
      return null;
    }
    List<Speaker> members = new ArrayList<>();
    Entity first = null;
    int start = from;
    for (int i = from; i <= and; i++) {
      if (i == and || words.isComma(i)) {
        Entity member = start < i ? heads.head(start, i) : null;
        if (member == null && members.isEmpty()) {
          return null;
        }
        if (member != null && members.stream().noneMatch(member.speaker()::equals)) {
          members.add(member.speaker());
          first = first == null ? member : first;
        }
        start = i + 1;
      }
    }
    Entity last = heads.head(and + 1, to);
    if (last == null) {
      return null;
    }
    if (last == first) {
      return null;
    }
    members.add(last.speaker());
    if (members.size() < 2) {
      return null;
    }
    String name =
        members.stream().map(Speaker::name).distinct().collect(Collectors.joining(Credit.JOINT));
    Speaker group = new Speaker(SpeakerKind.GROUP, name, null, null, List.of());
    return new Credit(from, group, null, null, true);
  }

  /**
   * Returns whether what follows "and" is somebody named, and no second role of the same person.
   */
  private boolean isMember(int from, int to) {
    int i = from;
    while (i < to
        && entities.mention(i) == null
        && !words.isPunctuation(i)
        && !words.has(i, WordLists.PREPOSITION)) {
      i++;
    }
    if (i >= to || entities.mention(i) == null) {
      return false;
    }
    return heads.head(from, to) != null;
  }
}
