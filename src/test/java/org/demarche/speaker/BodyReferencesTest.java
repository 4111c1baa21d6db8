package org.demarche.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.demarche.speaker.Marked.names;
import static org.demarche.speaker.Marked.speakers;

import org.junit.jupiter.api.Test;

/** Which organization a name, an acronym, a noun or a document means. */
class BodyReferencesTest {

  @Test
  void keepsBodiesApartThatDifferInLowerCaseWords() {
    assertThat(
            names(
                "[The Ardessan interior ministry] said no. [The Ardessan finance ministry] said "
                    + "yes. [The interior ministry] wept. [The Lodva city council] met. "
                    + "[The Lodva county council] slept. [The city council] sang."))
        .containsExactly(
            "Ardessan interior ministry",
            "Ardessan finance ministry",
            "Ardessan interior ministry",
            "Lodva city council",
            "Lodva county council",
            "Lodva city council");
  }

  @Test
  void namesAMinistryByItsCountry() {
    assertThat(
            names(
                "[Tamarat’s defence ministry] said no. [Tamarat] did not. "
                    + "[The Tamarat defence ministry] wept. [The ministry] slept."))
        .containsExactly(
            "Tamarat’s defence ministry",
            "Tamarat",
            "Tamarat’s defence ministry",
            "Tamarat’s defence ministry");
    assertThat(names("[Local police] said no.")).containsExactly("Local police");
  }

  @Test
  void takesTheBodyOfARoleForItsAffiliation() {
    Speaker leader = speakers("[Ana Dray, the leader of Lodva council,] said no.").get(0);
    assertThat(leader.name()).isEqualTo("Ana Dray");
    assertThat(leader.affiliation()).isEqualTo("Lodva council");
  }

  @Test
  void doesNotGiveAnOutletTheCountryBeforeIt() {
    assertThat(names("[Norway’s Telegraph] said no. [The Telegraph] said yes."))
        .containsOnly("Telegraph");
  }

  @Test
  void keepsTheWholeNameOfPartiesAndConventions() {
    assertThat(names("[The Liberal Democrats] said no. [The National Convention] said yes."))
        .containsExactly("Liberal Democrats", "National Convention");
    assertThat(names("[The Vell Society for Prevention of Cruelty to Gulls] said no."))
        .containsExactly("Vell Society for Prevention of Cruelty to Gulls");
  }

  @Test
  void readsAcronymsAndShortFormsOfBodies() {
    assertThat(names("The Department of Tides met. [The DOT] said no."))
        .containsExactly("Department of Tides");
    assertThat(names("They asked the Vell Observatory of Tides. Later [the Observatory] said no."))
        .containsExactly("Vell Observatory of Tides");
    assertThat(names("Shares of Quade Inc. fell. [Quade] said no.")).containsExactly("Quade Inc.");
  }

  @Test
  void findsWhatTheCompanyMeans() {
    assertThat(
            names(
                "Profits fell at Quade. Quade makes soap, and Tobin Marsh buys it. "
                    + "[The company] said no."))
        .containsExactly("Quade");
    assertThat(speakers("Tobin Marsh buys soap. [The company] said no.").get(0).kind())
        .isEqualTo(SpeakerKind.UNNAMED);
  }

  @Test
  void takesForThePaperOnlyWhatHasSpoken() {
    assertThat(
            names(
                "The Vell Mirror wept. Gulls ate Quade soap. [The Mirror] said no. [The paper] slept."))
        .endsWith("Vell Mirror");
    assertThat(speakers("They ate in the Quade Clinic. [The paper] said no.").get(0).kind())
        .isEqualTo(SpeakerKind.UNNAMED);
  }

  @Test
  void letsTheStatementSpeakForWhoSpokeLast() {
    assertThat(names("[The Vell Harbour Authority] said no. [The statement] gave no date."))
        .containsOnly("Vell Harbour Authority");
  }

  @Test
  void followsADescribedGroupToWhatHasSpoken() {
    assertThat(
            names(
                "[The Vell Observatory of Tides] said no. It rained. "
                    + "[The monitoring group] gave no date."))
        .containsOnly("Vell Observatory of Tides");
  }

  @Test
  void takesNoAdjectiveForANewspaper() {
    assertThat(speakers("[A South Korean newspaper] said no.").get(0).kind())
        .isEqualTo(SpeakerKind.UNNAMED);
  }
}
