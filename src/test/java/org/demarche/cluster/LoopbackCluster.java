package org.demarche.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import scala.util.Properties;

/**
 * A real Spark standalone cluster on loopback: a master and two workers in their own processes.
 * With {@code -Dspark.home=DIR} it is that of a distribution of Spark, with its spark-submit;
 * without, it is made of Spark's jars as Maven brought them.
 */
public final class LoopbackCluster implements AutoCloseable {

  /** How a submitted application ended: its exit status and what it printed. */
  public record Ended(int code, String output) {}

  static final Path BUILD =
      Path.of(System.getProperty("build.directory", "target")).toAbsolutePath();

  private static final Path JAR = BUILD.resolve("demarche.jar");
  private static final String HOST = "127.0.0.1";
  private static final String LOGGING =
      "-Dlog4j2.configurationFile=file:" + Path.of("conf/log4j2.properties").toAbsolutePath();

  private final Path sparkHome;

  /** Begins a command that starts a class of Spark. */
  private final List<String> start;

  private final Path work;
  private final int port;
  private final List<Process> processes = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();
  private final Set<ProcessHandle> executors = new HashSet<>();

  private LoopbackCluster(Path sparkHome, List<String> start, Path work, int port) {
    this.sparkHome = sparkHome;
    this.start = start;
    this.work = work;
    this.port = port;
  }

  /** Returns whether the batch jar is there, which applications are started from. */
  public static boolean isBuilt() {
    return Files.exists(JAR);
  }

  /**
   * Starts a cluster.
   *
   * @param work an empty folder for what the cluster writes
   */
  public static LoopbackCluster start(Path work) throws IOException, InterruptedException {
    String distribution = System.getProperty("spark.home");
    if (distribution != null) {
      Path home = Path.of(distribution).toAbsolutePath();
      return start(home, List.of(home.resolve("bin/spark-class").toString()), work);
    }
    Path home = Files.createDirectories(work.resolve("spark-home"));
    Path folder = Files.createDirectories(home.resolve("jars"));
    for (String jar : Files.readString(BUILD.resolve("provided.classpath")).strip().split(":")) {
      Files.createSymbolicLink(folder.resolve(Path.of(jar).getFileName()), Path.of(jar));
    }
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-cp", folder + "/*", "-Xmx1g", LOGGING));
    java.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
    return start(home, java, work);
  }

  private static LoopbackCluster start(Path home, List<String> start, Path work)
      throws IOException, InterruptedException {
    LoopbackCluster cluster = new LoopbackCluster(home, start, work, freePort());
    try {
      cluster.launch(
          "master",
          "org.apache.spark.deploy.master.Master",
          List.of("--host", HOST, "--port", "" + cluster.port, "--webui-port", "0"));
      cluster.awaitMaster();
      cluster.startWorker();
      cluster.startWorker();
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  String url() {
    return "spark://" + HOST + ":" + port;
  }

  private void startWorker() throws IOException {
    String name = "worker-" + processes.size();
    workers.add(
        launch(
            name,
            "org.apache.spark.deploy.worker.Worker",
            List.of(
                "--host",
                HOST,
                "--webui-port",
                "0",
                "--cores",
                "2",
                "--memory",
                "3g",
                "--work-dir",
                work.resolve(name).toString(),
                url())));
  }

  /** Returns the processes of the executors that are alive. */
  public List<ProcessHandle> executors() {
    List<ProcessHandle> alive =
        workers.stream().flatMap(Process::children).filter(ProcessHandle::isAlive).toList();
    executors.addAll(alive);
    return alive;
  }

  /** Starts workers in place of those that are dead. */
  public void replaceWorkers() throws IOException {
    workers.removeIf(worker -> !worker.isAlive());
    while (workers.size() < 2) {
      startWorker();
    }
  }

  /**
   * Submits an application of the batch jar as spark-submit does.
   *
   * @param name of its log
   */
  public Process start(String name, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add("--master");
    command.add(url());
    command.addAll(options);
    command.add("--class");
    command.add("org.demarche.cli.Main");
    command.add(JAR.toString());
    command.addAll(arguments);
    return launch(name, "org.apache.spark.deploy.SparkSubmit", command);
  }

  /** Waits for the end of the application {@code name}, which {@link #start} started. */
  public Ended await(String name, Process process) throws IOException, InterruptedException {
    if (!process.waitFor(4, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("No end of " + name + " within 4 minutes: " + log(name));
    }
    return new Ended(process.exitValue(), log(name));
  }

  /** Submits an application as {@link #start} does and waits for its end. */
  public Ended submit(String name, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    return await(name, start(name, options, arguments));
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      Process process = processes.get(i);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    // An executor outlives its worker for a moment.
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  private Process launch(String name, String main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(start);
    command.add(main);
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_HOME", sparkHome.toString());
    // Where there is no distribution, Spark asks for its Scala.
    builder
        .environment()
        .put("SPARK_SCALA_VERSION", Properties.versionNumberString().replaceFirst("\\.\\d+$", ""));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // For small data; the executors have it from their worker.
    builder
        .environment()
        .put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable");
    builder.environment().put("SPARK_SUBMIT_OPTS", LOGGING);
    builder.environment().put("SPARK_DAEMON_JAVA_OPTS", LOGGING);
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    builder.environment().remove("SPARK_MASTER");
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private void awaitMaster() throws InterruptedException, IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      try {
        new Socket(HOST, port).close();
        return;
      } catch (IOException e) {
        if (!processes.get(0).isAlive()) {
          break;
        }
        // Nothing tells when a port opens but to knock.
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
    throw new IllegalStateException("The master did not come up: " + log("master"));
  }

  private String log(String name) throws IOException {
    return Files.readString(work.resolve(name + ".log"), UTF_8);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    }
  }
}
