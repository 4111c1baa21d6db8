package org.demarche.attribution.training;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.lang3.StringUtils;
import org.demarche.attribution.Statement;
import org.demarche.attribution.training.AnnotatedArticle.Attribution;
import org.demarche.attribution.training.AttributionScore.Pair;
import org.demarche.text.Quantity;
import org.demarche.text.Span;

/**
 * Gathers where statements differ from what people marked, by kind of error. An attribution and a
 * statement are compared as {@link AttributionScore} pairs them, so that the numbers of errors add
 * up to its figures.
 */
public final class AttributionErrors {

  /** A longer example is cut to this many characters. */
  private static final int LONGEST = 160;

  private enum Kind {
    MISSED("missed, with a source"),
    MISSED_WITHOUT_SOURCE("missed, without a source"),
    TOO_SHORT("content too short"),
    TOO_LONG("content too long"),
    WRONG_SOURCE("wrong source"),
    SOURCE_MISSING("no source where there is one"),
    SOURCE_TOO_MUCH("a source where there is none"),
    NOT_MARKED("found, but not marked");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private final Map<Kind, List<String>> errors = new EnumMap<>(Kind.class);
  private AttributionScore score = AttributionScore.NONE;
  private int articles;

  /** Adds what was found in an article. */
  public void add(AnnotatedArticle article, List<Statement> statements) {
    articles++;
    score = score.plus(AttributionScore.of(article, statements));
    Pair[] pairs = new Pair[article.attributions().size()];
    boolean[] used = new boolean[statements.size()];
    for (Pair pair : AttributionScore.pairs(article, statements)) {
      pairs[pair.expected()] = pair;
      used[pair.found()] = true;
    }
    for (int i = 0; i < pairs.length; i++) {
      Attribution attribution = article.attributions().get(i);
      Statement found = pairs[i] == null ? null : statements.get(pairs[i].found());
      Kind kind = kind(attribution, found, pairs[i]);
      if (kind != null) {
        note(kind, article, attribution, found);
      }
    }
    for (int i = 0; i < used.length; i++) {
      if (!used[i]) {
        note(Kind.NOT_MARKED, article, null, statements.get(i));
      }
    }
  }

  private static Kind kind(Attribution attribution, Statement found, Pair pair) {
    if (pair == null) {
      return attribution.source().isEmpty() ? Kind.MISSED_WITHOUT_SOURCE : Kind.MISSED;
    }
    if (!pair.hasSameContent()) {
      return found.extent().length() < attribution.extent().length()
          ? Kind.TOO_SHORT
          : Kind.TOO_LONG;
    }
    if (AttributionScore.isSource(found.source(), attribution.source())) {
      return null;
    }
    if (found.source() == null) {
      return Kind.SOURCE_MISSING;
    }
    return attribution.source().isEmpty() ? Kind.SOURCE_TOO_MUCH : Kind.WRONG_SOURCE;
  }

  private void note(Kind kind, AnnotatedArticle article, Attribution attribution, Statement found) {
    String marked =
        attribution == null
            ? ""
            : " marked: %s".formatted(shown(article, attribution.source(), attribution.extent()));
    String given =
        found == null
            ? ""
            : " found by %s: %s"
                .formatted(
                    found.rule(),
                    shown(
                        article,
                        found.source() == null ? List.of() : List.of(found.source()),
                        found.extent()));
    errors
        .computeIfAbsent(kind, k -> new ArrayList<>())
        .add("    %s%n      %s%n".formatted(article.name(), (marked + given).strip()));
  }

  private static String shown(AnnotatedArticle article, List<Span> source, Span content) {
    String who = source.isEmpty() ? "nobody" : source.get(0).of(article.text());
    return "[%s] %s"
        .formatted(
            StringUtils.normalizeSpace(who),
            StringUtils.abbreviate(
                StringUtils.normalizeSpace(content.of(article.text())), LONGEST));
  }

  /** Returns the figures and how many errors each kind has, as lines of text. */
  public String summary() {
    StringBuilder lines = new StringBuilder();
    lines.append(
        "%s, %s marked, %,d found%n"
            .formatted(
                Quantity.of(articles, "article"),
                Quantity.of(score.expected(), "attribution"),
                score.found()));
    lines.append("content F1               %.3f%n".formatted(score.contentF1()));
    lines.append(
        "content and source: F1   %.3f  (precision %.3f, recall %.3f)%n"
            .formatted(score.f1(), score.precision(), score.recall()));
    errors.forEach(
        (kind, examples) -> lines.append("  %5d  %s%n".formatted(examples.size(), kind.words)));
    return lines.toString();
  }

  /**
   * Returns examples of each kind, spread evenly over the articles, as lines of text.
   *
   * @param most of one kind; 0 for no lines at all
   */
  public String examples(int most) {
    if (most == 0) {
      return "";
    }
    StringBuilder lines = new StringBuilder();
    errors.forEach(
        (kind, all) -> {
          lines.append("%n%s%n".formatted(StringUtils.capitalize(kind.words)));
          int shown = Math.min(most, all.size());
          for (int i = 0; i < shown; i++) {
            lines.append(all.get((int) ((long) i * all.size() / shown)));
          }
        });
    return lines.toString();
  }
}
