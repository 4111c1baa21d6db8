package org.demarche.warehouse;

import java.util.List;

/** The table {@code rejects}. */
public final class RejectTable {

  public static final Table TABLE =
      new Table(
          "rejects",
          "One record of the input that is no article, and why.",
          Columns.of(
              Columns.text("input_file", "file the record came from"),
              Columns.count("record", "number of the record in the file, from 1"),
              Columns.text(
                  "reason",
                  "malformed, not_text, missing_field, empty_text, malformed_date, too_large,"
                      + " duplicate_id or damaged_file"),
              Columns.text("detail", "the fault: field, value found, value expected"),
              Columns.text(
                  "raw",
                  "the record as it came, cut at 64 KiB; of a duplicate_id as it was read, as JSON")),
          List.of(Table.BATCH, "input_file", "record"),
          Table.Layout.BATCHES,
          List.of("input_file", "record"));

  private RejectTable() {}
}
