package app.mailroom.results;

import java.util.List;

/**
 * Results as rows and columns, in the words of the person who asked for them.
 *
 * @param title of a sheet or a file
 * @param columns their headers
 * @param rows each as long as the headers; a cell is a {@link String}, {@link Long}, {@link Double} for a share between 0
 *     and 1, {@link java.time.Instant}, or empty text for nothing
 */
public record ResultTable(String title, List<String> columns, List<List<Object>> rows) {
    /** Keeps copies. */
    public ResultTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
