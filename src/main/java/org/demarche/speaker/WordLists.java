package org.demarche.speaker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.demarche.text.ResourceLines;

/**
 * The bundled lists of words: which lists contain a folded word ({@link Name#fold}), as bits, and
 * what they say of it. Immutable.
 */
final class WordLists {

  static final int TITLE = 1;
  static final int ROLE = 1 << 1;
  static final int MODIFIER = 1 << 2;
  static final int FUNCTION = 1 << 3;
  static final int CALENDAR = 1 << 4;
  static final int PARTICLE = 1 << 5;
  static final int SUFFIX = 1 << 6;
  static final int BODY = 1 << 7;
  static final int BODY_NOUN = 1 << 8;
  static final int GROUP = 1 << 9;
  static final int DOCUMENT = 1 << 10;
  static final int PLACE = 1 << 11;
  static final int NATIONALITY = 1 << 12;
  static final int GIVEN = 1 << 13;
  static final int MALE = 1 << 14;
  static final int FEMALE = 1 << 15;
  static final int PREPOSITION = 1 << 16;
  static final int DETERMINER = 1 << 17;
  static final int SORT = 1 << 18;
  static final int THING = 1 << 19;

  /** 31 times this is 1, so it removes the last character from a {@link String#hashCode}. */
  private static final int INVERSE_OF_31 = 0xBDEF7BDF;

  /** Read once from the class path. */
  private static final WordLists BUNDLED = new WordLists();

  private final Map<String, Integer> bits = new HashMap<>(8192);
  private final Map<String, String> roles = new HashMap<>();
  private final Map<String, String> roleCompounds = new HashMap<>();
  private final Map<String, String> countries = new HashMap<>();
  private final Map<String, Set<String>> bodyNouns = new HashMap<>();
  private final Set<String> placeNames;

  /**
   * The words and their bits in open addressing by {@link String#hashCode}, to be asked without a
   * string.
   */
  private final char[][] plainWords = new char[1 << 14][];

  private final int[] plainBits = new int[plainWords.length];

  /** One bit for the hash of each word, which tells most unknown words quickly. */
  private final long[] filter = new long[1 << 10];

  private WordLists() {
    for (String[] row : rows("titles")) {
      add(row[0], TITLE | genderBit(row[1]));
    }
    for (String[] row : rows("roles")) {
      add(row[0], ROLE | genderBit(row[2]));
      roles.put(Name.fold(row[0]), row[1]);
    }
    for (String[] row : rows("role-compounds")) {
      roleCompounds.put(row[0] + " " + row[1], row[2]);
    }
    for (String[] row : rows("given-names")) {
      add(row[0], GIVEN | genderBit(row[1]));
    }
    for (String[] row : rows("nationalities")) {
      add(row[0], NATIONALITY);
      String country = String.join(" ", List.of(row).subList(1, row.length));
      if (!country.equals("-")) {
        countries.put(Name.fold(row[0]), country);
      }
    }
    for (String[] row : rows("organization-nouns")) {
      add(row[0], BODY_NOUN);
      bodyNouns.put(row[0], Set.copyOf(List.of(row).subList(1, row.length)));
    }
    addAll("role-modifiers", MODIFIER);
    addAll("function-words", FUNCTION);
    addAll("prepositions", FUNCTION | PREPOSITION);
    addAll("determiners", FUNCTION | DETERMINER);
    addAll("calendar", CALENDAR);
    addAll("particles", PARTICLE);
    addAll("suffixes", SUFFIX);
    addAll("organization-words", BODY);
    addAll("group-nouns", GROUP);
    addAll("document-nouns", DOCUMENT);
    addAll("places", PLACE);
    addAll("organization-sorts", SORT);
    addAll("things", THING);
    placeNames =
        Set.copyOf(rows("place-names").stream().map(row -> String.join(" ", row)).toList());
    bits.forEach(this::addPlain);
  }

  static WordLists bundled() {
    return BUNDLED;
  }

