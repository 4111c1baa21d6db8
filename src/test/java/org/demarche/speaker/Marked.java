package org.demarche.speaker;

import java.util.ArrayList;
import java.util.List;
import org.demarche.attribution.Statement;
import org.demarche.attribution.StatementKind;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Article;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;

/** A small article in whose text the sources stand between square brackets. */
final class Marked {

  private Marked() {}

  /** Returns whom the sources mean, in order. */
  static List<Speaker> speakers(String marked) {
    StringBuilder text = new StringBuilder();
    List<Statement> statements = new ArrayList<>();
    int open = -1;
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c == '[') {
        open = text.length();
      } else if (c == ']') {
        Span source = new Span(open, text.length());
        statements.add(
            new Statement(
                StatementKind.INDIRECT, List.of(new Span(0, 1)), null, source, "marked", 1));
      } else {
        text.append(c);
      }
    }
    Article article = Article.of("marked", text.toString());
    return new SpeakerResolver()
        .resolve(
            new AnnotatedText(new Tokenizer().tokenize(article.text(), article.body())),
            statements);
  }

  /** Returns the names of those whom the sources mean, null for the unknown. */
  static List<String> names(String marked) {
    return speakers(marked).stream().map(Speaker::name).toList();
  }
}
