package org.demarche.language.english;

import static org.demarche.language.english.Lexicon.ADVERB;
import static org.demarche.language.english.Lexicon.BE;
import static org.demarche.language.english.Lexicon.CONJUNCTION;
import static org.demarche.language.english.Lexicon.DETERMINER;
import static org.demarche.language.english.Lexicon.DO;
import static org.demarche.language.english.Lexicon.HAVE;
import static org.demarche.language.english.Lexicon.MODAL;
import static org.demarche.language.english.Lexicon.OBJECT;
import static org.demarche.language.english.Lexicon.PREPOSITION;
import static org.demarche.language.english.Lexicon.SUBJECT;
import static org.demarche.language.english.Lexicon.SUBORDINATOR;
import static org.demarche.language.english.Lexicon.THAT;
import static org.demarche.language.english.Lexicon.TIME;
import static org.demarche.language.english.Lexicon.TO;
import static org.demarche.language.english.Lexicon.VERB;
import static org.demarche.language.english.Lexicon.WH;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.demarche.text.Deadline;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * An article read once: its tokens, for each of them what the {@link Lexicon} knows of its word and
 * how it is written, and the quotations. Rules ask it about a token by its number.
 *
 * <pre>{@code
 * AnnotatedText text = new AnnotatedText(new Tokenizer().tokenize(article.text(), article.body()));
 * for (Quote quote : text.quotes()) {
 *   System.out.println(text.string(quote.first(), quote.limit()));
 * }
 * }</pre>
 */
public final class AnnotatedText {

  static final long AUXILIARY = BE | HAVE | DO | MODAL;

  /** Classes of words that the core of a noun phrase never contains. */
  private static final long CLOSED =
      AUXILIARY
          | SUBORDINATOR
          | THAT
          | WH
          | TO
          | PREPOSITION
          | CONJUNCTION
          | VERB
          | ADVERB
          | SUBJECT
          | OBJECT;

  private final Lexicon lexicon = Lexicon.english();
  private final Tokens tokens;
  private final NameContext names;
  private final Deadline deadline;
  private final long[] classes;
  private final byte[] shapes;
  private final List<Quote> quotes;

  /** For each token the index of the quotation that contains it, or −1. */
  private final int[] quoteOf;

  /** The folded form of each word that was asked for. */
  private final String[] folded;

  /** The sorted hashes of the words in lower case; filled when first asked for. */
  private int[] lowerWords;

  /** Annotates the tokens of an article. */
  public AnnotatedText(Tokens tokens) {
    this(tokens, Deadline.NONE);
  }

  /**
   * Annotates the tokens of an article.
   *
   * @param deadline by when the article has to be read
   */
  public AnnotatedText(Tokens tokens, Deadline deadline) {
    this.tokens = tokens;
    names = new NameContext(tokens, lexicon);
    this.deadline = deadline;
    classes = new long[tokens.size()];
    folded = new String[tokens.size()];
    boolean shouted = Shapes.isShouted(tokens);
    for (int i = 0; i < classes.length; i++) {
      if (tokens.is(i, Type.WORD)) {
        long found = lexicon.of(tokens, i);
        classes[i] = shouted && isPlain(i) ? found : inContext(i, found);
      }
    }
    shapes = Shapes.of(tokens, classes);
    for (int i = 0; i < classes.length; i++) {
      if (isCapitals(i) && !isHeadline(i)) {
        classes[i] = inCapitals(i, classes[i]);
      }
    }
    quotes = QuoteFinder.of(tokens);
    quoteOf = new int[tokens.size()];
    Arrays.fill(quoteOf, -1);
    for (int k = 0; k < quotes.size(); k++) {
      Arrays.fill(quoteOf, quotes.get(k).first(), quotes.get(k).limit(), k);
    }
  }

  /** Tells apart May and may, US and us, and the two meanings of 's. */
  private long inContext(int token, long found) {
    long bits = isPlain(token) ? found : found & ~Lexicon.NAMES | lexicon.of(folded(token));
    if ((bits & (Lexicon.GRAMMAR | Lexicon.CALENDAR)) == 0) {
      return isAdverbLike(token) ? bits | ADVERB : bits;
    }
    if (names.isName(token, bits)) { // May Larkin, Mrs May
      return bits & Lexicon.GIVEN;
    }
    if ((bits & TIME) != 0 && (bits & MODAL) != 0) { // may, May
      return bits & (Character.isUpperCase(tokens.first(token)) ? ~MODAL : ~TIME);
    }
    if ((bits & (OBJECT | BE)) != 0
        && tokens.length(token) == 2
        && Character.isUpperCase(tokens.last(token))) { // US, IT, IS
      return bits & ~Lexicon.GRAMMAR;
    }
    if ((bits & VERB) != 0 && Character.isUpperCase(tokens.first(token))) { // Rose, Put
      return bits & ~VERB;
    }
    return tokens.is(token, "'s") && token > 0 && has(token - 1, SUBJECT | WH) ? BE : bits;
  }