  /** Returns the bits of the lists that contain a folded word, 0 for none. */
  int of(String folded) {
    Integer found = bits.get(folded);
    if (found != null) {
      return found;
    }
    if (folded.length() > 4 && folded.charAt(folded.length() - 1) == 's') {
      // "Canadians", "African-Americans": a nationality with an s is a group.
      String one = folded.substring(0, folded.length() - 1);
      Integer people = bits.get(one.substring(one.lastIndexOf('-') + 1));
      if (people != null && (people & NATIONALITY) != 0) {
        return GROUP;
      }
    }
    return 0;
  }

  /**
   * Returns the bits of a word of ASCII letters, as {@link #of} does of its folded form.
   *
   * @param hash the {@link String#hashCode} of the word in lower case
   */
  int of(char[] text, int start, int end, int hash) {
    if (mayKnow(hash)) {
      int slot = slot(text, start, end, hash);
      if (plainWords[slot] != null) {
        return plainBits[slot];
      }
    }
    if (end - start > 4 && (text[end - 1] | 0x20) == 's') {
      int one = withoutLast(hash, 's');
      if (mayKnow(one)) {
        return (plainBits[slot(text, start, end - 1, one)] & NATIONALITY) != 0 ? GROUP : 0;
      }
    }
    return 0;
  }

  /** Returns the {@link String#hashCode} of a word without its last character. */
  static int withoutLast(int hash, char last) {
    return (hash - last) * INVERSE_OF_31;
  }

  private boolean mayKnow(int hash) {
    int bit = (hash ^ hash >>> 16) & 0xFFFF;
    return (filter[bit >>> 6] & 1L << bit) != 0;
  }

  /** Returns the slot of the word, or the empty slot for it. */
  private int slot(char[] text, int start, int end, int hash) {
    int slot = place(hash);
    while (plainWords[slot] != null && !isWord(plainWords[slot], text, start, end)) {
      slot = (slot + 1) & (plainWords.length - 1);
    }
    return slot;
  }

  private static boolean isWord(char[] word, char[] text, int start, int end) {
    if (word.length != end - start) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (word[i - start] != (text[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private void addPlain(String word, int known) {
    int bit = (word.hashCode() ^ word.hashCode() >>> 16) & 0xFFFF;
    filter[bit >>> 6] |= 1L << bit;
    int slot = place(word.hashCode());
    while (plainWords[slot] != null) {
      slot = (slot + 1) & (plainWords.length - 1);
    }
    plainWords[slot] = word.toCharArray();
    plainBits[slot] = known;
  }

  private int place(int hash) {
    return (hash * 0x9E3779B9 >>> 8) & (plainWords.length - 1);
  }

  /** Returns the form that all variants of a role share, or null for a word that is no role. */
  String role(String folded) {
    return roles.get(folded);
  }

  /** Returns the shared form of a role of two words, such as {@code prime minister}, or null. */
  String role(String before, String word) {
    return roleCompounds.get(before + " " + word);
  }

  /** Returns the country of an adjective, or null. */
  String country(String adjective) {
    return countries.get(adjective);
  }

  /** Returns the words by which {@code noun} can refer to a name: one of them is in the name. */
  Set<String> bodiesCalled(String noun) {
    return bodyNouns.getOrDefault(noun, Set.of());
  }

  /** Returns whether folded words, joined by single spaces, are a place. */
  boolean isPlaceName(String folded) {
    return placeNames.contains(folded);
  }

  /** Returns the gender that the bits of a word tell. */
  static Gender gender(int bits) {
    boolean male = (bits & MALE) != 0;
    boolean female = (bits & FEMALE) != 0;
    if (male == female) {
      return Gender.OPEN;
    }
    return male ? Gender.MALE : Gender.FEMALE;
  }

  private void addAll(String list, int bit) {
    for (String[] row : rows(list)) {
      for (String word : row) {
        add(word, bit);
      }
    }
  }

  private void add(String word, int bit) {
    String folded = Name.fold(word);
    bits.merge(folded, bit, (a, b) -> a | b);
  }

  private static int genderBit(String letter) {
    return switch (letter) {
      case "m" -> MALE;
      case "f" -> FEMALE;
      default -> 0;
    };
  }

  /** Returns the lines of a list, split at spaces. */
  private static List<String[]> rows(String list) {
    return ResourceLines.of(WordLists.class, list + ".txt").stream()
        .map(line -> line.strip().split(" +"))
        .toList();
  }
}
