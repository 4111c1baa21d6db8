package org.demarche.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.demarche.attribution.RuleStatementFinder;
import org.demarche.attribution.StatementFinder;
import org.demarche.attribution.StatementKind;
import org.demarche.attribution.learned.LearnedStatementFinder;
import org.demarche.speaker.ExtractionBudget.Limit;
import org.demarche.text.Article;
import org.demarche.text.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementExtractorTest {

  /** Beside the checkout; its text is not ours to keep. */
  private static final Path SEED = Path.of("../shared/seed");

  private static final String SEED_NAME = "panetta-liang-2012-09-18";

  private static final Pattern EXPECTED =
      Pattern.compile(
          "\"start\": (\\d+),\\s+\"end\": (\\d+),\\s+\"content\": .*\\s+\"kind\": .*\\s+"
              + "\"speaker\": (?:\"([^\"]+)\"|null)");

  private static final SpeakerDirectory DIRECTORY =
      new SpeakerDirectory(
          List.of(
              new KnownSpeaker(
                  "tarsk",
                  "Quenby Tarsk",
                  SpeakerKind.PERSON,
                  List.of("Tarsk"),
                  "Harbour Master",
                  null,
                  null,
                  null)));

  private record Expected(Span extent, String speaker) {}

  /** The limit counts the body, and the cut is at a line break, so that no statement is halved. */
  @Test
  void readsAnArticleUpToItsBudget() {
    String paragraph = "“We want talks about pier 1,” Tom Okar said on Monday.\n";
    Article article = Article.of("a", paragraph.repeat(1_000));
    StatementExtractor.Reading reading = extractor(20 * paragraph.length() + 10).read(article);
    assertThat(reading.limit()).isEqualTo(Limit.CHARACTERS);
    assertThat(reading.fault()).isNull();
    assertThat(reading.statements()).hasSize(20);

    reading = extractor(article.text().length()).read(article);
    assertThat(reading.limit()).isNull();
    assertThat(reading.statements()).hasSize(1_000);
  }

  @Test
  void cutsAtAWordOrACharacterWhereThereIsNoLineBreak() {
    Article words = Article.of("a", "word ".repeat(100));
    assertThat(ExtractionBudget.cut(words, 12).body()).isEqualTo(new Span(0, 9));
    Article letters = Article.of("a", "x".repeat(100));
    assertThat(ExtractionBudget.cut(letters, 12).body()).isEqualTo(new Span(0, 12));
    Article pairs = Article.of("a", "\ud83d\ude00".repeat(100));
    assertThat(ExtractionBudget.cut(pairs, 11).body()).isEqualTo(new Span(0, 10));
    Article inside = letters.withBody(new Span(50, 60));
    assertThat(ExtractionBudget.cut(inside, 4).body()).isEqualTo(new Span(50, 54));
    assertThat(ExtractionBudget.cut(inside, 10)).isSameAs(inside);
  }

  /** The clock goes on by a quarter of a second each time that it is looked at. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsTheBeginningOfAnArticleThatTakesTooLong(boolean learned) {
    String paragraph = "“We want talks about pier 1,” Tom Okar said on Monday.\n";
    Article article = Article.of("a", paragraph.repeat(2_000));
    StatementFinder finder = learned ? LearnedStatementFinder.bundled() : new RuleStatementFinder();
    int inShort = ExtractionBudget.SHORT / paragraph.length();

    assertThat(read(article, finder, 600).limit()).isNull();
    assertThat(read(article, finder, 600).statements()).hasSize(2_000);
    StatementExtractor.Reading reading = read(article, finder, 20);
    assertThat(reading.limit()).isEqualTo(Limit.SECONDS);
    assertThat(reading.statements()).hasSize(inShort);
    reading = read(article, finder, 0);
    assertThat(reading.limit()).isEqualTo(Limit.SECONDS);
    assertThat(reading.statements()).isEmpty();
  }

  /** A fault must not give the parts of an article a new time each. */
  @Test
  void keepsTheTimeOfAnArticleWhoseLinesFail() {
    StatementFinder faulty =
        text -> {
          text.checkTime();
          throw new IllegalStateException("a fault");
        };
    StatementExtractor.Reading reading = read(Article.of("a", "line\n".repeat(9_000)), faulty, 1);
    assertThat(reading.limit()).isEqualTo(Limit.SECONDS);
    assertThat(reading.statements()).isEmpty();
  }

  private static StatementExtractor extractor(int maxCharacters) {
    return new StatementExtractor(
        SpeakerDirectory.EMPTY,
        new RuleStatementFinder(),
        new ExtractionBudget(maxCharacters, 3600));
  }

  private static StatementExtractor.Reading read(
      Article article, StatementFinder finder, int seconds) {
    AtomicLong clock = new AtomicLong();
    return new StatementExtractor(
            SpeakerDirectory.EMPTY,
            finder,
            new ExtractionBudget(Integer.MAX_VALUE, seconds),
            () -> clock.addAndGet(250_000_000))
        .read(article);
  }

  /** A fault that only one line of an article brings to light costs that line alone. */
  @Test
  void readsAroundALineThatShowsAFault() {
    RuleStatementFinder rules = new RuleStatementFinder();
    StatementFinder faulty =
        text -> {
          if (text.string(0, text.size()).contains("Quill")) {
            throw new IllegalStateException("a fault");
          }
          return rules.find(text);
        };
    Article article =
        Article.of(
            "a",
            """
            Ana Vidal accused Orleth of lying.

            “We want talks,” Tom Okar said.
            Quill said that nothing was decided.

            “It is late,” Vidal said.
            """);
    StatementExtractor.Reading reading =
        new StatementExtractor(SpeakerDirectory.EMPTY, faulty).read(article);
    assertThat(reading.fault()).hasMessage("a fault");
    assertThat(reading.statements())
        .extracting(credited -> credited.speaker().name())
        .containsExactly("Ana Vidal", "Tom Okar", "Vidal");
    assertThat(reading.statements())
        .allSatisfy(
            credited ->
                assertThat(article.text())
                    .contains(credited.statement().content().get(0).of(article.text())));
  }

  @Test
  void leavesOutAnArticleOfOneLineThatShowsAFault() {
    StatementFinder faulty =
        text -> {
          throw new IllegalStateException("a fault");
        };
    StatementExtractor.Reading reading =
        new StatementExtractor(SpeakerDirectory.EMPTY, faulty)
            .read(Article.of("a", "“We want talks,” Ana Vidal said."));
    assertThat(reading.statements()).isEmpty();
    assertThat(reading.fault()).hasMessage("a fault");
  }

  @Test
  void rulesOutAMinisterOfAnotherCountryByTheDirectory() {
    SpeakerDirectory ministers =
        new SpeakerDirectory(
            List.of(minister("Leonie Drago", "Ardent"), minister("Daniel Achtern", "Velland")));
    List<CreditedStatement> found =
        new StatementExtractor(ministers, new RuleStatementFinder())
            .extract(
                Article.of(
                    "a",
                    "“We are two pages from the end,” Foreign Minister Leonie Drago said. "
                        + "Daniel Achtern stood next to her.\n\n"
                        + "“She told me on the first day,” the Vellandan foreign minister said."));
    assertThat(found)
        .extracting(credited -> credited.speaker().name())
        .containsExactly("Leonie Drago", "Daniel Achtern");
  }

  private static KnownSpeaker minister(String name, String country) {
    return new KnownSpeaker(
        name, name, SpeakerKind.PERSON, List.of(), "foreign minister", null, country, null);
  }

  /** Names come out clean, and places are those of the text as delivered. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Minister Zo\u00adë Ren\u200bner arrived. “\u200bWe have the votes,” Renner\u200b said.",
        "Minister Zoë Renner arrived. &#8220;We have the votes,&#8221; Renner said.",
        "Minister Zo&euml; Renner arrived. &amp;ldquo;We have the votes,&amp;rdquo; Renner said.",
        "<p>Minister <b>Zoë</b> Renner arrived.</p><p>“We have the votes,” Renner said.</p>",
        "Minister Zo\u00c3\u00ab Renner arrived. â€œWe have the votes,â€\u009d Renner said.",
        "Minister Zoë Renner arrived. \uFFFDWe have the votes,\uFFFD Renner said."
      })
  void readsATextThatWasNotDeliveredClean(String text) {
    for (StatementFinder finder :
        List.of(new RuleStatementFinder(), LearnedStatementFinder.bundled())) {
      List<CreditedStatement> found =
          new StatementExtractor(SpeakerDirectory.EMPTY, finder).extract(Article.of("a", text));
      assertThat(found).hasSize(1);
      assertThat(found.get(0).speaker().name()).isEqualTo("Zoë Renner");
      assertThat(found.get(0).speaker().role()).isEqualTo("Minister");
      assertThat(found.get(0).statement().extent().of(text)).contains("We have the votes");
      assertThat(found.get(0).statement().cue().of(text)).isEqualTo("said");
      assertThat(found.get(0).statement().source().of(text)).isEqualTo("Renner");
    }
  }

  /** A headline quotes somebody, but is nobody's report. */
  @Test
  void findsNothingInAHeadlineAlone() {
    Article article = Article.of("a", "Minister Ana Vidal said: “We want talks.”").withBody(null);
    assertThat(new StatementExtractor(SpeakerDirectory.EMPTY).read(article).statements()).isEmpty();
  }

  @Test
  void findsNothingInABodyOfMarkup() {
    Article article =
        new Article("a", null, null, null, null, null, null, null, "<p>a", new Span(0, 3));
    assertThat(new StatementExtractor(SpeakerDirectory.EMPTY).extract(article)).isEmpty();
  }

  @Test
  void completesSpeakersFromTheDirectory() {
    StatementExtractor extractor = new StatementExtractor(DIRECTORY, new RuleStatementFinder());

    List<CreditedStatement> found =
        extractor.extract(Article.of("a", "“The port will stay open,” Mr. Tarsk said on Monday."));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).statement().kind()).isEqualTo(StatementKind.DIRECT);
    assertThat(found.get(0).speaker().name()).isEqualTo("Quenby Tarsk");
    assertThat(found.get(0).speaker().role()).isEqualTo("Harbour Master");
  }

  @Test
  void findsNothingInAnArticleWithoutWords() {
    StatementExtractor extractor = new StatementExtractor(DIRECTORY, new RuleStatementFinder());

    assertThat(extractor.extract(Article.of("a", " \n\t"))).isEmpty();
    assertThat(extractor.extract(Article.of("a", "”’ — ( , \uD83D\uDE00 […]"))).isEmpty();
  }

  @Test
  void creditsTheStatementsOfTheSeedArticle() throws IOException {
    Path text = SEED.resolve(SEED_NAME + ".txt");
    assumeTrue(Files.exists(text), () -> "The seed article is not at " + text);
    StatementExtractor extractor =
        new StatementExtractor(SpeakerDirectory.EMPTY, new RuleStatementFinder());

    List<CreditedStatement> found =
        extractor.extract(Article.of(SEED_NAME, Files.readString(text)));

    List<Expected> expected =
        expected(Files.readString(SEED.resolve(SEED_NAME + ".expected.json")));
    assertThat(expected).hasSize(19);
    long right = expected.stream().filter(gold -> isCredited(gold, found)).count();
    assertThat(right).isGreaterThanOrEqualTo(16);
  }

  private static List<Expected> expected(String json) {
    List<Expected> expected = new ArrayList<>();
    Matcher entry = EXPECTED.matcher(json);
    while (entry.find()) {
      Span extent = new Span(Integer.parseInt(entry.group(1)), Integer.parseInt(entry.group(2)));
      expected.add(new Expected(extent, entry.group(3)));
    }
    return expected;
  }

  /**
   * Whether the statement with the closest piece has the right speaker; null stands for a
   * description. Where a content ends is the finder's affair and not judged here.
   */
  private static boolean isCredited(Expected gold, List<CreditedStatement> found) {
    CreditedStatement closest = null;
    double best = 0;
    for (CreditedStatement credited : found) {
      List<Span> pieces = new ArrayList<>(credited.statement().content());
      pieces.add(credited.statement().extent());
      for (Span piece : pieces) {
        double overlap = overlap(gold.extent(), piece);
        if (overlap > best) {
          best = overlap;
          closest = credited;
        }
      }
    }
    if (closest == null) {
      return false;
    }
    return gold.speaker() == null
        ? closest.speaker().kind() == SpeakerKind.GROUP
        : gold.speaker().equals(closest.speaker().name());
  }

  /** The Jaccard index of two spans. */
  private static double overlap(Span a, Span b) {
    int shared = Math.min(a.end(), b.end()) - Math.max(a.start(), b.start());
    int all = Math.max(a.end(), b.end()) - Math.min(a.start(), b.start());
    return Math.max(0, shared) / (double) all;
  }
}
