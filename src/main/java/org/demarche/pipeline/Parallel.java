package org.demarche.pipeline;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs independent queries and writes at the same time. Spark plans each of them on a single core,
 * so small ones one after another would leave the other cores idle.
 *
 * <p>{@link #close} waits until all started work has ended, even if some of it failed.
 */
public final class Parallel implements AutoCloseable {

  /** More threads do not help, since the driver has few cores to plan queries on. */
  private static final int THREADS = 3;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /** The result of work that may still be running. */
  public interface Result<T> {

    /**
     * Waits for the work and returns what it returned.
     *
     * @throws IOException if the work threw it; other exceptions are also thrown unchanged
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

  /** Runs all of {@code steps} and throws the exception of the first step that failed. */
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

  /** Throws {@code thrown} unchanged: Spark throws checked exceptions that it does not declare. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchanged(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
