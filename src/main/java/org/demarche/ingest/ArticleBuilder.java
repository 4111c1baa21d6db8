package org.demarche.ingest;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.commons.lang3.StringUtils;
import org.demarche.ingest.FieldTree.Slot;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.text.Article;
import org.demarche.text.CleanText;

/** Collects the fields of one record, and makes an article of them or says why it cannot. */
final class ArticleBuilder {

  /** How many characters of a value a message shows. */
  private static final int SHOWN = 80;

  /** How many names of fields a message shows. */
  private static final int MOST_NAMES = 20;

  private static final String NO_DATE =
      "Field '%s' must be a date such as 2024-11-05T16:30:00Z, but was %s";

  private static final Field[] FIELDS = Field.values();

  private final FieldNames names;
  private final String[] values = new String[FIELDS.length];
  private final int[] ranks = new int[FIELDS.length];
  private final List<StringBuilder> joined = new ArrayList<>();
  private final Set<Field> listed = EnumSet.noneOf(Field.class);
  private boolean inList;
  private Instant published;
  private String textFault;
  private String dateFault;

  ArticleBuilder(FieldNames names) {
    this.names = names;
    for (int i = 0; i < FIELDS.length; i++) {
      joined.add(null);
    }
  }

  /** Forgets everything, for the next record. */
  void clear() {
    for (int i = 0; i < FIELDS.length; i++) {
      values[i] = null;
      joined.set(i, null);
    }
    published = null;
    textFault = null;
    dateFault = null;
    inList = false;
  }

  /** Returns whether the current value of the field came under this name. */
  boolean holds(Slot slot) {
    int i = slot.field().ordinal();
    return values[i] != null && ranks[i] == slot.rank();
  }

  /** Begins a list: its values are joined if the field can hold several. */
  void listStarts() {
    inList = true;
    listed.clear();
  }

  void listEnds() {
    inList = false;
  }

  /** Adds a value. The name of the lower rank wins; of the same name, the later value. */
  void put(Slot slot, String value) {
    Field field = slot.field();
    int i = field.ordinal();
    if (inList && holds(slot) && listed.contains(field)) {
      join(field, value);
      return;
    }
    boolean filled = !StringUtils.isBlank(values[i]);
    if (filled && (ranks[i] < slot.rank() || (ranks[i] > slot.rank() && value.isBlank()))) {
      return;
    }
    values[i] = value;
    ranks[i] = slot.rank();
    joined.set(i, null);
    if (field == Field.PUBLISHED) {
      published = null;
    }
    if (inList) {
      listed.add(field);
    }
  }

  private void join(Field field, String value) {
    if (field.separator().isEmpty() || value.isBlank()) {
      return;
    }
    int i = field.ordinal();
    StringBuilder all = joined.get(i);
    if (all == null) {
      all = new StringBuilder(values[i]);
      joined.set(i, all);
    }
    if (all.length() > 0) {
      all.append(field.separator());
    }
    all.append(value);
  }

  /** Adds a value that is a point in time, not text. */
  void put(Slot slot, Instant value) {
    put(slot, value.toString());
    if (slot.field() == Field.PUBLISHED && holds(slot)) {
      published = value;
    }
  }

  /** Notes a value of a wrong type; this matters for the text and the date only. */
  void wrongType(Slot slot, String found) {
    if (slot.field() == Field.TEXT) {
      textFault = "Field '%s' must be a string, but was %s".formatted(slot.name(), found);
    } else if (slot.field() == Field.PUBLISHED) {
      dateFault = NO_DATE.formatted(slot.name(), found);
    }
  }

