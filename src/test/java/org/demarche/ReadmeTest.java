package org.demarche;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java of the README, so that it works as it is printed. */
class ReadmeTest {

  private static final Pattern JAVA =
      Pattern.compile("```java\n(.*?)```\n\nprints\n\n```\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theJavaOfTheReadmePrintsWhatTheReadmeSays() throws Exception {
    Matcher example = JAVA.matcher(Files.readString(Path.of("README.md")));
    assertThat(example.find()).isTrue();

    assertThat(printed(example.group(1))).isEqualTo(example.group(2));
  }

  private String printed(String program) throws Exception {
    List<String> imports = program.lines().filter(line -> line.startsWith("import ")).toList();
    String statements = program.substring(program.lastIndexOf("import "));
    Path source = folder.resolve("Example.java");
    Files.writeString(
        source,
        String.join("\n", imports)
            + "\npublic class Example { public static void main(String[] args) {"
            + statements.substring(statements.indexOf('\n'))
            + "}}");
    ByteArrayOutputStream faults = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                faults,
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(status).as(faults.toString(StandardCharsets.UTF_8)).isZero();
    return run();
  }

  private String run() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) null);
    } catch (InvocationTargetException e) {
      throw new AssertionError("The example failed", e.getCause());
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
