package org.demarche.stance;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.demarche.text.Span;

/**
 * Finds the targets that a text mentions, by their names and aliases.
 *
 * <p>Only whole words match; punctuation between them does not matter: {@code joint patrol} is
 * found in {@code joint-patrol}. Possessive endings are ignored. Case matters only for an alias in
 * capitals, so that {@code US} is not found in {@code us}. Immutable; threads may share it.
 */
public final class TargetFinder implements Serializable {

  /**
   * The first mention of a target in a text.
   *
   * @param start offset of the mention
   * @param end offset after it
   */
  public record Mention(Target target, int start, int end) {}

  private record Form(int target, String[] words, boolean capitals) implements Serializable {}

  private final List<Target> targets;

  /** Names and aliases by their first word in lower case, longest first. */
  private final HashMap<String, List<Form>> byFirstWord = new HashMap<>();

  public TargetFinder(List<Target> targets) {
    this.targets = List.copyOf(targets);
    for (int i = 0; i < targets.size(); i++) {
      add(i, targets.get(i).name());
      for (String alias : targets.get(i).aliases()) {
        add(i, alias);
      }
    }
    byFirstWord
        .values()
        .forEach(
            forms ->
                forms.sort(Comparator.comparingInt((Form form) -> form.words().length).reversed()));
  }

  private void add(int target, String alias) {
    List<int[]> words = words(alias);
    if (words.isEmpty()) {
      return; // punctuation only
    }
    String[] folded =
        words.stream().map(word -> fold(alias, word[0], word[1])).toArray(String[]::new);
    boolean capitals = alias.equals(alias.toUpperCase(Locale.ROOT));
    byFirstWord
        .computeIfAbsent(folded[0], first -> new ArrayList<>())
        .add(new Form(target, folded, capitals));
  }

  /**
   * Returns the first mention of each target in {@code text}, in the order of the targets.
   *
   * @param hidden mentions that overlap it do not count: the title in "Energy Minister Vidal said"
   *     is no mention of the energy ministry. Null hides nothing
   */
  public List<Mention> find(String text, Span hidden) {
    if (targets.isEmpty()) {
      return List.of();
    }
    Mention[] found = new Mention[targets.size()];
    List<int[]> words = words(text);
    for (int i = 0; i < words.size(); i++) {
      int[] first = words.get(i);
      List<Form> forms = byFirstWord.get(fold(text, first[0], first[1]));
      if (forms == null) {
        continue;
      }
      for (Form form : forms) {
        if (found[form.target()] != null || !matches(form, text, words, i)) {
          continue;
        }
        int end = words.get(i + form.words().length - 1)[1];
        if (hidden != null && hidden.overlaps(new Span(first[0], end))) {
          continue;
        }
        found[form.target()] = new Mention(targets.get(form.target()), first[0], end);
      }
    }
    return Arrays.stream(found).filter(Objects::nonNull).toList();
  }

  private static boolean matches(Form form, String text, List<int[]> words, int at) {
    if (at + form.words().length > words.size()) {
      return false;
    }
    for (int k = 0; k < form.words().length; k++) {
      int[] word = words.get(at + k);
      if (!form.words()[k].equals(fold(text, word[0], word[1]))) {
        return false;
      }
      if (form.capitals() && !isUpper(text, word[0], word[1])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUpper(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (Character.isLowerCase(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String fold(String text, int start, int end) {
    return text.substring(start, end).toLowerCase(Locale.ROOT);
  }

  /** Returns start and end of each run of letters and digits; "U.S." is one word, "U.S". */
  private static List<int[]> words(String text) {
    List<int[]> words = new ArrayList<>();
    int n = text.length();
    int i = 0;
    while (i < n) {
      if (!Character.isLetterOrDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      while (i < n && Character.isLetterOrDigit(text.charAt(i))) {
        i++;
        boolean initials = i - start == 1 || (i - start >= 3 && text.charAt(i - 2) == '.');
        if (initials
            && i + 1 < n
            && text.charAt(i) == '.'
            && Character.isUpperCase(text.charAt(i + 1))) {
          i++; // inside "U.S."
        }
      }
      boolean possessive =
          i - start == 1
              && (text.charAt(start) == 's' || text.charAt(start) == 'S')
              && start > 0
              && (text.charAt(start - 1) == '\'' || text.charAt(start - 1) == '’');
      if (!possessive) {
        words.add(new int[] {start, i});
      }
    }
    return words;
  }

  /** Returns the targets that are searched for. */
  public List<Target> targets() {
    return targets;
  }
}
