package app.mailroom.recipients;

import app.mailroom.model.RecipientColumn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A block whose first line names its columns, as it is copied from another sheet.
 *
 * @param header the names
 * @param rows the lines below it
 * @param addressColumn which of the columns holds the addresses, if one does
 */
record PastedTable(List<String> header, List<List<String>> rows, Optional<Integer> addressColumn) {
    /** So many lines tell what the columns hold. */
    private static final int SAMPLE = 50;

    /**
     * Reads a block as a table: its first line has no address, and either a name of the list's columns or addresses
     * below it.
     */
    static Optional<PastedTable> in(List<List<String>> lines, List<RecipientColumn> columns) {
        if (lines.size() < 2 || lines.get(0).stream().anyMatch(ColumnMatching::isAddress)) {
            return Optional.empty();
        }
        List<String> header = lines.get(0).stream().map(String::strip).toList();
        List<List<String>> rows = lines.subList(1, lines.size());
        Optional<Integer> address =
                ColumnMatching.addressColumn(header, rows.subList(0, Math.min(SAMPLE, rows.size())));
        return address.isPresent() || namesOneOf(header, columns)
                ? Optional.of(new PastedTable(header, rows, address))
                : Optional.empty();
    }

    private static boolean namesOneOf(List<String> header, List<RecipientColumn> columns) {
        Set<String> names = columns.stream()
                .map(column -> column.name().strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Set<String> variables = columns.stream().map(RecipientColumn::variable).collect(Collectors.toSet());
        return header.stream()
                .filter(name -> !name.isEmpty())
                .anyMatch(name ->
                        names.contains(name.toLowerCase(Locale.ROOT)) || variables.contains(VariableNames.of(name)));
    }
}
