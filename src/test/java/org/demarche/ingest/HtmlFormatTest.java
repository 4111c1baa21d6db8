package org.demarche.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.text.Article;
import org.junit.jupiter.api.Test;

/** Pages as sites build them, with what stands around the article. All is invented. */
class HtmlFormatTest {

  private static final String FIRST =
      "The foreign minister, Ada Quist, said on Tuesday that the talks with Ardessan would go on.";
  private static final String SECOND =
      "“We have time,” she told reporters in Lindhaven. “Nobody should expect a treaty this week.”";

  private static final String HEAD =
      """
      <meta charset="utf-8"><title>Talks go on, minister says | Harbour Herald</title>
      <link rel="canonical" href="/world/2031/04/02/talks">
      <meta property="og:url" content="https://herald.example/world/2031/04/02/talks">
      <meta property="og:title" content="Talks go on, minister says - Harbour Herald">
      <meta property="og:site_name" content="Harbour Herald">
      <meta property="article:section" content="World">
      """;

  private static final String DATA =
      """
      <script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"],
        "headline": "Talks go on, minister says", "datePublished": "2031-04-02T10:30:00+02:00",
        "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "By Bo Day"}],}]}</script>
      """;

  private static String page(String head, String article) {
    return """
        <!DOCTYPE html><html lang="en-GB"><head>%s<script>var p = "<p>Not text.</p>";</script>
        <style>p {}</style></head><body>
        <header class="masthead"><a href="/">Harbour Herald</a> <a href="/world">World</a></header>
        <nav><ul><li><a href="/a">Politics of the whole wide world</a></li><li><a href="/b">Sport and more of it</a></li></ul></nav>
        <div id="cookie-banner"><p>We use cookies to make this site better for you and for us, and for everybody else.</p></div>
        <main><article><h1>Talks go on, minister says</h1>%s</article>
        <div class="related-stories"><h2>Related</h2><ul><li><a href="/c">Ferry to reopen after a long winter of repairs</a></li></ul></div>
        <section class="comments"><p>I do not believe a word of this, and neither should anybody else who reads it here.</p></section></main>
        <footer><p>Copyright Harbour Herald 2031. All rights reserved by us and by nobody else in the world.</p></footer>
        </body></html>
        """
        .formatted(head, article);
  }

  private static final String BODY =
      "<div class=\"byline\">By <a rel=\"author\" href=\"/ann\">Ann Lee</a></div>"
          + "<time datetime=\"2031-04-02T08:30:00Z\">2 April 2031</time>"
          + "<figure><img src=\"a.jpg\"><figcaption>The minister, who is not in the text.</figcaption></figure>"
          + "<p>"
          + FIRST
          + "</p><p>"
          + SECOND
          + "</p>"
          + "<div class=\"newsletter-box\"><p>Sign up to our newsletter, which comes every day and is free.</p></div>"
          + "<h2>What comes next</h2><ul><li>A meeting on Friday</li><li>A vote</li></ul>"
          + "<p>Her deputy, Otto Bremm, rejected the offer, officials said.</p>"
          + "<p><a href=\"/d\">Read more: the harbour and its ferries</a></p>";

  @Test
  void findsTheArticleAmongWhatStandsAroundIt() {
    Article article = accepted(page(HEAD + DATA, BODY)).article();
    assertThat(article.body().of(article.text()))
        .isEqualTo(
            FIRST
                + "\n\n"
                + SECOND
                + "\n\nWhat comes next\n\nA meeting on Friday\n\nA vote\n\n"
                + "Her deputy, Otto Bremm, rejected the offer, officials said.");
  }

  @Test
  void takesWhatThePageSaysOfItsArticle() {
    Accepted accepted = accepted(page(HEAD + DATA, BODY));
    Article article = accepted.article();
    assertThat(article.title()).isEqualTo("Talks go on, minister says");
    assertThat(article.author()).isEqualTo("Ann Lee, Bo Day");
    assertThat(article.publishedAt()).isEqualTo(Instant.parse("2031-04-02T08:30:00Z"));
    assertThat(accepted.publishedSource()).isEqualTo(PublishedSource.STRUCTURED_DATA);
    assertThat(article.outlet()).isEqualTo("Harbour Herald");
    assertThat(article.url()).isEqualTo("https://herald.example/world/2031/04/02/talks");
    assertThat(article.language()).isEqualTo("en");
    assertThat(accepted.section()).isEqualTo("World");
  }

