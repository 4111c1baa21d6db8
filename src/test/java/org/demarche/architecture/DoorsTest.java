package org.demarche.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.demarche.model.ModelFormat;
import org.junit.jupiter.api.Test;

/**
 * Keeps the doors between the rooms: which room may use which, and where libraries come in. A room
 * is a package below {@code org.demarche}, with the packages inside it. What lies in {@code
 * org.demarche} itself is everybody's.
 */
class DoorsTest {

  private static final String HOUSE = "org.demarche.";

  /**
   * What each room may use of the house, as CONTRIBUTING.md lists it. A room uses only rooms above
   * it in this list, so there are no circles; a room that is missing there has no place in the
   * house.
   */
  private static final Map<String, Set<String>> MAY_USE = doors();

  /** Libraries that stay in the rooms named. */
  private static final Map<String, Set<String>> ONLY_IN =
      Map.of(
          "org.apache.spark.", Set.of("warehouse", "pipeline", "mllib"),
          "org.tribuo.", Set.of("training"),
          "ai.onnxruntime.", Set.of("encoder"),
          "com.typesafe.config.", Set.of("config"),
          "picocli.", Set.of("cli"),
          "org.jsoup.", Set.of("text", "ingest"));

  private static final JavaClasses WITH_TESTS = importAll();

  private static final JavaClasses CLASSES =
      WITH_TESTS.that(
          DescribedPredicate.describe(
              "main classes",
              type ->
                  !type.getSource().orElseThrow().getUri().getPath().contains("/test-classes/")));

  private static JavaClasses importAll() {
    // The names of what is used suffice; to read all of Spark for more takes long.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter().importPackages("org.demarche");
  }

  /** What spark-submit starts, and what a public type has in its signature. */
  private static final Set<String> FOR_USERS =
      Set.of("org.demarche.Demarche", "org.demarche.cli.Main", "org.demarche.training.Trainer");

  /** Classes that a later step of the rebuild makes private to their rooms. */
  private static final Set<String> TO_HIDE =
      Set.of("org.demarche.speaker.Name", "org.demarche.speaker.SpeakerResolver");

  private record Use(String room, String user, String used) {}

  /** Reads lines such as {@code score tallies, intervals stance, text}. */
  private static Map<String, Set<String>> doors() {
    String page;
    try {
      page = Files.readString(Path.of("CONTRIBUTING.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Set<String>> doors = new LinkedHashMap<>();
    page.substring(page.indexOf("## The house"))
        .lines()
        .dropWhile(line -> !line.equals("```"))
        .skip(1)
        .takeWhile(line -> !line.equals("```"))
        .map(line -> line.split(" {2,}"))
        .filter(columns -> !columns[0].startsWith("("))
        .forEach(
            columns ->
                doors.put(
                    columns[0], columns.length < 3 ? Set.of() : Set.of(columns[2].split(", "))));
    return doors;
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> both = new HashSet<>(a);
    both.addAll(b);
    return both;
  }

  @Test
  void roomsUseOnlyWhatTheirDoorsLetIn() {
    List<String> broken =
        uses()
            .filter(use -> !room(use.used()).isEmpty())
            .filter(use -> !use.room().equals(room(use.used())))
            .filter(use -> !MAY_USE.get(use.room()).contains(room(use.used())))
            .map(use -> use.user() + " uses " + use.used())
            .distinct()
            .sorted()
            .toList();
    assertThat(broken).isEmpty();
  }

  @Test
  void roomsOpenOnlyDoorsThatTheyUse() {
    Set<String> used =
        uses()
            .filter(use -> use.used().startsWith(HOUSE))
            .map(use -> use.room() + " " + room(use.used()))
            .collect(Collectors.toSet());
    Set<String> unused = new TreeSet<>();
    MAY_USE.forEach((room, uses) -> uses.forEach(other -> unused.add(room + " " + other)));
    unused.removeAll(used);
    assertThat(unused).isEmpty();
  }

  /** The façade is above all rooms, though its package is that of what every room may know. */
  @Test
  void noRoomUsesTheFacade() {
    assertThat(uses()).extracting(Use::used).doesNotContain("org.demarche.Demarche");
  }

  @Test
  void thereAreNoCircles() {
    Set<String> above = new HashSet<>();
    MAY_USE.forEach(
        (room, uses) -> {
          above.add(room);
          Set<String> below = new TreeSet<>(uses);
          below.removeAll(above);
          assertThat(below).as("used by %s and below it", room).isEmpty();
        });
  }

  @Test
  void librariesStayInTheirRooms() {
    ONLY_IN.forEach(
        (library, rooms) ->
            assertThat(
                    uses()
                        .filter(use -> use.used().startsWith(library))
                        .map(Use::room)
                        .collect(Collectors.toSet()))
                .as("rooms that use %s", library)
                .isEqualTo(rooms));
  }

  @Test
  void everyRoomHasADoorPlateAndAPlace() throws IOException {
    Path house = Path.of("src/main/java/org/demarche");
    try (Stream<Path> rooms = Files.list(house)) {
      assertThat(rooms.filter(Files::isDirectory).map(room -> room.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
    }
    try (Stream<Path> folders = Files.walk(house)) {
      assertThat(folders.filter(Files::isDirectory))
          .allSatisfy(room -> assertThat(room.resolve("package-info.java")).exists());
    }
  }

  /**
   * The tests of another package count as its users, and so does what looks for kinds of models.
   */
  @Test
  void nothingIsPublicThatNoOtherPackageUses() {
    Set<String> unused =
        CLASSES.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> !type.isAssignableTo(ModelFormat.class))
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    WITH_TESTS.forEach(
        user ->
            user.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(used -> !used.getPackageName().equals(user.getPackageName()))
                .forEach(used -> unused.remove(topLevel(used))));
    assertThat(unused).isEqualTo(union(FOR_USERS, TO_HIDE));
  }

  private static String topLevel(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  /** Returns what the classes of every room use. */
  private static Stream<Use> uses() {
    return CLASSES.stream()
        .filter(user -> !room(user.getName()).isEmpty())
        .flatMap(
            user ->
                user.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .map(JavaClass::getName)
                    .map(used -> new Use(room(user.getName()), user.getName(), used)));
  }

  /** Returns the room of a class, empty for the classes of no room. */
  private static String room(String className) {
    String[] names = className.split("\\.");
    return className.startsWith(HOUSE) && names.length > 3 ? names[2] : "";
  }
}
