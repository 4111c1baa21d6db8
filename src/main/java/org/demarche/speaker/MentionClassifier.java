package org.demarche.speaker;

import java.util.List;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.speaker.Mention.Form;

/**
 * Tells what a sequence of name words mentions: a person behind a title or a role, an organization,
 * a place, or a name of which nothing is known yet.
 */
final class MentionClassifier {

  /** What stands before a second capital in a name has so many letters at most: "Mac", "Van". */
  private static final int LONGEST_PREFIX = 3;

  private final AnnotatedText text;
  private final NameWords nameWords;
  private final List<Mention> found;

  /**
   * @param found the list to which mentions are added
   */
  MentionClassifier(AnnotatedText text, NameWords nameWords, List<Mention> found) {
    this.text = text;
    this.nameWords = nameWords;
    this.found = found;
  }

  /**
   * Adds the mentions that a sequence of name words makes: most often one, in a headline one per
   * word, or none.
   *
   * @param lastRun where the sequence goes on behind its last "of" or "and"; {@code from} if it has
   *     none
   */
  void classify(int from, int to, int lastRun) {
    if (text.isHeadline(from)) {
      for (int i = from; i < to; i++) {
        add(i, i + 1, i, Form.SINGLE, Gender.OPEN);
      }
      return;
    }
    int end = to;
    while (end > from + 1 && text.has(end - 1, Lexicon.SUFFIX)) {
      end--;
    }
    if (end < to && end - from == 1 && from > 0 && text.isDeterminer(from - 1)) {
      // "the Vell MP" is a description.
      return;
    }
    int role = lastRole(from, end);
    if (role == end - 1
        && end - from >= 2
        && text.has(end - 2, Lexicon.TITLE)
        && Lexicon.english().role(text.folded(end - 2)) == null
        && !(from > 0 && text.is(from - 1, "the"))) {
      // "Mr. King": a name follows such a title, even if it is also the word for a role.
      add(end - 1, to, from, Form.PERSON, gender(from, end - 1));
      return;
    }
    if (role == end - 1
        && lastRun == end - 1
        && lastRun > from
        && text.is(beforeConnector(lastRun) + 1, "of")
        && text.has(beforeConnector(lastRun), Lexicon.BODY)) {
      // "Ministry of Justice"
      body(from, to);
      return;
    }
    if (role == end - 1) {
      // "Attorney General": a description, unless a given name opens it, as in "Ana King".
      if (end - from >= 2
          && text.has(from, Lexicon.GIVEN)
          && !text.has(from, Lexicon.ROLE | Lexicon.BODY)) {
        add(from, to, from, Form.PERSON, Gender.OPEN);
      } else if (end - from >= 2 && lastRun == from) {
        int before = lastRole(from, end - 1);
        boolean given =
            text.has(before + 1, Lexicon.GIVEN)
                || end - before == 3 && text.classes(before + 1) == 0 && isOftenASurname(end - 1);
        if (before >= from && before < end - 2 && given) {
          add(before + 1, to, from, Form.PERSON, gender(from, before + 1));
        }
      } else if (end - from == 1 && text.has(from, Lexicon.ROLE)) {
        // "Bishop" is a surname where the article names Ana Bishop.
        add(from, to, from, Form.SINGLE, Gender.OPEN);
      }
      return;
    }
    int bodyAt = lastBody(from, end);
    if (lastRun > from && role >= from && role == beforeConnector(lastRun)) {
      // "Secretary of State Ana Dray": the name starts at the given name.
      for (int i = lastRun + 1; i < end; i++) {
        if (text.has(i, Lexicon.GIVEN)) {
          add(i, to, from, Form.PERSON, gender(from, i));
          return;
        }
      }
      if (bodyAt >= lastRun) {
        body(lastRun, to);
      } else {
        name(lastRun, to, lastRun);
      }
      return;
    }
    if (lastRun > from && text.is(from, "city")) {
      body(from, to);
      return;
    }
    if (bodyAt > role) {
      boolean titled = role >= from && text.has(role, Lexicon.TITLE) && end - role == 2;
      if (titled) {
        add(role + 1, to, from, Form.PERSON, gender(from, role + 1));
      } else {
        body(from, to);
      }
      return;
    }
    if (role >= from) {
      int start = role + 1;
      while (start < end - 1
          && text.has(start, Lexicon.MODIFIER | Lexicon.NATIONALITY)
          && !text.has(start, Lexicon.GIVEN)
          && !isGivenName(start, end)) {
        start++;
      }
      if (start == end - 1 && text.has(start, Lexicon.GROUP)) {
        // "the Liberal Democrats"
        body(from, to);
        return;
      }
      add(start, to, from, Form.PERSON, gender(from, start));
      return;
    }
    name(from, to, from);
  }

