package org.demarche.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpeakerDirectoryTest {

  private static KnownSpeaker known(String id, String name, String... aliases) {
    return new KnownSpeaker(
        id, name, SpeakerKind.PERSON, List.of(aliases), "Mayor of Vell", null, "Velland", "Q1");
  }

  private static Speaker person(String name, String... aliases) {
    return new Speaker(SpeakerKind.PERSON, name, "mayor", "Vell", List.of(aliases));
  }

  private final SpeakerDirectory directory =
      new SpeakerDirectory(List.of(known("okonjo", "Maria Okonjo", "Okonjo", "M. T. Okonjo")));

  @Test
  void completesASurname() {
    Speaker completed = directory.complete(person("Okonjo"));
    assertThat(completed.name()).isEqualTo("Maria Okonjo");
    assertThat(completed.role()).isEqualTo("Mayor of Vell");
    assertThat(completed.affiliation()).isEqualTo("Vell");
    assertThat(completed.aliases()).containsExactly("Okonjo");
  }

  @Test
  void doesNotCareForTitlesAndCase() {
    assertThat(directory.find("Mrs. MARIA OKONJO")).map(KnownSpeaker::id).contains("okonjo");
  }

  @Test
  void doesNotTakeANamesakeForItsOwn() {
    Speaker namesake = person("Peter Okonjo", "Okonjo");
    assertThat(directory.complete(namesake)).isEqualTo(namesake);
  }

  @Test
  void leavesStrangersAsTheyAre() {
    assertThat(directory.complete(person("Ana Dray"))).isEqualTo(person("Ana Dray"));
    assertThat(directory.complete(Speaker.UNKNOWN)).isEqualTo(Speaker.UNKNOWN);
  }

  @Test
  void tellsEveryFaultAtOnce() {
    assertThatThrownBy(
            () ->
                new SpeakerDirectory(
                    List.of(
                        known("a", "Ana Dray"),
                        known("a", "Ana Dray"),
                        known("b", "Dr. Ana Dray"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id 'a' stands twice")
        .hasMessageContaining("'Dr. Ana Dray' means a and b");
  }

  @Test
  void doesNotSayTwiceWhereARoleBelongs() {
    SpeakerDirectory directory =
        new SpeakerDirectory(
            List.of(
                new KnownSpeaker(
                    "a",
                    "Ana Dray",
                    SpeakerKind.PERSON,
                    List.of(),
                    "spokeswoman, Harbour Ministry",
                    null,
                    null,
                    null)));
    Speaker spokeswoman =
        new Speaker(SpeakerKind.PERSON, "Ana Dray", "spokeswoman", "Harbour Ministry", List.of());
    assertThat(directory.complete(spokeswoman).affiliation()).isNull();
  }

  @Test
  void refusesTheUnnamed() {
    assertThatThrownBy(
            () ->
                new KnownSpeaker(
                    "x", "a spokesman", SpeakerKind.UNNAMED, List.of(), null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
