package org.demarche.speaker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.demarche.speaker.Mention.Form;

/** Finds names: sequences of capitals, told apart by titles, roles and the lists. */
final class MentionFinder {

  /** Longer sequences are titles of works, menus and other furniture. */
  private static final int LONGEST = 12;

  /** Short words that describe behind a hyphen. */
  private static final Set<String> DESCRIBING =
      Set.of(
          "led", "run", "born", "held", "made", "era", "wide", "like", "only", "free", "rich",
          "poor", "area", "type", "bred", "wing", "line", "plus", "ish", "in", "up", "on", "off");

  private final Words words;
  private final List<Mention> found = new ArrayList<>();

  private MentionFinder(Words words) {
    this.words = words;
  }

  /** Returns the mentions in reading order; they do not overlap. */
  static List<Mention> find(Words words) {
    MentionFinder finder = new MentionFinder(words);
    int i = 0;
    while (i < words.size()) {
      if (words.isLower(i) && words.length(i) != 2) {
        // Most words: no name opens with a small letter but "al Thani".
        i++;
        continue;
      }
      int behind = words.behindPlaceLine(i);
      if (behind > i) {
        i = behind;
        continue;
      }
      i = finder.opensName(i) ? finder.read(i) : i + 1;
    }
    return finder.found;
  }

  /** Reads the sequence that starts at {@code from}; returns where to go on. */
  private int read(int from) {
    int to = endOfRun(from);
    int state = from;
    boolean body = hasBody(from, to);
    while (to - from < LONGEST && to < words.size()) {
      int next = behindConnector(from, state, to, body);
      if (next < 0) {
        break;
      }
      state = next;
      to = endOfRun(next);
      body = body || hasBody(from, to);
    }
    if (to - from <= LONGEST) {
      classify(from, to, state);
    }
    return to;
  }

  /** Returns where the sequence goes on behind "of", "for", "and" or "&", or -1 if it ends. */
  private int behindConnector(int from, int state, int to, boolean body) {
    if (!words.adjacent(to - 1, to)) {
      return -1;
    }
    int next = to + 1;
    if (isFishersUnion(from, to)) {
      return next;
    }
    boolean of = words.is(to, "of") || words.is(to, "for") || words.is(to, "on");
    if (of) {
      if (next < words.size() && words.is(next, "the")) {
        next++;
      }
      boolean leads = body || words.has(to - 1, WordLists.ROLE);
      if (words.is(to, "of")) {
        leads =
            leads
                || words.is(from, "city") && to - from == 1
                || (to - from > 1 && words.has(to - 1, WordLists.GROUP));
      } else {
        leads = body;
      }
      return leads && continuesName(to, next) ? next : -1;
    }
    if (next >= words.size() || !continuesName(to, next)) {
      return -1;
    }
    if (words.first(to) == '&') {
      return next;
    }
    if (words.is(to, "and")) {
      int end = endOfRun(next);
      boolean bodyBehind = words.has(end - 1, WordLists.BODY);
      boolean listed =
          body
              && state > from
              && end - next <= 2
              && !hasAny(next, end, WordLists.GIVEN | WordLists.ROLE | WordLists.PLACE)
              && (!hasBody(next, end) || words.is(next, "human"));
      if (listed) {
        // "Centre for Trade and Policy Research".
        return next;
      }
      boolean bothBodies = body && end - next == 1;
      boolean plainBefore =
          to - from == 1
              && (bothBodies || !body)
              && !words.has(from, WordLists.GIVEN | WordLists.PLACE | WordLists.ROLE)
              && (isThe(from - 1) || isThe(from - 2));
      return bodyBehind && plainBefore ? next : -1;
    }
    return -1;
  }

  /** "Fishers’ Union": the possessive of a plural belongs to the name of a body. */
  private boolean isFishersUnion(int from, int to) {
    int next = to + 1;
    return next < words.size()
        && words.isPossessive(to)
        && words.length(to) == 1
        && words.adjacent(to, next)
        && words.isUpper(next)
        && (words.is(next, "union")
            || words.is(next, "association")
            || words.is(next, "federation")
            || words.is(next, "league")
            || words.is(next, "guild")
            || words.is(next, "society"))
        && !hasAny(from, to, WordLists.GIVEN | WordLists.TITLE);
  }

