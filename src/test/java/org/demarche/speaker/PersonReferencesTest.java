package org.demarche.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.demarche.speaker.Marked.names;
import static org.demarche.speaker.Marked.speakers;

import org.junit.jupiter.api.Test;

/** Which person a surname, a nickname, a description or a pronoun means. */
class PersonReferencesTest {

  @Test
  void readsSurnamesThatAreWordsForRoles() {
    assertThat(names("Ana Bishop left early. “It was late,” [Bishop] said. [King] wept."))
        .containsExactly("Ana Bishop", "King");
    assertThat(names("Ana Bishop met the Bishop of Vell. [The Bishop] said no."))
        .doesNotContain("Ana Bishop");
  }

  @Test
  void keepsInitialsThatAreAlsoTitles() {
    assertThat(names("[Luther M. Tarsk Jr.] said no. “It is done,” [Tarsk] said."))
        .containsExactly("Luther M. Tarsk Jr.", "Luther M. Tarsk Jr.");
    assertThat(names("[M. Quenby Marsh] said no. [M. Tarsk] said yes."))
        .containsExactly("M. Quenby Marsh", "Tarsk");
  }

  @Test
  void readsNicknamesInsideNames() {
    assertThat(
            names(
                "[Ruel “Spark” Okonjo] said no. [Okonjo] left. [Spark] laughed. "
                    + "[Edna (Teddy) Quill] sang. [Teddy] danced."))
        .containsExactly(
            "Ruel “Spark” Okonjo",
            "Ruel “Spark” Okonjo",
            "Ruel “Spark” Okonjo",
            "Edna (Teddy) Quill",
            "Edna (Teddy) Quill");
  }

  @Test
  void joinsAGivenNameWithItsShortForm() {
    assertThat(names("[Ken Marsh] spoke. Kenneth Marsh is a clerk. [Ken] left. [Marsh] did not."))
        .containsOnly("Kenneth Marsh");
    assertThat(names("[Paul Marsh] met Paula Marsh. [Another Paul Marsh] did not."))
        .contains("Paul Marsh");
  }

  @Test
  void takesOnlyAdjectivesForNoGivenNames() {
    assertThat(names("Torv Dray spoke at noon. Weary Torv slept. [Mr Dray] said no."))
        .containsExactly("Torv Dray");
    assertThat(names("Weary of it, Ana Dray slept. [Bewildered Dray] woke."))
        .containsExactly("Ana Dray");
  }

  @Test
  void takesANationalityBehindARoleForAGivenName() {
    assertThat(names("The trade minister German Tarsk left. [Mr Tarsk] said no."))
        .containsExactly("German Tarsk");
  }

  @Test
  void leavesRolesAndRanksOutOfTheName() {
    assertThat(
            names(
                "[Waitress Jula Li Tarsk] said no. [MSP Ana Dray] said yes. "
                    + "[Tobin Marsh MP] laughed. [The Vell MP] wept. [Co-anchor Edna Quill] sang."))
        .containsExactly("Jula Li Tarsk", "Ana Dray", "Tobin Marsh", "Tobin Marsh", "Edna Quill");
    assertThat(names("Senator Ana Dray (D-Vell.) left. [She] said no."))
        .containsExactly("Ana Dray");
    assertThat(names("Peter Marsh counted MPs. MPs laughed. [He] said no."))
        .containsExactly("Peter Marsh");
  }

  @Test
  void readsANameBehindTheOrganizationOfItsRole() {
    assertThat(
            names(
                "[Director at the Vell Foundation Ana Dray] said no. "
                    + "[Envoy to Norway Safra Okar] said yes."))
        .containsExactly("Ana Dray", "Safra Okar");
    assertThat(names("[An aide to Mayor Ana Dray] left."))
        .containsExactly("An aide to Mayor Ana Dray");
  }

  @Test
  void keepsTheTitleOfWhoHasNoSurname() {
    assertThat(names("King Olam met Queen Inga. [She] said no. [The king] did not."))
        .containsExactly("Queen Inga", "King Olam");
    assertThat(names("The Lord Chancellor, Lord Tarsk, left. [He] said no."))
        .containsExactly("Tarsk");
  }

  @Test
  void letsWhoActsBeAPersonAndNotWhereItHappens() {
    assertThat(names("Elvin Markov stepped up. The hall was cold. “Go,” [she] said."))
        .containsExactly("Elvin Markov");
    assertThat(
            names(
                "Torv Tarsk works in Sarevo. The rain in Sarevo, he knew, was cold. [He] said no."))
        .containsExactly("Torv Tarsk");
  }

  @Test
  void keepsAThingApartFromThePersonItIsCalledBy() {
    assertThat(names("They rode the Quade Train. [Quade] said no.")).containsExactly("Quade");
  }

  @Test
  void resolvesTheRoleOfALeadToWhoIsNamedBelow() {
    assertThat(names("[A Vell lawmaker] wept. Ana Dray, a Vell lawmaker, slept in May."))
        .containsExactly("Ana Dray");
    assertThat(speakers("[A miner] wept. Ana Dray, a Vell lawmaker, slept.").get(0).kind())
        .isEqualTo(SpeakerKind.UNNAMED);
  }

  @Test
  void leavesADriverUnnamedWhereNobodyIsSaidToDrive() {
    assertThat(
            names(
                "[Ansel Tarsk] said the fleet was ready. [The driver] said no. "
                    + "[The actress] said yes."))
        .containsExactly("Ansel Tarsk", "driver", "actress");
    assertThat(names("[Ansel Tarsk] said the fleet was ready. [The Velland leader] said no more."))
        .containsExactly("Ansel Tarsk", "Ansel Tarsk");
  }

  @Test
  void readsAnAgeForThePersonBefore() {
    assertThat(names("[Ana Dray, 41,] said no. [The 41-year-old] was cold."))
        .containsExactly("Ana Dray", "Ana Dray");
  }

  @Test
  void letsAPageSpeakForItsOwner() {
    assertThat(names("[Ana Dray] said no. [Her Facebook page] says yes."))
        .containsExactly("Ana Dray", "Ana Dray");
  }

  @Test
  void creditsNoThingThatCannotSpeak() {
    assertThat(
            names("[The incident] said no. [14] said no. [A welder] said yes. [Channel 10] wept."))
        .containsExactly(null, null, "A welder", "Channel 10");
  }

  @Test
  void takesANameAtTheStartOfASentenceWithItsRelativeClause() {
    assertThat(speakers("[Okar-Lund, who came late,] said no.").get(0).kind())
        .isEqualTo(SpeakerKind.PERSON);
  }
}