  /**
   * Returns the article, or why there is none.
   *
   * @param nameOfFile the id of a record that has none; null to use a hash of the content
   * @param raw gives the record as read, if it is rejected
   * @param fields gives the names in the record, if none of them is that of the text
   */
  Outcome finish(
      Origin origin, String nameOfFile, Supplier<String> raw, Supplier<List<String>> fields) {
    String text = value(Field.TEXT);
    if (text == null) {
      return textFault != null
          ? new Rejected(origin, Reason.MALFORMED, textFault, raw.get())
          : noText(origin, raw.get(), fields.get());
    }
    CleanText clean = CleanText.of(text);
    if (BodyFinder.isBlank(clean.text())) {
      return new Rejected(
          origin,
          Reason.EMPTY_TEXT,
          "Field '%s' holds %d characters, all white space%s"
              .formatted(name(Field.TEXT), text.length(), text.isBlank() ? "" : " or markup"),
          raw.get());
    }
    if (Utf8.isNoText(text)) {
      return new Rejected(
          origin,
          Reason.NOT_TEXT,
          "Field '%s' must be text, but too many of its %d characters are not printable"
              .formatted(name(Field.TEXT), text.length()),
          "");
    }
    String date = value(Field.PUBLISHED);
    Instant at = published;
    ZoneOffset zone = null;
    if (at == null && date != null && !date.isBlank()) {
      Optional<Instant> read = Dates.parse(date);
      if (read.isEmpty()) {
        return new Rejected(
            origin,
            Reason.MALFORMED_DATE,
            NO_DATE.formatted(name(Field.PUBLISHED), "'" + shown(date) + "'"),
            raw.get());
      }
      at = read.get();
      zone = Dates.zone(date).orElse(null);
    } else if (date == null && dateFault != null) {
      return new Rejected(origin, Reason.MALFORMED_DATE, dateFault, raw.get());
    }
    String given = value(Field.ID);
    boolean isMissing = StringUtils.isBlank(given);
    Article article = article(text, clean, at, isMissing ? nameOfFile : given);
    return new Accepted(
        origin,
        article,
        null,
        at != null
            ? PublishedSource.FIELD
            : article.publishedAt() == null ? null : PublishedSource.TEXT,
        zone,
        isMissing && !StringUtils.isBlank(nameOfFile));
  }

  private Rejected noText(Origin origin, String raw, List<String> fields) {
    List<String> wanted = names.names().get(Field.TEXT);
    Optional<String> empty = fields.stream().filter(wanted::contains).findFirst();
    if (empty.isPresent()) {
      return new Rejected(
          origin, Reason.EMPTY_TEXT, "Field '%s' has no value".formatted(empty.get()), raw);
    }
    String there =
        fields.isEmpty()
            ? "no field at all"
            : fields.stream()
                .limit(MOST_NAMES)
                .map(ArticleBuilder::shown)
                .collect(joining("', '", "'", fields.size() > MOST_NAMES ? "', …" : "'"));
    String detail =
        "Record has no text: it has %s, but none of '%s'"
            .formatted(there, String.join("', '", wanted));
    return new Rejected(origin, Reason.MISSING_FIELD, detail, raw);
  }

  private Article article(String text, CleanText clean, Instant at, String givenId) {
    String url = line(Field.URL);
    String title = clean(Field.TITLE);
    String author = clean(Field.AUTHOR);
    Page page = BodyFinder.find(clean.text(), title);
    Instant when = at == null ? page.publishedAt() : at;
    String id =
        StringUtils.isBlank(givenId)
            ? ArticleIds.ofContent(url, line(Field.TITLE), text, when)
            : ArticleIds.cleaned(givenId);
    String language = Languages.code(value(Field.LANGUAGE));
    return new Article(
        id,
        url,
        clean(Field.OUTLET),
        title == null ? page.title() : title,
        author == null ? page.author() : author,
        page.dateline(),
        when,
        language == null ? Languages.detect(clean.text(), page.body()) : language,
        text,
        clean.delivered(page.body()));
  }

  private String name(Field field) {
    return names.names().get(field).get(ranks[field.ordinal()]);
  }

  private String value(Field field) {
    StringBuilder several = joined.get(field.ordinal());
    return several == null ? values[field.ordinal()] : several.toString();
  }

  /** Returns the value as a reader should see it, on one line; null if nothing is left. */
  private String clean(Field field) {
    String line = line(field);
    return line == null ? null : line(CleanText.of(line).text());
  }

  /** Returns the value as one line without control characters; null if nothing is left. */
  private String line(Field field) {
    String value = value(field);
    return value == null ? null : line(value);
  }

  private static String line(String value) {
    StringBuilder line = new StringBuilder(value);
    for (int i = 0; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        line.setCharAt(i, ' ');
      }
    }
    return StringUtils.stripToNull(line.toString());
  }

  private static String shown(String value) {
    return value.length() > SHOWN ? Utf8.shown(value.substring(0, SHOWN)) + "…" : Utf8.shown(value);
  }
}
