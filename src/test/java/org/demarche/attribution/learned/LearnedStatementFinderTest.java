package org.demarche.attribution.learned;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.demarche.DemarcheException;
import org.demarche.Serialized;
import org.demarche.attribution.Statement;
import org.demarche.attribution.StatementKind;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Quote;
import org.demarche.speaker.SpeakerDirectory;
import org.demarche.speaker.StatementExtractor;
import org.demarche.text.Article;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnedStatementFinderTest {

  private static final String ARTICLE =
      """
      The harbour of Vell stayed shut on Monday. It was reportedly closed for repairs, and it is \
      unclear when ships may return.

      “We have waited long enough,” Ana Vidal said. “The mole must be open by June.”

      Tom Okar, who leads the council, conceded that the work had been delayed but denied that \
      anybody had been misled. A spokesman for the port pointed to the weather.

      The paper called it “a disgrace for the whole coast”. Vidal has promised to ask for a hearing.
      """;

  private static AnnotatedText annotated(String text) {
    return new AnnotatedText(new Tokenizer().tokenize(text, new Span(0, text.length())));
  }

  private static List<Statement> find(double minConfidence) {
    return new LearnedStatementFinder(AttributionModel.bundled(), minConfidence)
        .find(annotated(ARTICLE));
  }

  private static List<String> contents(List<Statement> statements) {
    return statements.stream().map(statement -> statement.extent().of(ARTICLE)).toList();
  }

  @Test
  void findsReportedSpeechAndQuotations() {
    assertThat(contents(find(LearnedStatementFinder.MIN_CONFIDENCE)))
        .anyMatch(content -> content.startsWith("“We have waited"))
        .anyMatch(content -> content.contains("the work had been delayed"))
        .anyMatch(content -> content.contains("anybody had been misled"));
  }

  @Test
  void givesEachStatementAProbabilityAndTheNameOfItsFinder() {
    assertThat(find(LearnedStatementFinder.MIN_CONFIDENCE))
        .allSatisfy(
            statement -> {
              assertThat(statement.confidence()).isBetween(0.0, 1.0);
              assertThat(statement.rule()).isNotBlank();
            });
  }

  @Test
  void isSortedAndDoesNotOverlap() {
    List<Span> found = find(0).stream().map(Statement::extent).toList();
    assertThat(found).isNotEmpty().isSorted();
    for (int i = 1; i < found.size(); i++) {
      assertThat(found.get(i).overlaps(found.get(i - 1))).isFalse();
    }
  }

  /** The tagger takes the comma that ends "who leads the council," for a part of the source. */
  @Test
  void endsASourceBeforeTheCommaBehindIt() {
    AttributionModel model = AttributionModel.bundled();
    assertThat(new LearnedStatementFinder(model, 0.3).consider(annotated(ARTICLE)))
        .filteredOn(considered -> considered.rule() == null)
        .extracting(considered -> considered.statement().source())
        .filteredOn(Objects::nonNull)
        .extracting(source -> source.of(ARTICLE))
        .contains("Tom Okar, who leads the council")
        .noneMatch(source -> source.endsWith(","));
  }

  /** A higher minimum leaves out statements, but quotations are kept down to .1. */
  @Test
  void keepsQuotationsBelowTheMinimum() {
    List<String> all = contents(find(0.1));
    List<String> sure = contents(find(1));
    assertThat(sure.size()).isLessThan(all.size());
    assertThat(annotated(ARTICLE).quotes()).isNotEmpty();
    for (Quote quote : annotated(ARTICLE).quotes()) {
      String words = annotated(ARTICLE).string(quote.first() + 1, quote.limit() - 1);
      assertThat(sure).anyMatch(content -> content.contains(words));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, .3, .7, 1})
  void keepsOfItsCandidatesTheStatementsThatItFinds(double minConfidence) {
    LearnedStatementFinder finder =
        new LearnedStatementFinder(AttributionModel.bundled(), minConfidence);
    List<Considered> considered = finder.consider(annotated(ARTICLE));
    assertThat(considered)
        .filteredOn(candidate -> candidate.outcome().isKept())
        .extracting(Considered::statement)
        .containsExactlyInAnyOrderElementsOf(find(minConfidence));
    assertThat(considered)
        .filteredOn(candidate -> candidate.outcome() == Outcome.KEPT)
        .allSatisfy(
            kept ->
                assertThat(kept.statement().confidence()).isGreaterThanOrEqualTo(minConfidence));
  }

  @Test
  void splitsTheLogOddsOfACandidateByWhatTheyLookAt() {
    LearnedStatementFinder finder = new LearnedStatementFinder(AttributionModel.bundled(), .3);
    assertThat(finder.consider(annotated(ARTICLE)))
        .hasSizeGreaterThan(5)
        .allSatisfy(
            candidate -> {
              assertThat(candidate.logOdds()).containsOnlyKeys(Aspect.values());
              double sum =
                  candidate.logOdds().values().stream().mapToDouble(Double::doubleValue).sum();
              assertThat(1 / (1 + Math.exp(-sum)))
                  .isCloseTo(candidate.statement().confidence(), within(1e-9));
            });
  }

  @Test
  void tellsHowEachStatementWasFound() {
    AttributionModel model = AttributionModel.bundled();
    assertThat(find(.3)).isNotEmpty();
    for (Statement statement : find(.3)) {
      Finding finding = Finding.of(Article.of("a", ARTICLE), model, .3, statement);
      assertThat(finding.candidates().get(finding.winner()).statement()).isEqualTo(statement);
      assertThat(finding.sentences().contains(statement.extent())).isTrue();
      assertThat(finding.candidates())
          .filteredOn(candidate -> candidate.outcome() == Outcome.OVERLAPS)
          .allSatisfy(
              dropped ->
                  assertThat(finding.candidates())
                      .anyMatch(
                          kept ->
                              kept.outcome().isKept()
                                  && kept.statement()
                                      .extent()
                                      .overlaps(dropped.statement().extent())));
    }
    Statement improbable =
        find(0).stream().min(Comparator.comparingDouble(Statement::confidence)).orElseThrow();
    assertThat(Finding.of(Article.of("a", ARTICLE), model, .99, improbable).winner()).isEqualTo(-1);
  }

  @Test
  void tellsItOfAnArticleThatWasNotClean() {
    Article article = Article.of("a", "<p>&quot;We have waited long enough,&quot; Ana Vidal said.");
    Statement statement =
        new StatementExtractor(SpeakerDirectory.EMPTY).extract(article).get(0).statement();
    Finding finding =
        Finding.of(
            article, AttributionModel.bundled(), LearnedStatementFinder.MIN_CONFIDENCE, statement);
    assertThat(finding.candidates().get(finding.winner()).statement()).isEqualTo(statement);
    assertThat(finding.sentences().of(article.text()))
        .startsWith("&quot;We have")
        .endsWith("Ana Vidal said.");
  }

  /** The text of an article may have been delivered again since its statements were stored. */
  @Test
  void hasNoCandidatesWhereNothingIsLeftOfTheBody() {
    Article article = Article.of("a", "<b></b>");
    Statement stored =
        new Statement(StatementKind.INDIRECT, List.of(new Span(3, 7)), null, null, "old-rule", 1);
    Finding finding = Finding.of(article, AttributionModel.bundled(), .3, stored);
    assertThat(finding.candidates()).isEmpty();
    assertThat(finding.sentences()).isEqualTo(new Span(3, 7));
    assertThat(finding.winner()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-.1, 1.1, Double.NaN})
  void refusesAConfidenceThatIsNoProbability(double minConfidence) {
    assertThatThrownBy(() -> new LearnedStatementFinder(AttributionModel.bundled(), minConfidence))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be from 0 to 1, but was " + minConfidence);
  }

  @Test
  void findsNothingInNothing() {
    LearnedStatementFinder finder = new LearnedStatementFinder(AttributionModel.bundled(), .3);
    assertThat(finder.find(annotated(" \n"))).isEmpty();
    assertThat(finder.find(annotated(" \n\n ” — \n"))).isEmpty();
  }

  @Test
  void readsWhatItWrites() throws IOException, ClassNotFoundException {
    AttributionModel model = AttributionModel.bundled();
    AttributionModel read = AttributionModel.fromBytes(model.toBytes(), "copy");
    AttributionModel sent = Serialized.copyOf(model);
    AnnotatedText text = annotated(ARTICLE);
    List<Statement> found = new LearnedStatementFinder(model, .3).find(text);
    assertThat(new LearnedStatementFinder(read, .3).find(text)).isEqualTo(found);
    assertThat(new LearnedStatementFinder(sent, .3).find(text)).isEqualTo(found);
  }

  @Test
  void refusesADamagedModelByName() {
    byte[] bytes = AttributionModel.bundled().toBytes();
    byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
    byte[] other = bytes.clone();
    other[bytes.length / 2] ^= 1;
    for (byte[] damaged : List.of(half, other, new byte[0], "no model".getBytes(UTF_8))) {
      assertThatThrownBy(() -> AttributionModel.fromBytes(damaged, "mine.bin.gz"))
          .isInstanceOf(DemarcheException.class)
          .hasMessageContaining("mine.bin.gz")
          .hasMessageContaining("train-attribution")
          .hasMessageNotContaining("null");
    }
  }
}
