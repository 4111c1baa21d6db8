package org.demarche.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityTest {

  @Test
  void hasTheSingularForOneThingAlone() {
    assertThat(Quantity.of(1, "file")).isEqualTo("1 file");
    assertThat(Quantity.of(0, "file")).isEqualTo("0 files");
    assertThat(Quantity.of(2_041, "index", "indices")).isEqualTo("2,041 indices");
  }
}
