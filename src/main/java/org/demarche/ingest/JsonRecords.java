package org.demarche.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.demarche.ingest.FieldTree.Slot;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Utf8.Decoded;

/**
 * The records of a JSON file: one object per line, an array of objects, or objects over several
 * lines. Each record is cut out first and then parsed alone, so that a damaged record does not harm
 * the others.
 */
final class JsonRecords extends SlicedRecords {

  /** How many names of fields a message shows. */
  private static final int MOST_NAMES = 20;

  private final boolean lines;
  private final JsonFactory json;

  /** Reads lines, values one after the other, or an array, as the beginning of the file shows. */
  JsonRecords(Input input) throws IOException {
    this(input, isLines(input.bytes().peek(InputBytes.HEAD)));
    if (!lines) {
      skipArrayStart(input.bytes(), input.bytes().peek(InputBytes.HEAD));
    }
  }

  /** Reads lines, each of which is a record. */
  static JsonRecords ofLines(Input input) {
    return new JsonRecords(input, true);
  }

  private JsonRecords(Input input, boolean lines) {
    super(slicer(input.bytes(), lines, input.limits()), input);
    this.lines = lines;
    json =
        JsonFactory.builder()
            // Interned names stay in memory; a hostile file could have new ones in every record.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(input.limits().depth())
                    .maxStringLength(input.limits().recordBytes())
                    .build())
            .build();
  }

  private static RecordSlicer slicer(InputBytes in, boolean lines, Limits limits) {
    return new RecordSlicer(
        in, lines ? RecordSlicer.lines() : RecordSlicer.jsonValues(), limits.recordBytes());
  }

  /** Returns whether each line is a record: no array, and no first line with only a brace. */
  static boolean isLines(byte[] head) {
    String start = Utf8.decoded(head, 0, head.length).stripLeading();
    if (start.startsWith("[")) {
      return false;
    }
    int lineEnd = start.indexOf('\n');
    return lineEnd < 0 || !start.substring(0, lineEnd).strip().equals("{");
  }

  private static void skipArrayStart(InputBytes in, byte[] head) throws IOException {
    int i = 0;
    while (i < head.length && head[i] <= ' ') {
      i++;
    }
    if (i < head.length && head[i] == '[') {
      in.skipNBytes(i + 1L);
    }
  }

  @Override
  public Optional<Outcome> next() throws IOException {
    while (true) {
      // If lines are records, blank lines count too: the number is that of the line.
      number++;
      if (!slicer.next()) {
        return Optional.empty();
      }
      int start = slicer.start();
      int end = slicer.end();
      byte[] bytes = slicer.buffer();
      if (slicer.tooLarge()) {
        return Optional.of(tooLarge("Record"));
      }
      while (start < end && isBetween(bytes[start])) {
        start++;
      }
      while (end > start && bytes[end - 1] >= 0 && bytes[end - 1] <= ' ') {
        end--;
      }
      if (start < end) {
        return Optional.of(parsed(bytes, start, end));
      }
      if (!lines) {
        number--;
      }
    }
  }

  private boolean isBetween(byte b) {
    return (b >= 0 && b <= ' ' && b != 0) || (!lines && (b == ',' || b == ']'));
  }

  private Outcome parsed(byte[] bytes, int start, int end) {
    draft.clear();
    try (JsonParser parser = json.createParser(bytes, start, end - start)) {
      read(parser);
    } catch (StreamConstraintsException e) {
      return rejected(
          Reason.TOO_LARGE,
          "Record goes beyond a limit: " + e.getOriginalMessage(),
          Utf8.raw(bytes, start, end));
    } catch (IOException e) {
      return notJson(e, bytes, start, end);
    }
    return finished(bytes, start, end);
  }

  private Outcome finished(byte[] bytes, int start, int end) {
    return draft.finish(
        origin(),
        null,
        () -> Utf8.raw(bytes, start, end),
        () -> names(Utf8.decoded(bytes, start, end)));
  }

  /**
   * Returns the names of a record's fields; for fields that are objects, those of their members.
   */
  private List<String> names(String record) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = json.createParser(record)) {
      String outer = null;
      int depth = 0;
      while (names.size() < MOST_NAMES && parser.nextToken() != null) {
        switch (parser.currentToken()) {
          case START_OBJECT -> depth++;
          case END_OBJECT -> depth--;
          case START_ARRAY -> parser.skipChildren();
          case FIELD_NAME -> {
            String name = parser.currentName();
            if (depth == 1) {
              outer = name;
            }
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && depth == 1) {
              depth++;
            } else {
              names.add(depth == 1 ? name : outer + "." + name);
              parser.skipChildren();
            }
          }
          default -> {
            // Only names matter.
          }
        }
      }
    } catch (IOException e) {
      // The record was parsed before, so this does not happen; names are only shown.
    }
    return names;
  }

  /** Parses the record again if only stray bytes were wrong, else rejects it. */
  private Outcome notJson(IOException fault, byte[] bytes, int start, int end) {
    Decoded text = Utf8.read("Record", bytes, start, end);
    if (text.isFaulty()) {
      return rejected(Reason.NOT_TEXT, text.detail(), Utf8.raw(bytes, start, end));
    }
    if (!Encodings.isUtf8(bytes, start, end)) {
      draft.clear();
      try (JsonParser parser = json.createParser(text.text())) {
        read(parser);
        return finished(bytes, start, end);
      } catch (IOException stillBroken) {
        return malformed(stillBroken, bytes, start, end);
      }
    }
    return malformed(fault, bytes, start, end);
  }

  private Outcome malformed(IOException fault, byte[] bytes, int start, int end) {
    String what =
        fault instanceof com.fasterxml.jackson.core.JacksonException e
            ? e.getOriginalMessage()
            : fault.getMessage();
    return rejected(
        Reason.MALFORMED,
        "Record is not a JSON object: " + Utf8.shown(what),
        Utf8.raw(bytes, start, end));
  }

  private void read(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw new IOException("it starts with " + first);
    }
    object(parser, tree);
    if (parser.nextToken() != null) {
      throw new IOException("something follows the closing brace");
    }
  }

  /** Reads the members of an object after its opening brace. */
  private void object(JsonParser parser, FieldTree place) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      FieldTree below = place.at(parser.currentName());
      parser.nextToken();
      if (below == null) {
        parser.skipChildren();
      } else {
        value(parser, below);
      }
    }
  }

  private void value(JsonParser parser, FieldTree place) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        if (place.hasChildren()) {
          object(parser, place);
        } else {
          parser.skipChildren();
        }
        for (Slot slot : place.slots()) {
          if (!draft.holds(slot)) {
            draft.wrongType(slot, "an object");
          }
        }
      }
      case START_ARRAY -> {
        draft.listStarts();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (parser.currentToken() == JsonToken.START_ARRAY) {
            parser.skipChildren();
          } else {
            value(parser, place);
          }
        }
        draft.listEnds();
      }
      case VALUE_STRING -> {
        String value = parser.getText();
        for (Slot slot : place.slots()) {
          draft.put(slot, value);
        }
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        // "published": true does not say when.
        String value = parser.getText();
        place.slots().stream()
            .filter(slot -> slot.field() == Field.TEXT)
            .forEach(slot -> draft.wrongType(slot, value));
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        String value = parser.getText();
        for (Slot slot : place.slots()) {
          if (slot.field() == Field.TEXT) {
            draft.wrongType(slot, value);
          } else {
            draft.put(slot, value);
          }
        }
      }
      default -> {
        // null counts as missing.
      }
    }
  }
}
