package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;

import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What stands in a cell, with and without blanks around it; the same for the database and for Java. */
final class CellText {
    /** Every character that leaves a blank, or nothing, on the screen and is a space to Unicode or to Java. */
    private static final String BLANKS = IntStream.rangeClosed(0, Character.MAX_VALUE)
            .filter(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    private CellText() {}

    static boolean isBlank(String text) {
        return text.chars().allMatch(c -> BLANKS.indexOf(c) >= 0);
    }

    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && BLANKS.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && BLANKS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Whether these slots of a row are blank. */
    static boolean areBlank(List<String> values, Iterable<Integer> slots) {
        for (int slot : slots) {
            if (slot < values.size() && !isBlank(values.get(slot))) {
                return false;
            }
        }
        return true;
    }

    /** What stands in a slot of a row of {@code recipient_rows}; empty where it was never filled. */
    static Field<String> in(int slot) {
        return DSL.coalesce(
                DSL.jsonGetElementAsText(RECIPIENT_ROWS.FIELD_VALUES.coerce(SQLDataType.JSON), DSL.inline(slot)),
                DSL.inline(""));
    }

    static Field<String> stripped(Field<String> text) {
        return DSL.trim(text, DSL.inline(BLANKS));
    }
}
