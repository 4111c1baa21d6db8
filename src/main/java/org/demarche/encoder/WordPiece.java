package org.demarche.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits text into the word pieces of a BERT model, each with its place in the text (Devlin et al.,
 * <em>BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding</em>).
 *
 * <p>It returns the same numbers and offsets as the reference, HuggingFace's {@code tokenizers}
 * with a {@code BertNormalizer}, a {@code BertPreTokenizer} and a {@code WordPiece} model; offsets
 * are in UTF-16 code units. One difference is deliberate: a mark such as {@code [SEP]} in an
 * article is read as plain characters, so that a text cannot fake its own end. Immutable.
 */
final class WordPiece {

  private static final String BEGIN = "[CLS]";
  private static final String END = "[SEP]";

  /** BERT's limit, if a vocabulary has none. */
  private static final int LONGEST_WORD = 100;

  /**
   * How text is changed before it is looked up.
   *
   * @param clean control characters are dropped
   * @param ideographs each Chinese character is a word of its own
   * @param stripAccents characters are decomposed, and their accents dropped
   * @param lowerCase text is changed to lower case
   */
  record Rules(boolean clean, boolean ideographs, boolean stripAccents, boolean lowerCase) {

    /** The rules of an uncased BERT. */
    static final Rules UNCASED = new Rules(true, true, true, true);
  }

  private final Rules rules;

  /** Pieces that begin a word. */
  private final Map<String, Integer> first;

  /** Pieces that continue a word, without their prefix. */
  private final Map<String, Integer> inner;

  private final int begin;
  private final int end;
  private final int unknown;
  private final int longestWord;

  private WordPiece(
      Map<String, Integer> vocabulary,
      String unknown,
      String prefix,
      int longestWord,
      Rules rules) {
    this.rules = rules;
    this.longestWord = longestWord;
    this.begin = number(vocabulary, BEGIN);
    this.end = number(vocabulary, END);
    this.unknown = number(vocabulary, unknown);
    this.first = new HashMap<>(vocabulary);
    this.inner = new HashMap<>();
    vocabulary.forEach(
        (piece, id) -> {
          if (piece.startsWith(prefix)) {
            inner.put(piece.substring(prefix.length()), id);
          }
        });
  }

  private static int number(Map<String, Integer> vocabulary, String mark) {
    Integer id = vocabulary.get(mark);
    if (id == null) {
      throw new IllegalArgumentException("the vocabulary has no " + mark);
    }
    return id;
  }

