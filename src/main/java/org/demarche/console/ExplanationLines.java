package org.demarche.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.demarche.model.Explanation;
import org.demarche.model.Explanation.Word;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;

/**
 * Prints an explanation on a terminal: the passage with its decisive words marked, then a table of
 * what each word adds to each label, the most decisive words first. Weak words are summed in one
 * row, so that every column still adds up to the score below it.
 */
public final class ExplanationLines {

  static final int WIDTH = 100;

  /** A scale with more labels shows only the two most probable ones. */
  private static final int LABELS = 3;

  private static final int WORDS = 12;

  /** A word weaker than this fraction of the strongest is summed with others in one row. */
  private static final double WEAK = 0.05;

  /** A word of at least this fraction of the strongest is marked in the passage. */
  private static final double DECISIVE = 0.25;

  /** A word that moves the log-odds by less is never marked. */
  private static final double LEAST = 0.08;

  private static final int HEAD = 24;
  private static final int NUMBER = 7;
  private static final int LONGEST_BAR = 14;

  // The summary of a run uses the same two colours for the two sides of a scale.
  static final String LOW = "33";
  static final String HIGH = "36";

  private final Explanation explanation;
  private final boolean colours;
  private final List<Integer> shown;
  private final List<String> lines = new ArrayList<>();

  private ExplanationLines(Explanation explanation, boolean colours) {
    this.explanation = explanation;
    this.colours = colours;
    double[] probabilities = explanation.distribution().probabilities();
    int best = explanation.distribution().best();
    List<Integer> labels =
        IntStream.range(0, probabilities.length)
            .boxed()
            .sorted(
                Comparator.comparing((Integer label) -> label != best)
                    .thenComparing(label -> -probabilities[label]))
            .toList();
    this.shown = labels.size() > LABELS ? labels.subList(0, 2) : labels;
  }

  /**
   * Returns the lines to print.
   *
   * @param text the passage explained
   * @param colours whether marks may be colours; if not, they stand on a line of their own
   */
  public static List<String> of(String text, Explanation explanation, boolean colours) {
    ExplanationLines drawn = new ExplanationLines(explanation, colours);
    drawn.answer();
    drawn.sentence(text);
    drawn.table();
    return drawn.lines;
  }

