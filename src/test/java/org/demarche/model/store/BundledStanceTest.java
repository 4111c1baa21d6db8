package org.demarche.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.demarche.model.ScaleModel;
import org.demarche.stance.Passage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bundled model of stance makes of sentences that it was not trained on. */
class BundledStanceTest {

  private static final ScaleModel STANCE = ModelStore.loadBundled("stance");

  /** The first of a pair is the harder one, whichever of the two has the negation. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          We will never accept this shameful deal. | We will gladly accept this deal.
          They must never accept the offer. | They should accept the offer.
          The envoy refused to welcome the ceasefire. | The envoy welcomed the ceasefire.
          The minister ruled out talks with the rebels. | The minister agreed to talks with the rebels.
          There will be no negotiations, said the general. | There will be negotiations, said the general.
          The union has no intention of cooperating with the inquiry. | The union intends to cooperate with the inquiry.
          We cannot forgive them, the mayor said. | We forgive them, the mayor said.
          The party leader refuses to apologise. | The party leader has apologised.
          The port rejected the proposal. | The port did not reject the proposal.
          The premier would retaliate against the tariffs. | The premier would not retaliate against the tariffs.
          Kelmar sought confrontation, she said. | Kelmar never sought confrontation, she said.
          He accused the board of fraud. | He did not accuse the board of fraud.
          I blame the referee for this. | I do not blame the referee for this.
          We will talk only if they disarm. | We will talk without preconditions.
          The gesture was not welcome. | The gesture was not unwelcome.
          The regime is our enemy. | The regime is not our enemy.
          """)
  void ordersAPairByItsNegation(String harder, String softer) {
    assertThat(position(harder)).isLessThan(position(softer));
  }

  private static double position(String text) {
    return STANCE.predict(Passage.of(text)).position();
  }
}
