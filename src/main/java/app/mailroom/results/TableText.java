package app.mailroom.results;

import app.mailroom.recipients.HarmlessText;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tables as text that spreadsheets, documents and mail programs take. Counts have no signs between their digits, shares are
 * percentages with at most two digits after the point, times are those of a zone to the minute: a spreadsheet knows them for
 * what they are. What it would run as a formula gets an apostrophe before it.
 */
public final class TableText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final DecimalFormat percent;
    private final ZoneId zone;

    /**
     * @param locale whose sign stands before the fraction of a percentage: that of the program which is to read it
     * @param zone in which times are written
     */
    public TableText(Locale locale, ZoneId zone) {
        this.percent = new DecimalFormat("0.##%", DecimalFormatSymbols.getInstance(locale));
        this.zone = zone;
    }

    /** The headers and the rows under them. */
    public List<List<String>> cells(ResultTable table) {
        List<List<String>> cells = new ArrayList<>(table.rows().size() + 1);
        cells.add(table.columns().stream().map(HarmlessText::of).toList());
        for (List<Object> row : table.rows()) {
            cells.add(row.stream().map(this::cell).toList());
        }
        return cells;
    }

    private String cell(Object cell) {
        if (cell instanceof Double share) {
            return percent.format(share);
        }
        if (cell instanceof Instant time) {
            return TIME.format(time.atZone(zone));
        }
        return HarmlessText.of(cell.toString());
    }

    /** A table of HTML; numbers stand flush right. */
    public String html(ResultTable table) {
        List<List<String>> cells = cells(table);
        StringBuilder html = new StringBuilder("<table>\n<thead><tr>");
        cells.get(0)
                .forEach(header -> html.append("<th>").append(escaped(header)).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < table.rows().size(); i++) {
            List<Object> row = table.rows().get(i);
            html.append("<tr>");
            for (int j = 0; j < row.size(); j++) {
                html.append(row.get(j) instanceof Number ? "<td align=\"right\">" : "<td>")
                        .append(escaped(cells.get(i + 1).get(j)))
                        .append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n", "<br>");
    }
}
