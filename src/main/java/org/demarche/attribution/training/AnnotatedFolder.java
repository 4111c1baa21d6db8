package org.demarche.attribution.training;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.demarche.DemarcheException;
import org.demarche.attribution.training.AnnotatedArticle.Attribution;
import org.demarche.text.CleanText;
import org.demarche.text.Span;

/**
 * Reads a folder of annotated articles: {@code text/NAME.txt} with {@code attributions/NAME.ann} or
 * {@code NAME_ANNOTATOR.ann} in brat's standoff format, all in UTF-8. An attribution is an event
 * with arguments {@code Content}, {@code Cue} and {@code Source}; offsets count code points of the
 * text in the file. Of several annotators the first by name counts. {@code a_b.ann} belongs to the
 * article {@code a_b} if there is one. Articles are read in their {@link CleanText}.
 */
public final class AnnotatedFolder {

  private AnnotatedFolder() {}

  /**
   * Returns the articles sorted by name.
   *
   * @throws DemarcheException if the folder lacks articles or an annotation is damaged; the message
   *     names file and line
   */
  public static List<AnnotatedArticle> read(Path folder) throws IOException {
    Path texts = folder.resolve("text");
    Path annotations = folder.resolve("attributions");
    for (Path part : List.of(texts, annotations)) {
      if (!Files.isDirectory(part)) {
        throw DemarcheException.inputMissing(
            "%s is missing: a folder of annotated articles has text/NAME.txt and attributions/NAME.ann"
                .formatted(part));
      }
    }
    Map<String, Path> byName = new TreeMap<>();
    files(texts, ".txt").forEach(file -> byName.put(name(file), file));
    if (byName.isEmpty()) {
      throw DemarcheException.inputMissing("%s has no .txt files".formatted(texts));
    }
    Map<String, Path> annotationOf = new HashMap<>();
    for (Path file : files(annotations, ".ann")) {
      String name = name(file);
      // "a_b" is the article a_b if there is one, and else the article a by the annotator b.
      String article =
          byName.containsKey(name) || !name.contains("_")
              ? name
              : name.substring(0, name.lastIndexOf('_'));
      annotationOf.putIfAbsent(article, file);
    }
    List<AnnotatedArticle> articles = new ArrayList<>();
    for (Map.Entry<String, Path> entry : byName.entrySet()) {
      String name = entry.getKey();
      Path file = entry.getValue();
      if (!annotationOf.containsKey(name)) {
        throw DemarcheException.inputMissing(
            "%s has no annotations: write %s.ann".formatted(file, annotations.resolve(name)));
      }
      String text = content(file);
      if (CleanText.of(text).text().isBlank()) {
        throw DemarcheException.inputMissing("%s has no text".formatted(file));
      }
      articles.add(article(name, text, annotationOf.get(name)));
    }
    if (articles.stream().allMatch(article -> article.attributions().isEmpty())) {
      throw DemarcheException.inputMissing(
          "no file in %s marks an attribution, an event with Content, Cue and Source"
              .formatted(annotations));
    }
    return articles;
  }

  /** Returns the files of {@code folder} with the ending {@code ending}, sorted by name. */
  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static String content(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw DemarcheException.inputMissing(
          "%s is not in UTF-8: save it in this encoding".formatted(file));
    } catch (AccessDeniedException e) {
      throw DemarcheException.inputMissing("%s cannot be read: permission denied".formatted(file));
    }
  }

  private static AnnotatedArticle article(String name, String text, Path file) throws IOException {
    CleanText clean = CleanText.of(text);
    Map<String, List<Span>> parts = new HashMap<>();
    Map<Integer, String> events = new TreeMap<>();
    int number = 0;
    for (String line : content(file).lines().toList()) {
      number++;
      String[] columns = line.split("\t");
      try {
        if (line.startsWith("T")) {
          parts.put(columns[0], spans(columns[1], text, clean));
        } else if (line.startsWith("E")) {
          events.put(number, columns[1]);
        }
      } catch (IndexOutOfBoundsException | NumberFormatException e) {
        throw damaged(file, number, line);
      } catch (IllegalArgumentException e) {
        throw DemarcheException.inputMissing(
            "%s, line %d: %s".formatted(file, number, e.getMessage()));
      }
    }
    List<Attribution> attributions = new ArrayList<>();
    for (Map.Entry<Integer, String> event : events.entrySet()) {
      List<Span> content = new ArrayList<>();
      List<Span> cue = new ArrayList<>();
      List<Span> source = new ArrayList<>();
      for (String argument : event.getValue().split(" ")) {
        int colon = argument.indexOf(':');
        if (colon < 0) {
          throw damaged(file, event.getKey(), event.getValue());
        }
        String part = argument.substring(colon + 1);
        List<Span> spans = parts.get(part);
        if (spans == null && part.startsWith("E")) {
          throw DemarcheException.inputMissing(
              "%s, line %d names %s, an event: only text-bound parts (T…) can be arguments"
                  .formatted(file, event.getKey(), part));
        }
        if (spans == null) {
          throw DemarcheException.inputMissing(
              "%s, line %d names %s, but no line of the file begins with %s: add it, or correct the event"
                  .formatted(file, event.getKey(), part, part));
        }
        if (argument.startsWith("Content")) {
          content.addAll(spans);
        } else if (argument.startsWith("Cue")) {
          cue.addAll(spans);
        } else if (argument.startsWith("Source")) {
          source.addAll(spans);
        }
      }
      if (!content.isEmpty()) {
        attributions.add(new Attribution(content, cue, source));
      }
    }
    return new AnnotatedArticle(name, clean.text(), attributions);
  }

  /** Reads {@code Content 10 16;18 23}. */
  private static List<Span> spans(String column, String text, CleanText clean) {
    List<Span> spans = new ArrayList<>();
    for (String piece : column.substring(column.indexOf(' ') + 1).split(";")) {
      String[] ends = piece.strip().split(" ");
      Span place = new Span(offset(ends[0], text), offset(ends[1], text));
      clean.clean(place).ifPresent(spans::add);
    }
    return spans;
  }

  private static int offset(String codePoints, String text) {
    int offset = Integer.parseInt(codePoints);
    int length = text.codePointCount(0, text.length());
    if (offset > length) {
      throw new IllegalArgumentException(
          "the offset %d lies beyond the text, which has %d characters".formatted(offset, length));
    }
    return text.offsetByCodePoints(0, offset);
  }

  private static DemarcheException damaged(Path file, int number, String line) {
    return DemarcheException.inputMissing(
        "%s, line %d cannot be read as brat's standoff format: %s".formatted(file, number, line));
  }
}
