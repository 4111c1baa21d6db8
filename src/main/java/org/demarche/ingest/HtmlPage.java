package org.demarche.ingest;

import java.net.URI;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.demarche.ingest.DocumentFacts.Fact;
import org.demarche.text.CleanText;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Reads a page of a web site as an article. A page says the same thing in several ways: in data for
 * search engines, in meta elements, and in what it shows. The best one that holds is taken.
 */
final class HtmlPage {

  private static final List<String> DATES =
      List.of(
          "article:published_time",
          "og:article:published_time",
          "og:published_time",
          "datepublished",
          "date.published",
          "parsely-pub-date",
          "sailthru.date",
          "dc.date.issued",
          "dcterms.created",
          "dc.date",
          "dcterms.date",
          "publishdate",
          "publish-date",
          "publish_date",
          "pubdate",
          "cxenseparse:recs:publishtime",
          "date");

  private static final List<String> AUTHORS =
      List.of(
          "parsely-author",
          "article:author",
          "author",
          "dc.creator",
          "dcterms.creator",
          "sailthru.author",
          "byl",
          "cxenseparse:author");

  private static final List<String> SECTIONS =
      List.of("article:section", "parsely-section", "cxenseparse:section", "section");

  private static final List<String> OUTLETS =
      List.of("og:site_name", "application-name", "dc.publisher", "apple-mobile-web-app-title");

  private static final Pattern DAY_IN_ADDRESS =
      Pattern.compile("/(20\\d\\d|19\\d\\d)[/-]?([01]\\d)[/-]?([0-3]\\d)(?=[/_.-]|$)");

  /** There was no web before; systems without a date write the year 1 or 1970. */
  private static final Instant FIRST_PAGE = Instant.parse("1971-01-01T00:00:00Z");

  /** Names of dates that are not that of publication, unless they name that, too. */
  private static final Pattern OTHER_DATE = Pattern.compile("(?i)current|today|modif|updat");

  private static final Pattern PUBLICATION = Pattern.compile("(?i)publi|posted|pub-?date");

  private static final Pattern CHARSET =
      Pattern.compile(
          "<meta[^>]{0,200}?charset\\s*=\\s*[\"']?\\s*([\\w.:-]{2,40})", Pattern.CASE_INSENSITIVE);

  /** So many elements of a kind are looked at for what they show; no page needs more. */
  private static final int MOST_SHOWN = 100;

  /** Longer values of meta elements are passed over; nothing that is looked for is so long. */
  private static final int LONGEST_META = 4_000;

  private final Document page;
  private final Map<String, String> metas = new HashMap<>();
  private final DocumentFacts facts = new DocumentFacts();

  private HtmlPage(Document page) {
    this.page = page;
    for (Element meta : page.getElementsByTag("meta")) {
      String content = meta.attr("content").strip();
      boolean isValue = !content.isEmpty() && content.length() <= LONGEST_META;
      for (String key : List.of("property", "name", "itemprop")) {
        if (isValue && meta.hasAttr(key)) {
          metas.merge(
              meta.attr(key).toLowerCase(Locale.ROOT),
              content,
              (one, next) ->
                  meta.attr(key).toLowerCase(Locale.ROOT).endsWith("author")
                          && one.length() < LONGEST_META
                          && !one.contains(next)
                      ? one + ", " + next
                      : one);
        }
      }
    }
  }

  /**
   * Returns what a page says.
   *
   * @param html the page, decoded and {@linkplain PageSource#slim slim}
   * @param address where it was found, or null
   */
  static DocumentFacts read(String html, String address) {
    HtmlPage page = new HtmlPage(Markup.html(html, address == null ? "" : address));
    page.read(address);
    return page.facts;
  }

  /** Returns the encoding that the beginning of a page declares. */
  static Optional<Charset> declaredEncoding(String head) {
    Matcher declared = CHARSET.matcher(head);
    return declared.find() ? Encodings.ofWeb(declared.group(1)) : Optional.empty();
  }

