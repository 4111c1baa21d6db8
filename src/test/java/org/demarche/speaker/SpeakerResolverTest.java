package org.demarche.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.demarche.speaker.Marked.names;
import static org.demarche.speaker.Marked.speakers;

import java.util.List;
import org.demarche.attribution.RuleStatementFinder;
import org.demarche.text.Article;
import org.junit.jupiter.api.Test;

class SpeakerResolverTest {

  @Test
  void givesASurnameTheFullName() {
    assertThat(
            names(
                "Harbour Minister Maria Okonjo arrived on Monday. [Okonjo] said the port was open. "
                    + "“It is open,” [Okonjo’s] statement read."))
        .containsExactly("Maria Okonjo", "Maria Okonjo");
  }

  @Test
  void givesTheRoleAndWhereItBelongs() {
    Speaker speaker = speakers("[Velland’s Foreign Minister Maria Okonjo] urged calm.").get(0);
    assertThat(speaker.kind()).isEqualTo(SpeakerKind.PERSON);
    assertThat(speaker.name()).isEqualTo("Maria Okonjo");
    assertThat(speaker.role()).isEqualTo("Foreign Minister");

    Speaker chinese = speakers("[Chinese Trade Minister Tan Shumin] urged calm.").get(0);
    assertThat(chinese.role()).isEqualTo("Chinese Trade Minister");
    assertThat(chinese.affiliation()).isEqualTo("China");
  }

  @Test
  void readsTheNameBesideAnApposition() {
    assertThat(
            names(
                "[Maria Okonjo, 48, the mayor of Vell,] said so. "
                    + "[The harbour master, Tobin Marsh,] agreed. "
                    + "[Vell police chief Ana Dray] did not. "
                    + "[Gen. R.K. Tessim] was silent."))
        .containsExactly("Maria Okonjo", "Tobin Marsh", "Ana Dray", "R.K. Tessim");
  }

  @Test
  void takesASurnameFirstWhereTheArticleDoes() {
    assertThat(names("Defence Minister Tan Shumin spoke. [Tan] said China would wait."))
        .containsExactly("Tan Shumin");
  }

  @Test
  void followsRolesIntroducedWithAName() {
    assertThat(
            names(
                "Maria Okonjo, the mayor of Vell, met Republican senator Peter Marsh. "
                    + "[The mayor] said little. [The Republican senator] said more."))
        .containsExactly("Maria Okonjo", "Peter Marsh");
  }

  @Test
  void followsSpokeswomenButNotToSpokesmen() {
    assertThat(
            names(
                "[Foreign ministry spokeswoman Ana Dray] denied it. "
                    + "[A navy spokesman] did not. [The spokesman] said the ships would stay."))
        .containsExactly("Ana Dray", "A navy spokesman", "A navy spokesman");
  }

  @Test
  void givesPronounsToTheNearestSpeakerOfTheirGender() {
    assertThat(
            names(
                "[Maria Okonjo] met Peter Marsh on Monday. [She] said the talks went well. "
                    + "[Marsh] was less sure. [He] said nothing was agreed, and [she] knew it."))
        .containsExactly(
            "Maria Okonjo", "Maria Okonjo", "Peter Marsh", "Peter Marsh", "Maria Okonjo");
  }

  @Test
  void learnsTheGenderOfRareNamesFromTitlesAndPronouns() {
    assertThat(
            names(
                "Mayor Quenby Tarsk spoke first, and she was calm. Then Peter Marsh spoke. "
                    + "[She] would listen, [Tarsk] said."))
        .containsExactly("Quenby Tarsk", "Quenby Tarsk");
  }

  @Test
  void abstainsFromAPronounNobodyCanBear() {
    assertThat(speakers("Peter Marsh left. [She] said so.")).containsExactly(Speaker.UNKNOWN);
    assertThat(speakers("It rained. [They] said so.")).containsExactly(Speaker.UNKNOWN);
  }

  @Test
  void joinsThoseWhoSpeakTogether() {
    Speaker joint =
        speakers(
                "Maria Okonjo arrived first. "
                    + "[Okonjo and Chinese Defence Minister Tan Shumin] said they had met.")
            .get(0);
    assertThat(joint.kind()).isEqualTo(SpeakerKind.GROUP);
    assertThat(joint.name()).isEqualTo("Maria Okonjo; Tan Shumin");
  }

