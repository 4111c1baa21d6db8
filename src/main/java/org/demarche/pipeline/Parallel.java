package org.demarche.pipeline;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs queries and writes at the same time that do not need each other's results. Spark plans each
 * one on a single core, so that small ones would leave the other cores idle.
 *
 * <p>What has been started ends before {@link #close} returns, also where something failed.
 */
public final class Parallel implements AutoCloseable {

  /** More threads would only wait: the driver plans queries on few cores. */
  private static final int THREADS = 3;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /** The result of work that may still be running. */
  public interface Result<T> {

    /**
     * Waits for the work and returns what it returned.
     *
     * @throws IOException if the work threw it; whatever else it threw is thrown as it is
     */
    T get() throws IOException;
  }

  /** Work that returns nothing. */
  interface Step {
    void run() throws IOException;
  }

  /** Starts {@code work}. */
  public <T> Result<T> start(Callable<T> work) {
    Future<T> future = threads.submit(work);
    return () -> {
      try {
        return future.get();
      } catch (ExecutionException e) {
        throw Parallel.<RuntimeException>unchanged(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    };
  }

  /** Carries out all of {@code steps}; the first failure in their order is thrown. */
  static void run(Step... steps) throws IOException {
    try (Parallel together = new Parallel()) {
      Result<?>[] results = new Result<?>[steps.length];
      for (int i = 0; i < steps.length; i++) {
        Step step = steps[i];
        results[i] =
            together.start(
                () -> {
                  step.run();
                  return null;
                });
      }
      for (Result<?> result : results) {
        result.get();
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Spark throws checked exceptions that no signature declares; so does this. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchanged(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
