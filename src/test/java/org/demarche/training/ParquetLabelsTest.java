package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.ingest.LabelledStatementReader;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.demarche.warehouse.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetLabelsTest {

  @TempDir private Path folder;

  @Test
  void readsWhatSparkWrites() {
    Path place = folder.resolve("labels.parquet");
    LocalSpark.session()
        .sql(
            "SELECT 'Orsund thanked Kelmar.' AS text, 'conciliatory' AS stance, 'Kelmar' AS target,"
                + " 15L AS target_start, 21 AS target_end, array(1) AS others"
                + " UNION ALL SELECT 'It rained.', 'neutral', null, null, null, null"
                + " UNION ALL SELECT 'Unlabelled.', null, null, null, null, null")
        .coalesce(1)
        .write()
        .parquet(place.toString());
    var read = LabelledStatementReader.read(List.of(place), Scales.STANCE, ParquetLabels::read);
    assertThat(read.rows())
        .extracting(LabelledStatement::passage)
        .containsExactly(
            new Passage("Orsund thanked Kelmar.", "Kelmar", 15, 21), Passage.of("It rained."));
    assertThat(read.rows().get(1).id()).isEqualTo("labels.parquet:2");
    assertThat(read.unlabelled()).isEqualTo(1);
  }

  @Test
  void saysThatAFileIsNoParquet() throws IOException {
    Path file = Files.writeString(folder.resolve("no.parquet"), "PAR1 and no more");
    assertThatThrownBy(
            () -> LabelledStatementReader.read(List.of(file), Scales.STANCE, ParquetLabels::read))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessage(
            file
                + ": not readable as Parquet: it is cut short, still being written, or not Parquet");
  }
}
