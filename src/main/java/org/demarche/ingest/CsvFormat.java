package org.demarche.ingest;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Values separated by comma, semicolon, tab or bar, with a header line. */
final class CsvFormat implements ArticleFormat {

  @Override
  public List<String> names() {
    return List.of("csv", "tsv");
  }

  /**
   * {@inheritDoc}
   *
   * <p>A header with tabs that names the text and another field is certain, because spreadsheets
   * save such tables as text. With commas it may be the beginning of a sentence.
   */
  @Override
  public Fit fit(Head head) {
    Set<Field> fields = fields(head);
    if (!fields.contains(Field.TEXT)) {
      return Fit.NO;
    }
    return fields.size() > 1 && CsvDialect.of(head.bytes()).delimiter() == '\t'
        ? Fit.CERTAIN
        : Fit.LIKELY;
  }

  /** Returns the fields that the first row names; none if it has only one column. */
  private static Set<Field> fields(Head head) {
    List<String> columns = CsvRows.header(head.bytes());
    Set<Field> fields = EnumSet.noneOf(Field.class);
    if (columns.size() > 1) {
      FieldTree tree = FieldTree.of(head.fields());
      for (String column : columns) {
        FieldTree place = column == null ? null : tree.atPath(column);
        if (place != null) {
          place.slots().forEach(slot -> fields.add(slot.field()));
        }
      }
    }
    return fields;
  }

  @Override
  public Records open(Input input) throws IOException {
    return new CsvRecords(input);
  }
}
