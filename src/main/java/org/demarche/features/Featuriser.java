package org.demarche.features;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.demarche.stance.Passage;

/**
 * Turns a passage into the set of its features: tokens and stems, alone and in pairs, pieces of
 * tokens, looks; and, if the passage is about a target, what stands around its mention. Training
 * and scoring call the same code.
 *
 * <p>A negated token shares no features with the same token affirmed, except pairs of tokens: the
 * dozen pieces of "accept" would otherwise outvote the one "never" before it. If there is a target
 * they are shared, because models of targets were found to need the word itself more.
 *
 * <p>A feature is present or absent; counting occurrences was found to add nothing. Immutable and
 * safe to share between threads; each thread has its own {@link FeatureBuffer}.
 */
public final class Featuriser {

  /** Raised whenever a passage may get other features; models of another version are refused. */
  public static final int VERSION = 3;

  private static final long TARGET_MARK = Hashing.word("\u0000target");

  /** Writes the features of {@code passage} into {@code out}, replacing what was there. */
  public void extract(Passage passage, FeatureBuffer out) {
    out.clear();
    PassageScanner.scan(passage, out);
    tokens(out, hasTarget(passage));
    edges(out);
    if (passage.hasTargetPlace()) {
      TargetFeatures.add(out);
    } else if (passage.target() != null) {
      copies(passage.target(), out);
    }
  }

  static boolean hasTarget(Passage passage) {
    return passage.target() != null || passage.hasTargetPlace();
  }

  /** Returns the ids of the features of {@code passage}, ascending and without repetition. */
  public int[] features(Passage passage) {
    FeatureBuffer buffer = FeatureBuffer.forScoring();
    extract(passage, buffer);
    return Arrays.stream(buffer.ids(), 0, buffer.size()).sorted().distinct().toArray();
  }

  /** Returns, by id, the features of {@code passage} that place one word around the target. */
  public Map<Integer, PlacedWord> placedWords(Passage passage) {
    FeatureBuffer buffer = FeatureBuffer.forExplaining();
    extract(passage, buffer);
    Map<Integer, PlacedWord> placed = new HashMap<>();
    for (int i = 0; i < buffer.size(); i++) {
      int position = buffer.position(i);
      if (position >= 0) {
        int token = buffer.firstToken(i);
        boolean denied = (buffer.flags[token] & FeatureBuffer.DENIED) != 0;
        placed.put(buffer.ids()[i], new PlacedWord(buffer.stems[token], denied, position));
      }
    }
    return placed;
  }

  /**
   * Adds tokens and stems, alone and in pairs; the mention of the target is one token. A single
   * denied token has a feature of its own, unless there is a target.
   */
  private static void tokens(FeatureBuffer out, boolean hasTarget) {
    long family = Hashing.start(Family.GRAM);
    long stems = Hashing.start(Family.STEM);
    long deniedWords = Hashing.start(Family.DENIED_WORD);
    int before = -1;
    long singleBefore = 0;
    long stemBefore = 0;
    for (int i = 0; i < out.tokens; i++) {
      boolean target = (out.flags[i] & FeatureBuffer.IN_TARGET) != 0;
      if (target && i > 0 && (out.flags[i - 1] & FeatureBuffer.IN_TARGET) != 0) {
        continue;
      }
      long word = target ? TARGET_MARK : out.words[i];
      long stem = target ? TARGET_MARK : out.stems[i];
      long single = Hashing.join(family, word);
      if ((out.flags[i] & FeatureBuffer.DENIED) != 0 && !hasTarget) {
        out.add(Hashing.join(deniedWords, word), i, i);
      } else {
        out.add(single, i, i);
        out.add(Hashing.join(stems, stem), i, i);
      }
      if (before >= 0) {
        out.add(Hashing.join(singleBefore, word), before, i);
        out.add(Hashing.join(Hashing.join(stems, stemBefore), stem), before, i);
      }
      before = i;
      singleBefore = single;
      stemBefore = stem;
    }
  }

  /** Adds the first and the last token. */
  private static void edges(FeatureBuffer out) {
    if (out.tokens == 0) {
      return;
    }
    int last = out.tokens - 1;
    long family = Hashing.start(Family.EDGE);
    out.add(Hashing.join(Hashing.join(family, 1), out.words[0]), 0, 0);
    out.add(Hashing.join(Hashing.join(family, 2), out.words[last]), last, last);
  }

  /** Adds every feature again for this target, since a word can mean something else about it. */
  private static void copies(String target, FeatureBuffer out) {
    long family = Hashing.join(Hashing.start(Family.COPY), Hashing.word(target));
    int plain = out.size();
    for (int i = 0; i < plain; i++) {
      out.addCopy(Hashing.join(family, out.ids()[i]), i);
    }
    out.add(Hashing.join(Hashing.start(Family.TARGET), Hashing.word(target)), 0, 0);
  }
}
