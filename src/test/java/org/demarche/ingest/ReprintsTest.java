package org.demarche.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.demarche.ingest.Reprints.Candidate;
import org.demarche.ingest.Reprints.Clusters;
import org.demarche.ingest.Reprints.Pair;
import org.demarche.ingest.Reprints.Printing;
import org.demarche.text.Span;
import org.junit.jupiter.api.Test;

class ReprintsTest {

  private static final Instant DAY = Instant.parse("2031-04-02T08:30:00Z");

  private static final String STORY =
      """
      The harbour minister, Ada Quill, urged calm on Monday after the ferries were stopped.
      Speaking in the old customs house, Gen. Quill said the boats would sail again by the end of
      the week if both sides kept to what they had agreed in the winter. The owners, for whom Tom
      Marsh spoke, called this a promise that nobody could keep, and asked for the money first.
      Nobody in the town expects the strike to end before the fair, though most hope that it will.
      """;

  @Test
  void areFoundThoughShortenedExtendedOrSetAnew() {
    Fingerprint story = fingerprint(STORY);

    assertThat(story.isSameStory(fingerprint(STORY))).isTrue();
    assertThat(story.isSameStory(fingerprint(STORY.replace(" ", "\n ").toUpperCase(Locale.ROOT))))
        .isTrue();
    assertThat(story.isSameStory(fingerprint(STORY.replace(" ", "  ").replace(",", " –"))))
        .isTrue();
    assertThat(story.isSameStory(fingerprint(STORY + "\nA further line was added later.")))
        .isTrue();
    assertThat(story.isSameStory(fingerprint(STORY.substring(0, STORY.indexOf("Nobody")))))
        .isTrue();
  }

  @Test
  void areNotTheSameWordsAboutOtherPeople() {
    String others = STORY.replace("Quill", "Brandt").replace("Ada", "Eva");

    assertThat(fingerprint(STORY).isSameStory(fingerprint(others))).isFalse();
    assertThat(fingerprint(STORY).isSameStory(fingerprint("Another story of other things.")))
        .isFalse();
  }

  @Test
  void shareAKey() {
    List<Long> keys = boxed(fingerprint(STORY).keys());

    assertThat(boxed(fingerprint(STORY + "\nA further line was added later.").keys()))
        .containsAnyElementsOf(keys);
    assertThat(boxed(fingerprint("Another story of other things entirely.").keys()))
        .doesNotContainAnyElementsOf(keys);
  }

  @Test
  void comeWithinAFortnight() {
    Candidate first = candidate("a", DAY);

    assertThat(first.isReprintOf(candidate("b", DAY.plus(13, ChronoUnit.DAYS)))).isTrue();
    assertThat(first.isReprintOf(candidate("b", DAY.plus(300, ChronoUnit.DAYS)))).isFalse();
    assertThat(first.isReprintOf(candidate("b", null))).isTrue();
  }

  @Test
  void areNamedByTheFirstPrintingInWhateverOrderTheyAreJoined() {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      if (i % 10 != 0) {
        pairs.add(new Pair(printing(i), printing(i - 1)));
      }
    }
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(pairs, new Random(round));
      Clusters clusters = new Clusters();
      pairs.forEach(clusters::join);

      assertThat(clusters.clusterIds()).hasSize(40);
      for (int i = 0; i < 40; i++) {
        // Within ten, the last was printed first.
        assertThat(clusters.clusterIds()).containsEntry("n" + i, "n" + (i / 10 * 10 + 9));
      }
    }
  }

  @Test
  void areAllJoinedInABucketThatIsFlooded() {
    List<Candidate> bucket = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      bucket.add(
          new Candidate(
              "n%04d".formatted(i),
              DAY,
              i % 2 == 0 ? fingerprint(STORY) : fingerprint(STORY.replace("Quill", "Brandt"))));
    }
    List<Pair> pairs = Reprints.pairs(bucket);
    Collections.shuffle(bucket, new Random(3));
    Clusters clusters = new Clusters();
    pairs.forEach(clusters::join);

    assertThat(Reprints.pairs(bucket)).isEqualTo(pairs);
    assertThat(clusters.clusterIds().values()).containsOnly("n0000", "n0001");
  }

  @Property
  void areFingerprintedByTheirWordsAlone(@ForAll String text) {
    Fingerprint fingerprint = fingerprint(text + " end");

    assertThat(Fingerprint.fromBytes(fingerprint.toBytes())).isEqualTo(fingerprint);
    assertThat(fingerprint(text + " end" + " ")).isEqualTo(fingerprint);
    assertThat(fingerprint.isSameStory(fingerprint)).isTrue();
  }

  private static Printing printing(int i) {
    return new Printing("n" + i, DAY.minusSeconds(i));
  }

  private static Candidate candidate(String id, Instant publishedAt) {
    return new Candidate(id, publishedAt, fingerprint(STORY));
  }

  private static Fingerprint fingerprint(String text) {
    return Fingerprint.of(text, new Span(0, text.length()));
  }

  private static List<Long> boxed(long[] keys) {
    return LongStream.of(Arrays.copyOf(keys, keys.length)).boxed().toList();
  }
}
