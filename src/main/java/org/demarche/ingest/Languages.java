package org.demarche.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import org.demarche.text.Span;

/** Which language a text is in: as the input says, or else by its commonest words. */
final class Languages {

  private static final String RESOURCE = "common-words.txt";

  /** Enough words to tell by; more cost time and add nothing. */
  private static final int WORDS = 150;

  /** Fewer common words than this tell nothing. */
  private static final double FEWEST = 4;

  /** The winner's common words must be this share of all words; in running text they are .3–.5. */
  private static final double LEAST_SHARE = 0.12;

  /** How many times the runner-up's share the winner's must be. */
  private static final double LEAD = 1.5;

  /** Every way to print a language to its ISO 639-1 code. */
  private static final Map<String, String> CODES = codes();

  private static final CommonWords COMMON_WORDS = load();

  /**
   * The resource, as a table of hashes: a text is read without making a string of any word.
   *
   * @param codes the languages
   * @param keys hashes of the words, each at the first free place from its own on; 0 is free
   * @param languages the languages that have the word, as places in {@code codes}
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

  /** Scripts that tell the language by themselves; none has letters below U+0370. */
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
   * Reads a language as collections print it: {@code en}, {@code en-US}, {@code eng}, {@code
   * English}.
   *
   * @return the ISO 639-1 code; null if {@code printed} is null or no language
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
   * Tells the language of the body by its commonest words or its script.
   *
   * @return the ISO 639-1 code; null when unsure
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
        // Without spaces between words, a letter counts as one.
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
        // A word that several languages share speaks little for each.
        found[language] += 1.0 / languages.length;
      }
    }
    String byScript = bestScript(scripts, words);
    return byScript == null ? best(found, words) : byScript;
  }

  /** The place of a letter's script in {@link #SCRIPTS}; −1 where it tells no language. */
  private static int script(char letter) {
    return letter < FIRST_GREEK ? -1 : SCRIPTS.indexOf(UnicodeScript.of(letter));
  }

  /** Adds a letter to the hash of a word, as its small form. */
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
    // Japanese mixes its own letters with Chinese ones, so a few of them decide.
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
    try (InputStream in = Languages.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<String> codes = new ArrayList<>();
      Map<Long, List<Integer>> languages = new HashMap<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
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
      }
      return CommonWords.of(List.copyOf(codes), languages);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE, e);
    }
  }
}