  private boolean isThe(int i) {
    return i >= 0 && words.is(i, "the");
  }

  private boolean continuesName(int connector, int next) {
    return next < words.size() && words.adjacent(connector, next) && opensName(next);
  }

  private boolean hasBody(int from, int to) {
    return hasAny(from, to, WordLists.BODY);
  }

  private boolean hasAny(int from, int to, int bits) {
    for (int i = from; i < to; i++) {
      if (words.has(i, bits)) {
        return true;
      }
    }
    return false;
  }

  private int endOfRun(int from) {
    int to = from + 1;
    while (to < words.size() && words.adjacent(to - 1, to)) {
      if (isNameWord(to)) {
        to++;
      } else if (to + 1 < words.size()
          && words.isLower(to)
          && words.has(to, WordLists.PARTICLE)
          && words.adjacent(to, to + 1)
          && isNameWord(to + 1)) {
        to += 2;
      } else if (to + 2 < words.size()
          && words.isLower(to)
          && words.has(to, WordLists.PARTICLE)
          && words.has(to + 1, WordLists.PARTICLE)
          && words.adjacent(to, to + 2)
          && isNameWord(to + 2)) {
        to += 3;
      } else {
        break;
      }
    }
    return to;
  }

  private boolean opensName(int i) {
    return isNameWord(i)
        || (words.is(i, "al")
            && i + 1 < words.size()
            && words.adjacent(i, i + 1)
            && isNameWord(i + 1));
  }

  private boolean isNameWord(int i) {
    if (!words.isUpper(i)) {
      return false;
    }
    int bits = words.bits(i);
    if (isInitial(i)) {
      return true;
    }
    if (isCompoundAdjective(i)) {
      return false;
    }
    if ((bits & WordLists.CALENDAR) != 0 || isMonth(i)) {
      return false;
    }
    if ((bits & WordLists.FUNCTION) == 0) {
      return true;
    }
    // "Will" and "May" are names where another name goes before or follows.
    boolean named = (bits & WordLists.GIVEN) != 0 || words.is(i, "may") || words.is(i, "page");
    boolean afterName = i > 0 && words.isUpper(i - 1) && words.adjacent(i - 1, i);
    boolean beforeName =
        i + 1 < words.size()
            && words.isUpper(i + 1)
            && words.adjacent(i, i + 1)
            && !words.has(i + 1, WordLists.FUNCTION | WordLists.CALENDAR);
    return named && !words.opens(i) && (afterName || beforeName);
  }

  /** "In April" and "April 4": the months that are given names too. */
  private boolean isMonth(int i) {
    if (!(words.is(i, "april") || words.is(i, "june") || words.is(i, "august"))) {
      return false;
    }
    boolean behind =
        i > 0
            && words.adjacent(i - 1, i)
            && (words.has(i - 1, WordLists.PREPOSITION)
                || words.isNumber(i - 1)
                || words.is(i - 1, "last")
                || words.is(i - 1, "this")
                || words.is(i - 1, "next")
                || words.is(i - 1, "early")
                || words.is(i - 1, "late")
                || words.is(i - 1, "until")
                || words.is(i - 1, "since"));
    boolean beforeNumber = i + 1 < words.size() && words.isNumber(i + 1);
    boolean named =
        i + 1 < words.size()
            && words.adjacent(i, i + 1)
            && words.isUpper(i + 1)
            && words.bits(i + 1) == 0
            && !words.is(i - 1 < 0 ? i : i - 1, "in");
    return beforeNumber || behind && !named;
  }

  /**
   * "Velland-born" and "Senate-led" describe; names go on with a capital behind the hyphen, or with
   * a short syllable: "Jun-ho".
   */
  private boolean isCompoundAdjective(int i) {
    int length = words.length(i);
    for (int k = 3; k + 1 < length; k++) {
      if (words.charAt(i, k) == '-') {
        int syllable = length - k - 1;
        return Character.isLowerCase(words.charAt(i, k + 1))
            && (syllable > 4 || DESCRIBING.contains(words.folded(i, k + 1)));
      }
    }
    return false;
  }

