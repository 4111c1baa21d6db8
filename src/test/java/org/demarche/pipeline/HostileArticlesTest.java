package org.demarche.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.demarche.attribution.Statement;
import org.demarche.cli.Demo;
import org.demarche.ingest.FieldNames;
import org.demarche.ingest.Outcome;
import org.demarche.ingest.RecordReader;
import org.demarche.model.ScaleModel;
import org.demarche.model.store.ModelStore;
import org.demarche.speaker.CreditedStatement;
import org.demarche.speaker.Speaker;
import org.demarche.speaker.SpeakerDirectory;
import org.demarche.speaker.SpeakerIds;
import org.demarche.speaker.StatementExtractor;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.StatementPassage;
import org.demarche.text.Article;
import org.demarche.text.Span;
import org.demarche.warehouse.RecordTable.RecordRow;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.StatementTable.StatementRow;
import org.junit.jupiter.api.Test;

/**
 * Articles damaged in every way that a scraper, an encoding or a bored editor can damage them:
 * every one must yield statements in order, whose places lie in its text and whose speakers are
 * named if anybody is, and none may fail.
 *
 * <p>{@code -Dfuzz.articles=1000000} tries more than a build has time for; {@code -Dfuzz.seed=N}
 * tries others. A failure names the seed of the one article that shows it.
 */
class HostileArticlesTest {

  private static final int ARTICLES = Integer.getInteger("fuzz.articles", 20_000);
  private static final long SEED = Long.getLong("fuzz.seed", 2031);

  /** An article of this many characters is damaged in many places and still read in a moment. */
  private static final int LENGTH = 500;

  /**
   * Letters whose lower case or bare form is longer or shorter than they are, marks that pair, and
   * characters that are no text at all.
   */
  private static final String[] PIECES = {
    "ß",
    "ẞ",
    "Æ",
    "æ",
    "ø",
    "Œ",
    "ﬁ",
    "ŉ",
    "İ",
    "ı",
    "ǅ",
    "Ⱥ",
    "é",
    "e\u0301",
    "\u0301",
    "Å",
    "ñ",
    "ΐ",
    "Σ",
    "ς",
    "Ω",
    "ж",
    "中",
    "한",
    "ا",
    "א",
    "\ud83d\ude00",
    "\ud83d",
    "\ude00",
    "\u0000",
    "\ufeff",
    "\u200b",
    "\u200d",
    "\u00ad",
    "\u00a0",
    "\u2028",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "''",
    "``",
    "«",
    "»",
    "„",
    ",",
    ".",
    "…",
    "-",
    "—",
    "–",
    ":",
    ";",
    "(",
    ")",
    "[",
    "]",
    "?",
    "!",
    "/",
    "&",
    "&quot;",
    "&#8217;",
    "&amp;ldquo;",
    "&nbsp;",
    "&#128512;",
    "&#xD83D;",
    "&lt;p&gt;",
    "<p>",
    "</p>",
    "<br/>",
    "<a href=\"x\">",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "â€œ",
    "â€",
    "Ã«",
    "Â\u00a0",
    "Â ",
    "ðŸ˜€",
    "\ufffd",
    "\u2060",
    "\u200e",
    "@",
    "'s",
    "’s",
    "s’",
    "n't",
    "Mr.",
    "Dr ",
    "said",
    " said ",
    " he ",
    " she ",
    " they ",
    "according to ",
    "the ",
    "of ",
    " and ",
    "Strauß",
    "Straußian",
    "Æthelia",
    "Æthelian",
    "Æthelians",
    "Brïtland",
    "Brïtlandans",
    "Søndan",
    "İstan",
    "İstanian",
    "ŉamian",
    "the Straußians",
    "Straußland’s minister",
    "Straußlandan boats",
    "VELMORA",
    "MOOR: ",
    "KARSHOLT — ",
    "Q: ",
    "A: ",
    "al-Thani",
    "Jun-ho",
    "Ǆiv-ho",
    "ẞ-led",
    "U.N.",
    "AT&T",
    "3",
    "1.5",
    "$",
    "€",
    "%",
    "aa",
    "A",
    "a"
  };

  @Test
  void areReadWithoutAFault() throws IOException {
    List<String> texts = texts();
    List<String> faults =
        IntStream.range(0, ARTICLES)
            .parallel()
            .mapToObj(i -> fault(texts, SEED * 1_000_003 + i))
            .filter(fault -> fault != null)
            .limit(20)
            .toList();
    assertThat(faults).isEmpty();
  }

  @Test
  void areReadTheSameTwice() throws IOException {
    List<String> texts = texts();
    for (int i = 0; i < 200; i++) {
      Article article = Article.of("a", damaged(texts, SEED + i));
      assertThat(extractor().extract(article)).isEqualTo(extractor().extract(article));
    }
  }

  private static StatementExtractor extractor() {
    return new StatementExtractor(SpeakerDirectory.EMPTY);
  }

  private static final ThreadLocal<StatementExtractor> EXTRACTOR =
      ThreadLocal.withInitial(HostileArticlesTest::extractor);