  @Test
  void letsTheJointSpeakAsThey() {
    assertThat(
            names("[Maria Okonjo and Peter Marsh] met in Vell. [They] said the talks went well."))
        .containsExactly("Maria Okonjo; Peter Marsh", "Maria Okonjo; Peter Marsh");
  }

  @Test
  void doesNotJoinTwoRolesOfOnePerson() {
    assertThat(names("[Peter Marsh, founder and chief executive of Tarsk Motors,] said so."))
        .containsExactly("Peter Marsh");
  }

  @Test
  void laysAcronymsToTheirOrganization() {
    assertThat(
            speakers(
                "The Vell Harbour Authority (VHA) closed the port. [The VHA] said it was safe. "
                    + "[The authority] gave no date."))
        .allSatisfy(
            speaker -> {
              assertThat(speaker.kind()).isEqualTo(SpeakerKind.ORGANIZATION);
              assertThat(speaker.name()).isEqualTo("Vell Harbour Authority");
            });
  }

  @Test
  void namesMinistriesWithTheirCountry() {
    assertThat(
            names(
                "[China's Ministry of Trade] denied it. [The Commission on Harbour Fees] did not. "
                    + "[The commission] meets today."))
        .containsExactly(
            "China's Ministry of Trade",
            "Commission on Harbour Fees",
            "Commission on Harbour Fees");
  }

  @Test
  void takesGovernmentsAndCountriesForOrganizations() {
    assertThat(speakers("[Norway] protested. [The Norwegian government] called for talks."))
        .extracting(Speaker::kind)
        .containsExactly(SpeakerKind.ORGANIZATION, SpeakerKind.ORGANIZATION);
  }

  @Test
  void letsADocumentSpeakForItsAuthor() {
    assertThat(
            names(
                "Peter Marsh is a clerk. [Marsh's letter] warns of delays. "
                    + "[A report by the Vell Harbour Authority] says otherwise. "
                    + "[A leaflet] says nothing."))
        .containsExactly("Peter Marsh", "Vell Harbour Authority", "A leaflet");
  }

  @Test
  void describesGroups() {
    assertThat(
            speakers(
                "[U.S. officials] said so. [Residents] agreed. [Many Norwegians], who vote in May, "
                    + "do not."))
        .allSatisfy(speaker -> assertThat(speaker.kind()).isEqualTo(SpeakerKind.GROUP))
        .extracting(Speaker::name)
        .containsExactly("U.S. officials", "Residents", "Many Norwegians");
  }

  @Test
  void leavesTheUnnamedUnnamed() {
    assertThat(
            speakers(
                "Peter Marsh runs for mayor. [A campaign aide] said so. [The aide] said more. "
                    + "[A friend of Marsh] denied it. [One source, who asked not to be named,] "
                    + "laughed."))
        .allSatisfy(speaker -> assertThat(speaker.kind()).isEqualTo(SpeakerKind.UNNAMED))
        .extracting(Speaker::name)
        .containsExactly("A campaign aide", "A campaign aide", "A friend of Marsh", "One source");
  }

  @Test
  void doesNotTakeTheOneSpokenOfForTheSpeaker() {
    assertThat(names("[A member who supports Peter Marsh] said so. [Marsh's lawyer] did not."))
        .containsExactly("A member", "Marsh's lawyer");
  }

  @Test
  void readsTranscriptLabels() {
    assertThat(
            names(
                "Peter Marsh met Ana Dray on the programme.\n\n[MARSH]: Is it open?\n\n"
                    + "[DRAY]: It is.\n"))
        .containsExactly("Peter Marsh", "Ana Dray");
  }

  @Test
  void letsISpeakForTheOneQuoted() {
    assertThat(names("[Ana Dray] said: “[I] think the port is open.” [I] doubt it."))
        .containsExactly("Ana Dray", "Ana Dray", null);
  }

  /** British papers quote in single marks. */
  @Test
  void readsWhatStandsInSingleMarksAsSpoken() {
    assertThat(names("[Ana Dray] said: ‘[I] think the port is open.’ [I] doubt it."))
        .containsExactly("Ana Dray", "Ana Dray", null);
    assertThat(
            extracted(
                "Tom Vidal met Peter Okar on Monday.\n\n"
                    + "‘Okar is late, as Okar always is,’ he said."))
        .extracting(credited -> credited.speaker().name())
        .containsExactly("Tom Vidal");
  }