  /** Returns whether many people bear the word for a role as their surname. */
  private boolean isOftenASurname(int role) {
    return text.is(
        role, "bishop", "king", "judge", "pastor", "cook", "prince", "pope", "marshal", "major",
        "duke", "baron", "farmer", "singer", "mason");
  }

  /** Returns whether a nationality is a given name here: "the minister German Tarsk". */
  private boolean isGivenName(int at, int end) {
    return at == end - 2
        && at > 0
        && text.has(at, Lexicon.NATIONALITY)
        && text.has(at - 1, Lexicon.ROLE)
        && text.sameSentence(at - 1, at);
  }

  /** Returns the word before the "of" or "of the" that leads to {@code next}. */
  private int beforeConnector(int next) {
    return text.is(next - 1, "the") ? next - 3 : next - 2;
  }

  /** Adds an organization, with the country that owns it: "Velland's Ministry of Trade". */
  private void body(int from, int to) {
    int person = lastBody(from, to) + 1;
    if (person > from
        && to - person >= 2
        && (text.has(person, Lexicon.GIVEN) || nameWords.isInitial(to - 2))) {
      // "at the Vell Foundation Ana Dray": the person is named right behind the organization.
      body(from, person);
      add(person, to, person, Form.PERSON, Gender.OPEN);
      return;
    }
    int start = from;
    if (text.has(from, Lexicon.BODY)
        && from >= 2
        && text.isPossessive(from - 1)
        && !found.isEmpty()) {
      Mention before = found.get(found.size() - 1);
      boolean ofAState = false;
      for (int i = from; i < to; i++) {
        ofAState |= text.has(i, Lexicon.BODY_NOUN) && !text.has(i, Lexicon.SORT);
      }
      if (ofAState && before.to() == from - 1 && before.form() == Form.PLACE) {
        found.remove(found.size() - 1);
        start = before.from();
      }
    }
    add(start, to, start, Form.ORGANIZATION, Gender.OPEN);
  }

  /** Adds a sequence without a title, a role or a word for an organization. */
  private void name(int from, int to, int outer) {
    int start = from;
    while (start < to - 1 && isModifier(start) && !isGivenName(start, to)) {
      start++;
    }
    if (start == to - 1 && isModifier(start)) {
      return;
    }
    if (to - start == 2 && text.is(start, "north", "south", "east", "west")) {
      // "West Velland" is a place, and "a South Vellandan newspaper" an adjective.
      if (!text.has(to - 1, Lexicon.NATIONALITY)) {
        add(start, to, outer, Form.PLACE, Gender.OPEN);
      }
      return;
    }
    if (start == to - 1 && start > from && text.has(start, Lexicon.DOCUMENT | Lexicon.THING)) {
      // "Vellandan Report" and "National Convention" have no other name.
      add(from, to, from, Form.ORGANIZATION, Gender.OPEN);
      return;
    }
    if (text.has(start, Lexicon.PLACE) && to - start >= 3 && isOfficeAt(start)) {
      // "the envoy to Velland Ana Dray"
      add(start, start + 1, outer, Form.PLACE, Gender.OPEN);
      add(start + 1, to, start + 1, Form.PERSON, Gender.OPEN);
      return;
    }
    boolean acronym = text.isCapitals(start) && text.length(start) > 1;
    if ((text.opens(start) || acronym || text.has(start, Lexicon.THING))
        && to - start >= 3
        && !text.has(start, Lexicon.GIVEN)
        && text.has(start + 1, Lexicon.GIVEN)
        && !nameWords.isInitial(start)) {
      start++;
    }
    if (to - start == 1) {
      single(start, outer);
      return;
    }
    String folded = folded(start, to);
    if (Lexicon.english().isPlaceName(folded)) {
      add(start, to, outer, Form.PLACE, Gender.OPEN);
      return;
    }
    boolean capitals = true;
    boolean initial = false;
    for (int i = start; i < to; i++) {
      capitals &= text.isCapitals(i);
      initial |= i > start && nameWords.isInitial(i);
    }
    if (capitals && !followedByColon(to)) {
      add(start, to, outer, Form.ORGANIZATION, Gender.OPEN);
      return;
    }
    boolean given = text.has(start, Lexicon.GIVEN) && !(from > 0 && text.is(from - 1, "the"));
    for (int i = start + 1; i < to; i++) {
      if (text.has(i, Lexicon.THING)) {
        // "Alma Quill Prize" is a thing, but it names a person.
        if (i - start >= 2 && text.has(start, Lexicon.GIVEN)) {
          add(start, i, outer, Form.PERSON, Gender.OPEN);
        }
        return;
      }
    }
    boolean joined =
        text.first(to - 2) == '&' || text.is(to - 1, "today") || isPartlyShouted(start, to);
    Form form =
        joined
            ? Form.ORGANIZATION
            : given || initial || text.has(to - 1, Lexicon.SUFFIX) ? Form.PERSON : Form.NAME;
    add(start, to, outer, form, Gender.OPEN);
  }

