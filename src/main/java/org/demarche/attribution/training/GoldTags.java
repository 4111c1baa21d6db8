package org.demarche.attribution.training;

import java.util.Comparator;
import java.util.List;
import org.demarche.attribution.learned.Tag;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Span;
import org.demarche.text.Tokens;

/** Turns the attributions that people marked into one tag for each token. */
final class GoldTags {

  private final Tokens tokens;
  private final byte[] tags;

  private GoldTags(Tokens tokens) {
    this.tokens = tokens;
    tags = new byte[tokens.size()];
  }

  static TaggedArticle of(AnnotatedArticle article) {
    AnnotatedText text = article.annotatedText();
    GoldTags gold = new GoldTags(text.tokens());
    // The longest first: of nested attributions the outer one counts.
    article.attributions().stream()
        .sorted(Comparator.comparingInt(attribution -> -attribution.extent().length()))
        .filter(attribution -> gold.isFree(attribution.content()))
        .forEach(gold::mark);
    return new TaggedArticle(text, gold.tags);
  }

  /** Returns the token after the last that the span touches. */
  private int limit(Span span) {
    int last = tokens.at(span.end() - 1);
    return last < tokens.size() && tokens.start(last) < span.end() ? last + 1 : last;
  }

  /** Returns whether at least half of the tokens have no tag. */
  private boolean isFree(List<Span> content) {
    int free = 0;
    int all = 0;
    for (Span span : content) {
      for (int i = tokens.at(span.start()); i < limit(span); i++) {
        all++;
        free += tags[i] == 0 ? 1 : 0;
      }
    }
    return free * 2 >= all;
  }

  private void mark(AnnotatedArticle.Attribution attribution) {
    mark(attribution.content(), Tag.CONTENT_BEGIN, Tag.CONTENT_INSIDE, Tag.CONTENT_RESUMED);
    mark(attribution.cue(), Tag.CUE_BEGIN, Tag.CUE_INSIDE, Tag.CUE_BEGIN);
    mark(attribution.source(), Tag.SOURCE_BEGIN, Tag.SOURCE_INSIDE, Tag.SOURCE_BEGIN);
  }

  private void mark(List<Span> pieces, Tag begin, Tag inside, Tag later) {
    Tag next = begin;
    int previous = -1;
    for (Span piece : pieces) {
      for (int i = tokens.at(piece.start()); i < limit(piece); i++) {
        if (tags[i] != 0) {
          continue;
        }
        boolean goesOn = previous >= 0 && previous == i - 1 && !opensParagraph(i);
        tags[i] = (byte) (goesOn ? inside : next).ordinal();
        next = later;
        previous = i;
      }
    }
  }

  private boolean opensParagraph(int token) {
    return tokens.paragraphStart(tokens.paragraph(token)) == token;
  }
}
