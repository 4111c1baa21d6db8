package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.config.ConfigurationException;
import org.demarche.files.FolderFileSystem;
import org.demarche.files.Storage;
import org.demarche.ingest.InputOptions;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcomes;
import org.demarche.pipeline.InputFiles.Part;
import org.demarche.warehouse.InputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputFilesTest {

  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  /** A pipe may never end, and a device never does. */
  @Test
  void refusesWhatIsNeitherAFileNorAFolder() {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "there is no device " + device);
    assertThatThrownBy(() -> InputFiles.list(List.of(device.toString()), HADOOP))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("it is neither a file nor a folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:b",
        "file:x",
        "100%20",
        "50%",
        "a#b",
        "a?b",
        "a[1]",
        "{a,b}",
        "a*",
        "a b ",
        "new\nline",
        "tab\there",
        "back\\slash",
        "~a",
        "a+b&c=d",
        "'",
        "\""
      })
  void readsAFileOfAnyName(String name) throws IOException {
    Path inner = Files.createDirectories(folder.resolve("in").resolve(name));
    Files.writeString(inner.resolve(name + ".txt"), "The minister urged calm.");
    Files.copy(Path.of("src/test/resources/parquet/day.parquet"), inner.resolve(name + ".parquet"));

    List<InputFile> files =
        InputFiles.list(List.of(folder.resolve("in").toString()), HADOOP).files();
    List<List<Part>> shares = InputFiles.share(files, 1, file -> List.of(Part.whole(file)));

    List<String> texts = new ArrayList<>();
    for (Part part : shares.get(0)) {
      assertThat(Part.parse(part.text())).isEqualTo(part);
      try (Outcomes outcomes = RecordFiles.open(part, HADOOP, InputOptions.DEFAULT)) {
        outcomes.forEachRemaining(one -> texts.add(((Accepted) one).article().text()));
      }
    }
    assertThat(texts).containsExactlyInAnyOrder("The minister urged calm.", "It rained.");
  }

  @Test
  void readsANameOfTheGreatestLength() throws IOException {
    Files.writeString(folder.resolve("n".repeat(251) + ".txt"), "Calm.");
    InputFile file = InputFiles.list(List.of(folder.toString()), HADOOP).files().get(0);
    try (Outcomes outcomes = RecordFiles.open(Part.whole(file), HADOOP, InputOptions.DEFAULT)) {
      assertThat(outcomes.next()).isInstanceOf(Accepted.class);
    }
  }

  @Test
  void leavesOutWhatIsNoInputAndNamesIt() throws IOException {
    write("in/a.txt");
    write("in/w/_runs/r/manifest.json");
    write("in/w/articles/part.parquet");
    write("in/model/model.json");
    write("in/model/MODEL_CARD.md");
    write("in/deep/b.txt");
    Files.copy(
        Path.of("src/main/resources/org/demarche/report/report.html"),
        folder.resolve("in/report.html"));
    write("in/page.html");
    write("in/_hidden/c.txt");
    write("in/.d.txt");
    Files.createSymbolicLink(folder.resolve("in/deep/circle"), folder.resolve("in"));
    Files.createSymbolicLink(folder.resolve("in/nothing.txt"), folder.resolve("gone.txt"));

    InputFiles.Listing listing = InputFiles.list(List.of(folder.resolve("in").toString()), HADOOP);

    assertThat(listing.files())
        .extracting(file -> folder.relativize(Storage.local(file.path()).orElseThrow()).toString())
        .containsExactly("in/a.txt", "in/deep/b.txt", "in/page.html");
    assertThat(listing.leftOut())
        .containsExactly(
            folder + "/in/deep/circle, a link to a folder around it",
            folder + "/in/model, a model",
            folder + "/in/nothing.txt, a link to nothing",
            folder + "/in/report.html, a report",
            folder + "/in/w, a warehouse");
  }

  @Test
  void followsALinkToAFolderElsewhere() throws IOException {
    write("elsewhere/a.txt");
    Files.createDirectories(folder.resolve("in"));
    Files.createSymbolicLink(folder.resolve("in/link"), folder.resolve("elsewhere"));
    InputFiles.Listing listing = InputFiles.list(List.of(folder.resolve("in").toString()), HADOOP);
    assertThat(listing.files())
        .singleElement()
        .satisfies(f -> assertThat(f.path()).endsWith("in/link/a.txt"));
    assertThat(listing.leftOut()).isEmpty();
  }

  @Test
  void refusesAWarehouseThatIsNamedItself() throws IOException {
    write("w/_runs/r/manifest.json");
    write("w/articles/part.parquet");
    String place = folder.resolve("w").toString();
    for (String given : List.of(place, place + "/")) {
      assertThatThrownBy(() -> InputFiles.list(List.of(given), HADOOP))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(
              "'%s' is a warehouse, not articles: name the files that it is made from"
                  .formatted(given));
      assertThatThrownBy(() -> InputFiles.check(List.of(given), HADOOP))
          .isInstanceOf(ConfigurationException.class);
    }
    // A table of it may be what somebody wants to take over.
    assertThat(InputFiles.list(List.of(place + "/articles"), HADOOP).files()).hasSize(1);
    assertThatThrownBy(() -> InputFiles.list(List.of(folder + "/*"), HADOOP))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageEndingWith(
            "no file is there except what is left out (%s, a warehouse)".formatted(place));
  }

  @Test
  void partsLargeFilesOfWhichPartsCanBeRead() {
    List<InputFile> files =
        List.of(new InputFile("file:/a.parquet", 250, 0), new InputFile("file:/b.jsonl", 900, 0));
    List<Part> even = InputFiles.even(files.get(0), 100);
    assertThat(even)
        .extracting(part -> part.stretch().from(), part -> part.stretch().to())
        .containsExactly(tuple(0L, 100L), tuple(100L, Long.MAX_VALUE));
    Part whole = Part.whole(files.get(1));
    assertThat(
            InputFiles.share(files, 9, file -> file.equals(files.get(0)) ? even : List.of(whole)))
        .containsExactlyInAnyOrder(List.of(even.get(0)), List.of(even.get(1)), List.of(whole));
    assertThat(InputFiles.share(files, 2, file -> List.of(Part.whole(file)))).hasSize(2);
  }

  @Test
  void givesNoTaskNothingToReadBesideEmptyFiles() {
    List<InputFile> files =
        IntStream.range(0, 5)
            .mapToObj(i -> new InputFile("file:/" + i, i == 0 ? 9 : 0, 0))
            .toList();
    assertThat(InputFiles.share(files, 4, file -> List.of(Part.whole(file))))
        .allSatisfy(parts -> assertThat(parts).isNotEmpty())
        .satisfies(all -> assertThat(all.stream().mapToInt(List::size).sum()).isEqualTo(5));
  }

  private void write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "Calm.");
  }

  @Test
  void saysThatArticlesMayNotBeRead() {
    Configuration hadoop = FolderFileSystem.in(folder, new Configuration());
    assertThatThrownBy(() -> InputFiles.check(List.of("press:///secret"), hadoop))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining(
            "The articles at 'press:///secret' cannot be read: permission denied");
  }
}
