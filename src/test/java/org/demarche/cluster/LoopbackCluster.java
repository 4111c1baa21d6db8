package org.demarche.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/** A real Spark standalone cluster on loopback: a master and two workers in their own processes. */
final class LoopbackCluster implements AutoCloseable {

  /** How a submitted application ended: its exit status and what it printed. */
  record Ended(int code, String output) {}

  private static final String HOST = "127.0.0.1";
  private static final String LOGGING =
      "-Dlog4j2.configurationFile=file:" + Path.of("conf/log4j2.properties").toAbsolutePath();

  private final Path sparkHome;

  /** Begins a command that starts a class of Spark. */
  private final List<String> start;

  private final Path work;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  private LoopbackCluster(Path sparkHome, List<String> start, Path work, int port) {
    this.sparkHome = sparkHome;
    this.start = start;
    this.work = work;
    this.port = port;
  }

  /**
   * Starts a cluster of Spark's jars as Maven brought them.
   *
   * @param jars Spark's jars and what they need
   * @param work an empty folder for what the cluster writes
   */
  static LoopbackCluster ofJars(List<Path> jars, Path work)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(work.resolve("spark-home"));
    Path folder = Files.createDirectories(home.resolve("jars"));
    for (Path jar : jars) {
      Files.createSymbolicLink(folder.resolve(jar.getFileName()), jar);
    }
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-cp", folder + "/*", "-Xmx1g", LOGGING));
    java.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
    return start(home, java, work);
  }

  /** Starts a cluster of the distribution of Spark in {@code home}, by its own scripts. */
  static LoopbackCluster ofDistribution(Path home, Path work)
      throws IOException, InterruptedException {
    return start(home, List.of(home.resolve("bin/spark-class").toString()), work);
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
      for (String worker : List.of("worker-1", "worker-2")) {
        cluster.launch(
            worker,
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
                work.resolve(worker).toString(),
                cluster.url()));
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  String url() {
    return "spark://" + HOST + ":" + port;
  }

  /** Submits an application as spark-submit does and waits for its end. */
  Ended submit(String name, List<String> options, Path jar, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("--master");
    command.add(url());
    command.addAll(options);
    command.add("--class");
    command.add("org.demarche.cli.Main");
    command.add(jar.toString());
    command.addAll(arguments);
    Process process = launch(name, "org.apache.spark.deploy.SparkSubmit", command);
    if (!process.waitFor(4, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("No end of " + name + " within 4 minutes: " + log(name));
    }
    return new Ended(process.exitValue(), log(name));
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      Process process = processes.get(i);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
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
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
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