  private void read(String address) {
    String title = page.title();
    Optional<JsonLd> data = JsonLd.of(page, titles(title));
    String outlet = meta(OUTLETS);
    outlet =
        outlet == null || outlet.contains("://") ? data.map(JsonLd::outlet).orElse(null) : outlet;
    String headline =
        Headlines.of(
            page,
            Stream.of(
                    data.map(JsonLd::headline).orElse(null),
                    metas.get("og:title"),
                    metas.get("twitter:title"),
                    title)
                .collect(Collectors.toList()),
            outlet);
    facts.offer(Fact.HEADLINE, headline);
    String url = address(data, address);
    facts.offer(Fact.URL, url);
    facts.offer(Fact.OUTLET, outlet);
    facts.offer(Fact.OUTLET, host(url == null ? metas.get("og:url") : url));
    facts.offer(Fact.SECTION, section(meta(SECTIONS), headline));
    facts.offer(Fact.SECTION, data.map(JsonLd::section).orElse(null));

    readable(PublishedSource.STRUCTURED_DATA, data.map(JsonLd::published).orElse(null));
    page.select("[itemprop=datePublished]").stream()
        .limit(1)
        .forEach(element -> date(PublishedSource.STRUCTURED_DATA, element));
    DATES.forEach(name -> readable(PublishedSource.META, metas.get(name)));

    facts.offer(Fact.BYLINE, data.map(JsonLd::authors).orElse(null));
    facts.offer(Fact.BYLINE, author(metas, outlet));
    if (facts.get(Fact.BYLINE) == null) {
      facts.offer(Fact.BYLINE, shownAuthors());
    }

    String text = PageBody.of(page, headline);
    if (!BodyFinder.isBlank(text)) {
      CleanText clean = CleanText.of(text);
      if (!BodyFinder.isBlank(clean.text())) {
        Page printed = BodyFinder.find(clean.text(), headline);
        facts.offerText(text, clean.delivered(printed.body()));
        facts.offer(Fact.DATELINE, printed.dateline());
        facts.offer(Fact.BYLINE, printed.author());
        facts.offerLanguage(languages(data));
        if (!facts.hasDate()) {
          shownDates();
        }
        facts.offerDate(PublishedSource.TEXT, printed.publishedAt());
      }
    }
    if (url != null) {
      Matcher day = DAY_IN_ADDRESS.matcher(url);
      if (day.find()) {
        readable(PublishedSource.ADDRESS, day.group(1) + "-" + day.group(2) + "-" + day.group(3));
      }
    }
  }

  /** Returns the titles that the page shows and states, by which data about it are known. */
  private List<String> titles(String title) {
    List<String> titles = new ArrayList<>();
    titles.add(title);
    titles.add(metas.get("og:title"));
    page.getElementsByTag("h1").stream()
        .limit(MOST_SHOWN)
        .forEach(heading -> titles.add(heading.text()));
    titles.removeIf(each -> StringUtils.isBlank(each) || each.length() > Headlines.LONGEST);
    return titles;
  }

  private String meta(List<String> names) {
    return names.stream().map(metas::get).filter(StringUtils::isNotBlank).findFirst().orElse(null);
  }

  /** Offers a date if it can be read; of the many that a page has, some cannot. */
  private void readable(PublishedSource source, String printed) {
    if (printed != null) {
      Dates.parse(printed)
          .filter(date -> date.isAfter(FIRST_PAGE))
          .ifPresent(date -> facts.offerDate(source, printed));
    }
  }

  private List<String> languages(Optional<JsonLd> data) {
    Element html = page.selectFirst("html");
    return Stream.of(
            html == null ? "" : html.attr("lang"),
            html == null ? "" : html.attr("xml:lang"),
            metas.getOrDefault("og:locale", ""),
            data.map(JsonLd::language).orElse(""))
        .map(StringUtils::defaultString)
        .filter(StringUtils::isNotBlank)
        .toList();
  }

  /** Returns the address of the article as the page gives it; the front page is not it. */
  private String address(Optional<JsonLd> data, String found) {
    Element canonical = page.selectFirst("link[rel=canonical]");
    return Stream.of(
            canonical == null ? null : canonical.attr("href"),
            metas.get("og:url"),
            data.map(JsonLd::url).orElse(null),
            found)
        .map(address -> absolute(address, found))
        .filter(
            address ->
                address != null && (!isFrontPage(address) || found != null && isFrontPage(found)))
        .findFirst()
        .orElse(found);
  }