  @Test
  void readsWhatThePageShowsWhereItSaysNothing() {
    Accepted accepted = accepted(page("<title>Herald</title>", BODY));
    assertThat(accepted.article().title()).isEqualTo("Talks go on, minister says");
    assertThat(accepted.article().author()).isEqualTo("Ann Lee");
    assertThat(accepted.article().publishedAt()).isEqualTo(Instant.parse("2031-04-02T08:30:00Z"));
    assertThat(accepted.publishedSource()).isEqualTo(PublishedSource.PAGE);
  }

  /** The day of the crawl, which a masthead prints, is not that of publication. */
  @Test
  void takesNoDateThatIsNotOfTheArticle() {
    String article =
        "<p>%s</p><p>%s</p>".formatted(FIRST, SECOND)
            + "<time class=\"updated\" datetime=\"2031-05-07\"></time>"
            + "<aside><time datetime=\"2031-05-06\">6 May</time> The ferry sails</aside>";
    String page =
        page("<title>Talks</title>", article)
            .replace("<a href=\"/\">", "<span class=\"date\">7 May 2031</span><a href=\"/\">")
            .replace("<footer>", "<footer><time datetime=\"2031-05-07\">7 May</time>");
    Accepted accepted = accepted(page);
    assertThat(accepted.article().publishedAt()).isNull();
  }

  @Test
  void readsDataThatQuotesMarkup() {
    String quoting = DATA.replaceFirst("\\{", "{\"articleBody\": \"<script>a<style>b\", ");
    Accepted accepted = accepted(page("<title>Talks</title>" + quoting, BODY));
    assertThat(accepted.publishedSource()).isEqualTo(PublishedSource.STRUCTURED_DATA);
    assertThat(accepted.article().text()).contains(FIRST);
  }

  @Test
  void takesTheDayFromTheAddressWhenThereIsNoOther() {
    Accepted accepted = accepted(page(HEAD, "<p>" + FIRST + "</p><p>" + SECOND + "</p>"));
    assertThat(accepted.article().publishedAt()).isEqualTo(Instant.parse("2031-04-02T00:00:00Z"));
    assertThat(accepted.publishedSource()).isEqualTo(PublishedSource.ADDRESS);
  }

  @Test
  void doesNotBelieveADateThatIsNone() {
    String nowhere =
        "<title>Talks</title>" + DATA.replace("2031-04-02T10:30:00+02:00", "0001-01-01T00:00:00Z");
    Accepted accepted = accepted(page(nowhere, "<p>" + FIRST + "</p>"));
    assertThat(accepted.article().publishedAt()).isNull();
    assertThat(accepted.publishedSource()).isNull();
  }

  @Test
  void believesTheTextAndNotTheTemplateAboutTheLanguage() {
    String french =
        "<p>Le ministre a déclaré mardi que les négociations avec le gouvernement se poursuivraient, et que"
            + " le traité ne serait pas signé cette semaine dans la capitale.</p><p>Il a ajouté que les deux"
            + " pays étaient d’accord sur le fond, mais pas sur la forme du texte.</p>";
    assertThat(accepted(page("", french)).article().language()).isEqualTo("fr");
  }

  @Test
  void keepsADateLineAndAByLineInTheTextOutOfTheBody() {
    Accepted accepted =
        accepted(
            page(
                "<title>Talks</title>",
                "<p>By Ann Lee</p><p>LINDHAVEN (VW) — " + FIRST + "</p><p>" + SECOND + "</p>"));
    Article article = accepted.article();
    assertThat(article.author()).isEqualTo("Ann Lee");
    assertThat(article.dateline()).isEqualTo("LINDHAVEN");
    assertThat(article.body().of(article.text())).startsWith("LINDHAVEN").doesNotContain("Ann Lee");
  }

