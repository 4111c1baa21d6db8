package org.demarche.speaker;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.demarche.attribution.Statement;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Folding;
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
    LaterNames later = new LaterNames(text, entities, antecedents);
    this.descriptions = new Descriptions(text, entities, nouns, credits, antecedents, later, this);
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
    while (to > from && isMark(to - 1) && !text.isPossessive(to - 1)) {
      to--;
    }
    if (to > from + 1 && text.isPossessive(to - 1) && entities.mention(to - 1) == null) {
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
    return isMark(i)
        || text.has(i, Lexicon.PREPOSITION) && text.isLower(i)
        || text.is(i, "according");
  }

  /** Returns whether the word is a mark and no account, "@AnaDray". */
  private boolean isMark(int i) {
    return text.isPunctuation(i) && !(text.first(i) == '@' && text.length(i) > 1);
  }

  /** Returns whom the words from {@code first} to before {@code to} mean. */
  Credit phrase(int first, int to) {
    // "which Ardents call the shoal": the speaker follows the pronoun.
    boolean relative = to - first > 1 && text.is(first, "which") && isNoun(first + 1);
    int from = relative ? first + 1 : first;
    if (text.first(from) == '@') {
      return handle(from, to);
    }
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

  /**
   * Returns the person who writes as "@AnaDray", by the name of the account if no other is told.
   */
  private Credit handle(int from, int to) {
    String account = Folding.fold(text.string(from, to));
    for (Entity entity : entities.all()) {
      if (account.equals(String.join("", entity.name().words()))) {
        return Credit.of(from, entity);
      }
    }
    Speaker unnamed = PrintedNames.described(SpeakerKind.UNNAMED, text, from, to);
    return new Credit(from, unnamed, null, null, false);
  }

  private boolean isNoun(int i) {
    return text.isUpper(i) || (text.isLower(i) && nouns.looksPlural(i));
  }

  /** Returns those who speak together, "Maria Okonjo and Ana Dray", or null. */
  private Credit joint(int outer, int to) {
    int from = firstMember(outer, to);
    int and = -1;
    for (int i = from + 1; i < to - 1 && and < 0; i++) {
      if (text.is(i, "and", "nor") && entities.mention(i) == null) {
        if (!isMember(i + 1, to)) {
          return null;
        }
        and = i;
      }
    }
    if (and < 0 && isPairOfNames(from, to)) {
      and = entities.mention(from).to();
    }
    if (and < 0) {
      return null;
    }
    Set<Speaker> members = new LinkedHashSet<>();
    int start = from;
    for (int i = from; i <= and; i++) {
      if (i == and || text.is(i, ',')) {
        Credit member = start < i ? member(start, i) : null;
        if (member != null) {
          members.add(member.speaker());
        } else if (members.isEmpty()) {
          return null;
        }
        start = i + 1;
      }
    }
    Entity last = heads.head(and + 1, to);
    if (last == null || !members.add(last.speaker()) && members.size() == 1) {
      return null;
    }
    String name =
        members.stream().map(Speaker::name).distinct().collect(Collectors.joining(Credit.JOINT));
    return new Credit(outer, Speaker.of(SpeakerKind.GROUP, name), null, null, true);
  }

  /** Returns where the members are named in "both Okonjo and Dray", "groups like Vellnet and". */
  private int firstMember(int from, int to) {
    if (text.is(from, "both", "neither")) {
      return from + 1;
    }
    for (int i = from + 1; i < to - 1 && !text.isPunctuation(i); i++) {
      if (text.is(i, "like", "including") || text.is(i, "as") && text.is(i - 1, "such")) {
        return i + 1;
      }
    }
    return from;
  }

  /** Returns whether these are two people and a comma, as headlines print them: "Okonjo, Dray". */
  private boolean isPairOfNames(int from, int to) {
    Mention first = entities.mention(from);
    Mention last = entities.mention(to - 1);
    return first != null
        && last != null
        && first.to() + 1 == last.from()
        && text.is(first.to(), ',')
        && isPerson(from)
        && isPerson(to - 1);
  }

  private boolean isPerson(int i) {
    return entities.entity(i) != null && antecedents.isPersonal(entities.entity(i));
  }

  private Credit member(int from, int to) {
    Credit pronoun = to - from == 1 ? pronouns.pronoun(from, to) : null;
    if (pronoun != null) {
      return pronoun.entity() == null ? null : pronoun;
    }
    Entity named = heads.head(from, to);
    return named == null ? null : Credit.of(from, named);
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
