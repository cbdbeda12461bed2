package app.mailroom.recipients;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * How a person wants a source of recipients to be read. What they did not choose is found out.
 *
 * @param delimiter the character between fields
 * @param sheet of a workbook
 * @param named whether the first line has the names of the columns
 * @param columnName how a column is called that has no name, before its number
 */
public record ReadAs(
        Optional<Charset> charset,
        Optional<Character> delimiter,
        Optional<String> sheet,
        Optional<Boolean> named,
        String columnName) {
    /** Everything is found out. */
    public static final ReadAs FOUND_OUT =
            new ReadAs(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "Column");

    /** The same with that text encoding. */
    public ReadAs in(Charset chosen) {
        return new ReadAs(Optional.of(chosen), delimiter, sheet, named, columnName);
    }

    /** The same with that character between fields. */
    public ReadAs by(char chosen) {
        return new ReadAs(charset, Optional.of(chosen), sheet, named, columnName);
    }

    /** The same from that sheet. */
    public ReadAs from(String chosen) {
        return new ReadAs(charset, delimiter, Optional.of(chosen), named, columnName);
    }

    /** The same, whether the first line has the names of the columns. */
    public ReadAs named(boolean chosen) {
        return new ReadAs(charset, delimiter, sheet, Optional.of(chosen), columnName);
    }

    /** The same with that word for columns without a name. */
    public ReadAs calling(String chosen) {
        return new ReadAs(charset, delimiter, sheet, named, chosen);
    }
}
