package org.demarche.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.text.Article;
import org.junit.jupiter.api.Test;

/** NITF, NewsML and feeds as agencies and sites write them, faults included. All is invented. */
class XmlFormatsTest {

  private static final String NITF =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE nitf SYSTEM "http://127.0.0.1:1/nitf-3-2.dtd">
      <nitf>
        <head>
          <title>FERRY-2</title>
          <docdata>
            <doc-id id-string="vell.20310402.7"/>
            <date.issue norm="20310402T083000-0500"/>
            <doc.copyright holder="Vell Wire" year="2031"/>
          </docdata>
        </head>
        <body>
          <body.head>
            <hedline><hl1>Ferry &amp; harbour to reopen</hl1><hl2>Slug</hl2></hedline>
            <note><body.content><p>Editors: do not print.</p></body.content></note>
            <byline>By <person>Ada Quist</person><byttl>Harbour Writer</byttl></byline>
            <dateline><location><city>Velmora</city>, <state>OR</state></location></dateline>
          </body.head>
          <body.content>
            <media><media-caption>The ferry.</media-caption></media>
            <p>The minister, <person>Otto Bremm</person>, said it would reopen.</p>
            <p>“We are ready,” he said&nbsp;&mdash; &unknown; again.</p>
            <table><tr><td>Ferries</td><td>3</td></tr></table>
          </body.content>
          <body.end><tagline>END</tagline></body.end>
        </body>
      </nitf>
      trailing junk </nitf>
      """;

  @Test
  void readsNitf() {
    Accepted accepted = only(NITF, "a.xml");
    Article article = accepted.article();

    assertThat(article.id()).isEqualTo("vell.20310402.7");
    assertThat(article.title()).isEqualTo("Ferry & harbour to reopen");
    assertThat(article.author()).isEqualTo("Ada Quist");
    assertThat(article.dateline()).isEqualTo("Velmora, OR");
    assertThat(article.outlet()).isEqualTo("Vell Wire");
    assertThat(article.publishedAt()).isEqualTo(Instant.parse("2031-04-02T13:30:00Z"));
    assertThat(accepted.publishedSource()).isEqualTo(PublishedSource.FIELD);
    assertThat(accepted.publishedZone()).isEqualTo(ZoneOffset.ofHours(-5));
    assertThat(article.text())
        .isEqualTo(
            "The minister, Otto Bremm, said it would reopen.\n\n"
                + "“We are ready,” he said — &unknown; again.\n\nFerries 3");
  }

  @Test
  void takesTheHeadlineFromWhereItStands() {
    String misspelt = NITF.replace("hedline", "headline");
    assertThat(only(misspelt, "a.xml").article().title()).isEqualTo("Ferry & harbour to reopen");
    String without = NITF.replaceAll("<hedline>.*</hedline>", "");
    assertThat(only(without, "a.xml").article().title()).isEqualTo("FERRY-2");
  }

  @Test
  void passesOverADateThatIsAPlaceholder() {
    String file =
        NITF.replace(
            "<date.issue norm=\"20310402T083000-0500\"/>",
            "<date.issue norm=\"YYYYMMDD000000-HHMM\"/><date.release norm=\"20310403T010000Z\"/>");
    assertThat(only(file, "a.xml").article().publishedAt())
        .isEqualTo(Instant.parse("2031-04-03T01:00:00Z"));
    String none = file.replace("20310403T010000Z", "soon");
    assertThat(rejected(none).reason()).isEqualTo(Reason.MALFORMED_DATE);
  }

  @Test
  void believesTheBytesAndNotTheDeclaredEncoding() {
    String declared = NITF.replace("encoding=\"UTF-8\"", "encoding=\"iso-8859-1\"");
    String text = declared.replace("Ferries", "Fähren £5");
    Charset latin = StandardCharsets.ISO_8859_1;
    String ascii = text.replaceAll("[“”]", "'");
    for (byte[] bytes : List.of(text.getBytes(StandardCharsets.UTF_8), ascii.getBytes(latin))) {
      assertThat(((Accepted) read(bytes, "a.xml").get(0)).article().text()).contains("Fähren £5");
    }
    byte[] cyrillic =
        text.replace("iso-8859-1", "windows-1251")
            .replace("Fähren £5", "Паром")
            .getBytes(Charset.forName("windows-1251"));
    assertThat(((Accepted) read(cyrillic, "a.xml").get(0)).article().text()).contains("Паром");
  }

  @Test
  void rejectsEntitiesThatStandForEntities() {
    String bomb =
        """
        <?xml version="1.0"?>
        <!DOCTYPE nitf [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
        <nitf><body><body.content><p>&b;</p></body.content></body></nitf>
        """;
    Rejected rejected = rejected(bomb);
    assertThat(rejected.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(rejected.detail()).contains("entities");
  }

  @Test
  void loadsNothingFromOutside() {
    String file =
        """
        <?xml version="1.0"?>
        <!DOCTYPE nitf [<!ENTITY % n SYSTEM "file:///etc/passwd"> %n; <!ENTITY x SYSTEM "file:///etc/passwd">]>
        <nitf><body><body.content><p>Calm. &x;</p></body.content></body></nitf>
        """;
    assertThat(only(file, "a.xml").article().text()).isEqualTo("Calm. &x;");
  }

  @Test
  void rejectsAnItemThatTheFileCutsOff() {
    Rejected cut = rejected(NITF.substring(0, NITF.indexOf("he said&nbsp;")));
    assertThat(cut.reason()).isEqualTo(Reason.DAMAGED_FILE);
  }

  @Test
  void rejectsXmlOfAnotherKindAndAnItemThatIsTooLarge() {
    Rejected other = rejected("<?xml version=\"1.0\"?><report><p>Calm.</p></report>");
    assertThat(other.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(other.detail()).contains("<report>");
    String large = NITF.replace("Slug", "x".repeat(4000));
    List<Outcome> outcomes =
        read(large.getBytes(StandardCharsets.UTF_8), "a.xml", new Limits(2048, 300, 64));
    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  /** An invisible character is not blank as it stands, but nothing is left of it in clean text. */
  @Test
  void takesTheHeadlineWhereNothingIsLeftOfTheText() {
    String file =
        NITF.replaceFirst("(?s)<media>.*</table>", "<p>&#8203;</p>").replace("trailing junk", "");
    assertThat(only(file, "a.xml").article().hasBody()).isFalse();
    String nothing =
        file.replaceFirst("<hedline>.*</hedline>", "").replaceFirst("<title>.*</title>", "");
    assertThat(rejected(nothing).reason()).isEqualTo(Reason.EMPTY_TEXT);
  }

  private static String newsItem(String guid, String kind, String contentSet) {
    return """
        <newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="%s" version="2" xml:lang="en-GB">
          <itemMeta>
            <itemClass qcode="ninat:%s"/><provider literal="Vell Wire"/>
            <versionCreated>2031-04-02T08:30:00+02:00</versionCreated>
          </itemMeta>
          <contentMeta>
            <by>By Ann Lee</by><dateline>Ardess</dateline>
            <subject qcode="m:1"><name>politics</name></subject>
            <headline> Talks resume </headline>
          </contentMeta>
          <contentSet>%s</contentSet>
        </newsItem>
        """
        .formatted(guid, kind, contentSet);
  }

  @Test
  void readsTheTextItemsOfAMessageAndNumbersAll() {
    String html =
        "<inlineXML contenttype=\"application/xhtml+xml\"><html><head><title>t</title></head>"
            + "<body>Straight text. <p>Then a paragraph.</p><script>x()</script></body></html></inlineXML>";
    String message =
        "<newsMessage><header><sent>2031-04-02</sent></header><itemSet>"
            + "<packageItem guid=\"p\"><itemRef residref=\"a\"/></packageItem>"
            + newsItem("a", "picture", "<remoteContent href=\"a.jpg\"/>")
            + newsItem("b", "text", html)
            + newsItem(
                "c",
                "text",
                "<inlineXML>"
                    + NITF.substring(NITF.indexOf("<nitf>"), NITF.indexOf("</nitf>") + 7)
                    + "</inlineXML>")
            + newsItem("d", "text", "<inlineXML/>")
            + "</itemSet></newsMessage>";

    List<Outcome> outcomes = read(bytes(message), "m.xml");

    assertThat(outcomes).extracting(o -> o.origin().record()).containsExactly(0L, 1L, 2L, 3L);
    assertThat(((Accepted) outcomes.get(0)).article().hasBody()).isFalse();
    Accepted first = (Accepted) outcomes.get(1);
    assertThat(first.article().text()).isEqualTo("Straight text.\n\nThen a paragraph.");
    assertThat(first.article().title()).isEqualTo("Talks resume");
    assertThat(first.article().author()).isEqualTo("Ann Lee");
    assertThat(first.article().dateline()).isEqualTo("Ardess");
    assertThat(first.article().outlet()).isEqualTo("Vell Wire");
    assertThat(first.article().language()).isEqualTo("en");
    assertThat(first.article().publishedAt()).isEqualTo(Instant.parse("2031-04-02T06:30:00Z"));
    assertThat(first.section()).isEqualTo("politics");
    assertThat(((Accepted) outcomes.get(2)).article().text()).startsWith("The minister");
    assertThat(((Accepted) outcomes.get(3)).article().hasBody()).isFalse();
  }

  @Test
  void takesNoArticleFromAPackage() {
    assertThat(read(bytes("<packageItem guid=\"p\"><groupSet/></packageItem>"), "p.xml")).isEmpty();
  }

  @Test
  void readsTheFirstNewsMl() {
    String file =
        """
        <NewsML Version="1.2"><NewsEnvelope/><NewsItem xml:lang="fr">
          <Identification><PublicIdentifier>urn:vell:1</PublicIdentifier></Identification>
          <NewsManagement><ThisRevisionCreated>20310402T083000+0200</ThisRevisionCreated></NewsManagement>
          <NewsComponent>
            <NewsLines><HeadLine>Le bac</HeadLine><DateLine>Ardess</DateLine></NewsLines>
            <AdministrativeMetadata><Provider><Party FormalName="Vell Wire"/></Provider></AdministrativeMetadata>
            <ContentItem><MediaType FormalName="Text"/><DataContent><nitf><body><body.content>
              <p>Le bac est de retour.</p></body.content></body></nitf></DataContent></ContentItem>
          </NewsComponent>
        </NewsItem></NewsML>
        """;
    Article article = only(file, "a.xml").article();
    assertThat(article.id()).isEqualTo("urn:vell:1");
    assertThat(article.title()).isEqualTo("Le bac");
    assertThat(article.language()).isEqualTo("fr");
    assertThat(article.outlet()).isEqualTo("Vell Wire");
    assertThat(article.text()).isEqualTo("Le bac est de retour.");
    assertThat(article.publishedAt()).isEqualTo(Instant.parse("2031-04-02T06:30:00Z"));
  }

  @Test
  void readsRssWithItsFaults() {
    String feed =
        """

        <?xml version="1.0"?>
        <rss version="2.0"><channel><title>Harbour Herald</title><language>en-us</language>
        <link>https://herald.example/</link>
        <item><title>One</title><link>https://herald.example/1?a=1&b=2</link>
          <description>Short.</description>
          <content:encoded><![CDATA[<p>Full <b>text</b>.</p><p>More <item> of it.</p>]]></content:encoded>
          <dc:creator>Ada Quist</dc:creator><pubDate>Wed, 02 Apr 2031 08:30:00 EST</pubDate>
          <category>World</category><item/></item>
        <item><title>Two</title><description>&lt;p&gt;Escaped &amp;amp; whole.&lt;/p&gt;</description></item>
        <item><title>Three</title><description>&amp;lt;p&amp;gt;Escaped twice.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Yes.&amp;lt;/p&amp;gt;</description></item>
        <item><title>Empty</title></item>
        <item><title>Last</title><author>desk@herald.example (Bo Day)</author><description>Fine & well &nbsp;done.</description></item>
        </channel></rss> <b>junk
        """;

    List<Outcome> outcomes = read(bytes(feed), "feed");

    assertThat(outcomes).extracting(o -> o.origin().record()).containsExactly(0L, 2L, 3L, 4L, 5L);
    Accepted one = (Accepted) outcomes.get(0);
    assertThat(one.article().text()).isEqualTo("Full text.\n\nMore of it.");
    assertThat(one.article().url()).isEqualTo("https://herald.example/1?a=1&b=2");
    assertThat(one.article().author()).isEqualTo("Ada Quist");
    assertThat(one.article().outlet()).isEqualTo("Harbour Herald");
    assertThat(one.article().publishedAt()).isEqualTo(Instant.parse("2031-04-02T13:30:00Z"));
    assertThat(one.section()).isEqualTo("World");
    assertThat(((Accepted) outcomes.get(1)).article().text()).isEqualTo("Escaped & whole.");
    assertThat(((Accepted) outcomes.get(2)).article().text()).isEqualTo("Escaped twice.\n\nYes.");
    Article alone = ((Accepted) outcomes.get(3)).article();
    assertThat(alone.text()).isEqualTo("Empty");
    assertThat(alone.title()).isEqualTo("Empty");
    assertThat(alone.hasBody()).isFalse();
    assertThat(((Accepted) outcomes.get(4)).article().text()).isEqualTo("Fine & well done.");
    assertThat(((Accepted) outcomes.get(4)).article().author()).isEqualTo("Bo Day");
  }

  @Test
  void rejectsElementsThatAreNestedWithoutEnd() {
    String deep = NITF.replace("<p>The minister", "<q>".repeat(1_000_000) + "<p>The minister");
    assertThat(rejected(deep).reason()).isEqualTo(Reason.TOO_LARGE);
    for (String hidden : List.of("&lt;b>&lt;/z>", "<![CDATA[<div>]]>", "<![CDATA[<table><b>]]>")) {
      String feed = "<rss><channel><item><description>%s</description></item></channel></rss>";
      assertThat(rejected(feed.formatted(hidden.repeat(200_000))).reason())
          .as(hidden)
          .isEqualTo(Reason.TOO_LARGE);
    }
    String newsMl =
        newsItem(
            "a", "text", "<inlineData>%s</inlineData>".formatted("&lt;/a>&lt;b>".repeat(200_000)));
    assertThat(rejected(newsMl).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  /** The parser would copy all names for each element. */
  @Test
  void rejectsAnItemThatDeclaresManyNamespaces() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      names.append("<p xmlns:n%d=\"n\">".formatted(i)).append(i % 100 == 0 ? "" : "</p>");
    }
    assertThat(rejected(NITF.replace("<table>", names + "<table>")).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }

  /** What stands before the items is large, and there are many of them. */
  @Test
  void readsTheBeginningOfAFeedOnce() {
    String title = "Harbour Herald ".repeat(70_000);
    String feed =
        "<rss><channel><title>%s</title>%s</channel></rss>"
            .formatted(title, "<item><description>Calm.</description></item>".repeat(20_000));
    assertThat(read(bytes(feed), "feed")).hasSize(20_000);
  }

  /** An expression that tries each beginning with each end would not come back. */
  @Test
  void takesNoAuthorOfALineThatIsNone() {
    String feed =
        "<rss><channel><item><description>Calm.</description><author>%s</author></item></channel></rss>"
            .formatted("@".repeat(2 << 20));
    assertThat(only(feed, "feed").article().author()).isNull();
  }

  @Test
  void doesNotTakeACaptionForTheText() {
    String feed =
        """
        <rss><channel><title>Harbour Herald</title><item>
          <media:content url="a.jpg"><media:title>The ferry.</media:title></media:content>
          <media:description>The ferry in winter.</media:description><itunes:author>A voice</itunes:author>
          <title>One</title><description>The ferry is back.</description><author>Bo Day</author>
        </item></channel></rss>
        """;
    Article article = only(feed, "feed").article();
    assertThat(article.text()).isEqualTo("The ferry is back.");
    assertThat(article.author()).isEqualTo("Bo Day");
  }

  @Test
  void readsNitfWithoutTheElementsThatItShouldHave() {
    String bare =
        """
        <nitf><head><docdata><date.issue>2031-04-02T08:30:00Z</date.issue></docdata></head>
        <body><body.head><dateline>ARDESS <story.date norm="20310402">April 2</story.date></dateline></body.head>
        <p>The ferry is back.</p><body.end><p>END</p></body.end></body></nitf>
        """;
    Article article = only(bare, "a.xml").article();
    assertThat(article.text()).isEqualTo("The ferry is back.");
    assertThat(article.dateline()).isEqualTo("ARDESS");
    assertThat(article.publishedAt()).isEqualTo(Instant.parse("2031-04-02T08:30:00Z"));
  }

  @Test
  void readsPlainTextInNewsMl() {
    String plain =
        "<inlineData contenttype=\"text/plain\">\n  The ferry\n  is back.\n\n  It sails.\n</inlineData>";
    assertThat(only(newsItem("a", "text", plain), "a.xml").article().text())
        .isEqualTo("The ferry is back.\n\nIt sails.");
  }

  @Test
  void keepsWhatStandsBehindAnItemThatIsNeverClosed() {
    String feed =
        "<rss><channel><item><title>One</title><description>Open.</description>"
            + "<item><title>Two</title><description>Closed.</description></item></channel></rss>";
    assertThat(read(bytes(feed), "feed"))
        .extracting(o -> ((Accepted) o).article().text())
        .containsExactly("Open.", "Closed.");
  }

  /** A file with an item that is never closed is not one item, which could be too large. */
  @Test
  void cutsAnItemThatIsNeverClosedWhereTheNextOneBegins() {
    String item = "<item><title>One</title><description>Open.</description>";
    String feed = "<rss><channel>" + item.repeat(50) + "</item></channel></rss>";
    List<Outcome> outcomes = read(bytes(feed), "feed", new Limits(1024, 300, 64));
    assertThat(outcomes).hasSize(50).allMatch(Accepted.class::isInstance);
  }

  @Test
  void rejectsAFileThatEndsBeforeItsFirstItem() {
    String whole = "<rss><channel><title>Harbour Herald</title></channel></rss>";
    assertThat(read(bytes(whole), "feed")).isEmpty();
    Rejected cut = rejected(whole.substring(0, whole.indexOf("</channel>")));
    assertThat(cut.reason()).isEqualTo(Reason.DAMAGED_FILE);
  }

  @Test
  void leavesOutWhatABlogHasNotPublished() {
    String post =
        "<item><title>%s</title><wp:status>%s</wp:status><wp:post_type>%s</wp:post_type>"
            + "<content:encoded><![CDATA[The ferry <em>is</em> back.\n\nIt sails\nat nine.]]></content:encoded></item>";
    String feed =
        "<rss><channel>"
            + post.formatted("One", "draft", "post")
            + post.formatted("Two", "publish", "post")
            + post.formatted("Three", "inherit", "attachment")
            + "</channel></rss>";
    Article article = only(feed, "feed").article();
    assertThat(article.title()).isEqualTo("Two");
    assertThat(article.text()).isEqualTo("The ferry is back.\n\nIt sails at nine.");
  }

  @Test
  void saysThatADateIsThatOfAChange() {
    String feed =
        "<feed><entry><title>One</title><summary>Calm.</summary>%s<updated>2031-04-02T08:30:00Z</updated></entry></feed>";
    assertThat(only(feed.formatted(""), "feed").publishedSource())
        .isEqualTo(PublishedSource.CHANGE);
    assertThat(only(feed.formatted("<published>2031-04-01</published>"), "feed").publishedSource())
        .isEqualTo(PublishedSource.FIELD);
    String text = "<inlineData>Calm.</inlineData>";
    String first =
        newsItem("a", "text", text)
            .replace(
                "</versionCreated>",
                "</versionCreated><firstCreated>2031-04-02T08:30:00+02:00</firstCreated>");
    assertThat(only(first, "a.xml").publishedSource()).isEqualTo(PublishedSource.FIELD);
    assertThat(only(newsItem("a", "text", text), "a.xml").publishedSource())
        .isEqualTo(PublishedSource.CHANGE);
  }

  @Test
  void takesADateThatStandsForNoneAsNone() {
    for (String date : List.of("0001-01-01T00:00:00", "1970-01-01T00:00:00Z")) {
      String feed =
          "<feed><entry><title>One</title><summary>Calm.</summary><published>%s</published></entry></feed>"
              .formatted(date);
      assertThat(only(feed, "feed").article().publishedAt()).isNull();
    }
  }

  @Test
  void readsSeveralBylinesAndContents() {
    String file =
        NITF.replace("</byline>", "</byline><byline>By Bo Day</byline>")
            .replace(
                "</body.content>\n    <body.end>",
                "</body.content><body.content><p>It sails.</p></body.content><body.end>");
    Article article = only(file, "a.xml").article();
    assertThat(article.author()).isEqualTo("Ada Quist, Bo Day");
    assertThat(article.text()).startsWith("The minister").endsWith("It sails.");
  }

  @Test
  void printsTheMarksOfAQuotation() {
    String file = NITF.replace("“We are ready,” he", "<q>We are ready,</q> and “<q>able,</q>” he");
    assertThat(only(file, "a.xml").article().text())
        .contains("“We are ready,” and “able,” he said");
  }

  @Test
  void readsAtomUnderAPrefix() {
    String feed =
        """
        <a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:lang="en">
        <a:title>Vell Daily</a:title><a:link rel="self" href="https://vell.example/feed"/>
        <a:author><a:name>The Desk</a:name></a:author>
        <a:entry><a:id>tag:vell.example,2031:1</a:id><a:title>Calm</a:title>
          <a:link rel="replies" href="/no"/><a:link href="/calm"/>
          <a:updated>2031-04-02T08:30:00Z</a:updated><a:published>2031-04-01T08:30:00Z</a:published>
          <a:content type="xhtml"><h:div xmlns:h="http://other.example"><h:p>First.</h:p><h:p>Second.</h:p></h:div></a:content>
        </a:entry></a:feed>
        """;
    Article article = only(feed, "x.atom").article();
    assertThat(article.id()).isEqualTo("tag:vell.example,2031:1");
    assertThat(article.url()).isEqualTo("https://vell.example/calm");
    assertThat(article.author()).isEqualTo("The Desk");
    assertThat(article.outlet()).isEqualTo("Vell Daily");
    assertThat(article.text()).isEqualTo("First.\n\nSecond.");
    assertThat(article.publishedAt()).isEqualTo(Instant.parse("2031-04-01T08:30:00Z"));
  }

  private static Accepted only(String file, String name) {
    List<Outcome> outcomes = read(bytes(file), name);
    assertThat(outcomes).hasSize(1);
    return (Accepted) outcomes.get(0);
  }

  private static Rejected rejected(String file) {
    List<Outcome> outcomes = read(bytes(file), "a.xml");
    assertThat(outcomes).hasSize(1);
    return (Rejected) outcomes.get(0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Outcome> read(byte[] file, String name) {
    return read(file, name, Limits.DEFAULT);
  }

  private static List<Outcome> read(byte[] file, String name, Limits limits) {
    List<Outcome> outcomes = new ArrayList<>();
    InputOptions options = new InputOptions("auto", "auto", FieldNames.guesses(), limits);
    try (ArticleReader reader =
        ArticleReader.open(() -> new ByteArrayInputStream(file), name, options)) {
      reader.forEachRemaining(outcomes::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return outcomes;
  }
}
