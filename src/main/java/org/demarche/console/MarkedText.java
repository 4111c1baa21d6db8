package org.demarche.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Prints a text on a terminal with some of its characters marked: in colours, or by marks on a line
 * of their own.
 */
final class MarkedText {

  /** In a longer text, lines without a mark are left out. */
  private static final int MOST_LINES = 12;

  private final boolean colours;
  private final BiFunction<Character, String, String> paint;
  private final List<String> lines = new ArrayList<>();

  private MarkedText(boolean colours, BiFunction<Character, String, String> paint) {
    this.colours = colours;
    this.paint = paint;
  }

  /**
   * Returns the lines to print.
   *
   * @param marks a mark for each UTF-16 code unit of the text, a space for none
   * @param paint colours characters that have a mark; it is asked only with {@code colours}
   */
  static List<String> lines(
      String text, char[] marks, boolean colours, BiFunction<Character, String, String> paint) {
    MarkedText marked = new MarkedText(colours, paint);
    marked.print(wrapped(cells(text, marks), ExplanationLines.WIDTH - 4));
    return marked.lines;
  }

  /** A character as it is printed, and its mark. */
  private static final class Cell {
    private final StringBuilder text = new StringBuilder();
    private int columns;
    private char mark = ' ';
    private boolean space;
  }

  private void print(List<List<Cell>> rows) {
    boolean all = rows.size() <= MOST_LINES;
    boolean gap = false;
    for (List<Cell> row : rows) {
      boolean marked = row.stream().anyMatch(cell -> cell.mark != ' ');
      if (all || marked) {
        print(row, marked);
      } else if (!gap) {
        lines.add("    …");
      }
      gap = !all && !marked;
    }
  }

  private static List<Cell> cells(String text, char[] marks) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      boolean space = TerminalText.isSpace(c);
      int columns = space ? 1 : TerminalText.columns(TerminalText.harmless(c));
      Cell last = cells.isEmpty() ? null : cells.get(cells.size() - 1);
      if (columns == 0 && last != null) {
        last.text.appendCodePoint(TerminalText.harmless(c));
      } else if (!space || last != null && !last.space) {
        Cell cell = new Cell();
        cell.text.appendCodePoint(space ? ' ' : TerminalText.harmless(c));
        cell.columns = columns;
        cell.mark = marks[i];
        cell.space = space;
        cells.add(cell);
      }
      i += Character.charCount(c);
    }
    return cells;
  }

  /** Breaks lines at spaces, or inside a word that is longer than a line. */
  private static List<List<Cell>> wrapped(List<Cell> cells, int width) {
    List<List<Cell>> rows = new ArrayList<>();
    int start = 0;
    while (start < cells.size()) {
      int end = start;
      int taken = 0;
      while (end < cells.size() && taken + cells.get(end).columns <= width) {
        taken += cells.get(end++).columns;
      }
      int next = end;
      if (end < cells.size()) {
        int space = end;
        while (space > start && !cells.get(space).space) {
          space--;
        }
        if (space > start) {
          end = space;
          next = space + 1;
        }
      }
      rows.add(cells.subList(start, end));
      start = next;
    }
    return rows;
  }

  private void print(List<Cell> row, boolean marked) {
    StringBuilder text = new StringBuilder("    ");
    StringBuilder beneath = new StringBuilder("    ");
    StringBuilder run = new StringBuilder();
    char mark = ' ';
    for (Cell cell : row) {
      if (cell.mark != mark) {
        text.append(painted(mark, run));
        run.setLength(0);
        mark = cell.mark;
      }
      run.append(cell.text);
      beneath.append(String.valueOf(cell.mark).repeat(cell.columns));
    }
    text.append(painted(mark, run));
    lines.add(text.toString().stripTrailing());
    if (marked && !colours) {
      lines.add(beneath.toString().stripTrailing());
    }
  }

  private String painted(char mark, StringBuilder run) {
    boolean plain = !colours || mark == ' ' || run.isEmpty();
    return plain ? run.toString() : paint.apply(mark, run.toString());
  }
}
