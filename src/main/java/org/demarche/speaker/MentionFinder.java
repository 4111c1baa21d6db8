package org.demarche.speaker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.speaker.Mention.Form;

/** Finds the mentions of an article: sequences of words with capitals that can be names. */
final class MentionFinder {

  /** Longer sequences are titles of works, menus and the like. */
  private static final int LONGEST = 12;

  /** The part of an organization's name in lower case has so many words at most. */
  private static final int LONGEST_BODY = 4;

  /** A nickname between a given name and a surname has so many words at most. */
  private static final int LONGEST_NICKNAME = 3;

  private static final List<String> ADJECTIVE_ENDINGS =
      List.of("ed", "ing", "less", "ful", "ous", "ive", "able", "ible", "ish", "ic");

  private final AnnotatedText text;
  private final NameWords nameWords;
  private final MentionClassifier classifier;
  private final List<Mention> found = new ArrayList<>();

  /** The last words of names that end in 's, without it. */
  private final Set<String> companies = new HashSet<>();

  private MentionFinder(AnnotatedText text) {
    this.text = text;
    this.nameWords = new NameWords(text);
    this.classifier = new MentionClassifier(text, nameWords, found);
  }

  /** Returns the mentions in the order of the article; they do not overlap. */
  static List<Mention> find(AnnotatedText text) {
    MentionFinder finder = new MentionFinder(text);
    finder.findCompanies();
    int i = 0;
    while (i < text.size()) {
      if (text.isLower(i) && text.length(i) != 2) {
        // No name opens with a lower-case letter except "al Thani".
        i++;
        continue;
      }
      int behind = text.behindDateline(i);
      if (behind > i) {
        i = behind;
        continue;
      }
      text.checkTime();
      i = finder.nameWords.opensName(i) ? finder.read(i) : i + 1;
    }
    finder.shortenNames();
    finder.joinSpelledOut();
    return finder.found;
  }

  /**
   * Finds the names that end in 's: "Vendory's said". A name that also stands without it is no such
   * name.
   */
  private void findCompanies() {
    for (int i = 1; i < text.size(); i++) {
      if (text.isPunctuation(i) && text.endsName(i)) {
        companies.add(text.folded(i - 1));
      }
    }
    for (int i = 0; i < text.size() && !companies.isEmpty(); i++) {
      boolean bare = i + 1 == text.size() || !text.isPossessive(i + 1);
      if (bare && text.isUpper(i)) {
        companies.remove(text.folded(i));
      }
    }
  }

  /** Reads the sequence that starts at {@code from} and returns the word behind it. */
  private int read(int from) {
    int to = endOfRun(from);
    int state = from;
    boolean body = hasBody(from, to);
    while (to - from < LONGEST && to < text.size()) {
      int next = behindConnector(from, state, to, body);
      if (next < 0) {
        break;
      }
      state = next;
      to = endOfRun(next);
      body = body || hasBody(from, to);
    }
    if (isCompany(from, to)) {
      found.add(new Mention(from, to + 1, from, Form.ORGANIZATION, Gender.OPEN));
      return to + 1;
    }
    int bodyEnd = state == from ? endOfBody(from, to) : -1;
    if (bodyEnd > 0) {
      found.add(new Mention(from, bodyEnd, from, Form.ORGANIZATION, Gender.OPEN));
      return bodyEnd;
    }
    if (to - from <= LONGEST) {
      classifier.classify(from, to, state);
    }
    return to;
  }

  /** Returns whether the sequence and the "'s" behind it are a name. */
  private boolean isCompany(int from, int to) {
    return to < text.size()
        && to - from <= LONGEST_BODY
        && text.isPossessive(to)
        && text.length(to) == 2
        && companies.contains(text.folded(to - 1));
  }

  /**
   * Returns where an organization ends whose name goes on in lower case behind the place that has
   * it, "Vell city council" or "Velland's interior ministry", or −1 if none does.
   */
  private int endOfBody(int from, int to) {
    int i = to < text.size() && text.isPossessive(to) ? to + 1 : to;
    int end = endOfBodyNoun(i, from);
    if (end < 0 || text.isHeadline(from) || hasBody(from, to)) {
      return -1;
    }
    boolean place =
        text.has(to - 1, Lexicon.PLACE | Lexicon.NATIONALITY)
            || to - from > 1 && Lexicon.english().isPlaceName(classifier.folded(from, to));
    boolean person = hasAny(from, to, Lexicon.ROLE | Lexicon.TITLE | Lexicon.GIVEN);
    // "Local police": the first word has its capital from the sentence.
    boolean named = to - from == 1 && !person && (i > to || !text.opens(from));
    return place || named ? end : -1;
  }

