package org.demarche.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.demarche.pipeline.ReportQueries.LeftOut;
import org.demarche.pipeline.ReportQueries.Part;
import org.demarche.stance.Scale;
import org.demarche.warehouse.SpeakerLabelTable.SpeakerLabelRow;
import org.demarche.warehouse.SpeakerScoreTable.SpeakerScoreRow;

/**
 * What a report shows, as plain rows: nobody who renders it needs Spark. The rows are those of the
 * tables of the same name, restricted by whoever fills them to what one page can hold.
 *
 * @param title heading of the report
 * @param run what was read, by what
 * @param scales scales in the order to offer them; the first is shown first
 * @param targets targets in the order to offer them; the first is shown first
 * @param speakers every speaker that a row below names
 * @param scores scores of any windows
 * @param leftOut how many scores of a window are not among {@code scores}; none where all are
 * @param shares shares of labels of any windows
 * @param statements statements behind the scores, with their labels
 * @param tintings of scales whose models can tell which words pulled where, or why they cannot
 */
public record ReportData(
    String title,
    Run run,
    List<Scale> scales,
    List<TargetName> targets,
    List<SpeakerName> speakers,
    List<SpeakerScoreRow> scores,
    List<LeftOut> leftOut,
    List<SpeakerLabelRow> shares,
    List<Evidence> statements,
    List<Tinting> tintings) {

  public ReportData {
    scales = List.copyOf(scales);
    targets = List.copyOf(targets);
    speakers = List.copyOf(speakers);
    scores = List.copyOf(scores);
    leftOut = List.copyOf(leftOut);
    shares = List.copyOf(shares);
    statements = List.copyOf(statements);
    tintings = List.copyOf(tintings);
  }

  /**
   * What was read, by what.
   *
   * @param id names the run
   * @param articles articles accepted
   * @param reprints how many of them are reprints
   * @param rejects records rejected
   * @param statements statements found
   * @param distinctStatements those that differ
   * @param credits whose the statements are
   * @param first day of the first article, or null
   * @param last day of the last article, or null
   * @param models a line about each model: its scale, id and how well it does
   * @param lowN scores from fewer distinct statements are marked
   */
  public record Run(
      String id,
      long articles,
      long reprints,
      long rejects,
      long statements,
      long distinctStatements,
      Credits credits,
      LocalDate first,
      LocalDate last,
      List<String> models,
      long lowN) {

    public Run {
      models = List.copyOf(models);
    }
  }

  /**
   * Whose the statements are: those of speakers who have a score, and those left out of the scores.
   * The statements of all parts together are all statements.
   *
   * @param speakers speakers who have a score
   * @param statements statements of these
   * @param groups groups that are described and not named, such as "two ministers"
   * @param groupStatements statements of these
   * @param unnamed statements of sources without a name, such as "an official"
   * @param unknown statements of whom nobody was found to credit
   * @param pending statements of speakers who could have a score and have none yet
   */
  public record Credits(
      long speakers,
      long statements,
      long groups,
      long groupStatements,
      long unnamed,
      long unknown,
      long pending) {

    /**
     * Counts the statements by whose they are.
     *
     * @param speakers speakers with a score: who is of two kinds in two articles is still one
     */
    static Credits of(long speakers, List<Part> parts) {
      return new Credits(
          speakers,
          statements(parts, Part::scored),
          parts.stream()
              .filter(part -> !part.scored() && part.speakerKind().equals("group"))
              .mapToLong(Part::speakers)
              .sum(),
          withoutScore(parts, "group"),
          withoutScore(parts, "unnamed"),
          withoutScore(parts, "unknown"),
          withoutScore(parts, "person") + withoutScore(parts, "organization"));
    }

    private static long withoutScore(List<Part> parts, String kind) {
      return statements(parts, part -> !part.scored() && part.speakerKind().equals(kind));
    }

    private static long statements(List<Part> parts, Predicate<Part> which) {
      return parts.stream().filter(which).mapToLong(Part::statements).sum();
    }

    /** Returns who is left out of the scores, a phrase each; none where nobody is. */
    List<String> leftOut() {
      List<String> phrases = new ArrayList<>();
      if (groupStatements > 0) {
        phrases.add(
            "%,d by %,d unnamed %s"
                .formatted(groupStatements, groups, groups == 1 ? "group" : "groups"));
      }
      if (unnamed > 0) {
        phrases.add("%,d by unnamed sources".formatted(unnamed));
      }
      if (unknown > 0) {
        phrases.add("%,d by nobody known".formatted(unknown));
      }
      if (pending > 0) {
        phrases.add("%,d not scored yet".formatted(pending));
      }
      return phrases;
    }
  }

  /**
   * A target to choose.
   *
   * @param id as in the table targets
   * @param name for people to read
   */
  public record TargetName(String id, String name) {}

  /**
   * Who speaks.
   *
   * @param id as in the table speakers
   * @param name as credited
   * @param kind person, organization, group, unnamed or unknown
   * @param role title or function, or null
   * @param affiliation body or country of the role, or null
   */
  public record SpeakerName(String id, String name, String kind, String role, String affiliation) {}

  /**
   * A distinct statement, as it was first printed.
   *
   * @param speaker id of whom it is credited to
   * @param date day of publication, or null
   * @param outlet outlet, or null
   * @param url where the article was published, or null
   * @param title headline of the article, or null
   * @param article id of the article
   * @param start offset of the content in the article's text, in UTF-16 code units
   * @param end offset after the content
   * @param kind direct, indirect or mixed
   * @param text the content word for word
   * @param cue the attributing words, or null
   * @param source the words that name who spoke, or null
   * @param repeats how often it was printed beside this
   * @param judgements what models make of it
   * @param tints which way its words pull, a tint a scale or fewer
   */
  public record Evidence(
      String speaker,
      LocalDate date,
      String outlet,
      String url,
      String title,
      String article,
      long start,
      long end,
      String kind,
      String text,
      String cue,
      String source,
      long repeats,
      List<Judgement> judgements,
      List<Tint> tints) {

    public Evidence {
      judgements = List.copyOf(judgements);
      tints = List.copyOf(tints);
    }

    /** Returns what was made of it on one scale and target, if anything. */
    public Optional<Judgement> on(String scale, String target) {
      return judgements.stream()
          .filter(j -> j.scale().equals(scale) && j.target().equals(target))
          .findFirst();
    }
  }

  /**
   * A model's label of a statement: an interpretation, not a fact.
   *
   * @param confidence probability of the label, 0 to 1
   * @param position expected value on the scale
   */
  public record Judgement(
      String scale, String target, String label, double confidence, double position) {}

  /**
   * Whether the words of statements are tinted on a scale.
   *
   * @param drawn whether any are
   * @param note what the numbers are or, where nothing is drawn, why; a sentence
   */
  public record Tinting(String scale, boolean drawn, String note) {}

  /**
   * Which way the words of a statement pull on a scale.
   *
   * @param target the target towards which they do, or null where it makes no difference
   * @param pulls of the text, in reading order and none over another; words that hardly pull are
   *     left out
   * @param creditPulls of source and cue, which are shown one after the other with a space between
   */
  public record Tint(String scale, String target, List<Pull> pulls, List<Pull> creditPulls) {

    public Tint {
      pulls = List.copyOf(pulls);
      creditPulls = List.copyOf(creditPulls);
      for (List<Pull> each : List.of(pulls, creditPulls)) {
        int end = 0;
        for (Pull pull : each) {
          if (pull.start() < end || pull.end() <= pull.start()) {
            throw new IllegalArgumentException("Pulls must follow one another, but were " + each);
          }
          end = pull.end();
        }
      }
    }
  }

  /**
   * How a word pulls.
   *
   * @param start offset of the word in the text or credit, in UTF-16 code units
   * @param end offset after the word
   * @param value what it adds to the log-odds of the scale's high end against its low end
   */
  public record Pull(int start, int end, double value) {}
}
