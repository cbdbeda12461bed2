package app.mailroom.recipients;

import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetQuery.ColumnFilter;
import app.mailroom.model.SheetQuery.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text that is looked for in the cells of a sheet, exactly as it is typed. */
public final class FindText {
    private final String text;
    private final boolean matchCase;
    private final boolean wholeCell;
    private final Pattern pattern;

    /**
     * Looks for this.
     *
     * @param text not empty
     * @param matchCase whether capital and small letters differ
     * @param wholeCell whether nothing else may stand in the cell
     */
    public FindText(String text, boolean matchCase, boolean wholeCell) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("nothing to look for");
        }
        this.text = text;
        this.matchCase = matchCase;
        this.wholeCell = wholeCell;
        this.pattern =
                Pattern.compile(Pattern.quote(text), matchCase ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Whether it is in a cell. */
    public boolean isIn(String cell) {
        Matcher matcher = pattern.matcher(cell);
        return wholeCell ? matcher.matches() : matcher.find();
    }

    /** The cell with something else wherever this stood. */
    public String replacedIn(String cell, String put) {
        Matcher matcher = pattern.matcher(cell);
        if (wholeCell) {
            return matcher.matches() ? put : cell;
        }
        return matcher.replaceAll(Matcher.quoteReplacement(put));
    }

    /**
     * The query that shows fewer of the rows, but none less of those with this text in one of the columns, so that not
     * all have to be read.
     */
    public SheetQuery narrowed(SheetQuery query, List<Integer> slots) {
        // What the store compares without regard to case are the letters of ASCII alone.
        if (!matchCase && !text.chars().allMatch(c -> c < 128)) {
            return query;
        }
        if (slots.size() == 1) {
            List<ColumnFilter> filters = new ArrayList<>(query.filters());
            filters.add(new ColumnFilter(slots.get(0), Comparison.CONTAINS, text));
            return new SheetQuery(query.search(), query.mark(), List.copyOf(filters), query.order());
        }
        return query.search().isEmpty() ? new SheetQuery(text, query.mark(), query.filters(), query.order()) : query;
    }
}
