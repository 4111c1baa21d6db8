package org.demarche.ingest;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import org.demarche.text.ResourceLines;
import org.demarche.text.Span;

/** Finds the language of a text: as the input says, or by the commonest words of languages. */
final class Languages {

  /** How many words are read; more would cost time and change nothing. */
  private static final int WORDS = 150;

  /** Fewer common words than this prove nothing. */
  private static final double FEWEST = 4;

  /** Common words must be at least this share of all words; in running text they are 0.3–0.5. */
  private static final double LEAST_SHARE = 0.12;

  /** The best language must have this many times the share of the second. */
  private static final double LEAD = 1.5;

  /** Names and codes of languages to their ISO 639-1 codes. */
  private static final Map<String, String> CODES = codes();

  private static final CommonWords COMMON_WORDS = load();

  /**
   * The contents of common-words.txt as a hash table, so that no string is made of the words of a
   * text.
   *
   * @param codes the languages
   * @param keys hashes of the words, with linear probing; 0 marks a free place
   * @param languages the languages that have the word, as indices of {@code codes}
   */
  private record CommonWords(List<String> codes, long[] keys, int[][] languages) {

    private static final int[] NONE = {};

    static CommonWords of(List<String> codes, Map<Long, List<Integer>> words) {
      int size = Integer.highestOneBit(words.size()) * 4;
      CommonWords all = new CommonWords(codes, new long[size], new int[size][]);
      words.forEach(
          (hash, languages) -> {
            int place = all.place(hash);
            all.keys[place] = hash;
            all.languages[place] = languages.stream().mapToInt(Integer::intValue).toArray();
          });
      return all;
    }

    int[] find(long hash) {
      int place = place(hash);
      return keys[place] == hash ? languages[place] : NONE;
    }

    private int place(long hash) {
      int place = (int) (hash ^ hash >>> 32) & keys.length - 1;
      while (keys[place] != 0 && keys[place] != hash) {
        place = place + 1 & keys.length - 1;
      }
      return place;
    }
  }

  /** Scripts that only one language has; none has letters below U+0370. */
  private static final List<UnicodeScript> SCRIPTS =
      List.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.GREEK,
          UnicodeScript.HEBREW,
          UnicodeScript.THAI);

  private static final List<String> LANGUAGE_OF_SCRIPT =
      List.of("zh", "ja", "ja", "ko", "el", "he", "th");

  private static final char FIRST_GREEK = '\u0370';

  private Languages() {}

  /**
   * Returns the ISO 639-1 code of a language printed as {@code en}, {@code en-US}, {@code eng} or
   * {@code English}; null if {@code printed} is null or no language.
   */
  static String code(String printed) {
    if (printed == null || printed.isBlank()) {
      return null;
    }
    String name = printed.strip().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < name.length() && Character.isLetter(name.charAt(end))) {
      end++;
    }
    String code = CODES.get(name.substring(0, end));
    return code == null ? CODES.get(name) : code;
  }

  private static Map<String, String> codes() {
    Map<String, String> codes = new HashMap<>();
    for (String code : Locale.getISOLanguages()) {
      Locale language = Locale.forLanguageTag(code);
      codes.put(language.getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT), code);
      codes.put(threeLetters(language), code);
    }
    for (String code : Locale.getISOLanguages()) {
      codes.put(code, code);
    }
    codes.remove("");
    return Map.copyOf(codes);
  }

  private static String threeLetters(Locale language) {
    try {
      return language.getISO3Language();
    } catch (MissingResourceException e) {
      return "";
    }
  }

  /**
   * Finds the language of the body by its commonest words or its script. Returns the ISO 639-1
   * code, or null if unsure.
   */
  static String detect(String text, Span body) {
    double[] found = new double[COMMON_WORDS.codes().size()];
    int[] scripts = new int[SCRIPTS.size()];
    int words = 0;
    int i = body.start();
    while (i < body.end() && words < WORDS) {
      char first = text.charAt(i);
      if (!Character.isLetter(first)) {
        i++;
        continue;
      }
      words++;
      int script = script(first);
      if (script >= 0) {
        // These scripts have no spaces between words, so each letter counts as a word.
        scripts[script]++;
        i++;
        continue;
      }
      long hash = 0;
      for (; i < body.end(); i++) {
        char c = text.charAt(i);
        if (!Character.isLetter(c)) {
          break;
        }
        hash = hash(hash, c);
      }
      int[] languages = COMMON_WORDS.find(hash);
      for (int language : languages) {
        // A word that several languages share counts less for each.
        found[language] += 1.0 / languages.length;
      }
    }
    String byScript = bestScript(scripts, words);
    return byScript == null ? best(found, words) : byScript;
  }

  /** Returns the index of a letter's script in {@link #SCRIPTS}, or −1. */
  private static int script(char letter) {
    return letter < FIRST_GREEK ? -1 : SCRIPTS.indexOf(UnicodeScript.of(letter));
  }

  /** Adds a letter in lower case to the hash of a word. */
  private static long hash(long hash, char letter) {
    int small =
        letter < 128
            ? (letter >= 'A' && letter <= 'Z' ? letter + 32 : letter)
            : Character.toLowerCase(letter);
    return hash * 0x5851F42D4C957F2DL + small + 1;
  }

  private static String best(double[] found, int words) {
    int best = 0;
    for (int language = 1; language < found.length; language++) {
      if (found[language] > found[best]) {
        best = language;
      }
    }
    double second = 0;
    for (int language = 0; language < found.length; language++) {
      if (language != best) {
        second = Math.max(second, found[language]);
      }
    }
    return found[best] >= FEWEST
            && found[best] >= LEAST_SHARE * words
            && found[best] >= LEAD * second
        ? COMMON_WORDS.codes().get(best)
        : null;
  }

  private static String bestScript(int[] scripts, int words) {
    int chinese = scripts[SCRIPTS.indexOf(UnicodeScript.HAN)];
    int japanese =
        scripts[SCRIPTS.indexOf(UnicodeScript.HIRAGANA)]
            + scripts[SCRIPTS.indexOf(UnicodeScript.KATAKANA)];
    // Japanese mixes its own letters with Chinese ones, so a few of its own decide.
    if (japanese > 0 && japanese * 10 >= chinese) {
      return 2 * (japanese + chinese) > words ? "ja" : null;
    }
    for (int script = 0; script < scripts.length; script++) {
      if (2 * scripts[script] > words) {
        return LANGUAGE_OF_SCRIPT.get(script);
      }
    }
    return null;
  }

  private static CommonWords load() {
    List<String> codes = new ArrayList<>();
    Map<Long, List<Integer>> languages = new HashMap<>();
    for (String line : ResourceLines.of(Languages.class, "common-words.txt")) {
      String[] words = line.split(" ");
      for (int i = 1; i < words.length; i++) {
        long hash = 0;
        for (char letter : words[i].toCharArray()) {
          hash = hash(hash, letter);
        }
        languages.computeIfAbsent(hash, any -> new ArrayList<>()).add(codes.size());
      }
      codes.add(words[0]);
    }
    return CommonWords.of(List.copyOf(codes), languages);
  }
}
