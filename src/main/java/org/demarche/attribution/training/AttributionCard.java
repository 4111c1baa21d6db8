package org.demarche.attribution.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.text.Sha256;

/**
 * Writes the card of a model of attribution: what it learnt from, how well it does, what it is for
 * and what it is not for (Mitchell et al. 2019). The card stands beside the model.
 */
public final class AttributionCard {

  private static final String TITLE = "# Model card: attribution\n";

  private static final String UNJUDGED =
      """
      It was not judged when it was trained. `demarche evaluate-attribution` judges it by annotated
      articles that it did not learn from.
      """;

  private static final String JUDGED =
      """
      Found by %d-fold cross-validation: each of the articles was read by a model that had not learnt
      from it%s, with the default minimum confidence. A content counts as found at a Jaccard index of
      0.5 or more, its source if it shares a character. Articles of another kind will be read less well.

      ```
      %s```
      """;

  private AttributionCard() {}

  /** Returns the file of the card of the model in the file {@code model}. */
  public static Path beside(Path model) {
    return model.resolveSibling(model.getFileName() + ".card.md");
  }

  /** Returns whether a file that begins with {@code head} is the card of a model of attribution. */
  public static boolean isCard(byte[] head) {
    return new String(head, UTF_8).startsWith(TITLE);
  }

  /**
   * Returns the card as Markdown.
   *
   * @param base the model that it learnt on top of, or null for the articles alone
   * @param articles the articles that it learnt from
   * @param errors what cross-validation found, or null if it was not judged
   */
  public static String of(
      AttributionModel model,
      AttributionModel base,
      List<AnnotatedArticle> articles,
      AttributionErrors errors) {
    return TITLE
        + String.format(
            Locale.ROOT,
            """

            Finds in an article who said what: the content, the cue that attributes it and the source. A
            tagger (a conditional random field) reads the article beside the rules, and an arbiter (a
            logistic regression) keeps what is probably right; model id `%s`.

            ## Made of

            * %d annotated articles with %d attributions, SHA-256 `%s`
            * %s

            ## How well it does

            %s
            ## For

            Edited news in English, of the kind that the articles are: to find statements and their sources
            in many articles, for counts, shares and means.

            ## Not for

            Judging by one statement who said something: each has a `confidence`, the estimated probability
            that content and source are right. Other languages, and texts that are not edited news, such as
            fiction or chats, were not tried.

            ## Data

            The model holds weights of hashed features and, by the hash of each word, how often it is part of
            a cue; it holds no text. Whose articles the bundled model learnt from, and who annotated them, is
            said in Demarche's `docs/attribution.md`; of another model, those who trained it know.
            """,
            model.id(),
            articles.size(),
            articles.stream().mapToInt(article -> article.attributions().size()).sum(),
            digest(articles),
            base == null
                ? "not learnt on top of another model"
                : "learnt on top of the model `%s`".formatted(base.id()),
            errors == null
                ? UNJUDGED
                : JUDGED.formatted(
                    AttributionTrainer.TEST_FOLDS,
                    base == null ? "" : ", except what the base model may have",
                    errors.summary()));
  }

  /** Returns the SHA-256 of all that training reads, in hexadecimal; order matters. */
  private static String digest(List<AnnotatedArticle> articles) {
    MessageDigest digest = Sha256.digest();
    for (AnnotatedArticle article : articles) {
      StringBuilder line = new StringBuilder(article.text());
      for (AnnotatedArticle.Attribution marked : article.attributions()) {
        line.append('\u001f').append(marked.content()).append(marked.cue()).append(marked.source());
      }
      digest.update(line.append('\u001e').toString().getBytes(UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
