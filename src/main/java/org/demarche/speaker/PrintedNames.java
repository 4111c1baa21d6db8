package org.demarche.speaker;

import java.util.ArrayList;
import java.util.List;
import org.demarche.speaker.Mention.Form;

/** The names at the mentions of one article: folded for comparing, and as they are shown. */
final class PrintedNames {

  private final Words words;
  private final List<Mention> mentions;
  private final Name[] names;
  private final String[] printed;

  PrintedNames(Words words, List<Mention> mentions) {
    this.words = words;
    this.mentions = mentions;
    this.names = new Name[mentions.size()];
    this.printed = new String[mentions.size()];
  }

  /** Returns the folded name of the {@code m}-th mention. */
  Name name(int m) {
    if (names[m] == null) {
      names[m] = name(mentions.get(m));
    }
    return names[m];
  }

  /** Returns the name of the {@code m}-th mention as it is shown. */
  String printed(int m) {
    if (printed[m] == null) {
      printed[m] = printed(mentions.get(m));
    }
    return printed[m];
  }

  private Name name(Mention mention) {
    List<String> folded = new ArrayList<>(mention.size());
    for (int i = mention.from(); i < mention.to(); i++) {
      String word = words.folded(i);
      if (!word.isEmpty() && !words.is(i, "the")) {
        folded.add(word);
      }
    }
    return new Name(folded.isEmpty() ? List.of("?") : folded);
  }

  private String printed(Mention mention) {
    String printed = clean(words.text(mention.from(), mention.to()));
    boolean shouted =
        mention.canBePerson() || (mention.form() == Form.SINGLE && words.isLabel(mention.from()));
    for (int i = mention.from(); i < mention.to() && shouted; i++) {
      shouted = words.isCapitals(i);
    }
    return shouted ? lowered(printed) : printed;
  }

  /** Returns a name in capitals, as transcripts print it, with only its initials as capitals. */
  static String lowered(String name) {
    StringBuilder lowered = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      boolean inside = i > 0 && Character.isLetter(name.charAt(i - 1));
      lowered.append(inside ? Character.toLowerCase(name.charAt(i)) : name.charAt(i));
    }
    return lowered.toString();
  }

  /** Returns {@code text} with single spaces and without a possessive at its end. */
  static String clean(String text) {
    if (isClean(text)) {
      return text;
    }
    StringBuilder joined = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        gap = !joined.isEmpty();
      } else {
        if (gap) {
          joined.append(' ');
          gap = false;
        }
        joined.append(c);
      }
    }
    int end = joined.length();
    boolean possessive =
        end > 2
            && joined.charAt(end - 1) == 's'
            && (joined.charAt(end - 2) == '\'' || joined.charAt(end - 2) == '’');
    return possessive ? joined.substring(0, end - 2) : joined.toString();
  }

  /** Returns whether {@link #clean} would change nothing, as for most names. */
  private static boolean isClean(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c == ' ' ? i == 0 || text.charAt(i - 1) == ' ' : c < ' ')) {
        return false;
      }
    }
    return length > 0
        && text.charAt(length - 1) != ' '
        && !(text.charAt(length - 1) == 's' && length > 2 && text.charAt(length - 2) == '\'');
  }
}