  private static String absolute(String address, String base) {
    if (StringUtils.isBlank(address)) {
      return null;
    }
    try {
      URI uri = URI.create(address.strip());
      uri = base == null || uri.isAbsolute() ? uri : URI.create(base).resolve(uri);
      return uri.isAbsolute() && uri.getHost() != null ? uri.toString() : null;
    } catch (IllegalArgumentException e) {
      return address.startsWith("http") ? address.strip() : null;
    }
  }

  private static boolean isFrontPage(String address) {
    return address.matches("https?://[^/?#]+/?");
  }

  private static String host(String url) {
    String host = url == null ? null : StringUtils.substringBetween(url + "/", "://", "/");
    return host == null ? null : host.replaceFirst("^www\\.", "");
  }

  /** A few sites put the headline where the section belongs. */
  private static String section(String section, String headline) {
    return section != null && Headlines.likeness(section, headline) > 0.8 && section.length() > 30
        ? null
        : section;
  }

  private static String author(Map<String, String> metas, String outlet) {
    for (String name : AUTHORS) {
      String author =
          Arrays.stream(metas.getOrDefault(name, "").split(", "))
              .filter(each -> !each.contains("://") && !each.contains("@"))
              .map(each -> StringUtils.substringBefore(each, " / "))
              .collect(Collectors.joining(", "));
      if (StringUtils.isNotBlank(author)
          && author.length() < 120
          && (outlet == null || Headlines.likeness(author, outlet) < 0.5)) {
        return Bylines.names(author);
      }
    }
    return null;
  }

  /** Returns the authors that the page shows with its article. */
  private String shownAuthors() {
    for (String where :
        List.of(
            "[itemprop=author] [itemprop=name]",
            "[itemprop=author]",
            "[rel=author]",
            "[class~=(?i)\\bby-?line\\b] a",
            "[class~=(?i)by-?line]",
            "[class~=(?i)\\bauthor-?name\\b]",
            "[class~=(?i)(^|\\b)(article|post|entry|story)[-_]+author]")) {
      String names =
          page.select(where).stream()
              .limit(MOST_SHOWN)
              .map(element -> Bylines.names(element.text()))
              .filter(name -> name != null && name.length() > 3 && name.length() < 80)
              .distinct()
              .limit(4)
              .collect(Collectors.joining(", "));
      if (!names.isEmpty()) {
        return names;
      }
    }
    return null;
  }

  /** Offers the dates that the page shows, of which the first is beside the headline. */
  private void shownDates() {
    for (String where :
        List.of(
            "time[pubdate]",
            "article time[datetime]",
            "main time[datetime]",
            "time[datetime]",
            "time",
            "[class~=(?i)(publish|posted|pub-?date|article-?date|entry-?date|post-?date|dateline|timestamp)]",
            "[class~=(?i)(^|[\\s_-])date([\\s_-]|$)]")) {
      page.select(where).stream()
          .limit(MOST_SHOWN)
          .filter(HtmlPage::isAboutTheArticle)
          .forEach(element -> date(PublishedSource.PAGE, element));
    }
  }

  /** Returns whether a date is neither that of today in a masthead, nor of another article. */
  private static boolean isAboutTheArticle(Element date) {
    boolean isBeside = date.closest("footer, aside, nav") != null;
    boolean isMasthead = date.closest("header") != null && date.closest("article, main") == null;
    String names = date.className() + " " + date.id();
    boolean isOther = OTHER_DATE.matcher(names).find() && !PUBLICATION.matcher(names).find();
    return !isBeside && !isMasthead && !isOther;
  }

  /** Offers the date that an element states in an attribute, or else shows. */
  private void date(PublishedSource source, Element element) {
    Optional<String> stated =
        Stream.of("datetime", "content")
            .map(element::attr)
            .filter(StringUtils::isNotBlank)
            .findFirst();
    if (stated.isPresent()) {
      readable(source, stated.get());
      return;
    }
    String text = element.text();
    if (text.length() > 80) {
      return;
    }
    Optional<CreditLine> line = CreditLine.parse(text);
    if (line.isEmpty()) {
      readable(source, text);
    } else if (line.get().publishedAt() != null && line.get().publishedAt().isAfter(FIRST_PAGE)) {
      facts.offerDate(source, line.get().publishedAt());
    }
  }
}