  /** Returns whether a role and a preposition stand before the word: "envoy to". */
  private boolean isOfficeAt(int i) {
    return i >= 2
        && text.has(i - 1, Lexicon.PREPOSITION)
        && text.has(i - 2, Lexicon.ROLE)
        && text.sameSentence(i - 2, i);
  }

  /** Returns whether some words, but not all, are in capitals, unlike people: "VELLNET Radio". */
  private boolean isPartlyShouted(int from, int to) {
    int shouted = 0;
    for (int i = from; i < to; i++) {
      if (text.isCapitals(i) && text.length(i) > 3 && text.charAt(i, 1) != '.') {
        shouted++;
      }
    }
    return shouted > 0 && shouted < to - from;
  }

  /** Adds a single word, unless it is a common noun. */
  private void single(int at, int outer) {
    long bits = text.classes(at);
    int length = text.length(at);
    boolean plural =
        length > 2
            && text.charAt(at, length - 1) == 's'
            && Character.isUpperCase(text.charAt(at, length - 2));
    if (plural || (bits & Lexicon.SUFFIX) != 0) {
      // "MPs" are several people, "the MP" is a description.
      return;
    }
    if ((bits & Lexicon.PLACE) != 0) {
      add(at, at + 1, outer, Form.PLACE, Gender.OPEN);
    } else if (text.isCapitals(at)
        && text.length(at) > 1
        && text.length(at) <= 8
        && !followedByColon(at + 1)) {
      add(at, at + 1, outer, Form.ORGANIZATION, Gender.OPEN);
    } else if ((bits & Lexicon.BODY) != 0 && (bits & Lexicon.BODY_NOUN) == 0 || isJoinedWord(at)) {
      add(at, at + 1, outer, Form.ORGANIZATION, Gender.OPEN);
    } else if ((bits & Lexicon.GROUP) == 0
        && ((bits & (Lexicon.ROLE | Lexicon.BODY_NOUN)) == 0 || !text.opens(at))) {
      add(at, at + 1, outer, Form.SINGLE, Gender.OPEN);
    }
  }

  /** Returns whether a capital stands inside the word, as in "NetTrade", but not in "McDray". */
  private boolean isJoinedWord(int i) {
    for (int k = LONGEST_PREFIX + 1; k < text.length(i); k++) {
      if (Character.isUpperCase(text.charAt(i, k))
          && Character.isLowerCase(text.charAt(i, k - 1))) {
        return true;
      }
    }
    return false;
  }

  private boolean followedByColon(int i) {
    return i < text.size() && text.first(i) == ':';
  }

  private boolean isModifier(int i) {
    if (text.has(i, Lexicon.GIVEN)) {
      return false;
    }
    return text.has(i, Lexicon.MODIFIER | Lexicon.NATIONALITY)
        || text.folded(i).endsWith("-american");
  }

  String folded(int from, int to) {
    StringBuilder joined = new StringBuilder();
    for (int i = from; i < to; i++) {
      if (i > from) {
        joined.append(' ');
      }
      joined.append(text.folded(i));
    }
    return joined.toString();
  }

  /** Returns the last role or title with a capital, or −1. */
  private int lastRole(int from, int end) {
    for (int i = end - 1; i >= from; i--) {
      // "M." is a title before a surname, but an initial beside a given name.
      boolean initial = nameWords.isInitial(i) && (i > from || end - i > 2);
      if (text.has(i, Lexicon.ROLE | Lexicon.TITLE) && text.isUpper(i) && !initial) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the last word for an organization, or −1. */
  private int lastBody(int from, int end) {
    for (int i = end - 1; i >= from; i--) {
      if (text.has(i, Lexicon.BODY)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the gender that titles and roles tell, the last first. */
  private Gender gender(int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (text.has(i, Lexicon.TITLE | Lexicon.ROLE)) {
        Gender gender = Gender.of(text.classes(i));
        if (gender != Gender.OPEN) {
          return gender;
        }
      }
    }
    return Gender.OPEN;
  }

  private void add(int from, int to, int outer, Form form, Gender gender) {
    found.add(new Mention(from, to, Math.min(outer, from), form, gender));
  }
}