  @Test
  void keepsASurnameThatNoFullNameCompletes() {
    Speaker speaker = speakers("[Mr. Tarsk] said the port was open.").get(0);
    assertThat(speaker.kind()).isEqualTo(SpeakerKind.PERSON);
    assertThat(speaker.name()).isEqualTo("Tarsk");
  }

  @Test
  void tellsTwoOfOneSurnameApart() {
    assertThat(
            names(
                "Edna Quill and Peter Quill fish. [Mr. Quill] said no. [Mrs. Quill] said yes. "
                    + "[Edna] laughed."))
        .containsExactly("Peter Quill", "Edna Quill", "Edna Quill");
  }

  @Test
  void makesNoNamesOfHeadlines() {
    assertThat(
            names(
                "Okonjo Warns Vell Harbour Of Long Delays In Spring\n\n"
                    + "Maria Okonjo spoke on Monday. [Okonjo] said the delays were long.\n"))
        .containsExactly("Maria Okonjo");
  }

  @Test
  void doesNotLetAWordBeforeTheNameStickToIt() {
    assertThat(
            names(
                "Tireless Maria Okonjo spoke. [Maria Okonjo] said no. Later [Maria Okonjo] left."))
        .containsOnly("Maria Okonjo");
  }

  @Test
  void followsRelativePronouns() {
    assertThat(names("They asked Peter Marsh, [who] said no, and residents [who] said yes."))
        .containsExactly("Peter Marsh", "residents");
  }

  @Test
  void givesCampaignsTheirOwner() {
    assertThat(
            names(
                "Maria Okonjo runs again. [Okonjo's presidential campaign] denied it. "
                    + "[The campaign] said no more."))
        .containsOnly("Maria Okonjo campaign");
  }

  @Test
  void creditsNobodyWithoutASource() {
    assertThat(new SpeakerResolver().resolve(null, List.of())).isEmpty();
  }

  @Test
  void rulesOutWhoBelongsToAnotherCountry() {
    assertThat(
            names(
                "Foreign Minister Maria Okonjo of Ardent met Tobin Marsh. Vellandan boats "
                    + "left Velland for Ardent’s navy. “So be it,” [the Vellandan foreign minister] said. "
                    + "[The minister of Ardent] nodded."))
        .containsExactly("Vellandan foreign minister", "Maria Okonjo");
    assertThat(
            names(
                "Iran’s foreign minister, Maria Okonjo, arrived. [The Iraqi foreign minister] "
                    + "was late. [The Iranian foreign minister] was not."))
        .containsExactly("Iraqi foreign minister", "Maria Okonjo");
  }

  @Test
  void doesNotLetPeopleSpeakOfThemselvesByName() {
    List<CreditedStatement> credited =
        extracted(
            "Maria Okonjo met Ana Dray on Monday. Okonjo laughed. "
                + "“Okonjo has kept her word,” she said.");
    assertThat(credited)
        .extracting(statement -> statement.speaker().name())
        .containsExactly("Ana Dray");
  }

  @Test
  void takesWhatIsCalledByTheForNoPerson() {
    assertThat(
            names(
                "The crew of the Two Sisters landed. The Two Sisters, an old boat, sank. "
                    + "[She] wept. [The Littoral Compact] met; the Compact, it seems, is slow."))
        .containsExactly(null, "Littoral Compact");
    assertThat(speakers("Boats of the Kestrels left. [The Kestrels], said nothing.").get(0).kind())
        .isEqualTo(SpeakerKind.ORGANIZATION);
    assertThat(speakers("[The Compact], which met in May, agreed.").get(0).kind())
        .isEqualTo(SpeakerKind.ORGANIZATION);
  }

  @Test
  void takesCountriesAndTheirAdjectivesForNoPeople() {
    String text = "Velland’s foreign minister left. Vellandan boats sailed; Velland is Vellandan. ";
    Speaker country = speakers(text + "[Velland] protested.").get(0);
    assertThat(country.kind()).isEqualTo(SpeakerKind.ORGANIZATION);
    assertThat(names(text + "[He] sang. [The judge] slept.")).containsExactly(null, "judge");
    assertThat(speakers("The Ardents met. [The Ardents] said no, and the Ardents left."))
        .extracting(Speaker::kind)
        .containsExactly(SpeakerKind.ORGANIZATION);
    String rosavia = "Rosavia’s envoy left. Rosavian boats sailed, as Rosavians do. ";
    assertThat(speakers(rosavia + "[Rosavia] protested. [Rosavians] wept."))
        .extracting(Speaker::kind)
        .containsExactly(SpeakerKind.ORGANIZATION, SpeakerKind.GROUP);
  }

