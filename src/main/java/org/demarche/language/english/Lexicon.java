package org.demarche.language.english;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.demarche.text.ResourceLines;

/**
 * English words and their classes, the verbs that attribute with the complements that they take,
 * and the nouns that attribute. Read from the text files beside it; immutable.
 */
public final class Lexicon {

  /** Classes of words, one bit each, in the order of the names in {@code words.txt}. */
  public static final int DETERMINER = 1;

  public static final int POSSESSIVE = 1 << 1;
  public static final int SUBJECT = 1 << 2;
  public static final int OBJECT = 1 << 3;
  public static final int PREPOSITION = 1 << 4;
  public static final int CONJUNCTION = 1 << 5;
  public static final int SUBORDINATOR = 1 << 6;
  public static final int THAT = 1 << 7;
  public static final int WH = 1 << 8;
  public static final int TO = 1 << 9;
  public static final int BE = 1 << 10;
  public static final int HAVE = 1 << 11;
  public static final int DO = 1 << 12;
  public static final int MODAL = 1 << 13;
  public static final int ADVERB = 1 << 14;
  public static final int TIME = 1 << 15;
  public static final int VERB = 1 << 16;
  public static final int PEOPLE = 1 << 17;

  /** Noun for an occasion on which something is said: an interview, a letter. */
  public static final int OCCASION = 1 << 18;

  /** Noun that attributes when a that-clause follows. */
  public static final int NOUN_CUE = 1 << 19;

  private static final List<String> CLASSES =
      List.of(
          "determiner",
          "possessive",
          "subject",
          "object",
          "preposition",
          "conjunction",
          "subordinator",
          "that",
          "wh",
          "to",
          "be",
          "have",
          "do",
          "modal",
          "adverb",
          "time",
          "verb",
          "people",
          "occasion");

  /** Forms of a verb, one bit each. */
  public static final int BASE = 1;

  public static final int PRESENT = 2;
  public static final int PAST = 4;
  public static final int PARTICIPLE = 8;
  public static final int ING = 16;
  private static final int FORM_BITS = 5;

  /**
   * A verb that attributes.
   *
   * @param lemma its base form
   * @param frames one letter for each complement it takes: q quotation, c clause, w question word,
   *     t infinitive, n noun phrase, o object with infinitive, x somebody addressed before a clause
   * @param prepositions those that belong to the cue when they follow, as in {@code call for}
   */
  public record Verb(String lemma, String frames, List<String> prepositions) {

    public boolean takes(char frame) {
      return frames.indexOf(frame) >= 0;
    }
  }

  private final WordTable words;
  private final WordTable verbForms;
  private final List<Verb> verbs = new ArrayList<>();

  public Lexicon() {
    Map<String, Integer> classes = new HashMap<>();
    for (String line : lines("words.txt")) {
      int colon = line.indexOf(':');
      int bit = CLASSES.indexOf(line.substring(0, colon));
      if (bit < 0) {
        throw new IllegalArgumentException("words.txt has an unknown class: " + line);
      }
      for (String word : line.substring(colon + 1).strip().split(" +")) {
        classes.merge(word, 1 << bit, (a, b) -> a | b);
      }
    }
    for (String line : lines("nouns.txt")) {
      for (String word : line.split(" +")) {
        classes.merge(word, NOUN_CUE, (a, b) -> a | b);
      }
    }
    words = new WordTable(classes);
    Map<String, Integer> forms = new HashMap<>();
    for (String line : lines("verbs.txt")) {
      addVerb(line.split(" +"), forms);
    }
    verbForms = new WordTable(forms);
  }

  private void addVerb(String[] parts, Map<String, Integer> forms) {
    String[] complements = parts[1].split(":");
    String frames = complements[0];
    List<String> prepositions =
        complements.length > 1 ? List.of(complements).subList(1, complements.length) : List.of();
    String base = parts[0];
    verbs.add(new Verb(base, frames, prepositions));
    int verb = verbs.size() << FORM_BITS;
    boolean regular = parts.length == 2;
    addForm(forms, base, verb | BASE);
    addForm(forms, regular ? present(base) : parts[2], verb | PRESENT);
    addForm(forms, regular ? past(base) : parts[3], verb | PAST);
    addForm(forms, regular ? past(base) : parts[4], verb | PARTICIPLE);
    addForm(forms, parts.length > 5 ? parts[5] : ing(base), verb | ING);
  }

  /** Keeps the first verb of a form; one verb can have a form in several functions. */
  private static void addForm(Map<String, Integer> forms, String form, int value) {
    forms.merge(
        form, value, (old, more) -> old >> FORM_BITS == more >> FORM_BITS ? old | more : old);
  }

  private static String present(String base) {
    if (base.matches(".*(s|x|z|ch|sh|o)")) {
      return base + "es";
    }
    return endsInConsonantY(base) ? base.substring(0, base.length() - 1) + "ies" : base + "s";
  }

  private static String past(String base) {
    if (base.endsWith("e")) {
      return base + "d";
    }
    if (endsInConsonantY(base)) {
      return base.substring(0, base.length() - 1) + "ied";
    }
    return doubled(base) + "ed";
  }

  private static String ing(String base) {
    if (base.endsWith("ie")) {
      return base.substring(0, base.length() - 2) + "ying";
    }
    return base.endsWith("e") && !base.endsWith("ee")
        ? base.substring(0, base.length() - 1) + "ing"
        : doubled(base) + "ing";
  }

  private static boolean endsInConsonantY(String base) {
    return base.matches(".*[^aeiou]y");
  }

  private static String doubled(String base) {
    boolean oneSyllable = base.matches("[^aeiou]*[aeiou][bdgklmnprt]");
    return oneSyllable ? base + base.charAt(base.length() - 1) : base;
  }

  private static List<String> lines(String name) {
    return ResourceLines.of(Lexicon.class, name).stream()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Returns the bits of the classes of each word. */
  WordTable words() {
    return words;
  }

  /** Returns a number for each form of a verb, which {@link #verb} and {@link #form} read. */
  WordTable verbForms() {
    return verbForms;
  }

  public Verb verb(int value) {
    return verbs.get((value >> FORM_BITS) - 1);
  }

  public static int form(int value) {
    return value & (1 << FORM_BITS) - 1;
  }
}
