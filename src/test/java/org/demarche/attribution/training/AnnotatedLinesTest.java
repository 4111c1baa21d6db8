package org.demarche.attribution.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.demarche.DemarcheException;
import org.demarche.attribution.training.AnnotatedArticle.Attribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotatedLinesTest {

  @TempDir private Path folder;

  private Path file(String lines) throws IOException {
    return Files.writeString(folder.resolve("mine.jsonl"), lines);
  }

  @Test
  void readsPiecesAsCodeUnits() throws IOException {
    String text = "\uD83D\uDEA2 “We sail,” Vidal said, “on Monday.”";
    Path file =
        file(
            """
            {"id": "a", "text": "%s", "attributions": [
             {"content": [[3, 13], [26, 38]], "cue": [[20, 24]], "source": [[14, 19]]}]}
            """
                    .formatted(text)
                    .replace("\n ", " ")
                + "\n{\"text\": \"It rained.\", \"attributions\": []}\n");

    AnnotatedArticle article = AnnotatedLines.read(file).get(0);

    Attribution attribution = article.attributions().get(0);
    assertThat(article.name()).isEqualTo("a");
    assertThat(attribution.content())
        .extracting(span -> span.of(text))
        .containsExactly("“We sail,”", "“on Monday.”");
    assertThat(attribution.source()).extracting(span -> span.of(text)).containsExactly("Vidal");
    assertThat(attribution.cue()).extracting(span -> span.of(text)).containsExactly("said");
    assertThat(AnnotatedLines.read(file)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"text\": \"Short.\"} | it needs the fields text and attributions",
        "{\"text\": \"Short.\" | Unexpected end-of-input",
        "{\"text\": \"Short.\", \"attributions\": [{\"content\": [[0, 9]]}]} | a piece of its content",
        "{\"text\": \"Short.\", \"attributions\": [{\"source\": [[4, 2]], \"content\": [[0, 1]]}]}"
            + " | a piece of its source",
        "{\"text\": \"Short.\", \"attributions\": [], \"who\": 1} | it has a field \"who\"",
        "{\"text\": \"<p> </p>\", \"attributions\": []} | its text is blank",
        "null | it needs the fields text and attributions",
        "{\"text\": \"Short.\", \"attributions\": [null]} | one of its attributions has no content",
        "{\"text\": \"Short.\", \"attributions\": [{\"cue\": [[0, 1]]}]}"
            + " | one of its attributions has no content",
        "{\"text\": \"Short.\", \"attributions\": [{\"content\": [0, 1]}]}"
            + " | content must be a list of pieces",
        "{\"text\": \"Short.\", \"attributions\": [{\"content\": [[[0, 1]]]}]}"
            + " | content must be a list of pieces",
        "{\"text\": \"Short.\", \"attributions\": {}} | attributions must be a list",
        "{\"text\": \"Short.\", \"attributions\": [{\"content\": [null]}]} | a piece of its content",
      })
  void namesTheLineAndTheFault(String line, String fault) throws IOException {
    Path file = file("\n" + line + "\n");
    assertThatThrownBy(() -> AnnotatedLines.read(file))
        .isInstanceOf(DemarcheException.class)
        .hasMessageContaining("mine.jsonl, line 2")
        .hasMessageContaining(fault);
  }

  @Test
  void namesAFileThatIsNotUtf8() throws IOException {
    Path file = folder.resolve("mine.jsonl");
    Files.write(file, "{\"text\": \"Zoë\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> AnnotatedLines.read(file)).hasMessageContaining("it is not UTF-8");
  }
}
