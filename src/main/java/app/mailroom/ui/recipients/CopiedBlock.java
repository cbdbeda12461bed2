package app.mailroom.ui.recipients;

import java.util.List;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Cells on their way to the clipboard, as text for every spreadsheet and as a table for those that read HTML. */
final class CopiedBlock {
    /** A larger table is slow to take in, and the text says the same. */
    private static final int MOST_AS_TABLE = 20_000;

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder table = new StringBuilder("<table>");
    private int lines;

    void add(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                text.append('\t');
            }
            text.append(quoted(cells.get(i)));
        }
        text.append('\n');
        lines++;
        if (lines <= MOST_AS_TABLE) {
            table.append("<tr>");
            cells.forEach(cell -> table.append("<td>").append(escaped(cell)).append("</td>"));
            table.append("</tr>");
        }
    }

    /** JavaFX thread only. */
    void toClipboard() {
        ClipboardContent content = new ClipboardContent();
        content.putString(text.toString());
        if (lines <= MOST_AS_TABLE) {
            content.putHtml(table + "</table>");
        }
        Clipboard.getSystemClipboard().setContent(content);
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == '\t' || c == '\n' || c == '\r')
                && !cell.startsWith("\"");
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static String escaped(String cell) {
        return cell.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r\n", "<br>")
                .replace("\n", "<br>");
    }
}
