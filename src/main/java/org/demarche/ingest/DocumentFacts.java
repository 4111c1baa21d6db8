package org.demarche.ingest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.lang3.StringUtils;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.text.Article;
import org.demarche.text.CleanText;
import org.demarche.text.Span;

/**
 * What a document in markup says of itself, from which an article is made. A document often says a
 * thing in several places; they are offered from the best to the worst, and the first that holds a
 * value counts.
 */
final class DocumentFacts {

  /** The things that a document may say. Only the text is required. */
  enum Fact {
    ID,
    URL,
    HEADLINE,
    BYLINE,
    DATELINE,
    OUTLET,
    LANGUAGE,
    SECTION,
    TEXT
  }

  /** A byline or a section is a line; something longer is not one. */
  private static final int LONGEST_LINE = 400;

  /** A longer value is passed over: not even entities and white space make a line so long. */
  private static final int LONGEST_VALUE = 4_000;

  /** An earlier date stands for none: systems without a date write the year 1. */
  private static final Instant FIRST_NEWS = Instant.parse("1600-01-01T00:00:00Z");

  private final Map<Fact, String> facts = new EnumMap<>(Fact.class);
  private Span body;
  private boolean hasBody = true;
  private Instant publishedAt;
  private PublishedSource publishedSource;
  private ZoneOffset publishedZone;
  private String unreadableDate;

  /** Takes {@code value} unless it is blank or there is a better one already. */
  DocumentFacts offer(Fact fact, String value) {
    if (!StringUtils.isBlank(value)) {
      facts.putIfAbsent(fact, value);
    }
    return this;
  }

  /** Takes a printed date unless it is blank, stands for none, or there is a better one already. */
  DocumentFacts offerDate(PublishedSource source, String printed) {
    if (publishedAt == null && !StringUtils.isBlank(printed)) {
      Optional<Instant> read = Dates.parse(printed);
      if (read.isPresent() && standsForNone(read.get())) {
        return this;
      } else if (read.isPresent()) {
        publishedAt = read.get();
        publishedSource = source;
        publishedZone = Dates.zone(printed).orElse(null);
      } else if (unreadableDate == null) {
        unreadableDate = printed.strip();
      }
    }
    return this;
  }

  private static boolean standsForNone(Instant date) {
    return date.isBefore(FIRST_NEWS) || date.equals(Instant.EPOCH);
  }

  /** Takes a date unless there is a better one already. */
  DocumentFacts offerDate(PublishedSource source, Instant date) {
    if (publishedAt == null && date != null) {
      publishedAt = date;
      publishedSource = source;
    }
    return this;
  }

  /** Takes a text of which only a stretch is the article. */
  DocumentFacts offerText(String text, Span stretch) {
    offer(Fact.TEXT, text);
    body = stretch;
    return this;
  }

  /**
   * Takes the first of the declared languages, unless the text is recognised as another one and one
   * of both is English: templates are often English and their text is not.
   */
  DocumentFacts offerLanguage(List<String> declared) {
    String text = facts.get(Fact.TEXT);
    String found = Languages.detect(text, new Span(0, text.length()));
    String stated =
        declared.stream().map(Languages::code).filter(Objects::nonNull).findFirst().orElse(null);
    boolean isOther = found != null && stated != null && !found.equals(stated);
    return offer(
        Fact.LANGUAGE, isOther && (found.equals("en") || stated.equals("en")) ? found : stated);
  }

  /** Returns whether there is a date. */
  boolean hasDate() {
    return publishedAt != null;
  }

  /** Returns the value of a fact, or null. */
  String get(Fact fact) {
    return facts.get(fact);
  }

  /** Returns whether the document says nothing by which an article could be recognised. */
  boolean isEmpty() {
    return !facts.containsKey(Fact.TEXT) && !facts.containsKey(Fact.HEADLINE);
  }

  /**
   * Returns the article of a document that may have a headline and nothing else, such as an alert:
   * its text is then the headline, and it has no body. In all else like {@link #outcome}.
   */
  Outcome outcomeOrHeadline(Origin origin, Supplier<String> raw) {
    String headline = line(Fact.HEADLINE);
    if (headline != null
        && BodyFinder.isBlank(CleanText.of(facts.getOrDefault(Fact.TEXT, "")).text())) {
      facts.put(Fact.TEXT, headline);
      hasBody = false;
    }
    return outcome(origin, raw);
  }

  /**
   * Returns the article, or why there is none. The whole text is its body, unless a stretch of it
   * was named.
   *
   * @param raw gives the document as it came, if it is rejected
   */
  Outcome outcome(Origin origin, Supplier<String> raw) {
    String text = StringUtils.strip(facts.getOrDefault(Fact.TEXT, ""));
    CleanText clean = CleanText.of(text);
    if (BodyFinder.isBlank(clean.text())) {
      return new Rejected(origin, Reason.EMPTY_TEXT, "The document has no text", raw.get());
    }
    if (Utf8.isNoText(text)) {
      return new Rejected(
          origin,
          Reason.NOT_TEXT,
          "The text must be text, but too many of its %d characters are not printable"
              .formatted(text.length()),
          "");
    }
    if (publishedAt == null && unreadableDate != null) {
      return new Rejected(
          origin,
          Reason.MALFORMED_DATE,
          "The date must be such as 2024-11-05T16:30:00Z, but was '%s'"
              .formatted(Utf8.shown(StringUtils.abbreviate(unreadableDate, 80))),
          raw.get());
    }
    return new Accepted(
        origin, article(text, clean), line(Fact.SECTION), publishedSource, publishedZone, false);
  }

  private Article article(String text, CleanText clean) {
    String url = line(Fact.URL);
    String title = line(Fact.HEADLINE);
    String language = Languages.code(facts.get(Fact.LANGUAGE));
    Span all = new Span(0, clean.text().length());
    Span stretch = body == null ? new Span(0, text.length()) : body;
    String id = facts.get(Fact.ID);
    return new Article(
        id == null ? ArticleIds.ofContent(url, title, text, publishedAt) : ArticleIds.cleaned(id),
        url,
        line(Fact.OUTLET),
        title,
        line(Fact.BYLINE),
        line(Fact.DATELINE),
        publishedAt,
        language == null ? Languages.detect(clean.text(), all) : language,
        text,
        hasBody ? stretch : null);
  }

  /** Returns a fact as one line in its clean form, or null. */
  private String line(Fact fact) {
    String value = facts.get(fact);
    if (value == null || value.length() > LONGEST_VALUE) {
      return null;
    }
    String line = StringUtils.normalizeSpace(CleanText.of(value).text());
    return line.isEmpty() || line.length() > LONGEST_LINE && fact != Fact.URL ? null : line;
  }
}
