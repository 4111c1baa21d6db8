package org.demarche.language.english;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.demarche.text.ResourceLines;
import org.demarche.text.Tokens;

/**
 * English words with their classes, and what the lists of words beside it say of verbs that
 * attribute, of roles, countries and organizations. All classes of a word are the bits of one
 * number. Immutable; read once from the class path.
 */
public final class Lexicon {

  /** Classes of words in any text, in the order of {@link #CLASSES}. */
  public static final long DETERMINER = 1;

  public static final long POSSESSIVE = 1L << 1;
  public static final long SUBJECT = 1L << 2;
  public static final long OBJECT = 1L << 3;
  public static final long PREPOSITION = 1L << 4;
  public static final long CONJUNCTION = 1L << 5;
  public static final long SUBORDINATOR = 1L << 6;
  public static final long THAT = 1L << 7;
  public static final long WH = 1L << 8;
  public static final long TO = 1L << 9;
  public static final long BE = 1L << 10;
  public static final long HAVE = 1L << 11;
  public static final long DO = 1L << 12;
  public static final long MODAL = 1L << 13;
  public static final long ADVERB = 1L << 14;
  public static final long TIME = 1L << 15;
  public static final long VERB = 1L << 16;
  public static final long PEOPLE = 1L << 17;

  /** Noun for an occasion on which something is said: an interview, a letter. */
  public static final long OCCASION = 1L << 18;

  /** Word such as "two" and "other" that counts or picks out. */
  public static final long QUANTITY = 1L << 19;

  /** Adverb that says that others said it: reportedly, allegedly. */
  public static final long HEDGE = 1L << 20;

  /** Noun for what is said by nobody in particular: rumours, fears. */
  public static final long HEARSAY = 1L << 21;

  /** Adjective for what nobody knows for sure: unclear, unconfirmed. */
  public static final long UNSURE = 1L << 22;

  /** Noun that attributes when a that-clause follows. */
  public static final long NOUN_CUE = 1L << 23;

  /** The names of the classes in {@code words.txt}; the place of each is its bit. */
  private static final List<String> CLASSES =
      List.of(
          ("determiner possessive subject object preposition conjunction subordinator that wh to "
                  + "be have do modal adverb time verb people occasion quantity hedge hearsay unsure")
              .split(" "));

  /** Words with which a noun phrase opens, or a question. */
  static final long OPENER = DETERMINER | POSSESSIVE | QUANTITY | THAT;

  /** All classes above. */
  public static final long GRAMMAR = (1L << 24) - 1;

  /** Classes of words in and around names. They hold for folded words. */
  public static final long TITLE = 1L << 24;

  public static final long ROLE = 1L << 25;

  /** Adjective before a role: "former", "deputy". */
  public static final long MODIFIER = 1L << 26;

  /** Word that is never part of a name. */
  public static final long FUNCTION = 1L << 27;

  public static final long CALENDAR = 1L << 28;
  public static final long PARTICLE = 1L << 29;
  public static final long SUFFIX = 1L << 30;

  /** Word in the name of an organization. */
  public static final long BODY = 1L << 31;

  /** Noun that refers to an organization: "the ministry". */
  public static final long BODY_NOUN = 1L << 32;

  public static final long GROUP = 1L << 33;
  public static final long DOCUMENT = 1L << 34;
  public static final long PLACE = 1L << 35;
  public static final long NATIONALITY = 1L << 36;
  public static final long GIVEN = 1L << 37;
  public static final long MALE = 1L << 38;
  public static final long FEMALE = 1L << 39;

  /** Noun for the sort of an organization: "the newspaper Vell Courier". */
  public static final long SORT = 1L << 40;

  public static final long THING = 1L << 41;

  /** The classes of words in and around names. */
  static final long NAMES = (1L << 42) - 1 & ~GRAMMAR;

  /** Forms of a verb that attributes. */
  public static final long BASE = 1L << 44;

  public static final long PRESENT = 1L << 45;
  public static final long PAST = 1L << 46;
  public static final long PARTICIPLE = 1L << 47;
  public static final long ING = 1L << 48;

  /** All forms above. */
  static final long FORMS = BASE | PRESENT | PAST | PARTICIPLE | ING;

  /** The number of the verb is kept from this bit on; 0 is no verb. */
  private static final int VERB_NUMBER = 49;

  private static final Lexicon ENGLISH = new Lexicon();

  private final Map<String, Long> bits = new HashMap<>(8192);
  private final List<CueVerb> verbs = new ArrayList<>();
  private final Map<String, String> roles = new HashMap<>();
  private final Map<String, String> countries = new HashMap<>();
  private final Map<String, Set<String>> bodyNouns = new HashMap<>();
  private final Set<String> placeNames;
  private final WordTable table;

  private Lexicon() {
    readGrammar();
    readNames();
    placeNames =
        Set.copyOf(rows("place-names").stream().map(row -> String.join(" ", row)).toList());
    table = new WordTable(bits);
  }

  /** Returns the one lexicon. */
  public static Lexicon english() {
    return ENGLISH;
  }

