package org.demarche.attribution;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static org.demarche.language.english.Lexicon.ADVERB;
import static org.demarche.language.english.Lexicon.BASE;
import static org.demarche.language.english.Lexicon.BE;
import static org.demarche.language.english.Lexicon.CONJUNCTION;
import static org.demarche.language.english.Lexicon.DO;
import static org.demarche.language.english.Lexicon.HAVE;
import static org.demarche.language.english.Lexicon.ING;
import static org.demarche.language.english.Lexicon.MODAL;
import static org.demarche.language.english.Lexicon.OBJECT;
import static org.demarche.language.english.Lexicon.PAST;
import static org.demarche.language.english.Lexicon.PEOPLE;
import static org.demarche.language.english.Lexicon.PREPOSITION;
import static org.demarche.language.english.Lexicon.SUBJECT;
import static org.demarche.language.english.Lexicon.TIME;
import static org.demarche.language.english.Lexicon.TO;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.CueVerb;
import org.demarche.language.english.Phrases;
import org.demarche.language.english.Range;
import org.demarche.text.ResourceLines;
import org.demarche.text.Span;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * Tells whether an article asserts that a statement was made. Not asserted are, for example:
 * “Nobody said the port was safe”, “if Moor says so”, “Moor may say”, “will announce”, “declined to
 * comment” and “was asked to comment”.
 *
 * <p>Only the words of the cue and those that govern it decide, so "Moor denied that he had left"
 * and "Moor said he would not go" are asserted. A view that is denied is still a view: "Moor does
 * not support the treaty" is asserted. This is the factuality of events by Saurí and Pustejovsky
 * (FactBank, 2009) in two values: certain, and everything else.
 */
public final class AssertionCheck {

  private static final long AUXILIARY = BE | HAVE | DO | MODAL;

  /** Classes of words before the head of a cue. */
  private static final long SKIPPED = AUXILIARY | ADVERB | TO | CONJUNCTION;

  /** No word further before the cue is read, so that the check takes bounded time. */
  private static final int REACH = 80;

  /** How many tokens before a joined verb are read for the auxiliary that it shares. */
  private static final int JOINED = 14;

  /** The words of each class in {@code assertion.txt}. */
  private static final Map<String, Set<String>> WORDS =
      ResourceLines.of(AssertionCheck.class, "assertion.txt").stream()
          .map(line -> line.split(":? +"))
          .collect(
              toUnmodifiableMap(
                  row -> row[0], row -> Set.copyOf(List.of(row).subList(1, row.length))));

  private final AnnotatedText text;
  private final Tokens tokens;
  private final Statement statement;

  /** The first token that is read: the first of the sentence, if it is not too far away. */
  private final int floor;

  /** The verb or noun of the cue: its first token that is neither auxiliary nor adverb. */
  private final int head;

  /** The last token of the cue. */
  private final int last;

  /** The first token of the verb group that ends with the head. */
  private final int group;

  private AssertionCheck(AnnotatedText text, Statement statement) {
    this.text = text;
    this.statement = statement;
    tokens = text.tokens();
    int at = tokens.at(statement.cue().start());
    floor = Math.max(tokens.sentenceStart(text.sentence(at)), at - REACH);
    last = tokens.at(statement.cue().end() - 1);
    while (at < last && (text.has(at, SKIPPED) || is(at, "negation") || text.is(at, "it"))) {
      at++;
    }
    head = at;
    group = groupStart(head);
  }

  /**
   * Returns whether the article asserts that the statement was made, and does not deny, suppose,
   * foretell or only ask for it.
   *
   * @param text the article in which the statement was found
   */
  public static boolean isAsserted(AnnotatedText text, Statement statement) {
    return statement.cue() == null || new AssertionCheck(text, statement).isAsserted();
  }

  private boolean isAsserted() {
    Range subject = subject();
    return !isUnreal(group, head)
        && !isJoinedToUnreal()
        && !isAvoided()
        && !isSilent()
        && !isRequest()
        && (subject == null
            || !isNobody(subject) && !isConditional(subject.first()) && !isInverted(subject));
  }

  /** Returns whether the token is one of the words of a class in {@code assertion.txt}. */
  private boolean is(int token, String wordClass) {
    return token < text.size() && WORDS.get(wordClass).contains(text.folded(token));
  }

