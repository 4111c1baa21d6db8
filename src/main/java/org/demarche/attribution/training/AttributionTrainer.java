package org.demarche.attribution.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.demarche.attribution.Statement;
import org.demarche.attribution.learned.Arbiter;
import org.demarche.attribution.learned.ArbiterExamples;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.attribution.learned.LearnedStatementFinder;
import org.demarche.attribution.learned.Tagger;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Span;

/** Trains a model of attribution, and tells by cross-validation how well it does. */
public final class AttributionTrainer {

  /** The number of folds in which the arbiter learns from articles that the tagger did not see. */
  private static final int STACKING_FOLDS = 4;

  /** The number of folds of articles in which a model is judged. */
  static final int TEST_FOLDS = 5;

  private final AttributionModel base;
  private final Consumer<String> log;

  /**
   * @param base the model to learn on top of, or null to learn from the articles alone
   * @param log takes a line for each part of the work
   */
  public AttributionTrainer(AttributionModel base, Consumer<String> log) {
    this.base = base;
    this.log = log;
  }

  private record Article(AnnotatedArticle annotated, TaggedArticle tagged) {}

  private static List<Article> prepare(List<AnnotatedArticle> articles) {
    return articles.stream().map(article -> new Article(article, GoldTags.of(article))).toList();
  }

  /** Returns the model of the articles; the same articles give the same model. */
  public AttributionModel train(List<AnnotatedArticle> articles) {
    return train(prepare(articles), "");
  }

  private AttributionModel train(List<Article> articles, String fold) {
    List<ArbiterTrainer.Example> examples = new ArrayList<>();
    for (int k = 0; k < STACKING_FOLDS; k++) {
      log.accept("%strain a tagger without part %d of %d".formatted(fold, k + 1, STACKING_FOLDS));
      Tagger tagger = tagger(part(articles, k, STACKING_FOLDS, false));
      for (Article article : part(articles, k, STACKING_FOLDS, true)) {
        examples.addAll(examples(article, tagger));
      }
    }
    log.accept("%strain the arbiter on %,d candidates".formatted(fold, examples.size()));
    Arbiter arbiter = ArbiterTrainer.train(examples, base == null ? null : base.arbiter());
    log.accept("%strain the tagger on %,d articles".formatted(fold, articles.size()));
    return AttributionModel.of(tagger(articles), arbiter);
  }

  private Tagger tagger(List<Article> articles) {
    return TaggerTrainer.train(
        articles.stream().map(Article::tagged).toList(), base == null ? null : base.tagger());
  }

  /** Returns the articles of part {@code k} of {@code n} if {@code in}, else all others. */
  private static List<Article> part(List<Article> articles, int k, int n, boolean in) {
    List<Article> part = new ArrayList<>();
    for (int i = 0; i < articles.size(); i++) {
      if (i % n == k == in) {
        part.add(articles.get(i));
      }
    }
    return part;
  }

  private static List<ArbiterTrainer.Example> examples(Article article, Tagger tagger) {
    List<ArbiterTrainer.Example> examples = new ArrayList<>();
    AnnotatedText text = article.tagged().text();
    for (ArbiterExamples.Example example : ArbiterExamples.of(text, tagger)) {
      examples.add(
          new ArbiterTrainer.Example(
              example.weights(),
              isRight(article.annotated(), example.content(), example.source())));
    }
    return examples;
  }

  private static boolean isRight(AnnotatedArticle article, Span content, Span source) {
    return article.attributions().stream()
        .anyMatch(
            attribution ->
                AttributionScore.jaccard(article.text(), attribution.extent(), content)
                        >= AttributionScore.SAME
                    && AttributionScore.isSource(source, attribution.source()));
  }

  /** What a model found in an article that it had not learnt from. */
  public record HeldOut(AnnotatedArticle article, List<Statement> statements) {}

  /** Returns what models find in articles that they have not learnt from, fold by fold. */
  public List<HeldOut> crossValidate(List<AnnotatedArticle> annotated, double minConfidence) {
    List<Article> articles = prepare(annotated);
    List<HeldOut> held = new ArrayList<>();
    for (int k = 0; k < TEST_FOLDS; k++) {
      String fold = "fold %d of %d: ".formatted(k + 1, TEST_FOLDS);
      AttributionModel model = train(part(articles, k, TEST_FOLDS, false), fold);
      LearnedStatementFinder finder = new LearnedStatementFinder(model, minConfidence);
      for (Article article : part(articles, k, TEST_FOLDS, true)) {
        held.add(new HeldOut(article.annotated(), finder.find(article.tagged().text())));
      }
    }
    return held;
  }
}
