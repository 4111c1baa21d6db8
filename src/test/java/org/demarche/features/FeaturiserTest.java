package org.demarche.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.demarche.stance.Passage;
import org.junit.jupiter.api.Test;

class FeaturiserTest {

  private final Featuriser featuriser = new Featuriser();

  @Test
  void readsTheSameWhateverWhiteSpaceIsBetweenWords() {
    Featuriser featuriser = new Featuriser();
    assertThat(
            featuriser.features(
                new Passage("Orleth must\n  not\tpay\u001C,\fhe said", "Orleth", 0, 6)))
        .containsExactly(
            featuriser.features(new Passage("Orleth must not pay , he said", "Orleth", 0, 6)));
  }

  @Test
  void makesTheFeaturesThatItsPlainTwinMakes() {
    for (String text :
        List.of(
            "Varnholt urged restraint.",
            "The ministry's envoy did not reject the offer, but he DEMANDED talks!!",
            "«Nous ne céderons pas», said 2 of 1,400 deputés — sooo tired…",
            "We refuse to yield to them, but because they asked we never denied them a hearing.",
            "a b c",
            "",
            "   ",
            "don't",
            "#SemST",
            "@user We will never pay #NoDeal #SemST",
            "x".repeat(100))) {
      assertThat(featuriser.features(Passage.of(text)))
          .as("features of '%s'", text)
          .containsExactly(new PlainTwin(text).features());
    }
  }

  @Property(tries = 300, seed = "20120918")
  void agreesWithItsTwinOnAnyText(@ForAll @StringLength(max = 60) String text) {
    assertThat(featuriser.features(Passage.of(text)))
        .containsExactly(new PlainTwin(text).features());
  }

  @Test
  void tellsADeniedWordApartFromTheSameWordAffirmed() {
    Set<Integer> shared = ids(Passage.of("accept"));
    shared.retainAll(ids(Passage.of("they never accept")));
    assertThat(shared).as("only the place at the end of the text is the same").hasSize(1);
  }

  @Test
  void keepsTheWordBesideItsDenialWhereThereIsATarget() {
    Set<Integer> missing = ids(Passage.about("accept", "the mill"));
    missing.removeAll(ids(Passage.about("they never accept", "the mill")));
    assertThat(missing).as("the place at the start of the text, plain and copied").hasSize(2);
  }

  @Test
  void stripsTheTagOfTheSemEvalCorpus() {
    assertThat(featuriser.features(Passage.of("Enough is enough #SemST")))
        .containsExactly(featuriser.features(Passage.of("Enough is enough")));
  }

  @Test
  void givesThePassageOnceMoreForATargetWithoutAPlace() {
    int plain = featuriser.features(Passage.of("They must go")).length;
    Set<Integer> about = ids(Passage.about("They must go", "the mill"));
    assertThat(about).hasSize(2 * plain + 1).containsAll(ids(Passage.of("They must go")));
    assertThat(about).isNotEqualTo(ids(Passage.about("They must go", "the port")));
  }

  @Test
  void putsAMarkInPlaceOfTheTarget() {
    Set<Integer> one = ids(new Passage("We back Orsund today", null, 8, 14));
    Set<Integer> other = ids(new Passage("We back Kelmar today", null, 8, 14));
    TreeSet<Integer> differing = new TreeSet<>(one);
    differing.removeAll(other);
    assertThat(differing).as("only the words of the mention itself differ").hasSize(1);
  }

  @Test
  void tellsApartTheTwoSidesOfTheTarget() {
    String text = "Orsund blames Kelmar";
    assertThat(ids(new Passage(text, "Orsund", 0, 6)))
        .isNotEqualTo(ids(new Passage(text, "Kelmar", 14, 20)));
  }

  @Test
  void survivesATargetThatHoldsNoToken() {
    assertThatCode(() -> featuriser.features(new Passage("a   b", "gap", 2, 3)))
        .doesNotThrowAnyException();
  }