  /** Returns the first token of the verb group that ends with the verb: "has not, so far," said. */
  private int groupStart(int verb) {
    int first = verb;
    while (first > floor) {
      int before = first - 1;
      if (text.is(before, ',')) {
        before = beforeInsertion(before);
      }
      boolean inGroup =
          text.has(before, AUXILIARY | ADVERB) && !text.has(before, TIME)
              || is(before, "negation")
              || text.is(before, "longer") && before > floor && text.is(before - 1, "no");
      if (!inGroup || isContent(before)) {
        break;
      }
      first = before;
    }
    return first;
  }

  /** Returns the token before the short insertion that ends with the comma, or the comma. */
  private int beforeInsertion(int comma) {
    for (int at = comma - 1; at > floor && at >= comma - 4; at--) {
      if (text.is(at, ',')) {
        return at < comma - 1 && text.has(at - 1, AUXILIARY | ADVERB) ? at - 1 : comma;
      }
      if (text.isPunctuation(at) || text.isUpper(at) || text.has(at, SUBJECT)) {
        return comma;
      }
    }
    return comma;
  }

  private boolean isContent(int token) {
    return statement.content().stream()
        .anyMatch(
            piece ->
                piece.end() <= statement.cue().start()
                    && piece.start() <= tokens.start(token)
                    && tokens.end(token) <= piece.end());
  }

  /** Returns the subject before the verb group, or null. */
  private Range subject() {
    Span source = statement.source();
    if (source != null && source.end() <= tokens.start(group)) {
      Range range = new Range(tokens.at(source.start()), tokens.at(source.end() - 1) + 1);
      boolean near = range.first() >= floor;
      for (int i = range.limit(); i < group && near; i++) {
        near = !text.isFinite(i) && !is(i, "condition");
      }
      if (near) {
        return range;
      }
    }
    boolean hasOwn = group > floor && (!text.has(head, ING) || hasForm(BE));
    return hasOwn ? new Phrases(text).nounPhraseBefore(group, floor) : null;
  }

  /** Returns whether the verb is denied, only possible, or governed by what leaves it open. */
  private boolean isUnreal(int first, int verb) {
    for (int i = first; i <= verb; i++) {
      if (isNegation(i) && !isView(verb) || isOpenModal(i, first, verb)) {
        return true;
      }
    }
    return first > floor && text.has(first - 1, TO) && isOpenBefore(first - 1);
  }

  private boolean isNegation(int token) {
    return (is(token, "negation") || text.folded(token).endsWith("n't"))
        && !is(token + 1, "emphasis");
  }

  private boolean isView(int verb) {
    CueVerb known = text.verb(verb);
    return is(verb, "view") || known != null && WORDS.get("view").contains(known.lemma());
  }

  private boolean isOpenModal(int token, int first, int verb) {
    if (!text.has(token, MODAL)) {
      return false;
    }
    // "George Will said", "he'd said"
    boolean governs = !text.isCueForm(verb) || text.has(verb, BASE);
    for (int i = first; i <= verb; i++) {
      if (is(i, "habit") || i > token && is(i, "wish")) {
        return false;
      }
      governs |= i > token && i < verb && text.has(i, BE | HAVE);
    }
    return governs;
  }

  /** Returns whether the words before "to" leave open what follows: "is expected to" say. */
  private boolean isOpenBefore(int to) {
    int governor = to - 1;
    while (governor > floor && text.has(governor, ADVERB) && !is(governor, "pending")) {
      governor--;
    }
    if (governor < floor || text.is(governor, "on")) { // went on to say
      return false;
    }
    if (is(governor, "pending")
        || is(governor, "silence")
        || is(governor, "condition")
        || is(governor, "falsehood") && isImpersonal(governor)
        || text.has(governor, BE)) {
      return true;
    }
    if (isUnreal(groupStart(governor), governor)) { // may have to say, was not able to say
      return true;
    }
    Range object = new Phrases(text).nounPhraseBefore(to, floor);
    if (object == null || object.first() == floor) {
      return false;
    }
    int before = object.first() - 1;
    int last = object.limit() - 1;
    return is(before, "pending") && !text.has(before, HAVE)
        || text.is(before, "for") && (text.isName(last) || text.has(last, OBJECT | PEOPLE));
  }

  /** Returns whether "it is" or the like stands before the adjective. */
  private boolean isImpersonal(int adjective) {
    int subject = adjective - 1;
    while (subject > floor && text.has(subject, AUXILIARY | ADVERB)) {
      subject--;
    }
    return text.is(subject, "it");
  }

