package org.demarche.corpus;

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
  private static final int WORDS = 300;

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
   * The resource.
   *
   * @param codes the languages
   * @param languages common word to the languages that have it, as places in {@code codes}
   */
  private record CommonWords(List<String> codes, Map<String, int[]> languages) {}

  /** Languages that are alone in writing a script so. */
  private static final Map<UnicodeScript, String> SCRIPTS =
      Map.of(
          UnicodeScript.HAN, "zh",
          UnicodeScript.HIRAGANA, "ja",
          UnicodeScript.KATAKANA, "ja",
          UnicodeScript.HANGUL, "ko",
          UnicodeScript.GREEK, "el",
          UnicodeScript.HEBREW, "he",
          UnicodeScript.THAI, "th");

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
    Map<String, Integer> scripts = new HashMap<>();
    int words = 0;
    int i = body.start();
    while (i < body.end() && words < WORDS) {
      int start = i;
      while (i < body.end() && Character.isLetter(text.charAt(i))) {
        i++;
      }
      if (i == start) {
        i++;
        continue;
      }
      words++;
      String byScript = SCRIPTS.get(UnicodeScript.of(text.charAt(start)));
      if (byScript != null) {
        scripts.merge(byScript, 1, Integer::sum);
      } else {
        int[] languages =
            COMMON_WORDS.languages().get(text.substring(start, i).toLowerCase(Locale.ROOT));
        if (languages != null) {
          for (int language : languages) {
            // A word that several languages share speaks little for each.
            found[language] += 1.0 / languages.length;
          }
        }
      }
    }
    return scripts.isEmpty() ? best(found, words) : bestScript(scripts, words);
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

  private static String bestScript(Map<String, Integer> scripts, int words) {
    // Japanese mixes its own letters with Chinese ones, so a few of them decide.
    int japanese = scripts.getOrDefault("ja", 0);
    int chinese = scripts.getOrDefault("zh", 0);
    if (japanese > 0 && japanese * 10 >= chinese) {
      return 2 * (japanese + chinese) > words ? "ja" : null;
    }
    return scripts.entrySet().stream()
        .filter(entry -> 2 * entry.getValue() > words)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private static CommonWords load() {
    try (InputStream in = Languages.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<String> codes = new ArrayList<>();
      Map<String, List<Integer>> languages = new HashMap<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] words = line.split(" ");
          for (int i = 1; i < words.length; i++) {
            languages.computeIfAbsent(words[i], any -> new ArrayList<>()).add(codes.size());
          }
          codes.add(words[0]);
        }
      }
      Map<String, int[]> packed = new HashMap<>();
      languages.forEach(
          (word, those) -> packed.put(word, those.stream().mapToInt(Integer::intValue).toArray()));
      return new CommonWords(List.copyOf(codes), Map.copyOf(packed));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE, e);
    }
  }
}
