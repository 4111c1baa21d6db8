package org.demarche.warehouse;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.demarche.attribution.Statement;
import org.demarche.attribution.StatementKind;
import org.demarche.speaker.CreditedStatement;
import org.demarche.speaker.Speaker;
import org.demarche.stance.StatementPassage;
import org.demarche.text.Article;
import org.demarche.text.CleanText;
import org.demarche.text.Sha256;
import org.demarche.text.Span;

/** The table {@code statements}. */
public final class StatementTable {

  /** One row of the table. */
  public record StatementRow(
      @Column("hash of the article id and the places of the statement") String statementId,
      @Column("article with the statement") String articleId,
      @Column(value = "outlet of the article", nullable = true) String outlet,
      @Column(value = "where the article was published", nullable = true) String url,
      @Column(value = "day of publication in UTC", nullable = true) LocalDate publishedDate,
      @Column("how the content is printed: direct, indirect or mixed") String kind,
      @Column("offset of the content in the article's text") long start,
      @Column("offset after the content") long end,
      @Column("pieces of the content, such as 120-180,200-240 when the cue interrupts it")
          String fragments,
      @Column(
              "false where the article denies, supposes, foretells or only asks for the saying, such"
                  + " as \"declined to comment\"; such a statement has no scores")
          boolean asserted,
      @Column("the content word for word, its pieces joined by a space") String text,
      @Column(
              "the article's text, unchanged, from the start of content, cue and source to their"
                  + " end: the text that is scored; a cue or source more than 200 characters away"
                  + " is left out")
          String passage,
      @Column("offset of the passage; subtract it from another offset to count in the passage")
          long passageStart,
      @Column(value = "the attributing word or phrase", nullable = true) String cue,
      @Column("offset of the cue") Long cueStart,
      @Column("offset after the cue") Long cueEnd,
      @Column(value = "the words that name who spoke", nullable = true) String source,
      @Column("offset of the source") Long sourceStart,
      @Column("offset after the source") Long sourceEnd,
      @Column(value = "who is credited; joins speakers; null when unknown", nullable = true)
          String speakerId,
      @Column(value = "name of the speaker, null when unknown", nullable = true) String speaker,
      @Column("person, organization, group, unnamed or unknown") String speakerKind,
      @Column(value = "title or function printed with the name", nullable = true)
          String speakerRole,
      @Column(value = "organization or country the role belongs to", nullable = true)
          String speakerAffiliation,
      @Column(value = "other names in this article, separated by '; '", nullable = true)
          String speakerAliases,
      @Column("which rule or model found the statement") String rule,
      @Column(
              "probability that content and source are right, 0 to 1; with the rules alone, the"
                  + " measured precision of the rule")
          double confidence,
      @Column("hash of the speaker and the words: equal for repetitions") String distinctId,
      @Column("whether the article is a reprint") boolean isReprint) {

    /** Returns the statement with its places in the article. */
    public Statement statement() {
      return new Statement(
          StatementKind.valueOf(kind.toUpperCase(Locale.ROOT)),
          Arrays.stream(fragments.split(",")).map(Span::parse).toList(),
          span(cueStart, cueEnd),
          span(sourceStart, sourceEnd),
          rule,
          confidence);
    }

    /** Returns the statement as models read it. */
    public StatementPassage statementPassage() {
      Statement statement = statement();
      return StatementPassage.of(
          passage, (int) passageStart, statement.content(), statement.cue(), statement.source());
    }
  }

  public static final Table<StatementRow> TABLE =
      new Table<>(
          "statements",
          "One statement: what was said, who said it, and where in the article.",
          new RecordCodec<>(StatementRow.class),
          List.of("statement_id"),
          Table.Layout.BATCHES_BY_MONTH,
          List.of("published_date", "article_id", "start", "statement_id"));

  /**
   * A file that names the format of the table. Raise the number when the columns change: the next
   * run that extracts writes a table without this file again.
   */
  static final String FORMAT = TABLE.name() + "/_format-3";

  private StatementTable() {}

  /** Records that the rows of {@code transaction} have the columns of this version. */
  public static void markFormat(Transaction transaction) throws IOException {
    transaction.put(FORMAT, "");
  }

  /**
   * Builds the row of one statement.
   *
   * @param article the article with the statement
   * @param credited the statement and its speaker
   * @param speakerId id of the speaker
   * @param isReprint whether the article is a reprint
   */
  public static StatementRow row(
      Article article, CreditedStatement credited, String speakerId, boolean isReprint) {
    Statement statement = credited.statement();
    Speaker speaker = credited.speaker();
    StatementPassage passage = credited.passage(article.text());
    Span extent = statement.extent();
    String fragments = statement.content().stream().map(Span::toString).collect(joining(","));
    String text =
        statement.content().stream().map(span -> span.of(article.text())).collect(joining(" "));
    return new StatementRow(
        Sha256.id(
            article.id(),
            fragments,
            String.valueOf(statement.cue()),
            String.valueOf(statement.source())),
        article.id(),
        article.outlet(),
        article.url(),
        ArticleTable.day(article.publishedAt()),
        statement.kind().name().toLowerCase(Locale.ROOT),
        extent.start(),
        extent.end(),
        fragments,
        credited.isAsserted(),
        text,
        passage.text(),
        passage.start(),
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
        Names.join(speaker.aliases()),
        statement.rule(),
        statement.confidence(),
        Sha256.id(speakerId, fold(CleanText.of(text).text())),
        isReprint);
  }

  private static Span span(Long start, Long end) {
    return start == null ? null : new Span(start.intValue(), end.intValue());
  }

  /** Returns the letters and digits of {@code text} in lower case, one space between words. */
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
