package org.demarche.launcher;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The bill of materials of a release lists the libraries in the batch jar, and no others. */
class BatchJarIT {

  private static final File JAR = new File("target/demarche.jar");
  private static final File BILL = new File("target/demarche.cdx.json");

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

  /** Returns the classes in a jar, by the names that they have in the batch jar. */
  private static Set<String> classes(File file) throws IOException {
    try (JarFile jar = new JarFile(file)) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
          .map(name -> name.replace("com/google/protobuf/", "org/demarche/shaded/protobuf/"))
          .collect(toSet());
    }
  }
}
