package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.warehouse.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.Map;

/** What the user or the machine can mend is told in one line, with its exit status. */
class FailureTest {

  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private Path folder;

  @Test
  void saysWhatOurOwnExceptionsSay() {
    Failure failure =
        Failure.of(
            new RuntimeException("wrapped", new ConfigurationException(List.of("'x' is wrong"))));
    assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(failure.line()).isEqualTo("Configuration: 'x' is wrong");
  }

  @Test
  void namesASchemeThatNoFileSystemReads() {
    Failure failure = of(() -> InputFiles.list(List.of("foo://bar/x"), new Configuration()));
    assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(failure.line()).contains("begin with 'foo:'").hasLineCount(1);
  }

  @Test
  void namesTheJarThatAnObjectStoreNeeds() {
    Failure failure = of(() -> InputFiles.list(List.of("s3a://bucket/x"), new Configuration()));
    assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(failure.line()).contains("S3AFileSystem", "hadoop-aws").hasLineCount(1);
  }

  @Test
  void namesAHostThatIsNotThere() {
    Failure failure =
        of(() -> InputFiles.list(List.of("hdfs://no-host.invalid/x"), new Configuration()));
    assertThat(failure.status()).isEqualTo(ExitStatus.INPUT_MISSING);
    assertThat(failure.line()).contains("cannot be reached", "no-host.invalid").hasLineCount(1);
  }

  @Test
  void tellsAPathThatIsNone() {
    Failure failure = of(() -> InputFiles.list(List.of("C:\\news"), new Configuration()));
    assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(failure.line()).contains("a path cannot be used as it is").hasLineCount(1);
  }

  @Test
  void namesADamagedFileOfATable() throws IOException {
    String table = folder.resolve("t").toString();
    SPARK.range(100).coalesce(1).write().parquet(table);
    Path file;
    try (Stream<Path> files = Files.list(Path.of(table))) {
      file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    for (byte[] damaged :
        List.of("no table".getBytes(), java.util.Arrays.copyOf(bytes, bytes.length / 2))) {
      Files.write(file, damaged);
      Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
      Failure failure = of(() -> SPARK.read().schema("id LONG").parquet(table).collectAsList());
      assertThat(failure.status()).isEqualTo(ExitStatus.INPUT_MISSING);
      assertThat(failure.line()).contains(file.toString(), "is damaged").hasLineCount(1);
    }
  }

  @Test
  void namesAFileThatVanishesWhileItIsRead() throws IOException {
    String table = folder.resolve("t").toString();
    SPARK.range(100).coalesce(1).write().parquet(table);
    var rows = SPARK.read().schema("id LONG").parquet(table);
    try (Stream<Path> files = Files.list(Path.of(table))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        Files.delete(file);
      }
    }
    Failure failure = of(rows::collectAsList);
    assertThat(failure.status()).isEqualTo(ExitStatus.INPUT_MISSING);
    assertThat(failure.line()).contains(table, "vanished while it was read").hasLineCount(1);
  }

  /** Storage that fails is no damage: nobody shall move a table away for it. */
  @Test
  void tellsStorageThatFailsFromADamagedFile() {
    Failure failure =
        Failure.of(unread("file:///w/t/part.parquet", new SocketException("Connection reset")));
    assertThat(failure.status()).isEqualTo(ExitStatus.INPUT_MISSING);
    assertThat(failure.line())
        .isEqualTo("the file /w/t/part.parquet cannot be read: Connection reset; run it again");
  }

  @Test
  void keepsToOneLineWhereSparkRepeatsATrace() {
    Failure failure =
        Failure.of(
            new RuntimeException(
                "Job aborted: java.io.IOException: Read-only file system\n  at a.b.C\n  at d",
                new IOException("/w/x: Read-only file system")));
    assertThat(failure.line())
        .isEqualTo("the file system is read-only: /w/x: Read-only file system");
  }

  @Test
  void saysThatADiskIsFull() {
    Failure failure =
        Failure.of(new RuntimeException("job", new IOException("No space left on device")));
    assertThat(failure.status()).isEqualTo(ExitStatus.OUTPUT_CONFLICT);
    assertThat(failure.line()).contains("a disk is full", "free some space").hasLineCount(1);
  }

  @Test
  void saysThatThereIsTooLittleMemory() {
    for (Throwable thrown :
        List.of(
            new OutOfMemoryError("Java heap space"),
            new RuntimeException("Job aborted: java.lang.OutOfMemoryError: Java heap space"),
            new IllegalArgumentException("System memory 466092032 must be at least 471859200."))) {
      Failure failure = Failure.of(thrown);
      assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(failure.line()).contains("too little memory", "DEMARCHE_MEMORY").hasLineCount(1);
    }
  }

  @Test
  void leavesTheRestUnexpected() {
    Failure failure = Failure.of(new IllegalStateException("a fault", new RuntimeException()));
    assertThat(failure.status()).isEqualTo(ExitStatus.UNEXPECTED);
    assertThat(failure.line()).isEqualTo("RuntimeException");
  }

  /** Returns what Spark throws if a task cannot read a file. */
  private static SparkException unread(String file, Throwable cause) {
    String condition =
        SPARK.version().startsWith("3.") ? "_LEGACY_ERROR_TEMP_2064" : "FAILED_READ_FILE.NO_HINT";
    return new SparkException(condition, new Map.Map1<>("path", file), cause);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static Failure of(Work work) {
    return Failure.of(catchThrowable(work::run));
  }

  @Test
  void tellsWhatMayNotBeReadFromWhatMayNotBeWritten() {
    IOException denied = new FileNotFoundException("/w/t/part.parquet (Permission denied)");
    assertThat(Failure.of(unread("file:///w/t/part.parquet", denied)).status())
        .isEqualTo(ExitStatus.INPUT_MISSING);
    assertThat(Failure.of(denied).status()).isEqualTo(ExitStatus.OUTPUT_CONFLICT);
  }
}
