package org.demarche.ingest;

import java.nio.charset.StandardCharsets;

/**
 * Finds the elements of one name in the bytes of an XML file, so that each can be parsed alone and
 * a damaged one does not harm the others. What is between them is a slice too: gap, item, gap, item
 * …
 *
 * <p>It knows tags, comments, CDATA sections, processing instructions and the document type, but
 * does not ask that tags match. Where items can hold items, an element inside one of the same name
 * belongs to it; where they cannot, an item that was never closed ends before the next one.
 */
final class XmlItems implements RecordSlicer.Boundary {

  private enum State {
    TEXT,
    OPEN,
    NAME,
    TAG,
    DECLARATION,
    COMMENT,
    CDATA,
    INSTRUCTION
  }

  private static final int LONGEST_NAME = 64;

  private final String item;
  private final boolean mayNest;
  private final byte[] name = new byte[LONGEST_NAME];
  private State state = State.TEXT;

  /** How many bytes of the tag have been seen, from its opening bracket. */
  private int tagBytes;

  private int nameBytes;
  private boolean isEndTag;
  private int brackets;

  /** The last two bytes, to recognise the ends of comments and the like. */
  private byte last;

  private byte beforeLast;

  /** How many items are open. */
  private int depth;

  /** The name of the item that is being cut, with its prefix. */
  private String openName = "";

  /** Whether the slice that is being cut is an item. */
  private boolean inItem;

  private boolean wasItem;
  private boolean wasWhole;

  /**
   * @param item name of the elements, in lower case and without prefix
   * @param mayNest whether an item may stand in another one
   */
  XmlItems(String item, boolean mayNest) {
    this.item = item;
    this.mayNest = mayNest;
  }

  /** Returns the name of the elements. */
  String item() {
    return item;
  }

  /** Returns whether the last slice is an item, not a gap. */
  boolean isItem() {
    return wasItem;
  }

  /** Returns whether the last slice is not cut off by the end of the file. */
  boolean isWhole() {
    return wasWhole;
  }

  @Override
  public int end(byte[] bytes, int from, int to) {
    wasItem = inItem;
    wasWhole = false;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      tagBytes++;
      switch (state) {
        case TEXT -> {
          if (b == '<') {
            state = State.OPEN;
            tagBytes = 1;
            nameBytes = 0;
            isEndTag = false;
          }
        }
        case OPEN -> {
          if (b == '!') {
            state = State.DECLARATION;
            brackets = 0;
          } else if (b == '?') {
            state = State.INSTRUCTION;
          } else if (b == '/' && !isEndTag) {
            isEndTag = true;
          } else if (isNameByte(b)) {
            state = State.NAME;
            addToName(b);
          } else {
            // A bare "<" is text.
            state = b == '<' ? State.OPEN : State.TEXT;
            tagBytes = 1;
          }
        }
        case NAME -> {
          if (isNameByte(b)) {
            addToName(b);
          } else {
            if (!isEndTag && isItemName() && !inItem) {
              openName = fullName();
              return beforeTag(i);
            }
            state = State.TAG;
            if (b == '>') {
              state = State.TEXT;
              if (wasUnclosed()) {
                return beforeTag(i);
              } else if (endsItem(false)) {
                return i + 1;
              }
            }
          }
        }
        case TAG -> {
          if (b == '>') {
            state = State.TEXT;
            if (last != '/' && wasUnclosed()) {
              return beforeTag(i);
            } else if (endsItem(last == '/')) {
              return i + 1;
            }
          }
        }
        case DECLARATION -> {
          if (tagBytes == 4 && last == '-' && b == '-') {
            state = State.COMMENT;
          } else if (tagBytes == 9 && b == '[' && last == 'A') {
            state = State.CDATA;
          } else if (b == '[') {
            brackets++;
          } else if (b == ']') {
            brackets--;
          } else if (b == '>' && brackets <= 0) {
            state = State.TEXT;
          }
        }
        case COMMENT -> {
          if (b == '>' && last == '-' && beforeLast == '-' && tagBytes > 6) {
            state = State.TEXT;
          }
        }
        case CDATA -> {
          if (b == '>' && last == ']' && beforeLast == ']') {
            state = State.TEXT;
          }
        }
        case INSTRUCTION -> {
          if (b == '>') {
            state = State.TEXT;
          }
        }
      }
      beforeLast = last;
      last = b;
    }
    return -1;
  }

  /** Begins an item with the tag that is being read, and returns its offset. */
  private int beforeTag(int at) {
    int start = Math.max(0, at + 1 - tagBytes);
    restart();
    inItem = true;
    wasWhole = true;
    return start;
  }

  /** Returns whether a tag of another item shows that the one before it was never closed. */
  private boolean wasUnclosed() {
    return inItem
        && !mayNest
        && depth > 0
        && !isEndTag
        && isItemName()
        && fullName().equals(openName);
  }

  private String fullName() {
    return new String(name, 0, nameBytes, StandardCharsets.ISO_8859_1);
  }

  /** Counts the tag that ends here; returns whether the item that is being cut ends with it. */
  private boolean endsItem(boolean isEmpty) {
    if (!inItem || !isItemName()) {
      return false;
    }
    if (isEndTag) {
      depth--;
    } else if (!isEmpty) {
      depth++;
    }
    if (depth > 0) {
      return false;
    }
    restart();
    inItem = false;
    wasWhole = true;
    return true;
  }

  private void restart() {
    state = State.TEXT;
    depth = 0;
    tagBytes = 0;
    last = 0;
    beforeLast = 0;
  }

  private static boolean isNameByte(byte b) {
    return b > ' ' && b != '>' && b != '/' && b != '<' && b != '=' && b != '"' || b < 0;
  }

  private void addToName(byte b) {
    if (nameBytes < LONGEST_NAME) {
      name[nameBytes] = b;
    }
    nameBytes++;
  }

  private boolean isItemName() {
    int start = nameBytes - item.length();
    if (start < 0 || nameBytes > LONGEST_NAME || start > 0 && name[start - 1] != ':') {
      return false;
    }
    return new String(name, start, item.length(), StandardCharsets.ISO_8859_1)
        .equalsIgnoreCase(item);
  }
}
