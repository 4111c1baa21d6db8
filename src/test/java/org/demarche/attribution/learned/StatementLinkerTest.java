package org.demarche.attribution.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;
import org.junit.jupiter.api.Test;

class StatementLinkerTest {

  private static final String TEXT = "Orla rejected the charge. \"It is safe,\" Orla said.";

  /** The tagger may take two contents for one where no token between them is outside. */
  @Test
  void partsWhatWasReportedFromTheQuotationBehindIt() {
    AnnotatedText text =
        new AnnotatedText(new Tokenizer().tokenize(TEXT, new Span(0, TEXT.length())));
    TaggedText tagged = new TaggedText(new TokenContext(text, hash -> CueShares.UNSEEN));
    int said = text.size() - 2;
    tagged.tags[0] = (byte) Tag.SOURCE_BEGIN.ordinal();
    tagged.tags[1] = (byte) Tag.CUE_BEGIN.ordinal();
    tagged.tags[2] = (byte) Tag.CONTENT_BEGIN.ordinal();
    Arrays.fill(tagged.tags, 3, said - 1, (byte) Tag.CONTENT_INSIDE.ordinal());
    tagged.tags[said - 1] = (byte) Tag.SOURCE_BEGIN.ordinal();
    tagged.tags[said] = (byte) Tag.CUE_BEGIN.ordinal();

    List<TaggedStatement> statements = StatementLinker.link(tagged);

    assertThat(statements)
        .extracting(
            statement -> text.string(statement.content().get(0).first(), statement.limit()),
            statement -> text.string(statement.cue().first(), statement.cue().limit()))
        .containsExactly(tuple("the charge.", "rejected"), tuple("\"It is safe,\"", "said"));
  }
}
