package org.demarche.speaker;

import java.util.ArrayList;
import java.util.List;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.speaker.Mention.Form;

/** The names at the mentions of one article: folded for comparing, and as they are shown. */
final class PrintedNames {

  private final AnnotatedText text;
  private final List<Mention> mentions;
  private final Name[] names;
  private final String[] printed;

  PrintedNames(AnnotatedText text, List<Mention> mentions) {
    this.text = text;
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
    for (int i = mention.from(); i < endOfName(mention); i++) {
      String word = text.folded(i);
      boolean suffix = i > mention.from() && text.has(i, Lexicon.SUFFIX);
      if (!word.isEmpty() && !suffix && !text.is(i, "the") && !text.isPossessive(i)) {
        folded.add(word);
      }
    }
    return new Name(folded.isEmpty() ? List.of("?") : folded);
  }

  private String printed(Mention mention) {
    int start = mention.from();
    if (mention.size() == 1
        && mention.outerFrom() < start
        && text.is(
            start - 1, "king", "queen", "pope", "prince", "princess", "emperor", "empress")) {
      // Without a surname the title is a part of the name.
      start--;
    }
    String printed = clean(text.string(start, endOfName(mention)));
    int last = mention.to() - 1;
    if (text.isPossessive(last)) {
      printed += text.string(last, last + 1); // Vendory's
    }
    boolean shouted =
        mention.canBePerson() || (mention.form() == Form.SINGLE && text.isLabel(mention.from()));
    return shouted && printed.chars().noneMatch(Character::isLowerCase)
        ? lowered(printed)
        : printed;
  }

  /** Returns where the name ends before letters that tell a rank: "Ana Dray MP". */
  private int endOfName(Mention mention) {
    int end = mention.to();
    while (end > mention.from() + 2
        && mention.canBePerson()
        && text.has(end - 1, Lexicon.SUFFIX)
        && !text.is(end - 1, "jr", "jr.", "sr", "sr.", "ii", "iii", "iv")) {
      end--;
    }
    return end;
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

  /** Returns the description up to a comma or relative clause, without a leading "the". */
  static String description(AnnotatedText text, int from, int to) {
    int end = from;
    while (end < to && !text.is(end, ',') && !text.is(end, "who", "which", "that")) {
      end++;
    }
    int start = text.is(from, "the") && end - from > 1 ? from + 1 : from;
    return clean(text.string(start, Math.max(end, start + 1)));
  }

  /** Returns a speaker who is called by the description. */
  static Speaker described(SpeakerKind kind, AnnotatedText text, int from, int to) {
    return Speaker.of(kind, description(text, from, to));
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