  /** Returns whether the verb shares the auxiliary of one before: "will meet and" announce. */
  private boolean isJoinedToUnreal() {
    int joint = group - 1;
    if (joint <= floor || !text.has(joint, CONJUNCTION) && !text.is(joint, "or")) {
      return false;
    }
    boolean isBase = text.has(head, BASE) && !text.has(head, PAST) && !hasForm(AUXILIARY);
    if (!isBase && !text.is(joint, "or")) {
      return false;
    }
    for (int i = joint - 1; i >= Math.max(floor, joint - JOINED) && !isContent(i); i--) {
      if (text.isPunctuation(i)) {
        return false;
      }
      if (text.has(i, TO)) {
        return isBase && isOpenBefore(i);
      }
      if (text.isFinite(i)) {
        int first = groupStart(i);
        return isUnreal(first, i);
      }
    }
    return false;
  }

  /** Returns whether it was not said: "stopped short of" saying, "is not quoted as" saying. */
  private boolean isAvoided() {
    int before = group - 1;
    if (!text.has(head, ING) || before < floor) {
      return false;
    }
    boolean isLinked = text.has(before, PREPOSITION) || text.is(before, "than", "as");
    int governor = isLinked ? before - 1 : before;
    return governor >= floor
        && (is(governor, "avoidance")
            || text.is(before, "as") && isUnreal(groupStart(governor), governor));
  }

  /**
   * Returns whether the cue says that nothing was told: "declined to comment", "had no comment".
   */
  private boolean isSilent() {
    if (!is(head, "silence")) {
      return head < last && text.is(head + 1, "no");
    }
    int end = Math.min(text.size(), head + 7);
    int at = head + 1;
    boolean isTo = at < end && text.has(at, TO);
    if (isTo) {
      at++;
      while (at < end && text.has(at, ADVERB)) {
        at++;
      }
      if (at < end && !is(at, "light")) {
        return is(at, "telling");
      }
    }
    while (at < end && !text.isPunctuation(at) && (isTo || !text.has(at, TO))) {
      if (is(at++, "telling")) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether somebody was only asked: "was asked" whether, asked "for comment". */
  private boolean isRequest() {
    int content = tokens.at(statement.content().get(0).start());
    if (text.is(content, "for", "to")
        && content + 2 < text.size()
        && (text.is(content + 1, "comment") || text.is(content + 2, "comment"))) {
      return true;
    }
    if (statement.kind() == StatementKind.INDIRECT && text.is(content, "nothing")) {
      return true;
    }
    boolean isPassive = group == floor || text.is(group - 1, "when", "if") || hasForm(BE);
    return isPassive
        && text.has(head, PAST)
        && text.verb(head).lemma().equals("ask")
        && statement.source() != null
        && !isAsker(tokens.at(statement.source().start()));
  }

  /** Returns whether the source asked and was not asked: "was asked by" Moor. */
  private boolean isAsker(int source) {
    return source > 0 && text.is(source - 1, "by");
  }

  private boolean hasForm(long auxiliary) {
    for (int i = group; i < head; i++) {
      if (text.has(i, auxiliary)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the subject is "no official", "none of them", "not even Moor". */
  private boolean isNobody(Range subject) {
    int first = subject.first();
    while (first < subject.limit() - 1 && text.has(first, ADVERB)) {
      first++;
    }
    if (is(first, "nobody")) {
      return first + 1 == text.size() || !tokens.is(first + 1, Type.NUMBER); // No 10
    }
    int before = subject.first() - 1;
    return before >= floor
        && (text.is(before, "nor", "neither")
            || text.is(before, "even") && before > floor && text.is(before - 1, "not"));
  }

  /** Returns whether "if" or "whether" opens the clause of the subject. */
  private boolean isConditional(int subject) {
    int before = subject - 1;
    while (before > floor && text.has(before, ADVERB)) {
      before--;
    }
    return before >= floor
        && (is(before, "condition")
            || text.is(before, "until") && !text.has(head, PAST) && !isPast());
  }

  private boolean isPast() {
    for (int i = group; i < head; i++) {
      if (text.is(i, "had", "was", "were", "did")) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether an auxiliary before the subject asks, denies or supposes: "nor did Moor". */
  private boolean isInverted(Range subject) {
    int auxiliary = subject.first() - 1;
    if (subject.limit() != group || auxiliary < floor || !text.has(auxiliary, AUXILIARY)) {
      return false;
    }
    if (text.has(auxiliary, MODAL) && !text.has(head, BASE)) {
      return false; // "Will Smith told"
    }
    int first = groupStart(auxiliary);
    boolean opens =
        first == floor || text.isPunctuation(first - 1) || text.has(first - 1, CONJUNCTION);
    return opens
        && (isUnreal(first, auxiliary)
            || text.is(auxiliary, "had")
            || text.is(tokens.sentenceEnd(text.sentence(head)) - 1, '?'));
  }
}
