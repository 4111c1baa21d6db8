package org.demarche.publish;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL server of its own on loopback, where the machine has one installed. */
public final class PostgresServer {

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  private final Path binaries;
  private final Path folder;
  private final int port;

  private PostgresServer(Path binaries, Path folder, int port) {
    this.binaries = binaries;
    this.folder = folder;
    this.port = port;
  }

  /** Starts a server; none where there is no PostgreSQL, or no account to run it under. */
  public static Optional<PostgresServer> start() throws IOException, InterruptedException {
    Optional<Path> binaries = binaries();
    if (binaries.isEmpty() || (isRoot() && run(List.of("id", "postgres")) != 0)) {
      return Optional.empty();
    }
    // Its driver asserts that no connection ends; users run it without assertions.
    PostgresServer.class.getClassLoader().setPackageAssertionStatus("org.postgresql", false);
    Path folder = Files.createTempDirectory("demarche-postgres");
    if (isRoot()) {
      // The server refuses to run as root; Debian's account for it must reach the folder.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Files.setOwner(
          folder,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PostgresServer server = new PostgresServer(binaries.get(), folder, port);
    String data = folder.resolve("data").toString();
    server.must("initdb", "-D", data, "-U", "demarche", "-A", "trust", "-E", "UTF8", "--no-sync");
    Path access = folder.resolve("data/pg_hba.conf");
    // Everybody is trusted but the user "guarded".
    Files.writeString(
        access, "host all guarded 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
    server.must(
        "pg_ctl",
        "-D",
        data,
        "-w",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
            .formatted(port),
        "start");
    return Optional.of(server);
  }

  /** Returns the address, with a user who may do everything and needs no password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=demarche".formatted(port);
  }

  /** Stops the server and deletes what it wrote. */
  public void stop() throws IOException, InterruptedException {
    must("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "-w", "stop");
    try (Stream<Path> left = Files.walk(folder)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void must(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(binaries.resolve(program).toString());
    command.addAll(Arrays.asList(arguments));
    if (run(command) != 0) {
      throw new IOException("Failed: " + String.join(" ", command));
    }
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .directory(new File("/"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static Optional<Path> binaries() throws IOException {
    List<Path> places = new ArrayList<>();
    if (Files.isDirectory(DEBIAN)) {
      try (Stream<Path> versions = Files.list(DEBIAN)) {
        versions.sorted(Comparator.reverseOrder()).map(v -> v.resolve("bin")).forEach(places::add);
      }
    }
    Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(Path::of)
        .forEach(places::add);
    return places.stream()
        .filter(
            place ->
                Files.isExecutable(place.resolve("initdb"))
                    && Files.isExecutable(place.resolve("pg_ctl")))
        .findFirst();
  }
}