  /** Returns the word behind the noun for an organization to which lower-case words lead, or −1. */
  private int endOfBodyNoun(int behind, int from) {
    int limit = Math.min(text.size(), behind + LONGEST_BODY);
    for (int i = behind; i < limit && text.isLower(i) && text.sameSentence(i, from); i++) {
      boolean magazine =
          i == behind && text.is(i, "magazine") && !(from > 0 && text.isDeterminer(from - 1));
      if (magazine || text.has(i, Lexicon.BODY_NOUN) && isPublicBody(i)) {
        return i + 1;
      }
      if (!text.isNounLike(i) || text.has(i, Lexicon.FUNCTION | Lexicon.ROLE | Lexicon.GROUP)) {
        return -1;
      }
    }
    return -1;
  }

  private boolean isPublicBody(int i) {
    return text.is(
        i,
        "ministry",
        "council",
        "parliament",
        "government",
        "police",
        "army",
        "navy",
        "embassy",
        "court",
        "department",
        "bank");
  }

  /** Returns where the sequence goes on behind "of", "for", "and" or "&", or −1 if it ends. */
  private int behindConnector(int from, int state, int to, boolean body) {
    if (!text.sameSentence(to - 1, to)) {
      return -1;
    }
    int next = to + 1;
    if (isFishersUnion(from, to)) {
      return next;
    }
    boolean of = text.is(to, "of", "for", "on") || state > from && text.is(to, "to");
    if (of) {
      if (next < text.size() && text.is(next, "the")) {
        next++;
      }
      boolean leads = body || text.has(to - 1, Lexicon.ROLE);
      if (text.is(to, "of")) {
        leads =
            leads
                || text.is(from, "city") && to - from == 1
                || (to - from > 1 && text.has(to - 1, Lexicon.GROUP));
      } else {
        leads = body;
      }
      return leads && continuesName(to, next) ? next : -1;
    }
    if (next >= text.size() || !continuesName(to, next)) {
      return -1;
    }
    if (text.first(to) == '&') {
      return next;
    }
    if (text.is(to, "and")) {
      int end = endOfRun(next);
      boolean bodyBehind = text.has(end - 1, Lexicon.BODY);
      boolean listed =
          body
              && state > from
              && end - next <= 2
              && !hasAny(next, end, Lexicon.GIVEN | Lexicon.ROLE | Lexicon.PLACE)
              && (!hasBody(next, end) || text.is(next, "human"));
      if (listed) {
        // "Centre for Trade and Policy Research".
        return next;
      }
      boolean bothBodies = body && end - next == 1;
      boolean plainBefore =
          to - from == 1
              && (bothBodies || !body)
              && !text.has(from, Lexicon.GIVEN | Lexicon.PLACE | Lexicon.ROLE)
              && (isThe(from - 1) || isThe(from - 2));
      return bodyBehind && plainBefore ? next : -1;
    }
    return -1;
  }

  /** Returns whether an organization owned by a plural follows: "Fishers’ Union". */
  private boolean isFishersUnion(int from, int to) {
    int next = to + 1;
    return next < text.size()
        && text.isPossessive(to)
        && text.length(to) == 1
        && text.sameSentence(to, next)
        && text.isUpper(next)
        && text.is(next, "union", "association", "federation", "league", "guild", "society")
        && !hasAny(from, to, Lexicon.GIVEN | Lexicon.TITLE);
  }

  private boolean isThe(int i) {
    return i >= 0 && text.is(i, "the");
  }

  private boolean continuesName(int connector, int next) {
    return next < text.size() && text.sameSentence(connector, next) && nameWords.opensName(next);
  }

  private boolean hasBody(int from, int to) {
    return hasAny(from, to, Lexicon.BODY);
  }

