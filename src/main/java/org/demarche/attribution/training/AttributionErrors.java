package org.demarche.attribution.training;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.lang3.StringUtils;
import org.demarche.attribution.Statement;
import org.demarche.attribution.training.AnnotatedArticle.Attribution;
import org.demarche.text.Span;

/** Gathers where statements differ from what people marked, by kind of error. */
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
    boolean[] used = new boolean[statements.size()];
    for (Attribution attribution : article.attributions()) {
      int best = best(article, attribution, statements);
      if (best >= 0) {
        used[best] = true;
      }
      Kind kind = kind(article, attribution, best < 0 ? null : statements.get(best));
      if (kind != null) {
        note(kind, article, attribution, best < 0 ? null : statements.get(best));
      }
    }
    for (int i = 0; i < used.length; i++) {
      if (!used[i]) {
        note(Kind.NOT_MARKED, article, null, statements.get(i));
      }
    }
  }

  /** Returns the statement that shares most of the content, or −1 if none shares anything. */
  private static int best(
      AnnotatedArticle article, Attribution attribution, List<Statement> statements) {
    int best = -1;
    double most = 0;
    for (int i = 0; i < statements.size(); i++) {
      double jaccard =
          AttributionScore.jaccard(
              article.text(), attribution.extent(), statements.get(i).extent());
      if (jaccard > most) {
        most = jaccard;
        best = i;
      }
    }
    return best;
  }

  private static Kind kind(AnnotatedArticle article, Attribution attribution, Statement found) {
    if (found == null) {
      return attribution.source().isEmpty() ? Kind.MISSED_WITHOUT_SOURCE : Kind.MISSED;
    }
    Span extent = attribution.extent();
    if (AttributionScore.jaccard(article.text(), extent, found.extent()) < AttributionScore.SAME) {
      return found.extent().length() < extent.length() ? Kind.TOO_SHORT : Kind.TOO_LONG;
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
        "%,d articles, %,d attributions marked, %,d found%n"
            .formatted(articles, score.expected(), score.found()));
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
