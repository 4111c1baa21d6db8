package org.demarche.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.demarche.report.ReportData.Evidence;
import org.demarche.report.ReportData.LeftOut;
import org.demarche.report.ReportData.ScoreRow;
import org.demarche.report.ReportData.ShareRow;
import org.demarche.report.ReportData.SpeakerName;
import org.demarche.stance.Label;
import org.demarche.stance.Scale;

/**
 * Report data as the script of the page reads it. Rows are arrays, in the order in which {@code
 * report.js} takes them apart; what many rows share (speaker, article, window) stands once. A page
 * has tens of thousands of rows, and so takes a third of the room that objects would.
 */
final class ReportJson {

  /** What scores are grouped by. */
  private record Group(
      String scale, String target, String window, LocalDate start, LocalDate end) {}

  /** Which score the shares of a speaker belong to. */
  private record Key(String scale, String target, String window, LocalDate start, String speaker) {}

  /** Where a statement was printed. */
  private record Place(String id, LocalDate date, String outlet, String url, String title) {}

  private final JsonGenerator json;
  private final ReportData data;
  private final Map<String, Integer> speakers = new HashMap<>();
  private final List<String> scales;
  private final List<String> targets;
  private final Map<Place, Integer> places = new LinkedHashMap<>();

  private ReportJson(JsonGenerator json, ReportData data) {
    this.json = json;
    this.data = data;
    this.scales = data.scales().stream().map(Scale::name).toList();
    this.targets = data.targets().stream().map(ReportData.TargetName::id).toList();
  }

