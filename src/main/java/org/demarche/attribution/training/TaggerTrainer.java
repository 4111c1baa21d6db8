package org.demarche.attribution.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.demarche.attribution.learned.TagChain;
import org.demarche.attribution.learned.Tagger;
import org.demarche.attribution.learned.TokenRows;

/**
 * Trains the tagger: it follows the gradient of the likelihood paragraph by paragraph, with steps
 * that shrink where gradients were large (Duchi, Hazan and Singer, <em>Adaptive Subgradient
 * Methods</em>, 2011), leaves out a random half of the features (dropout) each time, and averages
 * the weights of all steps.
 *
 * <p>Averages the weights of three trainings with different seeds, because the F1 of one training
 * varies by more than most features gain.
 */
final class TaggerTrainer {

  private static final int EPOCHS = 8;
  private static final int TRAININGS = 3;
  private static final float RATE = .02f;

  /** A feature must occur in this many articles, or it stays without weight. */
  private static final int FEWEST_ARTICLES = 2;

  /** Gradients below this change nothing. */
  private static final float LEAST = 1e-4f;

  private static final int TAGS = TagChain.TAGS;
  private static final int PAIRS = TAGS * TAGS;

  private final List<Example> examples;
  private final boolean[] kept;
  private final Weights weights;
  private final Weights[] transitions = new Weights[TagChain.EDGES];
  private final TagChain chain = new TagChain();
  private final SplittableRandom random;
  private final float[] pairs = new float[PAIRS];
  private int[] active = new int[0];
  private int step = 1;

  /**
   * An article to learn from.
   *
   * @param rows the features of its tokens
   * @param tags the tag of each token
   */
  record Example(TokenRows rows, byte[] tags) {}

  private TaggerTrainer(List<Example> examples, boolean[] kept, Tagger base, long seed) {
    this.examples = examples;
    this.kept = kept;
    random = new SplittableRandom(seed);
    if (base == null) {
      weights = new Weights(Tagger.ROWS * TAGS);
      Arrays.setAll(transitions, edge -> new Weights(PAIRS));
    } else {
      weights = new Weights(base.weights());
      Arrays.setAll(transitions, edge -> new Weights(base.transitions(edge)));
    }
  }

  /**
   * Returns a tagger that has learnt from the articles.
   *
   * @param base the tagger to learn on top of, or null
   */
  static Tagger train(List<TaggedArticle> articles, Tagger base) {
    CueCounts counts = new CueCounts(articles, base == null ? null : base.cues());
    List<Example> examples = new ArrayList<>();
    for (TaggedArticle article : articles) {
      // An article must not see its own cues, or the tagger would trust the lexicon too much.
      examples.add(
          new Example(new TokenRows(article.text(), counts.without(article)), article.tags()));
    }
    boolean[] kept = kept(examples, base);
    float[][] scores = new float[TagChain.EDGES][PAIRS];
    float[] weights = new float[Tagger.ROWS * TAGS];
    for (int training = 0; training < TRAININGS; training++) {
      TaggerTrainer trainer = new TaggerTrainer(examples, kept, base, training);
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        trainer.epoch();
      }
      add(trainer.weights.mean(trainer.step), weights);
      for (int edge = 0; edge < TagChain.EDGES; edge++) {
        add(trainer.transitions[edge].mean(trainer.step), scores[edge]);
      }
    }
    return Tagger.of(counts.lexicon(), scores, weights);
  }

  /** Adds the share of one training to the mean. */
  private static void add(float[] weights, float[] mean) {
    for (int i = 0; i < mean.length; i++) {
      mean[i] += weights[i] / TRAININGS;
    }
  }

  private static boolean[] kept(List<Example> examples, Tagger base) {
    int[] articles = new int[Tagger.ROWS];
    int[] last = new int[Tagger.ROWS];
    int number = 0;
    for (Example example : examples) {
      number++;
      for (int row : example.rows().all()) {
        if (last[row] != number) {
          last[row] = number;
          articles[row]++;
        }
      }
    }
    boolean[] kept = new boolean[Tagger.ROWS];
    for (int row = 0; row < kept.length; row++) {
      kept[row] = articles[row] >= FEWEST_ARTICLES || base != null && base.isUsed(row);
    }
    return kept;
  }

  private void epoch() {
    int[] order = new int[examples.size()];
    Arrays.setAll(order, i -> i);
    Shuffle.shuffle(order, random);
    for (int i : order) {
      Example example = examples.get(i);
      for (int paragraph = 0; paragraph < example.rows().paragraphs(); paragraph++) {
        learn(example, paragraph);
      }
    }
  }

  private void learn(Example example, int paragraph) {
    TokenRows rows = example.rows();
    int first = rows.first(paragraph);
    int length = rows.limit(paragraph) - first;
    if (active.length < length * TokenRows.COUNT) {
      active = new int[length * TokenRows.COUNT];
    }
    float[][] scores = new float[TagChain.EDGES][];
    Arrays.setAll(scores, edge -> transitions[edge].values);
    chain.transitions(scores);
    chain.start(length);
    for (int i = 0; i < length; i++) {
      chain.token(i, rows.edge(first + i), likelihoods(rows, first + i, i * TokenRows.COUNT));
    }
    chain.sum();
    for (int i = 0; i < length; i++) {
      step(example, first + i, i);
    }
    step++;
  }

  /**
   * Returns the likelihoods of a token's tags by a random half of its features: the active ones.
   */
  private float[] likelihoods(TokenRows rows, int token, int at) {
    float[] scores = new float[TAGS];
    for (int k = 0; k < TokenRows.COUNT; k++) {
      int row = rows.row(token, k);
      boolean takes = random.nextInt() >= 0 && kept[row];
      active[at + k] = takes ? row : -1;
      for (int tag = 0; takes && tag < TAGS; tag++) {
        scores[tag] += 2 * weights.values[row * TAGS + tag];
      }
    }
    float most = scores[0];
    for (float score : scores) {
      most = Math.max(most, score);
    }
    for (int tag = 0; tag < TAGS; tag++) {
      scores[tag] = TagChain.exp(scores[tag] - most);
    }
    return scores;
  }

  private void step(Example example, int token, int i) {
    int gold = example.tags()[token];
    for (int tag = 0; tag < TAGS; tag++) {
      float gradient = chain.marginal(i, tag) - (tag == gold ? 1 : 0);
      if (Math.abs(gradient) > LEAST) {
        for (int k = i * TokenRows.COUNT; k < (i + 1) * TokenRows.COUNT; k++) {
          if (active[k] >= 0) {
            weights.step(active[k] * TAGS + tag, gradient, RATE, step);
          }
        }
      }
    }
    if (i > 0) {
      chain.pairs(i, pairs);
      Weights edge = transitions[example.rows().edge(token)];
      int goldPair = example.tags()[token - 1] * TAGS + gold;
      for (int pair = 0; pair < PAIRS; pair++) {
        float gradient = pairs[pair] - (pair == goldPair ? 1 : 0);
        if (Math.abs(gradient) > LEAST) {
          edge.step(pair, gradient, RATE, step);
        }
      }
    }
  }
}
