package app.mailroom.ui.sheet;

import java.util.ArrayList;
import java.util.List;

/**
 * Blocks of cells as text, the way Excel, LibreOffice and Google Sheets put them on the clipboard and read them: a tab
 * between cells, a line break after each row, and quotes around a cell that holds one of these.
 */
public final class TabSeparated {
    private final String text;
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private int at;
    private boolean quotesEnd = true;

    private TabSeparated(String text) {
        this.text = text;
    }

    /**
     * The cells of a text; nothing for an empty one. All rows are made as long as the longest. Line breaks inside a cell
     * become single line feeds. A quote that is not the first of its cell, or that nothing closes, is just a quote.
     */
    public static List<List<String>> parse(String text) {
        // Windows programs may end what they put on the clipboard with a zero.
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\0') {
            end--;
        }
        return new TabSeparated(text.substring(0, end)).read();
    }

    /** The text of a block. A single cell has no line break behind it, so that it can be pasted into a line of text. */
    public static String format(List<List<String>> block) {
        boolean oneCell = block.size() == 1
                && block.get(0).size() == 1
                && !block.get(0).get(0).isEmpty();
        StringBuilder out = new StringBuilder();
        for (List<String> cells : block) {
            for (int i = 0; i < cells.size(); i++) {
                if (i > 0) {
                    out.append('\t');
                }
                write(cells.get(i), out);
            }
            if (!oneCell) {
                out.append("\r\n");
            }
        }
        return out.toString();
    }

    private static void write(String cell, StringBuilder out) {
        boolean quoted =
                cell.startsWith("\"") || cell.indexOf('\t') >= 0 || cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0;
        if (quoted) {
            out.append('"').append(cell.replace("\"", "\"\"")).append('"');
        } else {
            out.append(cell);
        }
    }

    private List<List<String>> read() {
        int widest = 0;
        while (at < text.length()) {
            row.add(cell());
            if (at < text.length() && text.charAt(at) == '\t') {
                at++;
                if (at == text.length()) {
                    row.add("");
                }
            } else {
                skipLineBreak();
                widest = endRow(widest);
            }
        }
        if (!row.isEmpty()) {
            widest = endRow(widest);
        }
        for (List<String> cells : rows) {
            while (cells.size() < widest) {
                cells.add("");
            }
        }
        return rows;
    }

    private int endRow(int widest) {
        rows.add(row);
        int width = row.size();
        row = new ArrayList<>(width);
        return Math.max(widest, width);
    }

    private void skipLineBreak() {
        if (at < text.length()) {
            boolean pair = text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
            at += pair ? 2 : 1;
        }
    }

    private String cell() {
        if (quotesEnd && at < text.length() && text.charAt(at) == '"') {
            int close = closingQuote();
            if (close >= 0) {
                String inside = text.substring(at + 1, close);
                at = close + 1;
                return inside.replace("\"\"", "\"").replace("\r\n", "\n").replace('\r', '\n');
            }
        }
        int from = at;
        while (at < text.length() && !ends(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /** Where the quoted cell that begins here ends; -1 if it is not one. */
    private int closingQuote() {
        int i = at + 1;
        while (i < text.length()) {
            if (text.charAt(i) != '"') {
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                i += 2;
            } else {
                return i + 1 == text.length() || ends(text.charAt(i + 1)) ? i : -1;
            }
        }
        // Nothing closes this one, so nothing closes a later one: a long text is not searched again and again.
        quotesEnd = false;
        return -1;
    }

    private static boolean ends(char c) {
        return c == '\t' || c == '\n' || c == '\r';
    }
}
