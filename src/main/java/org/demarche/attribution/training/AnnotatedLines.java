package org.demarche.attribution.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.demarche.DemarcheException;
import org.demarche.attribution.training.AnnotatedArticle.Attribution;
import org.demarche.text.CleanText;
import org.demarche.text.Span;

/**
 * Reads a file of annotated articles, one JSON object per line: {@code {"id": "storm", "text": "…",
 * "attributions": [{"content": [[120, 180], [200, 240]], "cue": [[181, 185]], "source": [[186,
 * 199]]}]}}. Each part is a list of pieces, each with its start and end; offsets count UTF-16 code
 * units of the text, as everywhere in Demarche's tables. Cue and source can be left out. Articles
 * are read in their {@link CleanText}.
 */
public final class AnnotatedLines {

  private static final ObjectReader LINE = JsonMapper.builder().build().readerFor(Line.class);

  private record Line(String id, String text, List<Parts> attributions) {}

  private record Parts(List<int[]> content, List<int[]> cue, List<int[]> source) {}

  private AnnotatedLines() {}

  /**
   * Returns the articles in the order of the file.
   *
   * @throws DemarcheException if a line is damaged; the message names file, line and fault
   */
  public static List<AnnotatedArticle> read(Path file) throws IOException {
    List<AnnotatedArticle> articles = new ArrayList<>();
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          articles.add(article(LINE.readValue(line), number));
        }
      }
    } catch (CharacterCodingException e) {
      throw damaged(file, number + 1, "it is not UTF-8");
    } catch (MismatchedInputException e) {
      throw damaged(file, number, mismatch(e));
    } catch (JsonProcessingException e) {
      throw damaged(file, number, e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw damaged(file, number, e.getMessage());
    }
    return articles;
  }

  private static AnnotatedArticle article(Line line, int number) {
    if (line == null || line.text() == null || line.attributions() == null) {
      throw new IllegalArgumentException("it needs the fields text and attributions");
    }
    CleanText clean = CleanText.of(line.text());
    List<Attribution> attributions = new ArrayList<>();
    for (Parts parts : line.attributions()) {
      if (parts == null || parts.content() == null || parts.content().isEmpty()) {
        throw new IllegalArgumentException("one of its attributions has no content");
      }
      List<Span> content = spans("content", parts.content(), clean, line.text());
      if (!content.isEmpty()) {
        attributions.add(
            new Attribution(
                content,
                spans("cue", parts.cue(), clean, line.text()),
                spans("source", parts.source(), clean, line.text())));
      }
    }
    String name = Optional.ofNullable(line.id()).orElse("line " + number);
    return new AnnotatedArticle(name, clean.text(), attributions);
  }

  private static List<Span> spans(String part, List<int[]> pieces, CleanText clean, String text) {
    List<Span> spans = new ArrayList<>();
    for (int[] piece : pieces == null ? List.<int[]>of() : pieces) {
      if (piece == null
          || piece.length != 2
          || piece[0] < 0
          || piece[0] >= piece[1]
          || piece[1] > text.length()) {
        throw new IllegalArgumentException(
            "a piece of its %s is no start and end in a text of %,d characters"
                .formatted(part, text.length()));
      }
      clean.clean(new Span(piece[0], piece[1])).ifPresent(spans::add);
    }
    return spans;
  }

  /** Returns what is wrong with a value, by the name of its field. */
  private static String mismatch(MismatchedInputException e) {
    List<String> fields =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(Objects::nonNull)
            .toList();
    String field = fields.isEmpty() ? "" : fields.get(fields.size() - 1);
    if (e instanceof UnrecognizedPropertyException) {
      return "it has a field \"%s\", but only id, text and attributions are known, and in these content, cue and source"
          .formatted(field);
    }
    return switch (field) {
      case "content", "cue", "source" ->
          "%s must be a list of pieces, each with its start and end: [[0, 10], [23, 35]]"
              .formatted(field);
      case "attributions" -> "attributions must be a list of objects";
      default -> e.getOriginalMessage();
    };
  }

  private static DemarcheException damaged(Path file, int number, String why) {
    return DemarcheException.inputMissing(
        "%s, line %d is no annotated article: %s".formatted(file, number, why));
  }
}