  private static final ThreadLocal<RecordReader> RECORDS =
      ThreadLocal.withInitial(() -> new RecordReader(FieldNames.guesses()));

  private static final ScaleModel MODEL = ModelStore.loadBundled("stance");

  /** Returns what goes wrong with the article of {@code seed}, or null. */
  private static String fault(List<String> texts, long seed) {
    String text = damaged(texts, seed);
    try {
      SpeakerIds ids = new SpeakerIds(SpeakerDirectory.EMPTY);
      Outcome outcome =
          RECORDS
              .get()
              .read(
                  Map.of("id", "a" + seed, "text", text),
                  new Outcome.Origin("f", 1),
                  List.of("id", "text"));
      RecordRow.of(outcome);
      if (!(outcome instanceof Outcome.Accepted accepted)) {
        return null; // said to be no text, in the table of rejects
      }
      Article article = accepted.article();
      Span before = null;
      for (CreditedStatement credited : EXTRACTOR.get().extract(article)) {
        Statement statement = credited.statement();
        Span extent = statement.extent();
        if (before != null && before.compareTo(extent) > 0) {
          return "seed %d: %s stands behind %s".formatted(seed, extent, before);
        }
        before = extent;
        Speaker speaker = credited.speaker();
        if (!isSaid(speaker) || statement.source() == null && speaker != Speaker.UNKNOWN) {
          return "seed %d: the speaker %s of %s".formatted(seed, speaker, statement);
        }
        List<Span> spans = new ArrayList<>(statement.content());
        Stream.of(statement.cue(), statement.source()).filter(s -> s != null).forEach(spans::add);
        for (Span span : spans) {
          if (span.start() < 0 || span.end() > text.length() || span.of(text).isBlank()) {
            return "seed %d: the place %s of %s".formatted(seed, span, statement);
          }
        }
        StatementRow row =
            StatementTable.row(article, credited, ids.id(credited.speaker(), "c"), false);
        StatementPassage passage = row.statementPassage();
        if (!passage.equals(credited.passage(article.text()))) {
          return "seed %d: the passage %s of %s".formatted(seed, passage, statement);
        }
        LabelDistribution answer = MODEL.predict(passage.whole());
        if (!(Math.abs(answer.position()) <= 1)) {
          return "seed %d: the position %s".formatted(seed, answer.position());
        }
      }
      return null;
    } catch (RuntimeException | StackOverflowError e) {
      StackTraceElement[] frames = e.getStackTrace();
      return "seed %d: %s at %s"
          .formatted(
              seed,
              e,
              Stream.of(frames)
                  .filter(frame -> frame.getClassName().startsWith("org.demarche"))
                  .limit(2)
                  .toList());
    }
  }

  /** Returns whether nothing told of a speaker is blank, and no form of the name is told twice. */
  private static boolean isSaid(Speaker speaker) {
    return Stream.concat(
                speaker.aliases().stream(), Stream.of(speaker.role(), speaker.affiliation()))
            .noneMatch(told -> told != null && told.isBlank())
        && Set.copyOf(speaker.aliases()).size() == speaker.aliases().size()
        && speaker.aliases().stream().noneMatch(alias -> alias.equals(speaker.name()));
  }

  /** Cuts a piece out of an article and damages it in up to 40 places. */
  private static String damaged(List<String> texts, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String whole = texts.get(random.nextInt(texts.size()));
    int from = random.nextInt(Math.max(1, whole.length() - LENGTH));
    StringBuilder text =
        new StringBuilder(whole.substring(from, Math.min(whole.length(), from + LENGTH)));
    for (int n = random.nextInt(1, 40); n > 0; n--) {
      damage(text, random);
    }
    return text.toString();
  }

  private static void damage(StringBuilder text, SplittableRandom random) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(1, 60));
    switch (random.nextInt(7)) {
      case 0, 1, 2 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
      case 3 -> text.delete(at, end);
      case 4 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
      case 5 -> {
        int next = Math.min(text.length(), at + 1);
        text.replace(at, next, PIECES[random.nextInt(PIECES.length)]);
      }
      default -> putForAWord(text, at, PIECES[random.nextInt(PIECES.length)]);
    }
    if (text.length() == 0) {
      text.append('.');
    }
  }

  /** Puts {@code piece} in the place of the word at {@code at}. */
  private static void putForAWord(StringBuilder text, int at, String piece) {
    int from = at;
    while (from > 0 && Character.isLetter(text.charAt(from - 1))) {
      from--;
    }
    int to = at;
    while (to < text.length() && Character.isLetter(text.charAt(to))) {
      to++;
    }
    text.replace(from, to, piece);
  }

  /** The golden articles and those of the demo. */
  private static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        texts.add(Files.readString(file));
      }
    }
    try (InputStream in = Demo.class.getResourceAsStream("/org/demarche/demo/articles.jsonl")) {
      ObjectMapper json = new ObjectMapper();
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        Map<?, ?> article = json.readValue(line, LinkedHashMap.class);
        texts.add((String) article.get("text"));
      }
    }
    return texts;
  }
}
