package org.demarche.warehouse;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.demarche.attribution.Statement;
import org.demarche.speaker.CreditedStatement;
import org.demarche.speaker.Speaker;
import org.demarche.text.Article;
import org.demarche.text.Span;

/** The table {@code statements}. */
public final class StatementTable {

  public static final Table TABLE =
      new Table(
          "statements",
          "One statement: what was said, by whom, and where in the article it stands.",
          Columns.of(
              Columns.text(
                  "statement_id", "hash of the article id and the places of the statement"),
              Columns.text("article_id", "article in which it stands"),
              Columns.optionalText("outlet", "outlet of the article"),
              Columns.optionalText("url", "where the article was published"),
              Columns.optionalDate("published_date", "day of publication in UTC"),
              Columns.text("kind", "how the content is printed: direct, indirect or mixed"),
              Columns.offset("start", "offset of the content in the article's text"),
              Columns.offset("end", "offset after the content"),
              Columns.text(
                  "fragments",
                  "pieces of the content, such as 120-180,200-240 when the cue interrupts it"),
              Columns.text("text", "the content word for word, its pieces joined by a space"),
              Columns.text(
                  "passage", "content, cue and source as they stand together: what is scored"),
              Columns.optionalText("cue", "the attributing word or phrase"),
              Columns.optionalOffset("cue_start", "offset of the cue"),
              Columns.optionalOffset("cue_end", "offset after the cue"),
              Columns.optionalText("source", "the words that name who spoke"),
              Columns.optionalOffset("source_start", "offset of the source"),
              Columns.optionalOffset("source_end", "offset after the source"),
              Columns.optionalText(
                  "speaker_id", "who is credited; joins speakers; null when unknown"),
              Columns.optionalText("speaker", "name of the speaker, null when unknown"),
              Columns.text("speaker_kind", "person, organization, group, unnamed or unknown"),
              Columns.optionalText("speaker_role", "title or function printed with the name"),
              Columns.optionalText("speaker_affiliation", "body or country the role belongs to"),
              Columns.optionalText("speaker_aliases", "other names in this article, by '; '"),
              Columns.text("rule", "which rule or model found the statement"),
              Columns.number("confidence", "measured precision of that rule, 0 to 1"),
              Columns.text(
                  "distinct_id", "the same words of the same speaker, however often printed"),
              Columns.flag("is_reprint", "whether the article is a reprint")),
          List.of("statement_id"),
          Table.Layout.BATCHES_BY_MONTH,
          List.of("published_date", "article_id", "start", "statement_id"));

  /** A cue or source further than this from the content is not shown in the passage. */
  private static final int PASSAGE_GAP = 200;

  private StatementTable() {}

  /**
   * Builds the row of one statement.
   *
   * @param article the article in which it stands
   * @param credited the statement and whom it is credited to
   * @param speakerId identity of that speaker
   * @param isReprint whether the article is a reprint
   */
  public static Row row(
      Article article, CreditedStatement credited, String speakerId, boolean isReprint) {
    Statement statement = credited.statement();
    Speaker speaker = credited.speaker();
    Span extent = statement.extent();
    String fragments = statement.content().stream().map(Span::toString).collect(joining(","));
    String text =
        statement.content().stream().map(span -> span.of(article.text())).collect(joining(" "));
    return RowFactory.create(
        RowIds.of(
            article.id(),
            fragments,
            String.valueOf(statement.cue()),
            String.valueOf(statement.source())),
        article.id(),
        article.outlet(),
        article.url(),
        Columns.day(article.publishedAt()),
        statement.kind().name().toLowerCase(Locale.ROOT),
        (long) extent.start(),
        (long) extent.end(),
        fragments,
        text,
        passage(article.text(), statement),
        words(article, statement.cue()),
        start(statement.cue()),
        end(statement.cue()),
        words(article, statement.source()),
        start(statement.source()),
        end(statement.source()),
        speakerId,
        speaker.name(),
        speaker.kind().name().toLowerCase(Locale.ROOT),
        speaker.role(),
        speaker.affiliation(),
        speaker.aliases().isEmpty() ? null : String.join("; ", speaker.aliases()),
        statement.rule(),
        statement.confidence(),
        RowIds.of(speakerId, fold(text)),
        isReprint);
  }

  /**
   * Returns the stretch from the first to the last of content, cue and source, white space made
   * one: nearly always the sentence, which is what models are trained on.
   */
  static String passage(String text, Statement statement) {
    Span extent = statement.extent();
    int start = extent.start();
    int end = extent.end();
    for (Span part : new Span[] {statement.cue(), statement.source()}) {
      if (part != null
          && part.start() < extent.end() + PASSAGE_GAP
          && part.end() > extent.start() - PASSAGE_GAP) {
        start = Math.min(start, part.start());
        end = Math.max(end, part.end());
      }
    }
    StringBuilder passage = new StringBuilder(end - start);
    boolean space = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        space = true;
      } else {
        if (space && passage.length() > 0) {
          passage.append(' ');
        }
        space = false;
        passage.append(c);
      }
    }
    return passage.toString();
  }

  /** Returns the letters and digits of {@code text} in lower case, words apart by one space. */
  static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        if (space && folded.length() > 0) {
          folded.append(' ');
        }
        space = false;
        folded.append(Character.toLowerCase(c));
      } else if (c != '\'' && c != '’') {
        space = true;
      }
    }
    return folded.toString();
  }

  private static String words(Article article, Span span) {
    return span == null ? null : span.of(article.text());
  }

  private static Long start(Span span) {
    return span == null ? null : (long) span.start();
  }

  private static Long end(Span span) {
    return span == null ? null : (long) span.end();
  }
}