  static String of(ReportData data) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      new ReportJson(json, data).write();
    } catch (IOException e) {
      throw new UncheckedIOException("A string writer does not fail", e);
    }
    return text.toString();
  }

  private void write() throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("run");
    json.writeNumberField("lowN", data.run().lowN());
    json.writeEndObject();
    json.writeArrayFieldStart("scales");
    for (Scale scale : data.scales()) {
      write(scale);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("targets");
    for (ReportData.TargetName target : data.targets()) {
      json.writeStartObject();
      json.writeStringField("id", target.id());
      json.writeStringField("name", target.name());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("speakers");
    for (SpeakerName speaker : data.speakers()) {
      speakers.put(speaker.id(), speakers.size());
      write(speaker);
    }
    json.writeEndArray();
    writeScores();
    json.writeArrayFieldStart("articles");
    for (Evidence row : data.statements()) {
      Place place = place(row);
      if (places.putIfAbsent(place, places.size()) == null) {
        json.writeStartArray();
        strings(place.id(), iso(place.date()), place.outlet(), place.url(), place.title());
        json.writeEndArray();
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart("statements");
    for (Evidence row : data.statements()) {
      write(row);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("tintings");
    for (ReportData.Tinting tinting : data.tintings()) {
      json.writeStartObject();
      json.writeStringField("scale", tinting.scale());
      json.writeBooleanField("drawn", tinting.drawn());
      json.writeStringField("note", tinting.note());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(Scale scale) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", scale.name());
    json.writeArrayFieldStart("labels");
    for (Label label : scale.labels()) {
      json.writeStartObject();
      json.writeStringField("name", label.name());
      json.writeNumberField("value", label.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(SpeakerName speaker) throws IOException {
    json.writeStartArray();
    strings(speaker.id(), speaker.name(), speaker.kind(), speaker.role(), speaker.affiliation());
    json.writeEndArray();
  }

  private void writeScores() throws IOException {
    Map<Group, List<ScoreRow>> groups = new LinkedHashMap<>();
    for (ScoreRow row : data.scores()) {
      groups
          .computeIfAbsent(
              new Group(row.scale(), row.target(), row.window(), row.start(), row.end()),
              group -> new ArrayList<>())
          .add(row);
    }
    Map<Group, LeftOut> leftOut = new HashMap<>();
    for (LeftOut left : data.leftOut()) {
      Group group = new Group(left.scale(), left.target(), left.window(), left.start(), left.end());
      leftOut.put(group, left);
      groups.putIfAbsent(group, List.of());
    }
    Map<Key, List<ShareRow>> shares = new HashMap<>();
    for (ShareRow row : data.shares()) {
      shares
          .computeIfAbsent(
              new Key(row.scale(), row.target(), row.window(), row.start(), row.speaker()),
              key -> new ArrayList<>())
          .add(row);
    }
    json.writeArrayFieldStart("windows");
    for (Map.Entry<Group, List<ScoreRow>> entry : groups.entrySet()) {
      Group group = entry.getKey();
      if (!scales.contains(group.scale())) {
        // Of an earlier configuration; the page has no labels of it.
        continue;
      }
      json.writeStartObject();
      json.writeStringField("scale", group.scale());
      json.writeStringField("target", group.target());
      json.writeStringField("window", group.window());
      json.writeStringField("start", iso(group.start()));
      json.writeStringField("end", iso(group.end()));
      LeftOut left = leftOut.get(group);
      json.writeNumberField("leftOut", left == null ? 0 : left.speakers());
      json.writeNumberField("most", left == null ? 0 : left.most());
      json.writeArrayFieldStart("scores");
      for (ScoreRow row : entry.getValue()) {
        Key key = new Key(row.scale(), row.target(), row.window(), row.start(), row.speaker());
        write(row, shares.getOrDefault(key, List.of()));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void write(ScoreRow row, List<ShareRow> shares) throws IOException {
    json.writeStartArray();
    speaker(row.speaker());
    for (long count :
        List.of(row.statements(), row.distinctStatements(), row.articles(), row.outlets())) {
      json.writeNumber(count);
    }
    numbers(row.mean(), row.score(), row.low(), row.high());
    flag(row.lowN());
    numberOrNull(row.change());
    flag(row.changeSignificant());
    writeShares(row, shares);
    json.writeEndArray();
  }

  /**
   * Of each label in the order of the scale the statements and the interval, one after the other;
   * then the adjusted shares, where they are given.
   */
  private void writeShares(ScoreRow row, List<ShareRow> shares) throws IOException {
    Scale scale = data.scales().get(scales.indexOf(row.scale()));
    List<ShareRow> ordered =
        shares.stream()
            .sorted(Comparator.comparingInt(share -> scale.indexOf(share.label())))
            .toList();
    json.writeStartArray();
    for (ShareRow share : ordered) {
      json.writeNumber(share.statements());
      numbers(share.low(), share.high());
    }
    if (ordered.stream().allMatch(share -> share.adjusted() != null)) {
      for (ShareRow share : ordered) {
        numbers(share.adjusted());
      }
    }
    json.writeEndArray();
  }

  private static Place place(Evidence row) {
    return new Place(row.article(), row.date(), row.outlet(), row.url(), row.title());
  }

  private void write(Evidence row) throws IOException {
    json.writeStartArray();
    speaker(row.speaker());
    json.writeNumber(places.get(place(row)));
    json.writeNumber(row.start());
    json.writeNumber(row.end());
    strings(row.kind(), row.text(), row.cue(), row.source());
    json.writeNumber(row.repeats());
    json.writeStartArray();
    for (ReportData.Judgement judgement : row.judgements()) {
      if (!scales.contains(judgement.scale())) {
        continue;
      }
      json.writeStartArray();
      json.writeNumber(scales.indexOf(judgement.scale()));
      json.writeNumber(targets.indexOf(judgement.target()));
      strings(judgement.label());
      numbers(judgement.confidence(), judgement.position());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeStartArray();
    for (ReportData.Tint tint : row.tints()) {
      write(tint);
    }
    json.writeEndArray();
    json.writeEndArray();
  }

  /** Words as start, length and hundredths of log-odds, one after the other: a page has many. */
  private void write(ReportData.Tint tint) throws IOException {
    json.writeStartArray();
    json.writeNumber(scales.indexOf(tint.scale()));
    if (tint.target() == null) {
      json.writeNull();
    } else {
      json.writeNumber(targets.indexOf(tint.target()));
    }
    for (List<ReportData.Pull> pulls : List.of(tint.pulls(), tint.creditPulls())) {
      json.writeStartArray();
      for (ReportData.Pull pull : pulls) {
        json.writeNumber(pull.start());
        json.writeNumber(pull.end() - pull.start());
        json.writeNumber(Math.round(100 * pull.value()));
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void speaker(String id) throws IOException {
    Integer index = speakers.get(id);
    if (index == null) {
      throw new IllegalArgumentException("A row of the report names the unknown speaker " + id);
    }
    json.writeNumber(index);
  }

  private void flag(boolean value) throws IOException {
    json.writeNumber(value ? 1 : 0);
  }

  private void strings(String... values) throws IOException {
    for (String value : values) {
      json.writeString(value);
    }
  }

  /** Four digits are more than a chart shows, and keep the page small. */
  private void numbers(double... values) throws IOException {
    for (double value : values) {
      json.writeNumber(Math.round(value * 1e4) / 1e4);
    }
  }

  private void numberOrNull(Double value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else {
      numbers(value);
    }
  }

  private static String iso(LocalDate date) {
    return date == null ? null : date.toString();
  }
}
