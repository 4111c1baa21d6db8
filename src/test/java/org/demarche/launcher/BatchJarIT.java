package org.demarche.launcher;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.PATH;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import scala.util.Properties;

/** What the batch jar holds, since a cluster puts it beside Spark's own jars. */
class BatchJarIT {

  private static final Path BUILD = Path.of(System.getProperty("build.directory", "target"));
  private static final File JAR = BUILD.resolve("demarche.jar").toFile();
  private static final File BILL = BUILD.resolve("demarche.cdx.json").toFile();

  /** The names of relocated packages, and those that they have in the batch jar. */
  private static final Map<String, String> RELOCATED =
      Map.of(
          "com/google/protobuf/", "protobuf/",
          "com/ibm/icu/text/Charset", "icu/Charset",
          "com/typesafe/config/", "config/",
          "org/apache/commons/csv/", "csv/",
          "org/apache/commons/io/", "io/",
          "org/brotli/dec/", "brotli/");

  /** The class path has more than Spark has: what Spark brings with it, and drivers. */
  @Test
  void holdsNoClassThatIsInAJarOfSpark() throws IOException {
    assumeTrue(JAR.exists(), "no demarche.jar: run with mvn verify");
    Set<String> ours = names(JAR);
    assertThat(ours).contains("org/demarche/cli/Main.class");
    for (String jar : Files.readString(BUILD.resolve("provided.classpath")).strip().split(":")) {
      Set<String> both = names(new File(jar));
      both.retainAll(ours);
      assertThat(both).as(jar).isEmpty();
    }
  }

  @Test
  void isNamedAfterItsSparkAndScala() throws IOException {
    assumeTrue(JAR.exists(), "no demarche.jar: run with mvn verify");
    String spark = org.apache.spark.package$.MODULE$.SPARK_VERSION().replaceFirst("\\.\\d+$", "");
    String scala = Properties.versionNumberString().replaceFirst("\\.\\d+$", "");
    String glob = "demarche_spark-%s_%s-*.jar".formatted(spark, scala);
    try (DirectoryStream<Path> named = Files.newDirectoryStream(BUILD, glob)) {
      List<Path> jars = new ArrayList<>();
      named.forEach(jars::add);
      assertThat(jars).singleElement(PATH).hasSameBinaryContentAs(JAR.toPath());
    }
  }

  /** The bill of materials of a release lists the libraries in the batch jar, and no others. */
  @Test
  void holdsTheLibrariesOfItsBillOfMaterials() throws Exception {
    assumeTrue(
        JAR.exists() && BILL.exists(), "no bill of materials: run with mvn -Prelease verify");
    Set<String> listed = new TreeSet<>();
    for (JsonNode component : new ObjectMapper().readTree(BILL).get("components")) {
      listed.addAll(classes(jar(component)));
    }
    Set<String> held = classes(JAR);
    held.removeIf(name -> name.startsWith("org/demarche/") && !name.contains("/shaded/"));
    assertThat(held).isNotEmpty().isEqualTo(listed);
  }

  /** Returns the jar of a component, which is on the class path of this test. */
  private static File jar(JsonNode component) {
    String name =
        "%s-%s.jar".formatted(component.get("name").asText(), component.get("version").asText());
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(File::new)
        .filter(file -> file.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not on the class path: " + name));
  }

  /** Returns the classes of a jar that the batch jar takes, by the names that they have there. */
  private static Set<String> classes(File file) throws IOException {
    return names(file).stream()
        .map(BatchJarIT::relocated)
        // Of ICU, the batch jar takes only what recognises encodings.
        .filter(name -> !name.startsWith("com/ibm/icu/"))
        .collect(toSet());
  }

  private static String relocated(String name) {
    for (Map.Entry<String, String> library : RELOCATED.entrySet()) {
      if (name.startsWith(library.getKey())) {
        return "org/demarche/shaded/"
            + library.getValue()
            + name.substring(library.getKey().length());
      }
    }
    return name;
  }

  private static Set<String> names(File file) throws IOException {
    try (JarFile jar = new JarFile(file)) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
          .collect(toSet());
    }
  }
}