  @Test
  void writesTheSameIntoABufferThatWasUsedBefore() {
    FeatureBuffer buffer = FeatureBuffer.forScoring();
    featuriser.extract(Passage.of("word ".repeat(50) + longText()), buffer);
    featuriser.extract(Passage.of("They agreed to meet."), buffer);
    int[] again = Arrays.copyOf(buffer.ids(), buffer.size());
    Arrays.sort(again);
    assertThat(again).containsExactly(featuriser.features(Passage.of("They agreed to meet.")));
  }

  @Test
  void explainsTheSameFeaturesThatItScores() {
    Passage passage = new Passage("He said he would not sign. He said it twice.", "He", 0, 2);
    FeatureBuffer places = FeatureBuffer.forExplaining();
    featuriser.extract(passage, places);
    TreeSet<Integer> explained = new TreeSet<>();
    for (int i = 0; i < places.size(); i++) {
      explained.add(places.ids()[i]);
      assertThat(places.firstToken(i)).isBetween(0, places.lastToken(i));
      assertThat(places.lastToken(i)).isLessThan(places.tokenCount());
    }
    assertThat(explained).isEqualTo(ids(passage));
  }

  private Set<Integer> ids(Passage passage) {
    TreeSet<Integer> ids = new TreeSet<>();
    Arrays.stream(featuriser.features(passage)).forEach(ids::add);
    return ids;
  }