  private boolean hasAny(int from, int to, long bits) {
    for (int i = from; i < to; i++) {
      if (text.has(i, bits)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the end of the name words and particles ("van der") that start at {@code from}. */
  private int endOfRun(int from) {
    int to = from + 1;
    while (to < text.size() && text.sameSentence(to - 1, to)) {
      if (nameWords.isNameWord(to)) {
        to++;
      } else if (to + 1 < text.size()
          && text.isLower(to)
          && text.has(to, Lexicon.PARTICLE)
          && text.sameSentence(to, to + 1)
          && nameWords.isNameWord(to + 1)) {
        to += 2;
      } else if (to + 2 < text.size()
          && text.isLower(to)
          && text.has(to, Lexicon.PARTICLE)
          && text.has(to + 1, Lexicon.PARTICLE)
          && text.sameSentence(to, to + 2)
          && nameWords.isNameWord(to + 2)) {
        to += 3;
      } else {
        int behind = behindNickname(to);
        if (behind < 0) {
          break;
        }
        to = behind;
      }
    }
    return to;
  }

  /** Returns the word behind a nickname in marks: the "Marsh" of "Ana “Spark” Marsh", or −1. */
  private int behindNickname(int open) {
    boolean bracket = text.is(open, '(');
    if (!bracket && (text.quoteAt(open) == null || text.quoteAt(open).first() != open)) {
      return -1;
    }
    int close = open + 1;
    while (close < text.size()
        && close - open <= LONGEST_NICKNAME
        && (nameWords.isNameWord(close) || text.is(close, "the"))) {
      close++;
    }
    boolean closed =
        close > open + 1
            && close + 1 < text.size()
            && text.isPunctuation(close)
            && (bracket ? text.is(close, ')') : text.quoteAt(open).limit() == close + 1);
    return closed && text.sameSentence(open - 1, close + 1) && nameWords.isNameWord(close + 1)
        ? close + 1
        : -1;
  }

  /**
   * Takes a first word from a name that is no part of it, if the article shows the name without:
   * "Embattled Okonjo", or "Goatherd Ana Dray" where the article has a goatherd.
   */
  private void shortenNames() {
    Set<String> surnames = new HashSet<>();
    Set<String> names = new HashSet<>();
    Set<String> people = new HashSet<>();
    for (Mention mention : found) {
      boolean titled = mention.size() == 1 && mention.form() == Form.PERSON;
      if (titled || mention.size() > 1 && mention.canBePerson() && !text.opens(mention.from())) {
        surnames.add(text.folded(mention.to() - 1));
      }
      names.add(text.string(mention.from(), mention.to()));
      if (mention.form() == Form.PERSON) {
        people.add(text.folded(mention.to() - 1));
      }
    }
    found.replaceAll(
        mention -> {
          int rest = mention.from() + 1;
          boolean given = text.has(mention.from(), Lexicon.GIVEN);
          if (mention.size() == 1
              || !mention.canBePerson()
              || given
              || text.has(mention.from(), Lexicon.THING)) {
            return mention;
          }
          if (mention.size() == 2) {
            boolean adjective = text.opens(mention.from()) && looksLikeAdjective(mention.from());
            boolean known = people.contains(text.folded(rest));
            return mention.form() == Form.NAME
                    && (known && text.has(mention.from(), Lexicon.PLACE)
                        || known && text.isAlsoLower(mention.from())
                        || adjective && surnames.contains(text.folded(rest)))
                ? new Mention(rest, mention.to(), mention.from(), Form.SINGLE, Gender.OPEN)
                : mention;
          }
          boolean longer = text.has(rest, Lexicon.GIVEN) && text.isAlsoLower(mention.from());
          if (!longer && text.has(mention.from(), Lexicon.PLACE)) {
            // "Vell Harbour Watch" is no "Harbour Watch".
            return mention;
          }
          while (!longer && rest < mention.to() - 1) {
            longer = names.contains(text.string(rest, mention.to()));
            rest += longer ? 0 : 1;
          }
          return longer
              ? new Mention(rest, mention.to(), mention.from(), mention.form(), mention.gender())
              : mention;
        });
  }

  /** Makes one organization of the words that an acronym in brackets behind them abbreviates. */
  private void joinSpelledOut() {
    for (int open = 1; open + 2 < text.size(); open++) {
      int from = text.is(open, '(') && text.is(open + 2, ')') ? startOfSpelledOut(open) : -1;
      if (from < 0) {
        continue;
      }
      int at = firstEndingBehind(from);
      if (at < found.size() && found.get(at).from() < from && found.get(at).to() == open) {
        // "the Vellandan Society of Trade (SOT)" is named already.
        continue;
      }
      while (at < found.size() && found.get(at).from() < open) {
        found.remove(at);
      }
      found.add(at, new Mention(from, open, from, Form.ORGANIZATION, Gender.OPEN));
    }
  }

  /** Returns the number of the first mention that ends behind the word. */
  private int firstEndingBehind(int word) {
    int low = 0;
    int high = found.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (found.get(middle).to() <= word) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Returns the first of the words before a bracket whose initials are the acronym in it, or −1.
   * Small words can have a letter in it or not.
   */
  private int startOfSpelledOut(int open) {
    String acronym = text.folded(open + 1);
    int left = text.isCapitals(open + 1) ? acronym.length() : 0;
    int i = open;
    int capitals = 0;
    while (left > 0 && i > 0 && text.sameSentence(i - 1, open)) {
      i--;
      boolean letter =
          text.folded(i).startsWith(acronym.substring(left - 1, left))
              && (left > 1 || text.isUpper(i) || text.is(i, "al"));
      if (text.isUpper(i) && letter) {
        capitals++;
      } else if (!letter && !text.isPossessive(i) && !text.has(i, Lexicon.FUNCTION)) {
        return -1;
      }
      left -= letter ? 1 : 0;
    }
    return left == 0 && capitals >= 2 && (text.isUpper(i) || text.is(i, "al")) ? i : -1;
  }

  private boolean looksLikeAdjective(int i) {
    String word = text.folded(i);
    return ADJECTIVE_ENDINGS.stream().anyMatch(word::endsWith);
  }
}
