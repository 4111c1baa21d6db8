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
 * The data of a report as plain records, so that rendering needs no Spark. They are rows of the
 * tables, limited to what one page can hold.
 *
 * @param title heading of the report
 * @param run counts and models of the run
 * @param scales scales in the order to offer them; the first is shown first
 * @param targets targets in the order to offer them; the first is shown first
 * @param speakers every speaker that the other rows refer to
 * @param scores scores of all windows
 * @param leftOut windows of which some scores are not in {@code scores}
 * @param shares shares of labels of all windows
 * @param statements statements behind the scores, with their labels
 * @param tintings for each scale, whether words are tinted, or why not
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
   * The counts and models of a run.
   *
   * @param id id of the run
   * @param articles articles accepted
   * @param reprints how many of them are reprints
   * @param rejects records rejected
   * @param statements statements found
   * @param distinctStatements distinct statements
   * @param credits to whom the statements are credited
   * @param first day of the first article, or null
   * @param last day of the last article, or null
   * @param found how the statements were found, in sentences
   * @param models one line per model with its scale, id and accuracy
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
      String found,
      List<String> models,
      long lowN) {

    public Run {
      models = List.copyOf(models);
    }
  }

  /**
   * To whom the statements are credited: to speakers with a score, or to others, who are left out
   * of the scores. The parts sum to all statements.
   *
   * @param speakers speakers who have a score
   * @param statements statements of these
   * @param groups groups that are described and not named, such as "two ministers"
   * @param groupStatements statements of these
   * @param unnamed statements of sources without a name, such as "an official"
   * @param unknown statements without a known source
   * @param pending statements of speakers who could have a score but have none yet
   * @param unasserted statements of anybody that were not said: denied, supposed, foretold or only
   *     asked for. The other parts do not count them
   */
  public record Credits(
      long speakers,
      long statements,
      long groups,
      long groupStatements,
      long unnamed,
      long unknown,
      long pending,
      long unasserted) {

    /**
     * Counts the statements by the kind of their speaker.
     *
     * @param speakers speakers with a score: who is of two kinds in two articles is still one
     */
    static Credits of(long speakers, List<Part> all) {
      List<Part> parts = all.stream().filter(Part::asserted).toList();
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
          withoutScore(parts, "person") + withoutScore(parts, "organization"),
          statements(all, part -> !part.asserted()));
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
      if (unasserted > 0) {
        phrases.add("%,d not asserted".formatted(unasserted));
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
   * @param speaker id of the credited speaker
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
   * @param repeats how often it was printed again
   * @param judgements the labels that models gave it
   * @param tints how its words pull on each tinted scale
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

    /** Returns the judgement on one scale and target, if any. */
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
   * @param note what the numbers mean or, if nothing is drawn, why
   */
  public record Tinting(String scale, boolean drawn, String note) {}

  /**
   * Which way the words of a statement pull on a scale.
   *
   * @param target the target, or null if it makes no difference
   * @param pulls pulls of words of the text, in reading order without overlaps; weak ones are left
   *     out
   * @param creditPulls pulls of words of source and cue, which are shown with a space between
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
