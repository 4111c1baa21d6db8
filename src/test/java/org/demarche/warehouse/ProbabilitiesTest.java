package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

/** What a table keeps of a distribution is close to it, sums to one, and reads back as it was. */
class ProbabilitiesTest {

  @Test
  void readsBackWhatItWrote() {
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      LabelDistribution exact = random(random);
      LabelDistribution rounded = Probabilities.rounded(exact);
      assertThat(Probabilities.parse(Scales.STANCE, Probabilities.text(rounded)))
          .isEqualTo(rounded);
      assertThat(rounded.probabilities()).containsExactly(exact.probabilities(), within(1.5e-4));
    }
  }

  @Test
  void keepsCertainty() {
    LabelDistribution certain = new LabelDistribution(Scales.STANCE, new double[] {0, 1, 0});
    assertThat(Probabilities.text(Probabilities.rounded(certain)))
        .isEqualTo("0.0000,1.0000,0.0000");
  }

  @Test
  void refusesWhatIsNoDistributionOfTheScale() {
    for (String text :
        new String[] {"", "0.5000,0.5000", "0.5000,0.2000,0.2000,0.1000", "0.5,0.2,0.3", "a"}) {
      assertThatThrownBy(() -> Probabilities.parse(Scales.STANCE, text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static LabelDistribution random(Random random) {
    double[] weights = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
    double sum = weights[0] + weights[1] + weights[2];
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return new LabelDistribution(Scales.STANCE, weights);
  }
}
