package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.demarche.ingest.Fingerprint;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.text.Article;
import org.demarche.warehouse.ArticleTable.ArticleRow;
import org.demarche.warehouse.RecordTable.RecordRow;
import org.junit.jupiter.api.Test;

class ArticleTableTest {

  private static RecordRow row(Article article) {
    return RecordRow.of(
        new Accepted(new Origin("feed", 3), article, "World", null, ZoneOffset.UTC, false));
  }

  /** Two alerts with the same words are not reprints of one another. */
  @Test
  void showsThatAnArticleIsAHeadlineOnly() {
    RecordRow row = row(Article.of("a", "Ferry back at nine").withBody(null));
    assertThat(row.article().bodyStart()).isEqualTo(18);
    assertThat(row.article().bodyEnd()).isEqualTo(18);
    assertThat(row.article().article().hasBody()).isFalse();
    assertThat(Fingerprint.fromBytes(row.fingerprint())).isEqualTo(Fingerprint.NONE);
  }

  @Test
  void givesAnArticleBackAsItWas() {
    Article article = Article.of("a", "The ferry is back.");
    ArticleRow row = row(article).article();
    assertThat(row.article()).isEqualTo(article);
    assertThat(row.record()).isEqualTo(3);
  }
}