  private void readGrammar() {
    for (String[] row : rows("words")) {
      int bit = CLASSES.indexOf(row[0].substring(0, row[0].length() - 1));
      if (bit < 0) {
        throw new IllegalArgumentException("words.txt has an unknown class: " + row[0]);
      }
      for (String word : List.of(row).subList(1, row.length)) {
        add(word, 1L << bit);
      }
    }
    for (String[] row : rows("nouns")) {
      for (String word : row) {
        add(word, NOUN_CUE);
      }
    }
    for (String[] row : rows("verbs")) {
      CueVerb verb = CueVerb.of(row);
      verbs.add(verb);
      long number = (long) verbs.size() << VERB_NUMBER;
      for (int form = 0; form < verb.forms().size(); form++) {
        long value = number | BASE << form;
        // The first verb of a form is kept; one verb can have a form in several functions.
        bits.merge(
            verb.forms().get(form),
            value,
            (known, more) ->
                known >> VERB_NUMBER == 0 || known >> VERB_NUMBER == more >> VERB_NUMBER
                    ? known | more
                    : known);
      }
    }
  }

  private void readNames() {
    for (String[] row : rows("titles")) {
      add(Folding.fold(row[0]), TITLE | genderBit(row[1]));
    }
    for (String[] row : rows("roles")) {
      add(Folding.fold(row[0]), ROLE | genderBit(row[2]));
      roles.put(Folding.fold(row[0]), row[1]);
    }
    for (String[] row : rows("role-compounds")) {
      roles.put(row[0] + " " + row[1], row[2]);
    }
    for (String[] row : rows("given-names")) {
      add(Folding.fold(row[0]), GIVEN | genderBit(row[1]));
    }
    for (String[] row : rows("organization-nouns")) {
      add(Folding.fold(row[0]), BODY_NOUN);
      bodyNouns.put(row[0], Set.copyOf(List.of(row).subList(1, row.length)));
    }
    addAll("role-modifiers", MODIFIER);
    addAll("function-words", FUNCTION);
    addAll("calendar", CALENDAR);
    addAll("particles", PARTICLE);
    addAll("suffixes", SUFFIX);
    addAll("organization-words", BODY);
    addAll("group-nouns", GROUP);
    addAll("document-nouns", DOCUMENT);
    addAll("places", PLACE);
    addAll("organization-sorts", SORT);
    addAll("things", THING);
    List<String[]> nationalities = rows("nationalities");
    for (String[] row : nationalities) {
      String adjective = Folding.fold(row[0]);
      add(adjective, NATIONALITY);
      if (!row[1].equals("-")) {
        countries.put(adjective, String.join(" ", List.of(row).subList(1, row.length)));
      }
    }
    for (String[] row : nationalities) {
      // "Canadians" are a group, unless a list says otherwise.
      String people = Folding.fold(row[0]) + "s";
      if (people.length() > 4 && (bits.getOrDefault(people, 0L) & NAMES) == 0) {
        add(people, GROUP);
      }
    }
  }

  /** Returns the classes of the token's word, 0 for an unknown word. */
  long of(Tokens tokens, int token) {
    return table.get(tokens, token);
  }

  /** Returns the classes of a folded word in and around names, 0 for an unknown word. */
  public long of(String folded) {
    long found = bits.getOrDefault(folded, 0L) & NAMES;
    int hyphen = folded.lastIndexOf('-');
    if (found != 0 || hyphen < 0 || !folded.endsWith("s")) {
      return found;
    }
    // "African-Americans"
    String one = folded.substring(hyphen + 1, folded.length() - 1);
    return (bits.getOrDefault(one, 0L) & NATIONALITY) != 0 ? GROUP : 0;
  }

  /** Returns the verb that attributes of which a word with these classes is a form, or null. */
  CueVerb verb(long classes) {
    int number = (int) (classes >> VERB_NUMBER);
    return number == 0 ? null : verbs.get(number - 1);
  }

  /** Returns the form that all variants of a folded role share, or null for other words. */
  public String role(String folded) {
    return roles.get(folded);
  }

  /** Returns the shared form of a role of two words, such as {@code prime minister}, or null. */
  public String role(String before, String word) {
    return roles.get(before + " " + word);
  }

  /** Returns the country of a folded adjective, or null. */
  public String country(String adjective) {
    return countries.get(adjective);
  }

  /** Returns the words by which {@code noun} can refer to a name: one of them is in the name. */
  public Set<String> bodiesCalled(String noun) {
    return bodyNouns.getOrDefault(noun, Set.of());
  }

  /** Returns whether folded words, joined by single spaces, are a place. */
  public boolean isPlaceName(String folded) {
    return placeNames.contains(folded);
  }

  private void addAll(String list, long bit) {
    for (String[] row : rows(list)) {
      for (String word : row) {
        add(Folding.fold(word), bit);
      }
    }
  }

  private void add(String word, long bit) {
    bits.merge(word, bit, (a, b) -> a | b);
  }

  private static long genderBit(String letter) {
    return switch (letter) {
      case "m" -> MALE;
      case "f" -> FEMALE;
      default -> 0;
    };
  }

  /** Returns the lines of a list, split at spaces. */
  private static List<String[]> rows(String list) {
    return ResourceLines.of(Lexicon.class, list + ".txt").stream()
        .map(line -> line.strip().split(" +"))
        .toList();
  }
}
