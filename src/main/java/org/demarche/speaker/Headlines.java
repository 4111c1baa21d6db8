package org.demarche.speaker;

/** Tells headlines from sentences: their long words have capitals, and no full stop ends them. */
final class Headlines {

  /** A shorter line can be a name alone. */
  private static final int FEWEST_WORDS = 5;

  private Headlines() {}

  /**
   * Returns whether the words are a headline.
   *
   * @param mayEnd whether the headline may end with a full stop, as some at the start of an article
   */
  static boolean isHeadline(Words words, int from, int to, boolean mayEnd) {
    int count = 0;
    int longWords = 0;
    int capitals = 0;
    int shouted = 0;
    for (int i = from; i < to; i++) {
      if (!words.isUpper(i) && !words.isLower(i)) {
        continue;
      }
      count++;
      if (words.isLower(i) && !words.has(i, WordLists.FUNCTION | WordLists.PARTICLE)) {
        return false;
      }
      if (words.length(i) >= 4) {
        longWords++;
        if (words.isUpper(i)) {
          capitals++;
        }
        if (words.isCapitals(i)) {
          shouted++;
        }
      }
    }
    if (count < FEWEST_WORDS || longWords < 3) {
      return false;
    }
    if (shouted * 10 >= longWords * 8) {
      return true;
    }
    char last = words.first(to - 1);
    boolean ends = last == '.' || last == '”' || last == '"' || last == ',';
    return capitals * 10 >= longWords * (ends ? 9 : 8) && (!ends || mayEnd);
  }
}