  private static String longText() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      text.append((char) ('a' + i % 26)).append((char) ('a' + i / 26 % 26)).append(i).append(' ');
    }
    return text.toString();
  }

  /**
   * The features of a text without a target, with a string for everything and no thought of speed.
   */
  private static final class PlainTwin {

    private static final Set<String> NEGATIONS =
        Set.of(
            "not",
            "no",
            "never",
            "nor",
            "neither",
            "none",
            "nobody",
            "nothing",
            "without",
            "cannot",
            "can't",
            "don't",
            "doesn't",
            "didn't",
            "won't",
            "wouldn't",
            "isn't",
            "aren't",
            "wasn't",
            "weren't",
            "shouldn't",
            "couldn't",
            "hasn't",
            "haven't",
            "hadn't",
            "ain't",
            "hardly",
            "barely",
            "scarcely",
            "unlikely",
            "unwilling",
            "unless",
            "against",
            "nowhere",
            "far",
            "denied",
            "denies",
            "deny",
            "refuse",
            "refused",
            "refuses",
            "refusing",
            "reject",
            "rejected",
            "rejects",
            "rejecting",
            "decline",
            "declined",
            "rule",
            "ruled",
            "rules",
            "ruling",
            "stop",
            "stopped",
            "fail",
            "failed",
            "fails",
            "lack",
            "lacks");

    private static final Set<String> TURNS =
        Set.of("but", "because", "although", "while", "though");

    private final TreeSet<Integer> ids = new TreeSet<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<String> stems = new ArrayList<>();
    private final List<Boolean> denied = new ArrayList<>();

    PlainTwin(String text) {
      int deniedUntil = -1;
      for (String raw : split(text)) {
        String token = normal(raw);
        boolean word = isWord(raw);
        if (token.equals("#semst")) {
          continue;
        }
        int place = tokens.size();
        tokens.add(token);
        stems.add(word ? stem(token) : token);
        denied.add(word && place <= deniedUntil);
        if (word) {
          String padded = " " + token + " ";
          for (int n : token.length() == 1 ? new int[] {3} : new int[] {4, 6}) {
            for (int i = 0; i + n <= padded.length(); i++) {
              addPiece(denied.get(place), padded.substring(i, i + n));
            }
          }
          look(raw);
          if (NEGATIONS.contains(token)) {
            deniedUntil = place + 5;
          }
          if (TURNS.contains(token)) {
            deniedUntil = -1;
          }
        } else {
          ids.add(
              Hashing.id(
                  Hashing.join(
                      Hashing.join(Hashing.start(Family.LOOK), raw.charAt(0)), raw.length())));
          if ("'’-".indexOf(raw.charAt(0)) < 0) {
            deniedUntil = -1;
          }
        }
      }
      for (int n = 1; n <= 2; n++) {
        for (int i = 0; i + n <= tokens.size(); i++) {
          boolean alone = n == 1 && denied.get(i);
          add(
              alone ? Family.DENIED_WORD : Family.GRAM,
              tokens.subList(i, i + n).toArray(String[]::new));
          add(alone ? Family.DENIED : Family.STEM, stems.subList(i, i + n).toArray(String[]::new));
        }
      }
      if (!tokens.isEmpty()) {
        edge(1, tokens.get(0));
        edge(2, tokens.get(tokens.size() - 1));
      }
    }

    int[] features() {
      return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private void edge(int which, String token) {
      ids.add(
          Hashing.id(
              Hashing.join(Hashing.join(Hashing.start(Family.EDGE), which), Hashing.word(token))));
    }

    private void add(int family, String... words) {
      long hash = Hashing.start(family);
      for (String word : words) {
        hash = Hashing.join(hash, Hashing.word(word));
      }
      ids.add(Hashing.id(hash));
    }

    private void addPiece(boolean denied, String piece) {
      long hash = Hashing.start(denied ? Family.DENIED_PIECE : Family.PIECE);
      for (char c : piece.toCharArray()) {
        hash = Hashing.join(hash, c);
      }
      ids.add(Hashing.id(hash));
    }

    private void look(String raw) {
      if (raw.length() >= 2 && raw.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
        ids.add(Hashing.id(Hashing.join(Hashing.start(Family.LOOK), -1)));
      }
      for (int i = 2; i < raw.length(); i++) {
        char c = raw.charAt(i);
        if (c == raw.charAt(i - 1) && c == raw.charAt(i - 2) && c > '9') {
          ids.add(Hashing.id(Hashing.join(Hashing.start(Family.LOOK), -2)));
        }
      }
    }

    private static List<String> split(String text) {
      List<String> tokens = new ArrayList<>();
      int i = 0;
      while (i < text.length()) {
        char c = text.charAt(i);
        if (isSpace(c)) {
          i++;
          continue;
        }
        int start = i++;
        if (letter(c) || (c == '#' || c == '@') && i < text.length() && letter(text.charAt(i))) {
          while (i < text.length() && (letter(text.charAt(i)) || innerApostrophe(text, i))) {
            i += letter(text.charAt(i)) ? 1 : 2;
          }
        } else {
          while (i < text.length() && text.charAt(i) == c) {
            i++;
          }
        }
        tokens.add(text.substring(start, i));
      }
      return tokens;
    }

    private static boolean innerApostrophe(String text, int i) {
      if ("'’".indexOf(text.charAt(i)) < 0
          || i + 1 >= text.length()
          || !letter(text.charAt(i + 1))) {
        return false;
      }
      boolean possessive =
          "sS".indexOf(text.charAt(i + 1)) >= 0
              && (i + 2 >= text.length() || !letter(text.charAt(i + 2)));
      return !possessive;
    }

    private static boolean isWord(String raw) {
      return letter(raw.charAt(0)) || raw.length() > 1 && letter(raw.charAt(1));
    }

    private static boolean letter(char c) {
      return Character.isLetter(c) || Character.isDigit(c) || c == '_';
    }

    private static boolean isSpace(char c) {
      return !letter(c)
          && (c <= ' ' || c == 127 || Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    private static String normal(String raw) {
      String cut = raw.substring(0, Math.min(40, raw.length()));
      StringBuilder token = new StringBuilder();
      for (char c : cut.toCharArray()) {
        token.append(c >= '0' && c <= '9' ? '0' : c == '’' ? '\'' : Character.toLowerCase(c));
      }
      return token.toString();
    }

    private static String stem(String token) {
      String stem = token;
      int n = token.length();
      if (n > 5 && token.endsWith("ing")) {
        stem = token.substring(0, n - 3);
      } else if (n > 4 && (token.endsWith("ied") || token.endsWith("ies"))) {
        stem = token.substring(0, n - 2);
      } else if (n > 4 && (token.endsWith("ed") || token.endsWith("es") || token.endsWith("ly"))) {
        stem = token.substring(0, n - 2);
      } else if (n > 3 && token.endsWith("s") && !token.endsWith("ss")) {
        stem = token.substring(0, n - 1);
      }
      n = stem.length();
      if (n > 3 && (stem.charAt(n - 1) == stem.charAt(n - 2) || stem.endsWith("e"))) {
        stem = stem.substring(0, n - 1);
      }
      return stem;
    }
  }
}
