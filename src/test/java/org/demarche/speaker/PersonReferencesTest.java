package org.demarche.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.demarche.speaker.Marked.names;
import static org.demarche.speaker.Marked.speakers;

import java.util.List;
import org.demarche.attribution.Statement;
import org.demarche.attribution.StatementKind;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;
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

  @Test
  void namesWhomTheLeadOnlyDescribes() {
    assertThat(
            names(
                "[A Lodva priest] says the sea is a woman.\n\nFather Olaf Brenk, 71, slept for "
                    + "a week. [The priest] said he had met it. [He] said it was kind."))
        .containsOnly("Olaf Brenk");
    assertThat(
            names(
                "[The leader of the Vell rebels] denied a truce.\n\nIn a video, Anton Grieg "
                    + "laughed. [Grieg] said no."))
        .containsOnly("Anton Grieg");
    assertThat(names("[An expert] said no.\n\nJudge Ana Dray, 44, met Lena Ohm, a researcher."))
        .containsExactly("Lena Ohm");
  }

  @Test
  void doesNotNameWhomNewsLeavesWithoutName() {
    for (String source : new String[] {"An official", "A Vell Oil spokeswoman", "The judge"}) {
      Speaker speaker = speakers("[" + source + "] said no.\n\nAna Dray, 44, left.").get(0);
      assertThat(speaker.kind()).as(source).isEqualTo(SpeakerKind.UNNAMED);
    }
  }

  @Test
  void namesTheRelativeOfTheNextSentence() {
    assertThat(
            names(
                "[Otto Grieg] fled. The boat sank on Monday off Lodva. It was old. The crew swam. "
                    + "Nobody was hurt. [His sister] said he was safe. Ruth Grieg, 31, wept."))
        .containsExactly("Otto Grieg", "Ruth Grieg");
  }

  @Test
  void gathersWhomACommaOrAPronounJoins() {
    assertThat(names("[Dray, Okonjo] agree on tolls\n\nAna Dray met Maria Okonjo."))
        .containsExactly("Ana Dray; Maria Okonjo");
    assertThat(names("[Otto Grieg] left. [Both he and Ana Dray] said no."))
        .containsExactly("Otto Grieg", "Otto Grieg; Ana Dray");
    assertThat(names("Paul Imre and Laura Finch own the mill. It leaks. [They] said no."))
        .containsExactly("Paul Imre; Laura Finch");
  }

  @Test
  void takesAQueenForAWoman() {
    assertThat(
            names(
                "Prime Minister Torben Aske met Queen Adela. [She] said it was cold. "
                    + "[Sheikha Noor al-Harbi] left. [Sheikha Noor] said no. [Empress Yuki] ate."))
        .containsExactly("Queen Adela", "Noor al-Harbi", "Noor al-Harbi", "Empress Yuki");
  }

  @Test
  void takesANicknameForAPartOfTheName() {
    assertThat(names("[Robert “Bobby” Tarn Jr.] said no. [Tarn] wept. [Bobby Tarn] slept."))
        .containsOnly("Robert “Bobby” Tarn Jr.");
    assertThat(names("[Theodore “The Eel” Brask] swam. [Brask] said no."))
        .containsOnly("Theodore “The Eel” Brask");
  }

  @Test
  void doesNotKeepAnUnknownRoleInTheName() {
    assertThat(
            names(
                "It was late, said [greengrocer Laura Finch]. [Greengrocer Finch] wept. "
                    + "[Eyewitness Lena Ohm] slept. [Major Dray] said no."))
        .containsExactly("Laura Finch", "Laura Finch", "Lena Ohm", "Dray");
  }

  @Test
  void readsAWireInCapitals() {
    assertThat(
            names(
                "\"THE DAM WILL GO AHEAD,\" [MINISTER OTTO BREMM] SAID ON TUESDAY. [BREMM] SAID "
                    + "THE ROAD WAS OPEN. [FARMER ILSKE KOWAL] SAID IT WAS NOT. [KOWAL] WEPT."))
        .containsExactly("Otto Bremm", "Otto Bremm", "Ilske Kowal", "Ilske Kowal");
  }

  @Test
  void creditsASpokespersonNamedBehindTheBody() {
    Speaker kade =
        speakers("[A spokesman for the Vell Board, Jonas Kade,] said no. [The spokesman] left.")
            .get(1);
    assertThat(kade.name()).isEqualTo("Jonas Kade");
    assertThat(kade.affiliation()).isEqualTo("Vell Board");
  }

  @Test
  void takesNoPartOfANounPhraseForThePersonOfHe() {
    assertThat(
            names(
                "Ana Dray’s guide Torv Tarsk came late. A clumsy Tybalt slept. He wept. [He] said "
                    + "no."))
        .containsExactly("Torv Tarsk");
    assertThat(
            names(
                "Torv Tarsk, 30, came late. Four Ardish traders saw him. [He] said the quay was "
                    + "shut."))
        .containsExactly("Torv Tarsk");
    assertThat(
            names(
                "Torv Tarsk, 30, left. West Lodvashire wept, and Lodvashire slept. "
                    + "[The 30-year-old] said no."))
        .containsExactly("Torv Tarsk");
  }

  @Test
  void joinsASurnameSpeltInTwoWays() {
    assertThat(
            names(
                "Damir Tulomaben, a trader, left. At noon [Tulomanben] said no. [Tulomanben] wept. "
                    + "At one [Tulomabens] slept."))
        .containsExactly("Damir Tulomaben", "Damir Tulomaben", "Tulomabens");
    assertThat(names("Ana Dray left. Mr. Drey wept. [Drey] said no.")).containsExactly("Drey");
  }

  @Test
  void leavesPlacesAndOfficesBeforeANameOutOfIt() {
    assertThat(
            names(
                "Going to Norway Tarsk slept. [Tarsk] said no. President Torv Tarsk left. "
                    + "Ovel Drask left. [Harbour Chief Mirna Lodvana Ovel Drask] wept."))
        .containsExactly("Torv Tarsk", "Ovel Drask");
  }

  @Test
  void givesHeToNoPollAndToNoGod() {
    assertThat(names("[Torv Tarsk] left. [Polls] said no. [He] wept."))
        .containsExactly("Torv Tarsk", "Polls", "Torv Tarsk");
    assertThat(
            names(
                "[Torv Tarsk] left. No just God would wait for what they did. “It is late,” [he] "
                    + "said."))
        .containsExactly("Torv Tarsk", "Torv Tarsk");
  }

  @Test
  void givesARelativeClauseToThePersonAndNotToThePlaceOf() {
    assertThat(names("Torv Tarsk, 24, from Lodvana, [who] said no. Ana Dray of Vell [who] wept."))
        .containsExactly("Torv Tarsk", "Ana Dray");
  }

  @Test
  void readsTheRoleBeforeARank() {
    assertThat(
            names(
                "The ministry spokesman Maj. Gen. Torv Tarsk spoke. [The spokesman] said no. "
                    + "Shadow chancellor Ovel Drask met Ana Dray. [The chancellor] wept."))
        .startsWith("Torv Tarsk")
        .doesNotContain("Ovel Drask");
  }

  @Test
  void readsANameOfARoleBehindATitleAndAnUnknownGivenName() {
    assertThat(names("[Admiral Jorn Pastor] said no. “It is late,” [Pastor] said."))
        .containsOnly("Jorn Pastor");
  }

  @Test
  void takesASurnameForTheFullNameThatComesLater() {
    assertThat(names("“It is late,” [Korda] said. The quay was wet. Ansel Korda was in Lodva."))
        .containsExactly("Ansel Korda");
  }

  @Test
  void takesAnAccountForThePersonOfThatName() {
    assertThat(names("“Why?” wrote [@LeylaOsmani]. Leyla Osmani slept. [@vellboats] said no."))
        .containsExactly("Leyla Osmani", "@vellboats");
  }

  @Test
  void takesADescriptionBehindANameForItsBearer() {
    String text = "Later, Torv Tarsk, a trader from Lodvana said boats sank. ";
    assertThat(speaker(text, "a trader from Lodvana", "boats sank")).isEqualTo("Torv Tarsk");
    String told = "Torv Tarsk, the dockers said, was late.";
    assertThat(speaker(told, "the dockers", "Torv Tarsk")).isEqualTo("dockers");
    assertThat(speaker("Tarsk wept. Torv Tarsk, a docker said, was late.", "a docker", "Torv"))
        .isEqualTo("a docker");
  }

  @Test
  void takesAPronounForWhoWasTheSubjectLast() {
    assertThat(
            names(
                "[Ida Holm] said the tram was late. Una Gray opened the bridge. “It is long,” [she]"
                    + " said."))
        .containsExactly("Ida Holm", "Una Gray");
  }

  @Test
  void tellsHoldersOfOneOfficeApartByTheirTowns() {
    assertThat(
            names(
                "[Mayor Ida Holm of Lund] backed it. [The mayor of Pell] said no. [The mayor of"
                    + " Lund] said yes."))
        .containsExactly("Ida Holm", "mayor of Pell", "Ida Holm");
    assertThat(names("[Lawyer Dana Ruiz] was glad. [The ministry's lawyer] said it would appeal."))
        .containsExactly("Dana Ruiz", "ministry's lawyer");
    assertThat(names("Lawyer Dana Ruiz represents Rolf Dahl. [Mr Dahl's lawyer] said no."))
        .containsExactly("Dana Ruiz");
  }

  @Test
  void takesNobodyForARelativeBecauseOfASentence() {
    assertThat(
            names(
                "[The father of the victim] said he forgave. Rolf Dahl was sentenced to nine"
                    + " years."))
        .containsExactly("father of the victim");
    assertThat(names("[The mother of the boy] said she forgave. Ana Dahl, 41, lives in Vell."))
        .containsExactly("Ana Dahl");
    assertThat(names("[The mother of the boy] said she prayed. Ana Dahl has appealed for help."))
        .containsExactly("Ana Dahl");
  }

  @Test
  void readsNamesThatAreAlsoSmallWordsOrMonths() {
    assertThat(names("[Per Dahl] said no. [Jan Kettler] said yes. [Theresa May] left. [May] wept."))
        .containsExactly("Per Dahl", "Jan Kettler", "Theresa May", "Theresa May");
    assertThat(names("Per Dahl, it is late. [Dahl] said no.")).containsExactly("Dahl");
  }

  private static String speaker(String text, String source, String content) {
    Statement statement =
        new Statement(
            StatementKind.INDIRECT,
            List.of(span(text, content)),
            null,
            span(text, source),
            "marked",
            1);
    AnnotatedText words =
        new AnnotatedText(new Tokenizer().tokenize(text, new Span(0, text.length())));
    return new SpeakerResolver().resolve(words, List.of(statement)).get(0).name();
  }

  private static Span span(String text, String part) {
    return new Span(text.indexOf(part), text.indexOf(part) + part.length());
  }
}
