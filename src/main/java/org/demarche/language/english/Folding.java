package org.demarche.language.english;

import java.text.Normalizer;
import java.util.Locale;

/** Folds words, so that ways of printing a word that differ in their marks alone become equal. */
public final class Folding {

  private Folding() {}

  /**
   * Folds one word: lower case, no diacritics, no possessive, no full stops, straight apostrophes.
   *
   * @return the folded word, empty when it has neither letter nor digit
   */
  public static String fold(String word) {
    // Most words are plain ASCII: one pass, no string but the result.
    int length = word.length();
    char[] kept = new char[length];
    int size = 0;
    boolean same = true;
    for (int i = 0; i < length; i++) {
      char c = word.charAt(i);
      if (c >= 0x80) {
        return foldAny(word);
      }
      if (c >= 'A' && c <= 'Z') {
        kept[size++] = (char) (c + 32);
        same = false;
      } else if ((c >= 'a' && c <= 'z')
          || (c >= '0' && c <= '9')
          || (isJoint(c) && i > 0 && i < length - 1)) {
        kept[size++] = c;
      } else {
        same = false;
      }
    }
    if (size > 1 && kept[size - 1] == 's' && word.charAt(length - 2) == '\'') {
      size -= 2;
      same = false;
    }
    return same ? word : new String(kept, 0, size);
  }

  private static String foldAny(String word) {
    String straight = word.replace('’', '\'').replace('‘', '\'').replace('ʼ', '\'');
    String bare = withoutDiacritics(straight).toLowerCase(Locale.ROOT);
    if (bare.endsWith("'s")) {
      bare = bare.substring(0, bare.length() - 2);
    }
    StringBuilder kept = new StringBuilder(bare.length());
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      if (Character.isLetterOrDigit(c) || (isJoint(c) && i > 0 && i < bare.length() - 1)) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  /** Returns whether {@code c} belongs to a word when it stands inside. */
  private static boolean isJoint(char c) {
    return c == '\'' || c == '-' || c == '&';
  }

  private static String withoutDiacritics(String word) {
    boolean ascii = true;
    for (int i = 0; i < word.length() && ascii; i++) {
      ascii = word.charAt(i) < 0x80;
    }
    if (ascii) {
      return word;
    }
    String apart = Normalizer.normalize(word, Normalizer.Form.NFD);
    StringBuilder kept = new StringBuilder(apart.length());
    for (int i = 0; i < apart.length(); i++) {
      char c = apart.charAt(i);
      if (Character.getType(c) == Character.NON_SPACING_MARK) {
        continue;
      }
      // Letters which carry their stroke inside do not come apart.
      switch (c) {
        case 'ø', 'Ø' -> kept.append('o');
        case 'ł', 'Ł' -> kept.append('l');
        case 'đ', 'Đ' -> kept.append('d');
        case 'ı' -> kept.append('i');
        case 'ß' -> kept.append("ss");
        case 'æ', 'Æ' -> kept.append("ae");
        default -> kept.append(c);
      }
    }
    return kept.toString();
  }
}
