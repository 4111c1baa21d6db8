package org.demarche.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.console.Progress;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.pipeline.Aggregate;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.SpeakerLabelTable;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.TableLines;
import org.demarche.warehouse.Tables;
import org.demarche.warehouse.Warehouse;
import org.demarche.warehouse.WarehouseSession;

/** Runs {@code demarche export}: writes one table as a file of JSON lines or CSV. */
public final class Export {

  /** The file formats. */
  public enum Format {
    jsonl,
    csv;

    /**
     * Returns the format that the ending of {@code out} stands for.
     *
     * @throws ConfigurationException if it has another ending
     */
    public static Format ofName(String out) {
      String name = out.toLowerCase(Locale.ROOT);
      if (name.endsWith(".csv")) {
        return csv;
      } else if (name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")) {
        return jsonl;
      }
      throw new ConfigurationException(
          List.of(
              "--out %s does not say the form by its name: end it in .csv or .jsonl, or give --format"
                  .formatted(out)));
    }
  }

  private Export() {}

  /**
   * Exports the table called {@code name} to the file {@code out}, in the order of the table. An
   * existing export of the table is replaced.
   *
   * @return the number of rows
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if {@code out} cannot be written
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if the warehouse has no such table
   */
  public static long run(
      String warehouse, String name, Format format, String out, Progress progress)
      throws IOException {
    Table<?> table =
        Tables.named(name)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        List.of(
                            "There is no table '%s'; there are %s"
                                .formatted(
                                    name,
                                    String.join(
                                        ", ", Tables.ALL.stream().map(Table::name).toList())))));
    Path path = new Path(out);
    FileSystem files = path.getFileSystem(Storage.ofProcess().hadoop());
    Optional<java.nio.file.Path> local =
        files instanceof LocalFileSystem
            ? Optional.of(java.nio.file.Path.of(path.toUri().getPath()))
            : Optional.empty();
    if (local.isPresent()) {
      OutputFile.check(local.get());
      checkOutside(local.get(), warehouse);
      String first = table.columnNames().get(0);
      String begin = format == Format.csv ? first + "," : "{\"" + first + "\":";
      OutputFile.checkReplaces(
          local.get(),
          "an export of the table " + name,
          head -> new String(head, UTF_8).startsWith(begin));
    }
    RequiredTables.require(warehouse, table);
    try (progress;
        WarehouseSession session = WarehouseSession.open("demarche export", progress)) {
      progress.stage("export");
      Warehouse from = session.warehouse(warehouse);
      RequiredTables.requireCommitted(from, table);
      Iterator<String> lines =
          switch (format) {
            case jsonl -> TableLines.json(from, table);
            case csv -> TableLines.csv(from, table);
          };
      String header = format == Format.csv ? String.join(",", table.columnNames()) + "\n" : "";
      if (table.equals(SpeakerScoreTable.TABLE) || table.equals(SpeakerLabelTable.TABLE)) {
        Aggregate.noteIfBehind(from, progress);
      }
      long[] written = new long[1];
      OutputFile.Content content = bytes -> written[0] = write(header, lines, bytes);
      if (local.isPresent()) {
        OutputFile.write(local.get(), content);
      } else {
        OutputFile.write(files, path, content);
      }
      return written[0];
    }
  }

  /** Checks that the file is not among the files of the tables. */
  private static void checkOutside(java.nio.file.Path out, String warehouse) {
    java.nio.file.Path file = out.toAbsolutePath().normalize();
    if (Storage.local(warehouse)
        .filter(tables -> file.startsWith(tables.toAbsolutePath().normalize()))
        .isPresent()) {
      throw OutputFile.cannotWrite(
          out.toString(), "it is inside the warehouse; choose another folder");
    }
  }

  private static long write(String header, Iterator<String> lines, OutputStream out)
      throws IOException {
    out.write(header.getBytes(UTF_8));
    long n = 0;
    while (lines.hasNext()) {
      out.write(lines.next().getBytes(UTF_8));
      out.write('\n');
      n++;
    }
    return n;
  }
}
