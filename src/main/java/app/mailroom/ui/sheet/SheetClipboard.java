package app.mailroom.ui.sheet;

import java.util.List;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** The system's clipboard as spreadsheets use it. */
public final class SheetClipboard {
    private SheetClipboard() {}

    /**
     * A block as text and as a table, both of which spreadsheets, mail programs and editors take. Large blocks may be made
     * ready on any thread.
     */
    public static ClipboardContent content(List<List<String>> block) {
        ClipboardContent content = new ClipboardContent();
        content.putString(TabSeparated.format(block));
        content.putHtml(table(block));
        return content;
    }

    /** Puts a block on the clipboard. JavaFX thread only. */
    public static void put(List<List<String>> block) {
        Clipboard.getSystemClipboard().setContent(content(block));
    }

    private static String table(List<List<String>> block) {
        StringBuilder html = new StringBuilder("<meta charset=\"utf-8\"><table>");
        for (List<String> row : block) {
            html.append("<tr>");
            for (String cell : row) {
                // Excel would make numbers of postcodes and phone numbers that begin with a zero.
                html.append("<td style='mso-number-format:\"\\@\"'>");
                escape(cell, html);
                html.append("</td>");
            }
            html.append("</tr>");
        }
        return html.append("</table>").toString();
    }

    private static void escape(String text, StringBuilder html) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '\n' -> html.append("<br style=\"mso-data-placement:same-cell\">");
                default -> html.append(c);
            }
        }
    }
}
