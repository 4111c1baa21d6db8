package org.demarche.attribution.training;

import java.util.List;
import java.util.stream.Stream;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;

/**
 * An article whose attributions people have marked.
 *
 * @param name the name of its file
 * @param text the text, not blank
 * @param attributions in the order of the annotations
 */
public record AnnotatedArticle(String name, String text, List<Attribution> attributions) {

  public AnnotatedArticle {
    attributions = List.copyOf(attributions);
    if (text.isBlank()) {
      throw new IllegalArgumentException("its text is blank");
    }
    for (Attribution attribution : attributions) {
      Stream.of(attribution.content(), attribution.cue(), attribution.source())
          .flatMap(List::stream)
          .filter(part -> part.end() > text.length())
          .findFirst()
          .ifPresent(
              part -> {
                throw new IllegalArgumentException(
                    "%s of its attributions is outside its text of %,d characters"
                        .formatted(part, text.length()));
              });
    }
  }

  /** Returns the whole text with its tokens and what is known of each. */
  public AnnotatedText annotatedText() {
    return new AnnotatedText(new Tokenizer().tokenize(text, new Span(0, text.length())));
  }

  /**
   * What the article credits to a source.
   *
   * @param content its pieces in the order of the article, at least one
   * @param cue the pieces of the words that attribute it, empty if only the layout does
   * @param source the pieces of the words that name the source, empty if none do
   */
  public record Attribution(List<Span> content, List<Span> cue, List<Span> source) {

    public Attribution {
      content = content.stream().sorted().toList();
      cue = cue.stream().sorted().toList();
      source = source.stream().sorted().toList();
      if (content.isEmpty()) {
        throw new IllegalArgumentException("An attribution needs a content");
      }
    }

    /** Returns the content from its first character to its last. */
    public Span extent() {
      int end = content.stream().mapToInt(Span::end).max().orElseThrow();
      return new Span(content.get(0).start(), end);
    }
  }
}
