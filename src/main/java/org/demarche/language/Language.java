package org.demarche.language;

import java.util.Arrays;
import java.util.Optional;

/** A language that statements can be found in. */
public enum Language {
  ENGLISH("en");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /**
   * Returns the language whose rules an article is read by. An article of unknown language is read
   * as English: it is most often too short to tell.
   *
   * @param code the ISO 639-1 code of the article's language, or null where it is unknown
   * @return empty where there are no rules for the language
   */
  public static Optional<Language> of(String code) {
    return code == null
        ? Optional.of(ENGLISH)
        : Arrays.stream(values()).filter(language -> language.code.equals(code)).findFirst();
  }
}