  /**
   * Reads a HuggingFace {@code tokenizer.json}.
   *
   * @throws IllegalArgumentException if it is no such file or has another kind of tokenizer
   */
  static WordPiece ofJson(byte[] json) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
    JsonNode model = root.path("model");
    if (!model.path("type").asText("WordPiece").equals("WordPiece")
        || !model.path("vocab").isObject()) {
      throw new IllegalArgumentException(
          "it holds no WordPiece vocabulary, the only kind that is understood");
    }
    requireType(root.path("normalizer"), "BertNormalizer");
    requireType(root.path("pre_tokenizer"), "BertPreTokenizer");
    Map<String, Integer> vocabulary = new HashMap<>();
    for (Map.Entry<String, JsonNode> piece : model.path("vocab").properties()) {
      vocabulary.put(
          piece.getKey(), whole(piece.getValue(), 0, Integer.MAX_VALUE, "number of a piece"));
    }
    JsonNode normalizer = root.path("normalizer");
    boolean lowerCase = normalizer.path("lowercase").asBoolean(true);
    return new WordPiece(
        vocabulary,
        model.path("unk_token").asText("[UNK]"),
        model.path("continuing_subword_prefix").asText("##"),
        model.has("max_input_chars_per_word")
            ? whole(model.get("max_input_chars_per_word"), 1, 10_000, "max_input_chars_per_word")
            : LONGEST_WORD,
        new Rules(
            normalizer.path("clean_text").asBoolean(true),
            normalizer.path("handle_chinese_chars").asBoolean(true),
            // The default depends on lower case, as in the first BERT.
            normalizer.path("strip_accents").asBoolean(lowerCase),
            lowerCase));
  }

  private static int whole(JsonNode value, int least, int most, String what) {
    if (!value.canConvertToExactIntegral()
        || !value.canConvertToInt()
        || value.asInt() < least
        || value.asInt() > most) {
      throw new IllegalArgumentException(
          "its %s must be a whole number of %d to %,d, but is %s"
              .formatted(what, least, most, value));
    }
    return value.asInt();
  }

  private static void requireType(JsonNode part, String type) {
    if (!part.path("type").asText().equals(type)) {
      throw new IllegalArgumentException(
          "it does not split text by a %s, the only way that is understood".formatted(type));
    }
  }

  /**
   * Reads the lines of a {@code vocab.txt}: each is a piece, numbered from 0. Such a file has no
   * rules; those of an uncased model are used.
   *
   * @throws IllegalArgumentException if a mark such as {@code [CLS]} is missing
   */
  static WordPiece ofLines(List<String> lines) {
    Map<String, Integer> vocabulary = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      vocabulary.put(lines.get(i), i);
    }
    return new WordPiece(vocabulary, "[UNK]", "##", LONGEST_WORD, Rules.UNCASED);
  }

  /**
   * Splits {@code text} into pieces between a mark of beginning and a mark of end.
   *
   * @param limit the largest number of pieces, {@code >= 2}; the rest of the text is cut off
   */
  Pieces split(String text, int limit) {
    Pieces pieces = new Pieces();
    pieces.add(begin, 0, 0);
    Word word = new Word();
    int next;
    for (int at = 0; at < text.length() && pieces.size() < limit; at = next) {
      int c = text.codePointAt(at);
      next = at + Character.charCount(c);
      if (rules.clean && isDropped(c)) {
        continue;
      }
      if (rules.ideographs && isIdeograph(c)) {
        flush(word, pieces);
        add(c, at, next, word, pieces);
        flush(word, pieces);
      } else {
        add(c, at, next, word, pieces);
      }
    }
    flush(word, pieces);
    while (pieces.size() > limit - 1) {
      pieces.removeLast();
    }
    pieces.add(end, 0, 0);
    return pieces;
  }

  /** Adds one character of the text, decomposed if the rules say so. */
  private void add(int c, int at, int next, Word word, Pieces pieces) {
    // Characters below À have no accents; this makes most text fast.
    if (!rules.stripAccents || c < 0xC0) {
      append(c, at, next, word, pieces);
      return;
    }
    String parts = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
    int part;
    for (int i = 0; i < parts.length(); i += Character.charCount(part)) {
      part = parts.codePointAt(i);
      if (Character.getType(part) != Character.NON_SPACING_MARK) {
        append(part, at, next, word, pieces);
      }
    }
  }

  private void append(int c, int at, int next, Word word, Pieces pieces) {
    if (isSpace(c)) {
      flush(word, pieces);
    } else if (isPunctuation(c)) {
      flush(word, pieces);
      word.add(c, at, next);
      flush(word, pieces);
    } else if (rules.lowerCase && c == 'İ') {
      // This is the only letter with two characters in lower case.
      word.add('i', at, next);
      word.add('\u0307', at, next);
    } else {
      word.add(rules.lowerCase ? Character.toLowerCase(c) : c, at, next);
    }
  }

  /** Adds the pieces of the word, longest first, and clears it. */
  private void flush(Word word, Pieces pieces) {
    if (word.length == 0) {
      return;
    }
    int before = pieces.size();
    int from = 0;
    while (from < word.length && word.characters <= longestWord) {
      Map<String, Integer> vocabulary = from == 0 ? first : inner;
      int to = word.length;
      Integer id = null;
      while (to > from && (id = vocabulary.get(new String(word.units, from, to - from))) == null) {
        to--;
      }
      if (id == null) {
        break;
      }
      pieces.add(id, word.starts[from], word.ends[to - 1]);
      from = to;
    }
    if (from < word.length) {
      // If one part is not in the vocabulary, the whole word is unknown.
      while (pieces.size() > before) {
        pieces.removeLast();
      }
      pieces.add(unknown, word.starts[0], word.end);
    }
    word.clear();
  }

  /** The current word, each of its UTF-16 units with its start and end in the text. */
  private final class Word {

    /** Holds one character more than the longest word that is looked up. */
    private final char[] units = new char[2 * (longestWord + 1)];

    private final int[] starts = new int[units.length];
    private final int[] ends = new int[units.length];
    private int length;
    private int characters;
    private int end;

    void add(int c, int from, int to) {
      end = to;
      characters++;
      // A longer word is unknown; only its end matters.
      if (characters <= longestWord + 1) {
        int more = Character.toChars(c, units, length);
        for (int i = length; i < length + more; i++) {
          starts[i] = from;
          ends[i] = to;
        }
        length += more;
      }
    }

    void clear() {
      length = 0;
      characters = 0;
    }
  }

  private static boolean isSpace(int c) {
    return switch (c) {
      case '\t', '\n', '\u000B', '\f', '\r', ' ', '\u0085', '\u00A0' -> true;
      default -> c > 0x1000 && Character.isSpaceChar(c);
    };
  }

  /** Returns whether cleaning drops a control, format, private-use or surrogate character. */
  private static boolean isDropped(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\t' && c != '\n' && c != '\r';
      case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true;
      default -> c == 0xFFFD;
    };
  }

  private static boolean isPunctuation(int c) {
    if (c < 128) {
      return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** Returns whether BERT treats {@code c} as a Chinese character; kana and Hangul are none. */
  private static boolean isIdeograph(int c) {
    return c >= 0x3400
        && (c <= 0x4DBF
            || c >= 0x4E00 && c <= 0x9FFF
            || c >= 0xF900 && c <= 0xFAFF
            || c >= 0x20000 && c <= 0x2A6DF
            || c >= 0x2A700 && c <= 0x2B73F
            || c >= 0x2B740 && c <= 0x2B81F
            || c >= 0x2B920 && c <= 0x2CEAF
            || c >= 0x2F800 && c <= 0x2FA1F);
  }
}