  private void answer() {
    LabelDistribution distribution = explanation.distribution();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < distribution.probabilities().length; i++) {
      parts.add("%s %s".formatted(name(i), number("%.2f", distribution.probabilities()[i])));
    }
    lines.add(
        "%s: %s   %s"
            .formatted(
                distribution.scale().name(), distribution.label(), String.join(", ", parts)));
  }

  // ---- The sentence. ----

  private void sentence(String text) {
    char[] marks = marks(text.length());
    lines.add("");
    lines.addAll(MarkedText.lines(text, marks, colours, this::paint));
    if (new String(marks).chars().anyMatch(mark -> mark != ' ')) {
      lines.add("");
      String label = explanation.distribution().label();
      lines.add(
          colours
              ? "  " + paint('+', "for " + label) + ", " + paint('-', "against it")
              : "  +++ for %s, --- against it".formatted(label));
    }
  }

  /** Returns + or - for the characters of decisive words, and a space for all others. */
  private char[] marks(int length) {
    char[] marks = new char[length];
    Arrays.fill(marks, ' ');
    double least = Math.max(LEAST, DECISIVE * strongest());
    for (Word word : explanation.words()) {
      double adds = explanation.towardsLabel(word);
      if (Math.abs(adds) >= least) {
        Arrays.fill(marks, word.start(), word.end(), adds > 0 ? '+' : '-');
      }
    }
    return marks;
  }

  private double strongest() {
    return explanation.words().stream()
        .mapToDouble(word -> Math.abs(explanation.towardsLabel(word)))
        .max()
        .orElse(0);
  }

  // ---- The numbers. ----

  private void table() {
    lines.add("");
    lines.addAll(
        switch (explanation.kind()) {
          case EXACT ->
              List.of(
                  "  What each word adds to the score of a label (log-odds). The numbers are exact:"
                      + " every column",
                  "  adds up to the score below it.");
          case OCCLUSION ->
              List.of(
                  "  How much the logarithm of a label's probability falls when only this word is"
                      + " removed.",
                  "  Words act together, so these numbers do not add up to the score: 'no single"
                      + " word's' is the rest.");
        });
    lines.add("");
    List<Word> ranked = new ArrayList<>(explanation.words());
    ranked.sort(
        Comparator.comparingDouble((Word word) -> -Math.abs(explanation.towardsLabel(word)))
            .thenComparing(Word::start));
    double weak = WEAK * strongest();
    int kept = 0;
    while (kept < Math.min(WORDS, ranked.size())
        && Math.abs(explanation.towardsLabel(ranked.get(kept))) >= weak) {
      kept++;
    }
    // A row for "1 more word" would be no shorter than the word's own row.
    kept = ranked.size() - kept == 1 ? ranked.size() : kept;
    double[] folded = new double[explanation.priors().length];
    for (Word word : ranked.subList(kept, ranked.size())) {
      for (int label = 0; label < folded.length; label++) {
        folded[label] += word.contributions()[label];
      }
    }
    ranked = ranked.subList(0, kept);

    double most = 1e-9;
    for (Word word : ranked) {
      for (int label : shown) {
        most = Math.max(most, Math.abs(word.contributions()[label]));
      }
    }
    header();
    boolean exact = explanation.kind() == Explanation.Kind.EXACT;
    if (exact) {
      row("before a word is read", explanation.priors(), 0);
    }
    for (Word word : ranked) {
      row(TerminalText.clean(word.text()), word.contributions(), most);
    }
    int more = explanation.words().size() - ranked.size();
    if (more > 0) {
      row("%d more words together".formatted(more), folded, 0);
    }
    if (!exact) {
      row("no single word's", explanation.priors(), 0);
    }
    lines.add("  " + "─".repeat(WIDTH - 4));
    row("score", explanation.scores(), 0);
  }

  private int bar() {
    int room = WIDTH - 2 - HEAD - shown.size() * (NUMBER + 3);
    return Math.min(LONGEST_BAR, room / shown.size());
  }

  private void header() {
    StringBuilder line = new StringBuilder("  " + " ".repeat(HEAD));
    for (int label : shown) {
      line.append("  ").append(TerminalText.padded(name(label), NUMBER + 1 + bar()));
    }
    lines.add(line.toString().stripTrailing());
  }

  /**
   * @param most the value of the longest bar; 0 draws no bars
   */
  private void row(String head, double[] values, double most) {
    StringBuilder line = new StringBuilder("  " + TerminalText.padded(head, HEAD));
    for (int label : shown) {
      double value = values[label];
      int length = most == 0 ? 0 : (int) Math.round(bar() * Math.abs(value) / most);
      String drawn = (value < 0 ? "░" : "█").repeat(length);
      line.append("  ")
          .append(number("%+" + NUMBER + ".2f", value))
          .append(' ')
          .append(colours && length > 0 ? coloured(tone(label), drawn) : drawn)
          .append(" ".repeat(bar() - length));
    }
    lines.add(line.toString().stripTrailing());
  }

  static String number(String format, double value) {
    // No "-0.00".
    return String.format(Locale.ROOT, format, Math.abs(value) < 0.005 ? 0.0 : value);
  }

  private String name(int label) {
    return explanation.distribution().scale().labels().get(label).name();
  }

  // ---- Colours. ----

  /** Words for the label are bold and coloured, words against it underlined. */
  private String paint(char mark, String text) {
    String tone = tone(explanation.distribution().best());
    return mark == '+' ? coloured(tone.isEmpty() ? "1" : "1;" + tone, text) : coloured("4", text);
  }

  private String tone(int label) {
    Scale scale = explanation.distribution().scale();
    double middle = (scale.range()[0] + scale.range()[1]) / 2;
    double value = scale.labels().get(label).value();
    return value < middle ? LOW : value > middle ? HIGH : "";
  }

  static String coloured(String code, String text) {
    return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