  /** Returns the classes of a word in capitals: "WHO" is no pronoun, "VELL TODAY" is a name. */
  private long inCapitals(int token, long found) {
    long pronoun = Lexicon.FUNCTION | Lexicon.OPENER | PREPOSITION;
    boolean named =
        (found & pronoun) != 0
            && length(token) > 1
            && (token > 0 && isCapitals(token - 1)
                || folded(token).equals("who")
                || folded(token).equals("us"));
    return named ? found & ~pronoun : found;
  }

  /** Returns whether the word has only ASCII letters, so that folding changes only its case. */
  private boolean isPlain(int token) {
    for (int k = tokens.start(token); k < tokens.end(token); k++) {
      int c = tokens.text().charAt(k) | 0x20;
      if (c < 'a' || c > 'z') {
        return false;
      }
    }
    return true;
  }

  private boolean isAdverbLike(int token) {
    int length = tokens.length(token);
    return length > 4
        && tokens.last(token) == 'y'
        && tokens.text().charAt(tokens.end(token) - 2) == 'l'
        && Character.isLowerCase(tokens.first(token))
        && !tokens.is(token, "family")
        && !tokens.is(token, "reply");
  }

  /**
   * Does nothing while there is time left to read the article. Whatever goes through an article
   * asks this at each step.
   *
   * @throws Deadline.Passed if there is no time left
   */
  public void checkTime() {
    deadline.check();
  }

  /** Returns the tokens of the article. */
  public Tokens tokens() {
    return tokens;
  }

  /** Returns the number of tokens. */
  public int size() {
    return classes.length;
  }

  /** Returns the quotations in the order of the article; they do not overlap. */
  public List<Quote> quotes() {
    return quotes;
  }

  /** Returns the quotation that contains the token, or null. */
  public Quote quoteAt(int token) {
    return quoteOf[token] < 0 ? null : quotes.get(quoteOf[token]);
  }

  /** Returns whether the token is in a quotation; its marks are. */
  public boolean isQuoted(int token) {
    return quoteOf[token] >= 0;
  }

  /** Returns the classes of the token's word as bits of the {@link Lexicon}. */
  public long classes(int token) {
    return classes[token];
  }

  /** Returns whether the token's word is in any of the classes given as bits. */
  public boolean has(int token, long bits) {
    return (classes[token] & bits) != 0;
  }

  /** Returns whether a noun phrase opens with the word: "the", "his", "two". */
  public boolean isDeterminer(int token) {
    return has(token, Lexicon.OPENER) && !has(token, WH) && !isPossessive(token);
  }

  /** Returns whether the token has the form of a verb that attributes. */
  public boolean isCueForm(int token) {
    return has(token, Lexicon.FORMS);
  }

  /** Returns the verb of which the token is a form, or null. */
  public CueVerb verb(int token) {
    return lexicon.verb(classes[token]);
  }

  /** Returns whether the token is {@code word}, ignoring its case; {@code word} is lower case. */
  public boolean is(int token, String word) {
    return tokens.is(token, word);
  }

  /** Returns whether the token is one of the lower-case words, ignoring its case. */
  public boolean is(int token, String... words) {
    return tokens.is(token, words);
  }

  /** Returns whether the token is the mark. */
  public boolean is(int token, char mark) {
    return tokens.length(token) == 1 && tokens.first(token) == mark;
  }

  /** Returns the token's first character. */
  public char first(int token) {
    return tokens.first(token);
  }

  /** Returns the character at {@code offset} of the token. */
  public char charAt(int token, int offset) {
    return tokens.text().charAt(tokens.start(token) + offset);
  }

  /** Returns the number of characters of the token. */
  public int length(int token) {
    return tokens.length(token);
  }

  /** Returns the sentence that the token is in. */
  public int sentence(int token) {
    return tokens.sentence(token);
  }

  /** Returns whether both tokens are in one sentence. */
  public boolean sameSentence(int token, int other) {
    return tokens.sentence(token) == tokens.sentence(other);
  }

  /** Returns the text from the start of token {@code first} to the end of {@code limit - 1}. */
  public String string(int first, int limit) {
    return tokens.span(first, limit).of(tokens.text());
  }

  /** Returns whether the word starts with a capital, or with a letter of a script without case. */
  public boolean isUpper(int token) {
    return (shapes[token] & Shapes.UPPER) != 0;
  }

  /** Returns whether the word starts with a lower-case letter. */
  public boolean isLower(int token) {
    return (shapes[token] & Shapes.LOWER) != 0;
  }

  /** Returns whether the letters of the word are all capitals. */
  public boolean isCapitals(int token) {
    return (shapes[token] & Shapes.CAPITALS) != 0;
  }

