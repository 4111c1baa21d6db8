package org.demarche.publish;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts a PostgreSQL server before the tests of a class, and stops it after them. */
public final class PostgresExtension implements BeforeAllCallback, AfterAllCallback {

  private Optional<PostgresServer> server = Optional.empty();

  @Override
  public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
    server = PostgresServer.start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
    if (server.isPresent()) {
      server.get().stop();
    }
  }

  /** Returns the address of the server; a test that asks is skipped where there is none. */
  public String url() {
    assumeTrue(server.isPresent(), "PostgreSQL is not installed: not tested");
    return server.get().url();
  }
}
