package org.demarche.attribution.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.demarche.attribution.learned.CueLexicon;
import org.demarche.attribution.learned.CueShares;
import org.demarche.attribution.learned.Tag;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/** Counts for each word how often it occurs in annotated articles, and how often in a cue. */
final class CueCounts {

  private static final int[] NONE = {0, 0};

  private final Map<Integer, int[]> counts = new HashMap<>();

  /** The lexicon of the model to learn on top of, whose words keep their bins; null for none. */
  private final CueLexicon base;

  CueCounts(List<TaggedArticle> articles, CueLexicon base) {
    articles.forEach(this::add);
    this.base = base;
  }

  private void add(TaggedArticle article) {
    Tokens tokens = article.text().tokens();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.is(i, Type.WORD)) {
        int[] count = counts.computeIfAbsent(tokens.hash(i), hash -> new int[2]);
        count[0]++;
        byte tag = article.tags()[i];
        boolean cue = tag == Tag.CUE_BEGIN.ordinal() || tag == Tag.CUE_INSIDE.ordinal();
        count[1] += cue ? 1 : 0;
      }
    }
  }

  /** Returns the shares in the base, else in all articles but one. */
  CueShares without(TaggedArticle article) {
    Map<Integer, int[]> own = new CueCounts(List.of(article), null).counts;
    return hash -> {
      int known = base == null ? CueShares.UNSEEN : base.bin(hash);
      if (known != CueShares.UNSEEN) {
        return known;
      }
      int[] all = counts.getOrDefault(hash, NONE);
      int[] mine = own.getOrDefault(hash, NONE);
      return CueShares.bin(all[1] - mine[1], all[0] - mine[0]);
    };
  }

  /** Returns the lexicon of all articles and of the base. */
  CueLexicon lexicon() {
    Map<Integer, Integer> bins = new HashMap<>();
    counts.forEach((hash, count) -> bins.put(hash, CueShares.bin(count[1], count[0])));
    if (base != null) {
      bins.putAll(base.bins());
    }
    return new CueLexicon(bins);
  }
}
