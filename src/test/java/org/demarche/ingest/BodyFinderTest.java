package org.demarche.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFinderTest {

  private static final String STORY =
      """
      PORT ALDEN (Coast Wire) - The harbour minister urged calm on Monday.

      “We will talk,” she said.""";

  @Test
  void cutsWhatAWirePagePrintsAroundItsStory() {
    String text =
        """
        April 2, 2031 / 8:30 AM / 3 years ago

        Minister urges calm over ferries

        %s

        Writing by Ann Lee and Bo Day, Editing by Cy Dow

        0 : 0
          • wide-screen-only
          • tall-screen-and-above"""
            .formatted(STORY);
    Page page = BodyFinder.find(text, null);

    assertThat(page.body().of(text)).isEqualTo(STORY);
    assertThat(page.title()).isEqualTo("Minister urges calm over ferries");
    assertThat(page.dateline()).isEqualTo("PORT ALDEN");
    assertThat(page.author()).isEqualTo("Ann Lee, Bo Day");
    assertThat(page.publishedAt()).isEqualTo(Instant.parse("2031-04-02T08:30:00Z"));
  }

  @Test
  void cutsTheHeadlineThatTheInputGives() {
    String text = "Minister Urges Calm.\n\nBy Ann Lee\n\n" + STORY;
    Page page = BodyFinder.find(text, "Minister urges calm");

    assertThat(page.body().of(text)).isEqualTo(STORY);
    assertThat(page.author()).isEqualTo("Ann Lee");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(Reporting by Ann Lee in Rome; Editing by Cy Dow)",
        "12 comments",
        "Read more: Ferry talks begin",
        "© 2031 Coast Wire. All rights reserved.",
        "This story has been updated.",
        "Follow Ann Lee on Twitter @annlee.",
        "Ann Lee contributed to this report.",
        "Sign up for our newsletter",
        "___",
        "Editing by Cy Dow\n\nOur house rules say how we work and are here."
      })
  void cutsFurnitureBelow(String furniture) {
    String text = STORY + "\n\n" + furniture;

    assertThat(BodyFinder.find(text, null).body().of(text)).isEqualTo(STORY);
  }

  @Test
  void cutsASignOffThatEndsTheLastParagraph() {
    String text = STORY + " (Reporting by Ann Lee; Editing by Cy Dow)";

    assertThat(BodyFinder.find(text, null).body().of(text)).isEqualTo(STORY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ferries are back",
        "Reporting by the committee was late, the minister said.",
        "By 8 p.m. the harbour was open again.",
        "Follow the money, the minister said.",
        "Further, she said the plan drawn up by Mayor Cy Dow was wrong.",
        "“Read more,” the minister told the mayor.",
        "On April 2, 2031, the harbour was opened.",
        "MAYOR: Not one ferry will sail."
      })
  void keepsWhatItIsNotSureOf(String line) {
    String above = line + "\n\nThe ferries sailed again. Nobody was hurt.";
    String below = "The ferries sailed again. Nobody was hurt.\n\n" + line;

    assertThat(BodyFinder.find(above, null).body().of(above)).isEqualTo(above);
    assertThat(BodyFinder.find(below, null).body().of(below)).isEqualTo(below);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PORT ALDEN, April 2 (Coast Wire) - The minister | PORT ALDEN
          ALDEN, Wales — The minister                      | ALDEN, Wales
          ST. BRIDE, Calif. -- The minister                | ST. BRIDE, Calif.
          ALDEN—The minister                               | ALDEN
          ALDEN ― The minister                             | ALDEN
          EXCLUSIVE – The minister                         |
          Alden - The minister                             |
          The ALDEN ferry - the last one                   |
          """)
  void readsTheDateline(String text, String place) {
    assertThat(BodyFinder.find(text, null).dateline()).isEqualTo(place);
  }

  @Property
  void findsABodyInsideAnyText(@ForAll @NotBlank String text, @ForAll String title) {
    // Records whose text is blank in this sense too are rejected before.
    Assume.that(!BodyFinder.isBlank(text));
    Page page = BodyFinder.find(text, title);

    assertThat(page.body().end()).isLessThanOrEqualTo(text.length());
  }

  @Test
  void findsTheBodyOfTheSeedPage() throws IOException {
    Path seed = Path.of("../shared/seed/panetta-liang-2012-09-18.txt");
    assumeTrue(Files.exists(seed), "needs ../shared/seed beside the checkout");
    String text = Files.readString(seed);
    String body = BodyFinder.find(text, null).body().of(text);

    assertThat(body).startsWith("BEIJING (Reuters)").endsWith("build trust.”");
  }
}
