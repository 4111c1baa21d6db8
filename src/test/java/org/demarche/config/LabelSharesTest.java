package org.demarche.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.demarche.stance.Scale;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class LabelSharesTest {

  private static final Map<String, Scale> SCALES =
      Map.of("stance", Scales.STANCE, "sentiment", Scales.SENTIMENT);

  private static Map<String, double[]> parse(String json) {
    return LabelShares.parse("shares.json", json, SCALES);
  }

  @Test
  void areReadInTheOrderOfTheScale() {
    Map<String, double[]> shares =
        parse("{\"stance\": {\"assertive\": 0.3, \"neutral\": 0.6, \"conciliatory\": 0.1}}");
    assertThat(shares).containsOnlyKeys("stance");
    assertThat(shares.get("stance")).containsExactly(new double[] {0.1, 0.6, 0.3}, within(1e-12));
  }

  @Test
  void mayBeRoundedByHand() {
    double[] thirds =
        parse("{\"stance\": {\"conciliatory\": 0.333, \"neutral\": 0.333, \"assertive\": 0.333}}")
            .get("stance");
    assertThat(thirds).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-12));
  }

  @Test
  void reportEveryFaultAtOnce() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    {"stance": {"conciliatory": 0, "neutral": 0.6, "assertive": "much"},
                     "sentiment": {"positive": 0.5, "negative": 0.5, "mixed": 0.1},
                     "mood": {}}
                    """))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("5 faults")
        .hasMessageContaining(
            "'stance.conciliatory' must be above 0 and below 1, but was 0 (shares.json, line 1)")
        .hasMessageContaining(
            "'stance.assertive' must be a number above 0 and below 1, but was 'much'")
        .hasMessageContaining("'sentiment.neutral' is required")
        .hasMessageContaining("'sentiment.mixed' is not a label of the scale")
        .hasMessageContaining("'mood' is not a scale; there are sentiment, stance");
  }

  @Test
  void sumToOne() {
    assertThatThrownBy(
            () ->
                parse(
                    "{\"stance\": {\"conciliatory\": 0.1, \"neutral\": 0.6, \"assertive\": 0.2}}"))
        .hasMessageContaining("'stance' must sum to 1, but sums to 0.9000");
  }

  @Test
  void areOfAtLeastOneScaleAndInJson() {
    assertThatThrownBy(() -> parse("{}"))
        .hasMessageContaining("shares.json holds no shares: it may hold sentiment, stance");
    assertThatThrownBy(() -> parse("stance: "))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("shares.json");
  }
}
