package org.demarche.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.demarche.report.ReportData.Evidence;
import org.demarche.report.ReportData.ScoreRow;
import org.demarche.report.ReportData.ShareRow;
import org.demarche.report.ReportData.SpeakerName;
import org.demarche.scale.Label;
import org.demarche.scale.Scale;

/**
 * Report data as the script of the page reads it. Rows are arrays, in the order in which {@code
 * report.js} takes them apart, and name speakers by their index: half the size of objects.
 */
final class ReportJson {

  private final JsonGenerator json;
  private final Map<String, Integer> speakers = new HashMap<>();

  private ReportJson(JsonGenerator json) {
    this.json = json;
  }

  static String of(ReportData data) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      new ReportJson(json).write(data);
    } catch (IOException e) {
      throw new UncheckedIOException("A string writer does not fail", e);
    }
    return text.toString();
  }

  private void write(ReportData data) throws IOException {
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
    json.writeArrayFieldStart("scores");
    for (ScoreRow row : data.scores()) {
      write(row);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("shares");
    for (ShareRow row : data.shares()) {
      write(row);
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
    json.writeStartObject();
    json.writeStringField("id", speaker.id());
    json.writeStringField("name", speaker.name());
    json.writeStringField("kind", speaker.kind());
    json.writeStringField("role", speaker.role());
    json.writeStringField("affiliation", speaker.affiliation());
    json.writeEndObject();
  }

  private void write(ScoreRow row) throws IOException {
    json.writeStartArray();
    strings(row.scale(), row.target(), row.window(), iso(row.start()), iso(row.end()));
    speaker(row.speaker());
    for (long count :
        List.of(row.statements(), row.distinctStatements(), row.articles(), row.outlets())) {
      json.writeNumber(count);
    }
    numbers(row.mean(), row.score(), row.low(), row.high());
    json.writeBoolean(row.lowN());
    numberOrNull(row.change());
    json.writeBoolean(row.changeSignificant());
    json.writeEndArray();
  }

  private void write(ShareRow row) throws IOException {
    json.writeStartArray();
    strings(row.scale(), row.target(), row.window(), iso(row.start()));
    speaker(row.speaker());
    strings(row.label());
    numbers(row.share());
    numberOrNull(row.adjusted());
    numbers(row.low(), row.high());
    json.writeNumber(row.statements());
    json.writeEndArray();
  }

  private void write(Evidence row) throws IOException {
    json.writeStartArray();
    speaker(row.speaker());
    strings(iso(row.date()), row.outlet(), row.url(), row.title(), row.article());
    json.writeNumber(row.start());
    json.writeNumber(row.end());
    strings(row.kind(), row.text(), row.cue(), row.source());
    json.writeNumber(row.repeats());
    json.writeStartArray();
    for (ReportData.Judgement judgement : row.judgements()) {
      json.writeStartArray();
      strings(judgement.scale(), judgement.target(), judgement.label());
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
    strings(tint.scale(), tint.target());
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
