package org.demarche.attribution.training;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.attribution.training.AnnotatedArticle.Attribution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotatedFolderTest {

  @TempDir private Path folder;

  @BeforeEach
  void folders() throws IOException {
    Files.createDirectories(folder.resolve("text"));
    Files.createDirectories(folder.resolve("attributions"));
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  @Test
  void readsPiecesAsCodePoints() throws IOException {
    String text = "\uD83D\uDEA2 “We sail,” Vidal said, “on Monday.”";
    write("text/a.txt", text);
    write(
        "attributions/a_one.ann",
        "T1\tContent 2 12;25 37\tx\nT2\tSource 13 18\tVidal\nT3\tCue 19 23\tsaid\n"
            + "T4\tAttribution 19 23\tsaid\nE1\tAttribution:T4 Content:T1 Cue:T3 Source:T2\n");

    AnnotatedArticle article = AnnotatedFolder.read(folder).get(0);

    Attribution attribution = article.attributions().get(0);
    assertThat(article.name()).isEqualTo("a");
    assertThat(attribution.content())
        .extracting(span -> span.of(text))
        .containsExactly("“We sail,”", "“on Monday.”");
    assertThat(attribution.source()).extracting(span -> span.of(text)).containsExactly("Vidal");
    assertThat(attribution.cue()).extracting(span -> span.of(text)).containsExactly("said");
  }

  @Test
  void takesTheFirstAnnotator() throws IOException {
    write("text/b.txt", "Vidal said it rains.");
    write("attributions/b_two.ann", "");
    write("attributions/b_one.ann", "T1\tContent 11 19\tit rains\nE1\tAttribution:T1 Content:T1\n");
    assertThat(AnnotatedFolder.read(folder).get(0).attributions()).hasSize(1);
  }

  @Test
  void namesTheLineThatIsDamaged() throws IOException {
    write("text/c.txt", "Short.");
    write("attributions/c.ann", "T1\tContent 0 5\tShort\nE1\tAttribution Content:T1\n");
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .isInstanceOf(DemarcheException.class)
        .hasMessageContaining("c.ann, line 2");
    write("attributions/c.ann", "T1\tContent 0 500\tShort\n");
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .hasMessageEndingWith(
            "c.ann, line 1: the offset 500 lies beyond the text, which has 6 characters");
    write("attributions/c.ann", "T1\tContent 5 0\tShort\n");
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .hasMessageContaining("c.ann, line 1: Span must satisfy");
  }

  @Test
  void refusesAFolderWithoutAnAttribution() throws IOException {
    write("text/c.txt", "Short.");
    write("attributions/c.ann", "");
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("attributions marks an attribution");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .hasMessageContaining("has no .txt files");
    write("text/d.txt", "Short.");
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .hasMessageContaining("d.txt has no annotations");
    write("attributions/d.ann", "");
    write("text/d.txt", " ");
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .hasMessageContaining("d.txt has no text");
    Files.delete(folder.resolve("attributions/d.ann"));
    Files.delete(folder.resolve("attributions"));
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .hasMessageContaining("attributions is missing");
  }

  @Test
  void tellsAnArticleWithAnUnderscoreFromAnAnnotator() throws IOException {
    write("text/a.txt", "It rains, Vidal said.");
    write("text/a_b.txt", "It snows.");
    write("attributions/a_b.ann", "T1\tContent 0 8\tIt snows\nE1\tAttribution:T1 Content:T1\n");
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .hasMessageContaining("a.txt has no annotations");
    write("attributions/a_c.ann", "");
    assertThat(AnnotatedFolder.read(folder))
        .extracting(article -> article.name() + " " + article.attributions().size())
        .containsExactly("a 0", "a_b 1");
  }

  @Test
  void namesAPartThatNoLineDefines() throws IOException {
    write("text/c.txt", "Short.");
    write("attributions/c.ann", "T1\tContent 0 5\tShort\nE1\tAttribution:T9 Content:T1\n");
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("c.ann, line 2 names T9, but no line of the file begins with T9");
  }

  @Test
  void refusesAnEventAsAPart() throws IOException {
    write("text/c.txt", "Short.");
    write(
        "attributions/c.ann", "T1\tContent 0 5\tShort\nE1\tA:T1 Content:T1\nE2\tA:T1 Content:E1\n");
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("c.ann, line 3 names E1, an event: only text-bound parts (T…)");
  }

  @Test
  void namesAFileInAnotherEncoding() throws IOException {
    Files.write(folder.resolve("text/e.txt"), "Café".getBytes(ISO_8859_1));
    write("attributions/e.ann", "");
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("e.txt is not in UTF-8");
    write("text/e.txt", "Café");
    Files.write(folder.resolve("attributions/e.ann"), "#1\tcafé".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> AnnotatedFolder.read(folder))
        .hasMessageContaining("e.ann is not in UTF-8");
  }
}
