package org.demarche.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.demarche.speaker.Marked.names;
import static org.demarche.speaker.Marked.speakers;

import org.junit.jupiter.api.Test;

/** Which organization a name, an acronym, a noun or a document means. */
class BodyReferencesTest {

  @Test
  void readsNamesThatEndInS() {
    assertThat(names("[Vendory's] said sales fell. Vendory's shares rose. [The company] left."))
        .containsExactly("Vendory's", "Vendory's");
    assertThat(names("Korda left. [Korda's] said to be ill.")).containsExactly("Korda");
  }

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

  @Test
  void joinsAnAcronymWithTheWordsBeforeItsBrackets() {
    assertThat(
            names(
                "[The Overseer of Fishing Activities in the Straits (OFAS)] said no. [OFAS] wept. "
                    + "[The Vell Harbour Union (HVU)] slept. [HVU] sang."))
        .containsExactly(
            "Overseer of Fishing Activities in the Straits",
            "Overseer of Fishing Activities in the Straits",
            "Vell Harbour Union",
            "Vell Harbour Union");
  }

  @Test
  void takesTheEndOfANameForTheOnlyLongerOne() {
    assertThat(names("[The Lodva Morning Herald] wept. [The Morning Herald] said no."))
        .containsOnly("Lodva Morning Herald");
    assertThat(names("The Lodva Trade Bank and the Vell Trade Bank met. [The Trade Bank] said no."))
        .containsExactly("Trade Bank");
  }

  @Test
  void creditsWhoPublishedADocument() {
    assertThat(
            names(
                "[An article in the Vell Courier] said no. [A notice on Vell Oil’s website] said "
                    + "yes. [A report on Vell Oil] wept. [A Twitter account] slept."))
        .containsExactly("Vell Courier", "Vell Oil", "A report on Vell Oil", "A Twitter account");
  }

  @Test
  void namesACampaignAsTheArticleDoes() {
    assertThat(names("Ana Dray left. [The Dray campaign] wept. [The campaign] said no."))
        .containsOnly("Dray campaign");
    assertThat(names("Ana Dray said the government slept. [The government] said no."))
        .containsExactly("government");
  }

  @Test
  void gathersThoseOfWhomAGroupIsMadeUp() {
    assertThat(names("[Outlets such as the Vell Courier and Radio Lodva] said no."))
        .containsExactly("Vell Courier; Radio Lodva");
    assertThat(names("[Neither Vell Oil nor Lodva Gas] said no."))
        .containsExactly("Vell Oil; Lodva Gas");
  }

  @Test
  void takesTheMinistryForTheLastOne() {
    assertThat(
            names(
                "[The ministry of defence] said no. [The ministry of labour] said yes. "
                    + "[The ministry] wept. [The Lodva court] slept. [The supreme court] sang. "
                    + "[The court] left."))
        .containsExactly(
            "ministry of defence",
            "ministry of labour",
            "ministry of labour",
            "Lodva court",
            "supreme court",
            "supreme court");
  }

  @Test
  void takesAWordWithACapitalInsideForAnOrganization() {
    assertThat(
            names(
                "Torv Tarsk left VellTrade. He wept. [VellTrade] said no. [He] said yes. "
                    + "[McDray] slept."))
        .containsExactly("VellTrade", "Torv Tarsk", "McDray");
    assertThat(speakers("[VellTrade] said no.").get(0).kind()).isEqualTo(SpeakerKind.ORGANIZATION);
    assertThat(speakers("[McDray] said no.").get(0).kind()).isEqualTo(SpeakerKind.PERSON);
  }

  @Test
  void readsNamesThatLookLikeOtherWords() {
    assertThat(
            names(
                "At noon [IS] said no. At one [WHO] said yes. [Velland Today] wept. "
                    + "[New York magazine] slept. [Al Lodvah in the Northern Isles (ALNI)] sang."))
        .containsExactly(
            "IS", "WHO", "Velland Today", "New York magazine", "Al Lodvah in the Northern Isles");
  }

  @Test
  void spellsOutAWordMadeOfTheStartsOfOthers() {
    assertThat(names("The Velland Harbour Command left. On Monday [HarbCom] said no."))
        .containsExactly("Velland Harbour Command");
    assertThat(names("The Nicolan Institute of Tides left. On Monday [Nicola] said no."))
        .containsExactly("Nicola");
  }

  @Test
  void takesTheIslamistGroupForTheOrganizationSpokenOf() {
    assertThat(names("The Vell Front burnt boats. [The Islamist group] said no."))
        .containsExactly("Vell Front");
    assertThat(speakers("[The Islamist group] said no.").get(0).kind())
        .isEqualTo(SpeakerKind.UNNAMED);
  }

  @Test
  void creditsADocumentToWhomItWasSaidToBeOf() {
    assertThat(
            names(
                "The Vell Front issued a statement on Monday. It was long. [The statement] said "
                    + "no. A Vellnet study is out. Few read it. [The study] said yes."))
        .containsExactly("Vell Front", "Vellnet");
    assertThat(names("Torv read a paper in Vell. [The article] said no."))
        .containsExactly("article");
  }

  @Test
  void takesALocalPaperForTheOneNamed() {
    assertThat(
            names(
                "[The newspaper al Lodvah] said no. [The paper] said yes. [The local paper] wept."))
        .containsOnly("al Lodvah");
  }

  @Test
  void keepsAPartyApartFromItsBranch() {
    assertThat(
            names(
                "The Vell Ardent Party wept. [The Ardent Party] said no. [The Ardent Party] said "
                    + "yes. [Ardent] slept."))
        .containsExactly("Ardent Party", "Ardent Party", "Ardent Party");
  }

  @Test
  void givesItToNoNameThatOnlyDescribes() {
    assertThat(
            names(
                "[The Lodvana government] said jets hit Vell Front camps twice. [It] did not say "
                    + "where. [The Norway advocacy group] wept."))
        .startsWith("Lodvana government", "Lodvana government")
        .doesNotContain("Norway");
    assertThat(names("[The Centers for Tide Control] said no."))
        .containsExactly("Centers for Tide Control");
  }
}
