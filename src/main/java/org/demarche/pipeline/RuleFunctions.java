package org.demarche.pipeline;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF9;
import org.apache.spark.sql.types.DataTypes;
import org.demarche.score.Window;
import org.demarche.text.Sha256;
import org.demarche.text.Span;

/** The functions of {@link WarehouseRules} that SQL lacks. Offsets are in UTF-16 code units. */
final class RuleFunctions {

  private RuleFunctions() {}

  /** Makes the functions known in {@code session}. */
  static void register(SparkSession session) {
    UDF1<String, Integer> utf16 = text -> text == null ? null : text.length();
    UDF1<String, String> contentId = text -> text == null ? null : Sha256.id(text);
    UDF3<String, LocalDate, LocalDate, Boolean> isWindow = RuleFunctions::isWindow;
    UDF9<String, String, String, Long, String, Long, String, Long, String, String> misquoted =
        RuleFunctions::misquoted;
    session.udf().register("utf16", utf16, DataTypes.IntegerType);
    session.udf().register("content_id", contentId, DataTypes.StringType);
    session.udf().register("is_window", isWindow, DataTypes.BooleanType);
    session.udf().register("misquoted", misquoted, DataTypes.StringType);
  }

  /** Returns whether a window of that kind has that first and last day. */
  static boolean isWindow(String kind, LocalDate start, LocalDate end) {
    try {
      Window.Kind of = Window.Kind.of(kind);
      return (start == null ? Window.ALL : Window.of(of, start)).equals(new Window(of, start, end));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Returns which words of a statement are not in the article where the statement says; null if all
   * are. Null words are passed over.
   */
  static String misquoted(
      String article,
      String fragments,
      String text,
      Long passageStart,
      String passage,
      Long cueStart,
      String cue,
      Long sourceStart,
      String source) {
    if (text == null || fragments == null) {
      return null; // the rule of the values tells
    }
    if (!text.equals(pieces(article, fragments))) {
      return "the text is not at %s of the article".formatted(fragments);
    }
    List<Placed> placed =
        List.of(
            new Placed("passage", passageStart, passage),
            new Placed("cue", cueStart, cue),
            new Placed("source", sourceStart, source));
    return placed.stream()
        .filter(words -> !words.isIn(article))
        .map(words -> "the %s is not at %s of the article".formatted(words.name, words.start))
        .findFirst()
        .orElse(null);
  }

  private record Placed(String name, Long start, String words) {
    boolean isIn(String article) {
      return words == null || start != null && article.startsWith(words, Math.toIntExact(start));
    }
  }

  /** Returns the pieces of {@code text} at {@code spans}; null if one is not inside the text. */
  private static String pieces(String text, String spans) {
    try {
      return Arrays.stream(spans.split(","))
          .map(span -> Span.parse(span).of(text))
          .collect(joining(" "));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }
}