  /** Returns whether the token starts with a digit. */
  public boolean isNumber(int token) {
    return (shapes[token] & Shapes.DIGIT) != 0;
  }

  /** Returns whether the token starts with neither letter nor digit. */
  public boolean isPunctuation(int token) {
    return (shapes[token] & (Shapes.UPPER | Shapes.LOWER | Shapes.DIGIT)) == 0;
  }

  /** Returns whether the word is in a headline, where a capital does not show a name. */
  public boolean isHeadline(int token) {
    return (shapes[token] & Shapes.HEADLINE) != 0;
  }

  /**
   * Returns whether the word opens a sentence or quotation, where a capital does not show a name.
   */
  public boolean opens(int token) {
    return (shapes[token] & Shapes.OPENS) != 0;
  }

  /**
   * Returns the token behind the {@link Dateline} that starts here, or {@code token} if none does.
   */
  public int behindDateline(int token) {
    int paragraph = tokens.paragraph(token);
    // The letter is asked, since isCapitals answers by the guessed case in a wire in capitals.
    if (!Character.isUpperCase(tokens.last(token)) || tokens.paragraphStart(paragraph) != token) {
      return token;
    }
    int end = tokens.end(tokens.paragraphEnd(paragraph) - 1);
    return Dateline.of(tokens.text(), tokens.start(token), end)
        .map(dateline -> tokens.at(dateline.end()))
        .orElse(token);
  }

  /** Returns whether the word is in the label of a transcript: "MOOR: …". */
  public boolean isLabel(int token) {
    int paragraph = tokens.paragraph(token);
    int colon = token;
    while (colon < tokens.paragraphEnd(paragraph) && colon - token < 4 && isCapitals(colon)) {
      colon++;
    }
    if (colon == token || colon == tokens.paragraphEnd(paragraph) || first(colon) != ':') {
      return false;
    }
    int first = token;
    while (first > tokens.paragraphStart(paragraph) && isCapitals(first - 1)) {
      first--;
    }
    return first == tokens.paragraphStart(paragraph);
  }

  /** Returns whether the token is "'s", or the apostrophe behind a plural. */
  public boolean isPossessive(int token) {
    char c = first(token);
    return (c == '\'' || c == '’')
        && (length(token) == 1
            ? token > 0 && !tokens.spaceBefore(token) && tokens.last(token - 1) == 's'
            : length(token) == 2 && (tokens.last(token) | 0x20) == 's');
  }

  /** Returns the word as {@link Folding} folds it. */
  public String folded(int token) {
    if (folded[token] == null) {
      folded[token] = Folding.fold(tokens.string(token));
    }
    return folded[token];
  }

  /** Returns whether the article has the word in lower case somewhere, so that it can be a noun. */
  public boolean isAlsoLower(int token) {
    if (lowerWords == null) {
      lowerWords = IntStream.range(0, size()).filter(this::isLower).map(this::foldedHash).toArray();
      Arrays.sort(lowerWords);
    }
    return Arrays.binarySearch(lowerWords, foldedHash(token)) >= 0;
  }

  /** Returns the hash of the folded word; of most words without making a string. */
  private int foldedHash(int token) {
    return isPlain(token) ? tokens.hash(token) : folded(token).hashCode();
  }

  /** Returns the shared form of the role that ends with the word, or null. */
  public String roleHead(int token) {
    String word = folded(token);
    String compound = token > 0 ? lexicon.role(folded(token - 1), word) : null;
    return compound != null ? compound : lexicon.role(word);
  }

  /**
   * Returns whether the token can be in the core of a noun phrase: name, noun, adjective, number.
   */
  public boolean isNounLike(int token) {
    if (tokens.is(token, Type.NUMBER)) {
      return true;
    }
    return tokens.is(token, Type.WORD) && (classes[token] & CLOSED) == 0;
  }

  /** Returns whether the token is a word with a capital that can be in a name. */
  public boolean isName(int token) {
    return tokens.capitalised(token) && (classes[token] & (CLOSED | DETERMINER | TIME)) == 0;
  }

  /**
   * Returns whether a name ends with this "'s", since a verb follows: "Moor's said it was late".
   */
  public boolean endsName(int token) {
    return token + 1 < size() && isPossessive(token) && Verbs.isNameInS(this, token, token + 1);
  }

  /** Returns whether the word has four letters or more and ends in "ed". */
  public boolean isInEd(int token) {
    return Verbs.isInEd(this, token);
  }

  /** Returns whether the token is a finite verb, judged by its form and the word before it. */
  public boolean isFinite(int token) {
    return Verbs.isFinite(this, token);
  }

  /**
   * Returns whether a form that could also be a noun or an adjective is a verb here, judged by its
   * neighbours.
   */
  public boolean isVerbal(int token) {
    return Verbs.isVerbal(this, token);
  }
}
