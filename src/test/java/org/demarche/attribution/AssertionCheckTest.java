package org.demarche.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Article;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentences with the source in square brackets, the cue in curly ones and the content in <>. */
class AssertionCheckTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[Korda] {said} <the port was safe>.",
        "[Korda] {denied} <that he had left the port>.",
        "[Korda] {said} <he would resign>.",
        "[Korda] {said} <he could not say whether the port was safe>.",
        "[Korda] {vowed} <to close the strait>.",
        "[Korda] {plans} <to announce cuts>.",
        "[Korda] {promised} <not to raise fares>.",
        "[Korda] {refused} <to sign the treaty>.",
        "[Korda] {declined} <to run for mayor>.",
        "[Korda] {refused} <to apologise>.",
        "{According to} [Korda], <the port is not safe>.",
        "<The port is not safe>, {according to} [Korda].",
        "<“We will not go,”> {said} [Korda].",
        "<“We might go,”> [Korda] {said}.",
        "<“Nobody knows,”> [she] {said}.",
        "<The port was not safe>, [he] {said}.",
        "[No 10] {said} <the talks were over>.",
        "Not only did [Korda] {say} <that the port was safe>, he opened it.",
        "[Korda] not only {said} <that the port was safe>, he opened it.",
        "[Korda] would later {say} <that the port was safe>.",
        "[Korda] would go on to {say} <that the port was safe>.",
        "[Korda] went on to {say} <that the port was safe>.",
        "[Korda] could only {say} <that he was sorry>.",
        "[Korda] had to {admit} <that the port was closed>.",
        "[Korda] would like to {announce} <his departure>.",
        "[Korda] does not {support} <the treaty>.",
        "[Korda] did not {think} <the treaty would last>.",
        "[Korda] no longer {wants} <to lead the council>.",
        "[Korda] did not {rule out} <a strike>.",
        "[George Will] {said} <the port was safe>.",
        "Will [Osmani] {told} reporters <that the port was safe>.",
        "[May] {said} <the port was safe>.",
        "[Korda], who might run for mayor, {said} <the port was safe>.",
        "[Korda], not Osmani, {said} <the port was safe>.",
        "Asked whether the treaty was dead, [Korda] {said} <it was not>.",
        "<If asked again, he would go>, [Korda] {said}.",
        "Osmani asked if the port was safe and [Korda] {said} <it was>.",
        "The port stayed shut until [Korda] {said} <it was safe>.",
        "[Korda] did not come but {said} <the port was safe>.",
        "[Korda] will go to Vell, {adding} <that the port is safe>.",
        "[Korda] took the ferry to Vell to {say} <that the port was safe>.",
        "[Korda], without hesitation, {said} <the port was safe>.",
        "Why had [Korda] {said} <that the port was safe>?",
        "[Korda] can be heard {asking} <“Why?”>",
        "[Korda] was {asked} by [Osmani] <whether the port was safe>.",
        "[Korda] reportedly {said} <the port was safe>.",
        "[he]'d {said} <the port was safe>.",
        "[Korda] is quoted as {saying} <the port was safe>.",
        "[Korda] {said}, <when asked, that the port was safe>.",
        "[The ministers] {say} <the port is safe>.",
        "[Officials] deny the report and {say} <the port is safe>.",
        "[Korda] flew to Vell to meet the sailors and {announce} <new rules>.",
        "[Korda] had not come, he {said} <later that the port was safe>.",
        "As [Korda] has often {said}, <the port is safe>.",
        "[Korda] was forced to {admit} <that the port was closed>.",
        "[Korda] is one of those who {say} <the port is safe>.",
        "[Korda] asked not to be named, {saying} <that he feared for his job>.",
        "[She] tried to {reassure} <the sailors>.",
        "[Korda] {asked} <whether the port was safe>.",
        "[Korda] {asked} <the council to close the port>.",
        "[A minister who could not be named] {said} <the port was safe>.",
        "[Korda] never came. [He] {said} <the port was safe>.",
        "[The treaty] cannot last, {warned} <Korda>.",
        "[Korda] simply {said} <no>.",
        "[Korda] {said} <no to the treaty>.",
        "{It is no secret} <that the port was closed>.",
        "[Many] believe the strike is likely to last - and {fear} <that fares will rise>.",
        "[They] {were not happy about} <the treaty>.",
        "KORDA: <The port is safe.>"
      })
  void isAsserted(String marked) {
    assertThat(check(marked)).as(marked).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[Nobody] {said} <the port was safe>.",
        "[No one] {said} <the port was safe>.",
        "[None of the ministers] {said} <the port was safe>.",
        "[Neither minister] has {said} <the port was safe>.",
        "[No official] {confirmed} <the report>.",
        "Not even [Korda] {said} <the port was safe>.",
        "If [Korda] {says} <the strait is closed>, prices will double.",
        "Prices will double if [Korda] {says} <that the strait is closed>.",
        "Unless [the minister] {announces} <new rules>, the strike goes on.",
        "The strike goes on until [the minister] {announces} <new rules>.",
        "Osmani asked whether [Korda] had {said} <that the port was safe>.",
        "It is unclear whether [Korda] {believes} <the report>.",
        "[Korda] might {say} <that the port is safe>.",
        "[Korda] would {say} <that the port is safe>.",
        "[Korda] will {announce} <his departure>.",
        "[Korda] would not {say} <that the port is safe>.",
        "[Korda] could not {say} <whether the port was safe>.",
        "[Korda] must {say} <what he knows>.",
        "[Korda] may have {said} <that the port was safe>.",
        "[He]'ll {say} <that the port was safe>.",
        "<“The port is safe,”> [Korda] will {say}.",
        "[Korda] did not {say} <that>.",
        "[Korda] {did not say} <whether he would resign>.",
        "[Korda] didn’t {say} <whether he would resign>.",
        "[Korda] has not, so far, {said} <whether he would resign>.",
        "[Korda] has never {said} <that the port was safe>.",
        "[Korda] isn't {saying} <that the port is safe>.",
        "[Korda] would neither {confirm} nor deny <the report>.",
        "[Korda] would neither confirm nor {deny} <the report>.",
        "[Korda] did not confirm or {deny} <the report>.",
        "Nor did [Korda] {say} <that the port was safe>.",
        "Did [Korda] {say} <that the port was safe>?",
        "Had [Korda] {said} <that the port was safe>, ships would have come.",
        "[Osmani] {declined} <to comment>.",
        "[Osmani] {declined} further <comment>.",
        "[Osmani] {declined} <to give details>.",
        "[Osmani] {refused} <to say whether he would resign>.",
        "[Osmani] {refused to say} <whether he would resign>.",
        "[Osmani] refused to {say} <whether he would resign>.",
        "[Aldana] has yet to {respond} <to questions>.",
        "[Aldana] {has yet to respond} <to questions>.",
        "[Aldana] failed to {mention} <the strike>.",
        "[Aldana] was not able to {confirm} <the report>.",
        "[Aldana] is expected to {announce} <his departure>.",
        "It is wrong to {say} <that the port is safe>.",
        "It would be unfair to {say} <that the port is safe>.",
        "[Aldana] was asked to {explain} <the delay>.",
        "Osmani urged [Aldana] to {explain} <the delay>.",
        "[Aldana] was {asked} <to comment>.",
        "[Aldana] was {asked} <whether he would resign>.",
        "[The Courier] {asked} Aldana <for comment>.",
        "[Aldana] will meet the sailors and {announce} <new rules>.",
        "[Aldana] left without {saying} <whether he would resign>.",
        "[Aldana] stopped short of {accusing} <the council>.",
        "[Aldana] denied {saying} <that the port was safe>.",
        "[Aldana] is not quoted as {saying} <the port was safe>.",
        "[Aldana] {gave no details on} <the strike>.",
        "[Aldana] {but declined} <to give any details>.",
        "{It was not clear} <whether the port was safe>.",
        "{There was no word from} [Aldana] <on the strike>.",
        "[Aldana] {said} <nothing about the strike>.",
        "[Aldana] made no {claim} <that the port was safe>.",
        "[Aldana] has still not {explained} <why the port was closed>.",
        "[Aldana] rarely if ever would {say} <that the port was safe>.",
        "[Aldana] cannot {confirm} <that the port is safe>.",
        "Even if [Aldana] {said} <so>, nobody would listen.",
        "[Aldana] is likely to {argue} <that the port is safe>.",
        "[Aldana] plans to {announce} <new rules>.",
        "[Aldana] is to {announce} <new rules>.",
        "[Aldana] is going to {tell} <the council that the port is safe>.",
        "[Aldana] has to {say} <what he knows>.",
        "[Aldana] should also {say} <what he knows>.",
        "[Aldana], however, would not {say} <what he knew>.",
        "[Aldana] did not want to {say} <what he knew>.",
        "[Aldana] may want to {explain} <his letter>.",
        "[Aldana] has not {commented on} <the strike>.",
        "[Aldana] never, in ten years, {said} <that the port was safe>.",
        "[Aldana] refrained from {criticising} <the council>.",
        "[The minister] neither {confirmed} nor denied <the report>.",
        "[The minister] has not confirmed or {denied} <the report>.",
        "<The report> was not {confirmed} by [the minister].",
        "<The report> could not be {confirmed}."
      })
  void isNotAsserted(String marked) {
    assertThat(check(marked)).as(marked).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "say, said", "announce, announced", "claim, claimed", "confirm, confirmed", "deny, denied",
    "warn, warned", "admit, admitted", "insist, insisted", "tell, told", "reveal, revealed",
    "accuse, accused", "criticise, criticised", "call for, called for", "urge, urged"
  })
  void notAndModalsInTheVerbGroupFlipIt(String base, String past) {
    assertThat(check("[Korda] {%s} <the sailors>.".formatted(past))).isTrue();
    for (String source : List.of("Korda", "The minister", "She", "Korda, the mayor,")) {
      assertThat(check("[%s] had {%s} <the sailors>.".formatted(source, past))).isTrue();
      for (String group : List.of("did not", "didn't", "might", "will", "must", "won't even")) {
        assertThat(check("[%s] %s {%s} <the sailors>.".formatted(source, group, base)))
            .as("%s %s %s", source, group, base)
            .isFalse();
      }
      for (String group : List.of("had not", "hasn’t", "has never", "may have", "has not yet")) {
        assertThat(check("[%s] %s {%s} <the sailors>.".formatted(source, group, past)))
            .as("%s %s %s", source, group, past)
            .isFalse();
      }
    }
  }

  @Test
  void layoutAloneAsserts() {
    assertThat(check("[KORDA]: <Nobody will say so.>")).isTrue();
  }

  private static boolean check(String marked) {
    StringBuilder text = new StringBuilder();
    List<Span> content = new ArrayList<>();
    Span source = null;
    Span cue = null;
    int open = 0;
    for (char c : marked.toCharArray()) {
      switch (c) {
        case '[', '{', '<' -> open = text.length();
        case ']' -> source = new Span(open, text.length());
        case '}' -> cue = new Span(open, text.length());
        case '>' -> content.add(new Span(open, text.length()));
        default -> text.append(c);
      }
    }
    Article article = Article.of("marked", text.toString());
    return AssertionCheck.isAsserted(
        new AnnotatedText(new Tokenizer().tokenize(article.text(), article.body())),
        new Statement(StatementKind.INDIRECT, content, cue, source, "marked", 1));
  }
}
