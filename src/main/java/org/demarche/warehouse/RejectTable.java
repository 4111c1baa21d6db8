package org.demarche.warehouse;

import java.util.List;
import java.util.Locale;
import org.demarche.ingest.Outcome;

/** The table {@code rejects}. */
public final class RejectTable {

  /** One row of the table. */
  public record RejectRow(
      @Column("file the record came from") String inputFile,
      @Column("number of the record in the file, from 0") long record,
      @Column(
              "malformed, not_text, missing_field, empty_text, malformed_date, too_large,"
                  + " duplicate_id or damaged_file")
          String reason,
      @Column("the fault: field, value found, value expected") String detail,
      @Column("the record as it came, cut at 64 KiB; for duplicate_id, its fields as JSON")
          String raw) {

    /** Returns the row of {@code rejected}. */
    static RejectRow of(Outcome.Rejected rejected) {
      return new RejectRow(
          rejected.origin().file(),
          rejected.origin().record(),
          rejected.reason().name().toLowerCase(Locale.ROOT),
          rejected.detail(),
          rejected.raw());
    }
  }

  public static final Table<RejectRow> TABLE =
      new Table<>(
          "rejects",
          "One record of the input that was rejected, and why.",
          new RecordCodec<>(RejectRow.class),
          List.of(Table.BATCH, "input_file", "record"),
          Table.Layout.BATCHES,
          List.of("input_file", "record"));

  private RejectTable() {}
}
