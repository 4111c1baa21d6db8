package org.demarche.attribution.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.demarche.attribution.RuleStatementFinder;
import org.demarche.attribution.Statement;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.attribution.learned.LearnedStatementFinder;
import org.demarche.attribution.training.AnnotatedArticle.Attribution;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;
import org.junit.jupiter.api.Test;

class AttributionTrainerTest {

  private static final List<String> WHO =
      List.of("Vidal", "Okar", "Renner", "Quist", "Tarsk", "Stroud", "Lindqvist", "Teles");
  private static final List<String> WHAT =
      List.of("the bridge was safe", "the ferry would sail", "nobody had been asked");

  /** An article in which a verb that no rule knows credits three contents. */
  private static AnnotatedArticle article(int number) {
    StringBuilder text = new StringBuilder();
    List<Attribution> attributions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int source = text.length();
      text.append(WHO.get((number + i) % WHO.size()));
      int cue = text.length() + 1;
      text.append(" gravelled");
      int content = text.length() + 1;
      text.append(" that ").append(WHAT.get((number + i) % WHAT.size()));
      attributions.add(
          new Attribution(
              List.of(new Span(content, text.length())),
              List.of(new Span(cue, content - 1)),
              List.of(new Span(source, cue - 1))));
      text.append(". The road was wet that day.\n\n");
    }
    return new AnnotatedArticle("a" + number, text.toString(), attributions);
  }

  private static List<AnnotatedArticle> articles() {
    List<AnnotatedArticle> articles = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      articles.add(article(i));
    }
    return articles;
  }

  private static AnnotatedText annotated(String text) {
    return new AnnotatedText(new Tokenizer().tokenize(text, new Span(0, text.length())));
  }

  @Test
  void learnsAVerbThatNoRuleKnowsAndTheSameTwice() {
    AttributionTrainer trainer = new AttributionTrainer(null, line -> {});
    AttributionModel model = trainer.train(articles());
    String text = "Marlow gravelled that the mole was closed. It rained.";

    List<Statement> found = new LearnedStatementFinder(model, .3).find(annotated(text));

    assertThat(new RuleStatementFinder().find(annotated(text))).isEmpty();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).extent().of(text)).isEqualTo("that the mole was closed");
    assertThat(found.get(0).source().of(text)).isEqualTo("Marlow");
    assertThat(found.get(0).rule()).isEqualTo(LearnedStatementFinder.TAGGER);
    assertThat(trainer.train(articles()).toBytes()).isEqualTo(model.toBytes());
  }

  /** Few articles teach a new verb to a model that goes on knowing the others. */
  @Test
  void learnsOnTopOfAModel() {
    AttributionModel model =
        new AttributionTrainer(AttributionModel.bundled(), line -> {}).train(articles());
    String text =
        "Marlow gravelled that the mole was closed. It rained.\n\nVidal's belief that the mole was"
            + " closed is wrong.";

    assertThat(new LearnedStatementFinder(model, .3).find(annotated(text)))
        .extracting(statement -> statement.source().of(text))
        .containsExactly("Marlow", "Vidal");
  }

  @Test
  void judgesEachArticleByAModelThatHasNotSeenIt() {
    List<AttributionTrainer.HeldOut> held =
        new AttributionTrainer(null, line -> {}).crossValidate(articles(), .3);
    AttributionErrors errors = new AttributionErrors();
    held.forEach(one -> errors.add(one.article(), one.statements()));
    assertThat(held)
        .extracting(one -> one.article().name())
        .containsExactlyInAnyOrderElementsOf(
            articles().stream().map(AnnotatedArticle::name).toList());
    assertThat(errors.summary()).contains("24 articles, 72 attributions marked");
  }
}
