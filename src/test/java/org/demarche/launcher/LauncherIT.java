package org.demarche.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code jobs/demarche} does with the machine that it finds: Java, memory and locale. */
class LauncherIT {

  private static final Path LAUNCHER = Path.of("jobs/demarche").toAbsolutePath();
  private static final Path SAMPLE =
      Path.of("src/main/resources/org/demarche/demo/articles.jsonl").toAbsolutePath();

  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void wantTheJar() {
    assumeTrue(Files.exists(Path.of("target/demarche.jar")), "no jar: run with mvn verify");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_292", "11.0.2", "24.0.1", "26-ea"})
  void refusesAnotherJavaInOneLine(String version) throws Exception {
    Path home = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.writeString(home.resolve("bin/java"), "#!/bin/sh\nexit 0\n");
    assertThat(home.resolve("bin/java").toFile().setExecutable(true)).isTrue();
    Ended ended = run(Map.of("JAVA_HOME", home.toString()), "demo");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .hasLineCount(1)
        .startsWith("demarche: Java " + version + " ")
        .contains("JDK 17, 21 or 25");
  }

  @Test
  void saysThatThereIsNoJava() throws Exception {
    Ended ended = run(Map.of("JAVA_HOME", folder.toString()), "demo");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).hasLineCount(1).contains("there is no Java in JAVA_HOME", "JDK 17");
  }

  @Test
  void namesAJarOfTheClassPathThatIsMissing() throws Exception {
    Path jobs = Files.createDirectories(folder.resolve("house/jobs"));
    Path target = Files.createDirectories(folder.resolve("house/target"));
    Path launcher = Files.copy(LAUNCHER, jobs.resolve("demarche"));
    Path there = Files.createFile(target.resolve("demarche.jar"));
    Path missing = folder.resolve("missing.jar");
    Files.writeString(target.resolve("provided.classpath"), there + ":" + missing);
    Ended ended = run(launcher, Map.of(), "demo");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).hasLineCount(1).startsWith("demarche: " + missing + ", which ");
  }

  /** The JDKs beside the one that runs this test, of which a build machine may have several. */
  static List<Path> jdks() throws IOException {
    List<Path> jdks = new ArrayList<>();
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    jdks.add(own);
    try (Stream<Path> beside = Files.list(own.getParent())) {
      for (Path home : beside.filter(Files::isDirectory).sorted().toList()) {
        if (!home.toRealPath().equals(own) && isSupported(home)) {
          jdks.add(home);
        }
      }
    }
    return jdks;
  }

  private static boolean isSupported(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.exists(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return false;
    }
    Properties properties = new Properties();
    properties.load(Files.newBufferedReader(release));
    return properties.getProperty("JAVA_VERSION", "").matches("\"(17|21|25)[.\"].*");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void runsTheDemoWithoutAWarning(Path jdk) throws Exception {
    Path out = folder.resolve("demo");
    Ended ended = run(Map.of("JAVA_HOME", jdk.toString()), "demo", "--out", out.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    // Progress, which comes after five seconds, and that the shares of labels are those of the
    // demo.
    assertThat(ended.err().lines().filter(line -> !line.startsWith("The label shares on scale")))
        .allMatch(line -> line.matches("(starting Spark|[a-z]+) .*\\(\\d+ s\\)"), "progress");
    assertThat(ended.out()).contains("52 articles", "Report   " + out);
    assertThat(out.resolve("report.html")).exists();
  }

  /** As a build by the launcher does. */
  @Test
  void archivesTheClassesOfADemoForLaterCommands() throws Exception {
    Ended demo =
        run(Map.of("DEMARCHE_ARCHIVE", "true"), "demo", "--out", folder.resolve("demo").toString());
    assertThat(demo.code()).as(demo.err()).isZero();
    Path loaded = folder.resolve("loaded.txt");
    run(Map.of("DEMARCHE_JAVA_OPTIONS", "-Xlog:class+load=info:file=" + loaded), "--version");
    assertThat(Files.readString(loaded))
        .contains("org.demarche.cli.Main source: shared objects file (top)");
  }

  @Test
  void readsNamesBeyondAsciiWithoutALocale() throws Exception {
    Path articles = Files.createDirectories(folder.resolve("Zürich łódź"));
    Files.copy(SAMPLE, articles.resolve("ärticles «1».jsonl"));
    Ended ended =
        run(
            Map.of("LC_ALL", "C", "LANG", ""),
            "ingest",
            "--articles",
            articles.toString(),
            "--warehouse",
            folder.resolve("wärehouse").toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("1 file,", "52 articles", "0 rejects");
    assertThat(folder.resolve("wärehouse/articles")).isDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lots", "4", "-1g", "4 g"})
  void refusesAMemoryThatIsNone(String memory) throws Exception {
    Ended ended = run(Map.of("DEMARCHE_MEMORY", memory), "demo");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .hasLineCount(1)
        .contains("DEMARCHE_MEMORY is '" + memory + "'", "such as 4g");
  }

  @Test
  void saysThatSparkHasTooLittleMemory() throws Exception {
    Ended ended =
        run(
            Map.of("DEMARCHE_MEMORY", "400m"),
            "ingest",
            "--articles",
            SAMPLE.toString(),
            "--warehouse",
            folder.resolve("w").toString());
    assertTooLittleMemory(ended);
  }

  /** One record that is larger than the heap that is left. */
  @Test
  void saysThatARunHasTooLittleMemory() throws Exception {
    Path articles = folder.resolve("a.jsonl");
    String text = "Ana Vidal said that the harbour was closed. ".repeat(300_000);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      lines.append("{\"id\": \"%d\", \"text\": \"%s\"}\n".formatted(i, text));
    }
    Files.writeString(articles, lines);
    Path warehouse = folder.resolve("w");
    Ended ended =
        run(
            Map.of("DEMARCHE_MEMORY", "600m"),
            "run",
            "--articles",
            articles.toString(),
            "--warehouse",
            warehouse.toString());
    assertTooLittleMemory(ended);
    assertThat(warehouse.resolve("articles")).doesNotExist();
  }

  private static void assertTooLittleMemory(Ended ended) {
    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err().lines().filter(line -> !line.matches(".*\\(\\d+ s\\)")))
        .singleElement()
        .asString()
        .contains("too little memory", "DEMARCHE_MEMORY");
  }

  @Test
  void keepsWhatStandsInAFileBehindWhichAShellAppends() throws Exception {
    Path annotated = folder.resolve("mine.jsonl");
    Files.writeString(
        annotated,
        """
        {"id": "a", "text": "“We sail,” Vidal said.", "attributions": [{"content": [[0, 10]], \
        "source": [[11, 16]], "cue": [[17, 21]]}]}
        """);
    Path kept = folder.resolve("kept.txt");
    Files.writeString(kept, "the first line\n");
    ProcessBuilder builder =
        new ProcessBuilder(
            LAUNCHER.toString(),
            "evaluate-attribution",
            "--annotated",
            annotated.toString(),
            "--curve",
            "/dev/stdout");
    builder.environment().put("DEMARCHE_NO_BUILD", "true");
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(kept.toFile()));
    Process process = builder.redirectError(folder.resolve("kept-err.txt").toFile()).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(kept)).startsWith("the first line\n").contains("\"points\"");
  }

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    return run(LAUNCHER, environment, arguments);
  }

  private Ended run(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("DEMARCHE_"));
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("DEMARCHE_NO_BUILD", "true");
    builder.environment().putAll(environment);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("hangs: " + command);
    }
    return new Ended(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
