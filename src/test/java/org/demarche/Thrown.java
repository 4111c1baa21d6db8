package org.demarche;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;

/** What tests ask of a failure. */
public final class Thrown {

  private Thrown() {}

  /** Asks for a {@link DemarcheException} that ends a command with {@code status}. */
  public static Consumer<Throwable> with(ExitStatus status) {
    return failure ->
        assertThat(failure)
            .isInstanceOfSatisfying(
                DemarcheException.class, e -> assertThat(e.status()).isEqualTo(status));
  }
}
