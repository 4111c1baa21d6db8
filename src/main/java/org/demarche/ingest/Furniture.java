package org.demarche.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.lang3.StringUtils;
import org.demarche.text.ResourceLines;

/** Recognises the lines that a page prints around an article, such as links and sign-offs. */
final class Furniture {

  /** A longer line is a paragraph. */
  private static final int LONGEST_LINE = 240;

  /** A sign-off may list many people. */
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
   * The contents of furniture.txt, in lower case.
   *
   * @param whole whole lines
   * @param starts pairs of how a line starts and what it must also contain ("" for nothing)
   * @param ends how lines end
   */
  private record Phrases(Set<String> whole, List<String[]> starts, List<String> ends) {}

  private Furniture() {}

  /**
   * Returns whether a line is certainly not part of the article.
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
   * Returns whether a line is like {@code Writing by ANN LEE; Editing by Bo Day}, with or without
   * brackets or a dash. A capital letter must follow "by": "Reporting by the committee …" is a
   * sentence.
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

  /** Returns whether a short line has no letters: {@code 0 : 0}, {@code ___}, {@code * * *}. */
  private static boolean isMarksOnly(String line) {
    return line.length() <= 40 && line.chars().noneMatch(Character::isLetter);
  }

  /** Returns whether a line is a list mark and one hyphenated word: a class of a style sheet. */
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

  /**
   * Returns whether a line is like {@code 12 comments}, {@code 1.2k shares}, {@code 3 min read}.
   */
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
    return StringUtils.containsAny(line, "\"“”«»„");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Phrases load() {
    Set<String> whole = new HashSet<>();
    List<String[]> starts = new ArrayList<>();
    List<String> ends = new ArrayList<>();
    for (String line : ResourceLines.of(Furniture.class, "furniture.txt")) {
      String phrase = StringUtils.substringAfter(line, " ");
      switch (StringUtils.substringBefore(line, " ")) {
        case "is" -> whole.add(phrase);
        case "starts" ->
            starts.add(
                new String[] {
                  StringUtils.substringBefore(phrase, "..."),
                  StringUtils.substringAfter(phrase, "...")
                });
        case "ends" -> ends.add(phrase);
        default -> throw new IllegalStateException("furniture.txt has the line " + line);
      }
    }
    return new Phrases(Set.copyOf(whole), List.copyOf(starts), List.copyOf(ends));
  }
}
