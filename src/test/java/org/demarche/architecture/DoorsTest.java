package org.demarche.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps the doors between the rooms: which may know of which, and which libraries come in where.
 */
class DoorsTest {

  private static final Path HOUSE = Path.of("src/main/java/org/demarche");

  /** What each room may import of the house; a room that is missing here has no place in it. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("text", Set.of()),
              Map.entry("scale", Set.of()),
              Map.entry("config", Set.of("scale")),
              Map.entry("corpus", Set.of("text", "scale")),
              Map.entry("attribution", Set.of("text")),
              Map.entry("speaker", Set.of("text", "attribution")),
              Map.entry("features", Set.of("text", "scale")),
              Map.entry("encoder", Set.of("text")),
              Map.entry("model", Set.of("text", "scale", "features", "encoder", "evaluation")),
              Map.entry("score", Set.of("scale")),
              Map.entry("evaluation", Set.of("text", "attribution", "scale")),
              Map.entry("table", Set.of("text", "corpus", "attribution", "speaker", "scale")),
              Map.entry("mllib", Set.of("scale", "features", "model")),
              Map.entry(
                  "job",
                  Set.of(
                      "text",
                      "scale",
                      "config",
                      "corpus",
                      "attribution",
                      "speaker",
                      "features",
                      "encoder",
                      "model",
                      "score",
                      "evaluation",
                      "table",
                      "mllib",
                      "report")),
              Map.entry("report", Set.of("table", "scale", "evaluation")),
              Map.entry(
                  "cli",
                  Set.of("job", "report", "config", "scale", "corpus", "model", "evaluation"))));

  /** Libraries that stay in the rooms named. */
  private static final Map<String, Set<String>> ONLY_IN =
      Map.of(
          "org.apache.spark.", Set.of("table", "mllib", "job", "report"),
          "org.tribuo.", Set.of("model"),
          "ai.onnxruntime.", Set.of("encoder"),
          "com.typesafe.config.", Set.of("config"),
          "picocli.", Set.of("cli"));

  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([\\w.]+)", Pattern.MULTILINE);

  private record Import(String room, String file, String name) {
    String importedRoom() {
      return name.split("\\.")[2];
    }
  }

  @Test
  void roomsImportOnlyWhatTheirDoorsLetIn() throws IOException {
    List<String> broken =
        imports().stream()
            .filter(used -> used.name().matches("org\\.demarche\\.[a-z].*"))
            .filter(used -> !used.importedRoom().equals(used.room()))
            .filter(
                used ->
                    !MAY_IMPORT.getOrDefault(used.room(), Set.of()).contains(used.importedRoom()))
            .map(used -> used.file() + " imports " + used.name())
            .toList();
    assertThat(broken).isEmpty();
  }

  @Test
  void librariesStayInTheirRooms() throws IOException {
    List<Import> imports = imports();
    ONLY_IN.forEach(
        (library, rooms) ->
            assertThat(imports)
                .filteredOn(used -> used.name().startsWith(library))
                .filteredOn(used -> !rooms.contains(used.room()))
                .as("imports of %s outside %s", library, rooms)
                .isEmpty());
  }

  @Test
  void everyRoomHasADoorPlateAndAPlace() throws IOException {
    try (Stream<Path> rooms = Files.list(HOUSE)) {
      Set<String> found =
          rooms
              .filter(Files::isDirectory)
              .map(room -> room.getFileName().toString())
              .collect(Collectors.toSet());
      assertThat(found).isEqualTo(MAY_IMPORT.keySet());
    }
    assertThat(MAY_IMPORT.keySet())
        .allSatisfy(room -> assertThat(HOUSE.resolve(room).resolve("package-info.java")).exists());
  }

  private static List<Import> imports() throws IOException {
    try (Stream<Path> files = Files.walk(HOUSE)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(DoorsTest::importsOf)
          .toList();
    }
  }

  private static Stream<Import> importsOf(Path file) {
    Path place = HOUSE.relativize(file);
    try {
      return IMPORT
          .matcher(Files.readString(file))
          .results()
          .map(m -> new Import(place.getName(0).toString(), place.toString(), m.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
