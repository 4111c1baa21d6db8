package org.demarche.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;

class SpeakerIdsTest {

  private static final SpeakerIds IDS = new SpeakerIds(SpeakerDirectory.EMPTY);

  private static Speaker speaker(SpeakerKind kind, String name) {
    return new Speaker(kind, name, null, null, List.of());
  }

  private static String id(SpeakerKind kind, String name, String article) {
    return IDS.id(speaker(kind, name), article);
  }

  @Test
  void staysTheSameFromReleaseToRelease() {
    // SHA-256 of "PERSON\nmaria okonjo", its first 8 bytes.
    assertThat(id(SpeakerKind.PERSON, "Maria Okonjo", "a")).isEqualTo("ba15551cc027e370");
  }

  @Test
  void isOneForOneNameInEveryArticle() {
    assertThat(id(SpeakerKind.PERSON, "Maria T. Okonjo", "a"))
        .isEqualTo(id(SpeakerKind.PERSON, "Mrs. MARIA OKONJO", "b"));
    assertThat(id(SpeakerKind.ORGANIZATION, "The Vell Courier", "a"))
        .isEqualTo(id(SpeakerKind.ORGANIZATION, "Vell Courier", "b"));
  }

  @Test
  void tellsKindsApart() {
    assertThat(id(SpeakerKind.PERSON, "Vell", "a"))
        .isNotEqualTo(id(SpeakerKind.ORGANIZATION, "Vell", "a"));
  }

  @Test
  void neverMergesTheUnnamedOfTwoArticles() {
    assertThat(id(SpeakerKind.UNNAMED, "a spokesman", "a"))
        .isNotEqualTo(id(SpeakerKind.UNNAMED, "a spokesman", "b"))
        .isEqualTo(id(SpeakerKind.UNNAMED, "A spokesman", "a"));
    assertThat(id(SpeakerKind.GROUP, "residents", "a"))
        .isNotEqualTo(id(SpeakerKind.GROUP, "residents", "b"));
  }

  @Test
  void isOneForThoseWhoSpeakTogetherInAnyOrder() {
    assertThat(id(SpeakerKind.GROUP, "Maria Okonjo; Peter Marsh", "a"))
        .isEqualTo(id(SpeakerKind.GROUP, "Peter Marsh; Maria Okonjo", "b"));
  }

  @Test
  void isNullForTheUnknown() {
    assertThat(IDS.id(Speaker.UNKNOWN, "a")).isNull();
  }

  @Test
  void isTheDirectorysWhereTheDirectoryKnows() {
    SpeakerIds ids =
        new SpeakerIds(
            new SpeakerDirectory(
                List.of(
                    new KnownSpeaker(
                        "okonjo",
                        "Maria Okonjo",
                        SpeakerKind.PERSON,
                        List.of("Okonjo"),
                        null,
                        null,
                        null,
                        null))));
    assertThat(ids.id(speaker(SpeakerKind.PERSON, "Okonjo"), "a")).isEqualTo("okonjo");
    assertThat(ids.id(speaker(SpeakerKind.GROUP, "Okonjo; Peter Marsh"), "a"))
        .isEqualTo(ids.id(speaker(SpeakerKind.GROUP, "Peter Marsh; Maria Okonjo"), "b"));
  }

  @Property
  void isSixteenHexadecimalDigits(@ForAll @NotBlank String name, @ForAll SpeakerKind kind) {
    if (kind != SpeakerKind.UNKNOWN) {
      assertThat(id(kind, name, "a")).matches("[0-9a-f]{16}");
    }
  }
}
