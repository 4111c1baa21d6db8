package org.demarche.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.demarche.ingest.FieldTree.Slot;
import org.demarche.ingest.Outcome.Origin;

/**
 * Turns records that a library has read, such as the rows of a Parquet file, into articles. Belongs
 * to one thread.
 */
public final class RecordReader {

  /** Values nested deeper than this are ignored. */
  private static final int DEEPEST = 16;

  private final FieldTree tree;
  private final ArticleBuilder draft;

  public RecordReader(FieldNames names) {
    tree = FieldTree.of(names);
    draft = new ArticleBuilder(names);
  }

  /**
   * Reads one record of which only the {@linkplain #asksFor used} fields need to be given.
   *
   * @param record field to value: a string, number, boolean, date of {@code java.time}, a list of
   *     these, or a map again; a null value counts as missing
   * @param names the names of all its fields, to show in a rejection
   * @return the article, or why there is none; bad records cause no exception
   */
  public Outcome read(Map<String, ?> record, Origin origin, List<String> names) {
    draft.clear();
    record.forEach((name, value) -> member(tree.atPath(name), value, 0));
    return draft.finish(origin, null, () -> raw(record), () -> names);
  }

  /** Returns whether the field {@code name} of a record may fill a field of an article. */
  public boolean asksFor(String name) {
    return tree.atPath(name) != null;
  }

  private void member(FieldTree place, Object value, int depth) {
    if (place != null && value != null) {
      value(value, place, depth);
    }
  }

  private void value(Object value, FieldTree place, int depth) {
    if (value instanceof Map<?, ?> map) {
      if (depth < DEEPEST) {
        map.forEach((name, member) -> member(place.at(String.valueOf(name)), member, depth + 1));
      }
      place.slots().stream()
          .filter(slot -> !draft.holds(slot))
          .forEach(slot -> draft.wrongType(slot, "an object"));
    } else if (value instanceof List<?> list) {
      draft.listStarts();
      for (Object element : list) {
        if (element != null && !(element instanceof List)) {
          value(element, place, depth + 1);
        }
      }
      draft.listEnds();
    } else {
      for (Slot slot : place.slots()) {
        scalar(slot, value);
      }
    }
  }

  private void scalar(Slot slot, Object value) {
    if (slot.field() == Field.TEXT && !(value instanceof String)) {
      draft.wrongType(slot, value.toString());
    } else if (value instanceof Boolean) {
      // "published": true does not say when; other fields are never boolean.
      return;
    } else if (value instanceof Instant instant) {
      draft.put(slot, instant);
    } else if (value instanceof LocalDate date) {
      draft.put(slot, date.atStartOfDay(ZoneOffset.UTC).toInstant());
    } else if (value instanceof LocalDateTime date) {
      draft.put(slot, date.toInstant(ZoneOffset.UTC));
    } else {
      draft.put(slot, value.toString());
    }
  }

  private static String raw(Map<String, ?> record) {
    byte[] bytes = record.toString().getBytes(StandardCharsets.UTF_8);
    return Utf8.raw(bytes, 0, bytes.length);
  }
}
