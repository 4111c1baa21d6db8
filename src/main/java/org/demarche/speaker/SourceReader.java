package org.demarche.speaker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.demarche.attribution.Statement;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Nouns;
import org.demarche.text.Span;

/**
 * Finds whom the sources of one article mean. Sources must be read in the order of the article,
 * since a pronoun or a description can refer to an earlier speaker.
 */
final class SourceReader {

  private final AnnotatedText text;
  private final Entities entities;
  private final Credits credits = new Credits();
  private final Antecedents antecedents;
  private final Nouns nouns;
  private final NamedHeads heads;
  private final Descriptions descriptions;
  private final Pronouns pronouns;

  SourceReader(AnnotatedText text, Entities entities) {
    this.text = text;
    this.entities = entities;
    this.nouns = new Nouns(text);
    this.antecedents = new Antecedents(text, entities, credits);
    this.heads = new NamedHeads(text, entities, nouns, antecedents);
    this.descriptions = new Descriptions(text, entities, nouns, credits, antecedents, this);
    this.pronouns = new Pronouns(text, entities, nouns, credits, antecedents, descriptions);
  }

  /** Returns the speaker of the statement. */
  Speaker read(Statement statement) {
    Span source = statement.source();
    if (source == null) {
      return Speaker.UNKNOWN;
    }
    int from = text.tokens().at(source.start());
    int to = text.tokens().at(source.end());
    while (from < to && isEdge(from)) {
      from++;
    }
    while (to > from && text.isPunctuation(to - 1) && !text.isPossessive(to - 1)) {
      to--;
    }
    if (to > from + 1 && text.isPossessive(to - 1)) {
      to--;
    }
    if (from >= to) {
      return Speaker.UNKNOWN;
    }
    antecedents.gatherSpokenOf(statement, to);
    boolean label =
        to < text.size()
            && text.first(to) == ':'
            && (text.isLabel(to - 1) || to - from == 1 && text.length(from) == 1);
    Credit credit = label ? label(from, to) : phrase(from, to);
    if (credit.speaker().kind() != SpeakerKind.UNKNOWN) {
      credits.add(credit);
    }
    return credit.speaker();
  }

  /** Returns whom "MOOR:" in a transcript means; "Q", "A" and a newspaper that asks are unknown. */
  private Credit label(int from, int to) {
    if (text.length(from) == 1 || text.is(from, "question", "answer")) {
      return Credit.unknown(from);
    }
    Entity named = heads.head(from, to);
    if (named != null) {
      return named.isBody() ? Credit.unknown(from) : Credit.of(from, named);
    }
    int start = text.is(from, "the") && to - from > 1 ? from + 1 : from;
    String called = PrintedNames.lowered(PrintedNames.clean(text.string(start, to)));
    return new Credit(
        from, Speaker.of(SpeakerKind.UNNAMED, called), null, text.folded(to - 1), false);
  }

  private boolean isEdge(int i) {
    return text.isPunctuation(i)
        || text.has(i, Lexicon.PREPOSITION) && text.isLower(i)
        || text.is(i, "according");
  }

  /** Returns whom the words from {@code first} to before {@code to} mean. */
  Credit phrase(int first, int to) {
    // "which Ardents call the shoal": the speaker follows the pronoun.
    boolean relative = to - first > 1 && text.is(first, "which") && isNoun(first + 1);
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
    return text.isUpper(i) || (text.isLower(i) && nouns.looksPlural(i));
  }

  /** Returns those who speak together, "Maria Okonjo and Ana Dray", or null. */
  private Credit joint(int from, int to) {
    int and = -1;
    for (int i = from + 1; i < to - 1; i++) {
      if (text.is(i, "and") && entities.mention(i) == null) {
        if (isMember(i + 1, to)) {
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
      if (i == and || text.is(i, ',')) {
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
    if (last == null || last == first) {
      return null;
    }
    members.add(last.speaker());
    String name =
        members.stream().map(Speaker::name).distinct().collect(Collectors.joining(Credit.JOINT));
    return new Credit(from, Speaker.of(SpeakerKind.GROUP, name), null, null, true);
  }

  /** Returns whether a name follows "and", and no second role of the same person. */
  private boolean isMember(int from, int to) {
    int i = from;
    while (i < to
        && entities.mention(i) == null
        && !text.isPunctuation(i)
        && !text.has(i, Lexicon.PREPOSITION)) {
      i++;
    }
    if (i >= to || entities.mention(i) == null) {
      return false;
    }
    return heads.head(from, to) != null;
  }
}