  @Test
  void readsPagesInTheEncodingTheyDeclareOrHave() {
    String text = "<p>" + FIRST + " Überall in Ardessän war man froh.</p>";
    String latin = page("<meta charset=\"iso-8859-1\">", text);
    Charset windows = Charset.forName("windows-1252");
    for (byte[] bytes : List.of(latin.getBytes(windows), latin.getBytes(StandardCharsets.UTF_8))) {
      assertThat(((Accepted) read(bytes, Limits.DEFAULT)).article().text())
          .contains("Überall in Ardessän");
    }
  }

  @Test
  void rejectsAPageWithoutTextAndOneThatIsTooLarge() {
    Outcome empty = read(bytes("<html><body><nav>Menu</nav></body></html>"), Limits.DEFAULT);
    assertThat(((Rejected) empty).reason()).isEqualTo(Reason.EMPTY_TEXT);
    Outcome large = read(bytes(page(HEAD, BODY)), new Limits(1024, 300, 64));
    assertThat(((Rejected) large).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void survivesDataAndCommentsThatNeverEnd() {
    String paragraph = "<p>" + FIRST + "</p>";
    String data =
        "<html><head><script type=\"application/ld+json\">"
            + "[".repeat(50_000)
            + "</script></head><body>"
            + paragraph;
    String open = "<html><body>" + paragraph + "<!-- <script> <style>".repeat(100);
    for (String page : List.of(data, open)) {
      assertThat(accepted(page).article().text()).isEqualTo(FIRST);
    }
  }

  @Test
  void keepsWordsInTheMiddleOfASentence() {
    String text =
        "<p>The minister told <span class=\"related-person\">Otto Bremm</span> that the ferry, "
            + "<q>an old friend</q>, would sail again on Tuesday.<span class=\"share-count\">12 shares</span></p>"
            + "<p>%s</p><p>Latest figures show a rise.</p><p>She sails at nine.</p>"
                .formatted(FIRST);
    assertThat(accepted(page("<title>Talks</title>", text)).article().text())
        .startsWith("The minister told Otto Bremm that the ferry, “an old friend”, would")
        .doesNotContain("12 shares")
        .endsWith("Latest figures show a rise.\n\nShe sails at nine.");
  }

  @Test
  void keepsTheParagraphsOfATextThatIsHidden() {
    String hidden =
        "<div itemprop=\"articleBody\" style=\"display:none\"><p>%s</p><p>%s<br><br>It ends.</p></div>"
            .formatted(FIRST, SECOND);
    assertThat(accepted(page("<title>Talks</title>", hidden)).article().text())
        .isEqualTo(FIRST + "\n\n" + SECOND + "\n\nIt ends.");
  }

  /** A page that links to another article may have the data about it. */
  @Test
  void takesNoDataAboutAnotherArticle() {
    String other =
        "<title>Talks go on, minister says</title><script type=\"application/ld+json\">{\"@type\": \"NewsArticle\","
            + "\"headline\": \"Ferry back from the docks\", \"author\": \"Bo Day\", \"datePublished\": \"2031-01-01\"}</script>";
    Accepted accepted = accepted(page(other, BODY));
    assertThat(accepted.article().title()).isEqualTo("Talks go on, minister says");
    assertThat(accepted.article().author()).isEqualTo("Ann Lee");
    assertThat(accepted.publishedSource()).isEqualTo(PublishedSource.PAGE);
  }

  @Test
  void doesNotCallPagesByTheFrontPage() {
    String head =
        "<title>Talks</title><meta property=\"og:url\" content=\"https://herald.example/\">";
    Article article = accepted(page(head, BODY)).article();
    assertThat(article.url()).isNull();
    assertThat(article.outlet()).isEqualTo("herald.example");
  }

  @Test
  void doesNotTakeTheMottoOfTheSiteForTheHeadline() {
    String page =
        page("<title>Talks go on, minister says</title>", BODY)
            .replace("<h1>Talks go on, minister says</h1>", "")
            .replace(
                "<a href=\"/\">Harbour Herald</a>", "<h1>News from the harbour since 1902</h1>");
    assertThat(accepted(page).article().title()).isEqualTo("Talks go on, minister says");
  }

  @Test
  void readsEncodingsAsBrowsersDo() {
    String text = "<p>" + FIRST + " Über %s.</p>";
    for (String[] each :
        new String[][] {
          {"us-ascii", "windows-1252", "“Ruhe”"},
          {"gb2312", "GB18030", "镕"},
          {"shift_jis", "windows-31j", "①"}
        }) {
      String page = page("<meta charset=\"%s\">".formatted(each[0]), text.formatted(each[2]));
      byte[] bytes = page.replace("Über", "At").getBytes(Charset.forName(each[1]));
      assertThat(((Accepted) read(bytes, Limits.DEFAULT)).article().text()).contains(each[2]);
    }
  }

  /** Each of these makes work that grows with the square of its length, if nothing bounds it. */
  @Test
  void readsHeadsThatAreMegabytesLong() {
    int size = 2 << 20;
    StringBuilder authors = new StringBuilder();
    for (int i = 0; i < size / 40; i++) {
      authors.append("<meta name=author content=\"Ann Lee %d\">".formatted(i));
    }
    String data = "<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", %s}</script>";
    String article = "<article><p>%s</p><p>%s</p></article>".formatted(FIRST, SECOND);
    for (String head :
        List.of(
            "<title>%s</title>".formatted("Talks go on ".repeat(size / 12))
                + "<h1>Talks go on</h1>".repeat(size / 20),
            "<meta name=author content=\"a%sb\">".formatted(" ".repeat(size)),
            authors.toString(),
            data.formatted("\"headline\": \"Talks\"").repeat(size / 90),
            data.formatted("\"author\": [%s1]".formatted("\"Ann Lee\",".repeat(size / 10))))) {
      String page = "<html><head>%s</head><body>%s</body></html>".formatted(head, article);
      Article read = accepted(page).article();
      assertThat(read.text()).isEqualTo(FIRST + "\n\n" + SECOND);
      assertThat(read.title())
          .satisfiesAnyOf(
              title -> assertThat(title).isNull(),
              title -> assertThat(title).hasSizeLessThan(1000));
    }
    String unclosed = "<html><body>%s%s".formatted(article, "<script".repeat(size / 7));
    assertThat(accepted(unclosed).article().text()).startsWith(FIRST);
  }

  /** To parse such a page would take hours. */
  @Test
  void rejectsElementsThatAreNestedWithoutEnd() {
    for (String element :
        List.of(
            "<div>",
            "<b><p>",
            "<a href=x>",
            "<table><tr><td>",
            "<ul><li>",
            "<b></z>",
            "<table><div>",
            "<div><table></div>",
            "<p>a")) {
      String page = "<html><body>" + element.repeat(1_000_000) + "<p>" + FIRST + "</p>";
      Rejected rejected = (Rejected) read(bytes(page), Limits.DEFAULT);
      assertThat(rejected.reason()).isEqualTo(Reason.TOO_LARGE);
    }
    String small = "<html><body>" + "<article><time>".repeat(1_000) + "<p>" + FIRST + "</p>";
    assertThat(((Rejected) read(bytes(small), Limits.DEFAULT)).detail()).contains("512 deep");
    // Paragraphs and items of lists need no end.
    String flat = "<html><body>" + ("<p>" + FIRST + "<ul><li>One.<li>Two.</ul>").repeat(2000);
    assertThat(accepted(flat).article().text()).startsWith(FIRST);
  }

  private static Accepted accepted(String page) {
    return (Accepted) read(bytes(page), Limits.DEFAULT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Outcome read(byte[] file, Limits limits) {
    List<Outcome> outcomes = new ArrayList<>();
    InputOptions options = new InputOptions("auto", "auto", FieldNames.guesses(), limits);
    try (ArticleReader reader =
        ArticleReader.open(() -> new ByteArrayInputStream(file), "talks", options)) {
      reader.forEachRemaining(outcomes::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(outcomes).hasSize(1);
    return outcomes.get(0);
  }
}