  @Test
  void takesMonthsForNoPeople() {
    assertThat(names("The port was shut in April. April 4 was a Friday. [The minister] wept."))
        .containsExactly("minister");
    assertThat(names("Much has changed since April. [She] wept.")).containsExactly((String) null);
    assertThat(names("April Marsh left in June. [She] wept.")).containsExactly("April Marsh");
  }

  @Test
  void readsTheLabelsOfATranscript() {
    List<Speaker> turns =
        speakers(
            "Yusuf Marsh met the Gazette on Monday.\n\n[GAZETTE]: Why?\n\n[MARSH]: I was asked."
                + "\n\n[THE SPEAKER]: Order.\n\n[Q]: Who?\n\n[HALDEN]: Me.");
    assertThat(turns)
        .extracting(Speaker::name)
        .containsExactly(null, "Yusuf Marsh", "Speaker", null, "Halden");
    assertThat(turns.get(2).kind()).isEqualTo(SpeakerKind.UNNAMED);
  }

  @Test
  void skipsThePlaceThatOpensAReport() {
    assertThat(names("PORT VELL — The boats came home. [It] said so."))
        .containsExactly((String) null);
  }

  @Test
  void readsASurnameInSForNoGroup() {
    Speaker lopes = speakers("[Lopes] said no.").get(0);
    assertThat(lopes.kind()).isEqualTo(SpeakerKind.PERSON);
    assertThat(speakers("[Skippers] said no.").get(0).kind()).isEqualTo(SpeakerKind.GROUP);
  }

  @Test
  void namesThoseAroundSomebodyAsAGroup() {
    List<Speaker> around =
        speakers(
            "Maria Okonjo left. [Okonjo’s office] denied it. [Okonjo’s New Harbour party] did not.");
    assertThat(around)
        .extracting(Speaker::name)
        .containsExactly("Maria Okonjo’s office", "New Harbour party");
    assertThat(around)
        .extracting(Speaker::kind)
        .containsExactly(SpeakerKind.GROUP, SpeakerKind.ORGANIZATION);
  }

  @Test
  void namesWhatBelongsToSomebodyOnce() {
    Speaker office = speakers("Stroud left. [Stroud’s office] denied it.").get(0);
    assertThat(office.name()).isEqualTo("Stroud’s office");
    assertThat(office.aliases()).isEmpty();
  }

  @Test
  void readsBodiesWithARoleOrAPossessiveInTheirName() {
    assertThat(
            speakers("[The Ministry of Justice] denied it. [The Hesper Fishers’ Union] did not."))
        .allMatch(speaker -> speaker.kind() == SpeakerKind.ORGANIZATION)
        .extracting(Speaker::name)
        .containsExactly("Ministry of Justice", "Hesper Fishers’ Union");
  }

  @Test
  void keepsThePresidentOfAUnionAPerson() {
    Speaker president = speakers("[Joaquim Tesk, the union president], shut its doors.").get(0);
    assertThat(president.kind()).isEqualTo(SpeakerKind.PERSON);
    assertThat(president.name()).isEqualTo("Joaquim Tesk");
  }

  @Test
  void saysTheBodyOfARoleOnce() {
    Speaker economist =
        speakers("[R.K. Tessim, an economist at the Vell School of Trade,] agreed.").get(0);
    assertThat(economist.role()).isEqualTo("economist");
    assertThat(economist.affiliation()).isEqualTo("Vell School of Trade");
  }

  @Test
  void readsASurnameThatARoleFollows() {
    assertThat(speakers("[Marchet, the harbour spokesman], left.").get(0).kind())
        .isEqualTo(SpeakerKind.PERSON);
    assertThat(names("[Jun-ho Marchet] left.")).containsExactly("Jun-ho Marchet");
  }

  private static List<CreditedStatement> extracted(String text) {
    return new StatementExtractor(SpeakerDirectory.EMPTY, new RuleStatementFinder())
        .extract(Article.of("extracted", text));
  }
}
