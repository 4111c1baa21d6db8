package org.demarche.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Knows the lines that a page prints around an article. */
final class Furniture {

  private static final String RESOURCE = "furniture.txt";

  /** A longer line is a paragraph, whatever it starts with. */
  private static final int LONGEST_LINE = 240;

  /** Who wrote, reported and edited may be a long list. */
  private static final int LONGEST_SIGN_OFF = 400;

  private static final Phrases PHRASES = load();

  private static final Set<String> SIGN_OFF_WORDS =
      Set.of(
          "reporting",
          "writing",
          "editing",
          "edited",
          "compiled",
          "translated",
          "additional",
          "further",
          "and");

  /**
   * The resource.
   *
   * @param whole lines
   * @param starts how lines start, and what those lines must also hold ("" for nothing)
   * @param ends how lines end
   */
  private record Phrases(Set<String> whole, List<String[]> starts, List<String> ends) {}

  private Furniture() {}

  /**
   * Returns whether a line is surely no part of the article.
   *
   * @param line without white space around it, not empty
   */
  static boolean is(String line) {
    if (isMarksOnly(line) || isClassName(line) || isSignOff(line)) {
      return true;
    }
    if (line.length() > LONGEST_LINE || hasQuotation(line)) {
      return false;
    }
    String small = line.toLowerCase(Locale.ROOT);
    if (PHRASES.whole().contains(small) || isCounter(small)) {
      return true;
    }
    for (String[] phrase : PHRASES.starts()) {
      if (small.startsWith(phrase[0]) && small.contains(phrase[1])) {
        return true;
      }
    }
    return PHRASES.ends().stream().anyMatch(small::endsWith);
  }

  /**
   * {@code Writing by ANN LEE; Editing by Bo Day}, in brackets or after a dash or not. Between the
   * work and "by" stands only more work, after it a capital letter: "Reporting by the committee …"
   * starts a sentence.
   */
  static boolean isSignOff(String line) {
    if (line.length() > LONGEST_SIGN_OFF || hasQuotation(line)) {
      return false;
    }
    int i = 0;
    while (i < line.length() && "([—–- ".indexOf(line.charAt(i)) >= 0) {
      i++;
    }
    boolean work = false;
    while (i < line.length()) {
      int start = i;
      while (i < line.length() && Character.isLetter(line.charAt(i))) {
        i++;
      }
      String word = line.substring(start, i).toLowerCase(Locale.ROOT);
      i++;
      if (word.equals("by") || word.equals("from")) {
        return work && i < line.length() && Character.isUpperCase(line.charAt(i));
      }
      if (!SIGN_OFF_WORDS.contains(word)) {
        return false;
      }
      work = true;
    }
    return false;
  }

  /** {@code 0 : 0}, {@code ___}, {@code * * *}: not a letter, and no sentence to miss. */
  private static boolean isMarksOnly(String line) {
    if (line.length() > 40) {
      return false;
    }
    for (int i = 0; i < line.length(); i++) {
      if (Character.isLetter(line.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** A list mark and one word of small letters and hyphens: a class of a style sheet. */
  private static boolean isClassName(String line) {
    int i = 0;
    while (i < line.length() && "•·*-– \u00a0".indexOf(line.charAt(i)) >= 0) {
      i++;
    }
    if (i == 0 || i == line.length()) {
      return false;
    }
    boolean hyphen = false;
    for (; i < line.length(); i++) {
      char c = line.charAt(i);
      hyphen |= c == '-' || c == '_';
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
        return false;
      }
    }
    return hyphen;
  }

  /** {@code 12 comments}, {@code 1.2k shares}, {@code 3 min read}. */
  static boolean isCounter(String small) {
    int space = small.indexOf(' ');
    if (space <= 0 || small.length() > 30 || !isDigit(small.charAt(0))) {
      return false;
    }
    return switch (small.substring(space + 1)) {
      case "comments",
          "comment",
          "shares",
          "share",
          "likes",
          "like",
          "views",
          "view",
          "tweets",
          "min read",
          "minute read" ->
          true;
      default -> false;
    };
  }

  private static boolean hasQuotation(String line) {
    for (int i = 0; i < line.length(); i++) {
      if ("\"“”«»„".indexOf(line.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Phrases load() {
    try (InputStream in = Furniture.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Set<String> whole = new HashSet<>();
      List<String[]> starts = new ArrayList<>();
      List<String> ends = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String phrase = line.substring(line.indexOf(' ') + 1);
        if (line.startsWith("is ")) {
          whole.add(phrase);
        } else if (line.startsWith("starts ")) {
          int gap = phrase.indexOf("...");
          starts.add(
              gap < 0
                  ? new String[] {phrase, ""}
                  : new String[] {phrase.substring(0, gap), phrase.substring(gap + 3)});
        } else if (line.startsWith("ends ")) {
          ends.add(phrase);
        }
      }
      return new Phrases(Set.copyOf(whole), List.copyOf(starts), List.copyOf(ends));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE, e);
    }
  }
}
