package org.demarche.language.english;

import java.util.List;

/**
 * A verb that attributes.
 *
 * @param lemma its base form
 * @param frames one letter for each complement it takes: q quotation, c clause, T clause only with
 *     "that", w question word, t infinitive, n noun phrase, o object with infinitive, x somebody
 *     addressed before a clause
 * @param prepositions those that belong to the cue when they follow, as in {@code call for}
 * @param forms its base, present, past, participle and -ing form
 */
public record CueVerb(String lemma, String frames, List<String> prepositions, List<String> forms) {

  /** Returns the verb of a row of {@code verbs.txt}. */
  static CueVerb of(String[] row) {
    String base = row[0];
    List<String> complements = List.of(row[1].split(":"));
    List<String> forms =
        row.length == 2
            ? List.of(base, present(base), past(base), past(base), ing(base))
            : List.of(base, row[2], row[3], row[4], row.length > 5 ? row[5] : ing(base));
    return new CueVerb(base, complements.get(0), complements.subList(1, complements.size()), forms);
  }

  /** Returns whether the verb takes a complement of the kind. */
  public boolean takes(char frame) {
    return frames.indexOf(frame) >= 0;
  }

  private static String present(String base) {
    if (base.matches(".*(s|x|z|ch|sh|o)")) {
      return base + "es";
    }
    return endsInConsonantY(base) ? base.substring(0, base.length() - 1) + "ies" : base + "s";
  }

  private static String past(String base) {
    if (base.endsWith("e")) {
      return base + "d";
    }
    if (endsInConsonantY(base)) {
      return base.substring(0, base.length() - 1) + "ied";
    }
    return doubled(base) + "ed";
  }

  private static String ing(String base) {
    if (base.endsWith("ie")) {
      return base.substring(0, base.length() - 2) + "ying";
    }
    return base.endsWith("e") && !base.endsWith("ee")
        ? base.substring(0, base.length() - 1) + "ing"
        : doubled(base) + "ing";
  }

  private static boolean endsInConsonantY(String base) {
    return base.matches(".*[^aeiou]y");
  }

  private static String doubled(String base) {
    boolean oneSyllable = base.matches("[^aeiou]*[aeiou][bdgklmnprt]");
    return oneSyllable ? base + base.charAt(base.length() - 1) : base;
  }
}