  private boolean isInitial(int i) {
    int length = words.length(i);
    return words.isUpper(i)
        && length >= 2
        && length <= 6
        && words.charAt(i, length - 1) == '.'
        && words.charAt(i, 1) == '.';
  }

  private void classify(int from, int to, int lastRun) {
    if (words.isHeadline(from)) {
      for (int i = from; i < to; i++) {
        add(i, i + 1, i, Form.SINGLE, Gender.OPEN);
      }
      return;
    }
    int end = to;
    while (end > from + 1 && words.has(end - 1, WordLists.SUFFIX)) {
      end--;
    }
    int role = lastRole(from, end);
    if (role == end - 1
        && end - from >= 2
        && words.has(end - 2, WordLists.TITLE)
        && WordLists.bundled().role(words.folded(end - 2)) == null) {
      // "Mr. King": behind such a title stands a name, whatever else it means.
      add(end - 1, to, from, Form.PERSON, gender(from, end - 1));
      return;
    }
    if (role == end - 1
        && lastRun == end - 1
        && lastRun > from
        && words.is(beforeConnector(lastRun) + 1, "of")
        && words.has(beforeConnector(lastRun), WordLists.BODY)) {
      // "Ministry of Justice"
      body(from, to);
      return;
    }
    if (role == end - 1) {
      // "Attorney General": a description, unless a given name opens it, as in "Ana King".
      if (end - from >= 2
          && words.has(from, WordLists.GIVEN)
          && !words.has(from, WordLists.ROLE | WordLists.BODY)) {
        add(from, to, from, Form.PERSON, Gender.OPEN);
      } else if (end - from >= 2 && lastRun == from) {
        int before = lastRole(from, end - 1);
        if (before >= from && before < end - 2 && words.has(before + 1, WordLists.GIVEN)) {
          add(before + 1, to, from, Form.PERSON, gender(from, before + 1));
        }
      }
      return;
    }
    int bodyAt = lastBody(from, end);
    if (lastRun > from && role >= from && role == beforeConnector(lastRun)) {
      // "Secretary of State Ana Dray": the person starts at the given name.
      for (int i = lastRun + 1; i < end; i++) {
        if (words.has(i, WordLists.GIVEN)) {
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
    if (lastRun > from && words.is(from, "city")) {
      body(from, to);
      return;
    }
    if (bodyAt > role) {
      boolean titled = role >= from && words.has(role, WordLists.TITLE) && end - role == 2;
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
          && words.has(start, WordLists.MODIFIER | WordLists.NATIONALITY)
          && !words.has(start, WordLists.GIVEN)) {
        start++;
      }
      add(start, to, from, Form.PERSON, gender(from, start));
      return;
    }
    name(from, to, from);
  }

  /** Returns the word before the "of" or "of the" that leads to {@code next}. */
  private int beforeConnector(int next) {
    return words.is(next - 1, "the") ? next - 3 : next - 2;
  }

  /** "Velland's Ministry of Trade" is named with its country, or any two ministries are one. */
  private void body(int from, int to) {
    int start = from;
    boolean general = words.has(from, WordLists.BODY) && words.bits(from) != 0;
    if (general && from >= 2 && words.isPossessive(from - 1) && !found.isEmpty()) {
      Mention before = found.get(found.size() - 1);
      if (before.to() == from - 1 && before.form() == Form.PLACE) {
        found.remove(found.size() - 1);
        start = before.from();
      }
    }
    add(start, to, start, Form.ORGANIZATION, Gender.OPEN);
  }

  /** A sequence without title, role or the word for a body. */
  private void name(int from, int to, int outer) {
    int start = from;
    while (start < to - 1 && isModifier(start)) {
      start++;
    }
    if (start == to - 1 && isModifier(start)) {
      return;
    }
    if ((words.opens(start) || words.has(start, WordLists.THING))
        && to - start >= 3
        && !words.has(start, WordLists.GIVEN)
        && words.has(start + 1, WordLists.GIVEN)
        && !isInitial(start)) {
      start++;
    }
    if (to - start == 1) {
      single(start, outer);
      return;
    }
    String folded = folded(start, to);
    if (WordLists.bundled().isPlaceName(folded)) {
      add(start, to, outer, Form.PLACE, Gender.OPEN);
      return;
    }
    boolean capitals = true;
    boolean initial = false;
    for (int i = start; i < to; i++) {
      capitals &= words.isCapitals(i);
      initial |= i > start && isInitial(i);
    }
    if (capitals && !followedByColon(to)) {
      add(start, to, outer, Form.ORGANIZATION, Gender.OPEN);
      return;
    }
    boolean given = words.has(start, WordLists.GIVEN) && !(from > 0 && words.is(from - 1, "the"));
    for (int i = start + 1; i < to; i++) {
      if (words.has(i, WordLists.THING)) {
        // "Alma Quill Prize": a thing, but it names a person.
        if (i - start >= 2 && words.has(start, WordLists.GIVEN)) {
          add(start, i, outer, Form.PERSON, Gender.OPEN);
        }
        return;
      }
    }
    boolean joined = words.first(to - 2) == '&' || isPartlyShouted(start, to);
    Form form =
        joined
            ? Form.ORGANIZATION
            : given || initial || words.has(to - 1, WordLists.SUFFIX) ? Form.PERSON : Form.NAME;
    add(start, to, outer, form, Gender.OPEN);
  }

  /** "VELLNET Radio": no person is written so. */
  private boolean isPartlyShouted(int from, int to) {
    int shouted = 0;
    for (int i = from; i < to; i++) {
      if (words.isCapitals(i) && words.length(i) > 3 && words.charAt(i, 1) != '.') {
        shouted++;
      }
    }
    return shouted > 0 && shouted < to - from;
  }

  private void single(int at, int outer) {
    int bits = words.bits(at);
    if ((bits & WordLists.PLACE) != 0) {
      add(at, at + 1, outer, Form.PLACE, Gender.OPEN);
    } else if (words.isCapitals(at) && words.length(at) <= 8 && !followedByColon(at + 1)) {
      add(at, at + 1, outer, Form.ORGANIZATION, Gender.OPEN);
    } else if ((bits & WordLists.BODY) != 0 && (bits & WordLists.BODY_NOUN) == 0) {
      add(at, at + 1, outer, Form.ORGANIZATION, Gender.OPEN);
    } else if ((bits & WordLists.GROUP) == 0
        && ((bits & (WordLists.ROLE | WordLists.BODY_NOUN)) == 0 || !words.opens(at))) {
      add(at, at + 1, outer, Form.SINGLE, Gender.OPEN);
    }
  }

  private boolean followedByColon(int i) {
    return i < words.size() && words.first(i) == ':';
  }

  private boolean isModifier(int i) {
    if (words.has(i, WordLists.GIVEN)) {
      return false;
    }
    String folded = words.folded(i);
    return words.has(i, WordLists.MODIFIER | WordLists.NATIONALITY) || folded.endsWith("-american");
  }

  private String folded(int from, int to) {
    StringBuilder joined = new StringBuilder();
    for (int i = from; i < to; i++) {
      if (i > from) {
        joined.append(' ');
      }
      joined.append(words.folded(i));
    }
    return joined.toString();
  }

  private int lastRole(int from, int end) {
    for (int i = end - 1; i >= from; i--) {
      if (words.has(i, WordLists.ROLE | WordLists.TITLE) && words.isUpper(i)) {
        return i;
      }
    }
    return -1;
  }

  private int lastBody(int from, int end) {
    for (int i = end - 1; i >= from; i--) {
      if (words.has(i, WordLists.BODY)) {
        return i;
      }
    }
    return -1;
  }

  private Gender gender(int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (words.has(i, WordLists.TITLE | WordLists.ROLE)) {
        Gender gender = WordLists.gender(words.bits(i));
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
