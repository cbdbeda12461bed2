package app.mailroom.recipients;

import app.mailroom.model.ImportProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How the records of a source become rows of a list: which field goes into which slot, and what cannot be taken. */
final class RowShape {
    /** A field that goes nowhere. */
    static final int NOWHERE = -1;

    private final int[] slots;
    private final int addressField;
    private final int width;
    private final boolean straight;
    private final char delimiter;

    /** What a record became. */
    sealed interface Reading {}

    /** A row that can be mailed; the address is in its values as mailed. */
    record Row(long line, EmailAddress address, String typed, List<String> values) implements Reading {}

    /** A record that is left out. */
    record Refused(ImportProblem problem) implements Reading {}

    /**
     * Of a source whose address field goes into a slot too.
     *
     * @param slots where each field goes
     * @param width how many slots a row has
     */
    RowShape(int[] slots, int addressField, int width, RecipientFormat format) {
        this.slots = slots.clone();
        this.addressField = addressField;
        this.width = width;
        boolean inOrder = slots.length == width;
        for (int i = 0; i < slots.length; i++) {
            inOrder &= slots[i] == i;
        }
        this.straight = inOrder;
        this.delimiter = format instanceof RecipientFormat.Text text ? text.delimiter() : '\t';
    }

    /** Where the address stands in the list. */
    int addressSlot() {
        return slots[addressField];
    }

    /** Which slots a row of the source gives values for. */
    int[] filledSlots() {
        return Arrays.stream(slots).filter(slot -> slot != NOWHERE).toArray();
    }

    Reading read(FileRecord row) {
        if (row.broken()) {
            return new Refused(new ImportProblem(
                    row.line(),
                    ListImport.QUOTE_NOT_CLOSED,
                    "A quotation mark of the row that begins on this line is not closed, or text follows a closing one.",
                    cut(new StringBuilder(row.fields().get(0))),
                    Optional.empty()));
        }
        List<String> fields = row.fields();
        for (int i = slots.length; i < fields.size(); i++) {
            if (!fields.get(i).isBlank()) {
                return refused(
                        row,
                        ListImport.TOO_MANY_FIELDS,
                        "The row has " + fields.size() + " values, the file has " + slots.length + " columns.");
            }
        }
        String typed = addressField < fields.size() ? fields.get(addressField) : "";
        EmailAddress address;
        try {
            address = EmailAddress.parse(typed);
        } catch (AddressException e) {
            return refused(row, e.code().name(), String.valueOf(e.getMessage()));
        }
        List<String> values = values(fields);
        values.set(addressSlot(), address.mailbox());
        return new Row(row.line(), address, typed, values);
    }

    /** What is kept of a row that could be read, but is not taken. */
    ImportProblem problem(long line, String typed, List<String> values, String reason, String detail) {
        List<String> read = new ArrayList<>(values);
        read.set(addressSlot(), typed);
        return new ImportProblem(line, reason, detail, raw(read), Optional.of(List.copyOf(read)));
    }

    private Refused refused(FileRecord row, String reason, String detail) {
        List<String> values = values(row.fields());
        if (reason.equals(ListImport.TOO_MANY_FIELDS)) {
            // What there is no slot for stands behind, so that whoever mends the row sees it.
            values.addAll(row.fields().subList(slots.length, row.fields().size()));
        }
        return new Refused(
                new ImportProblem(row.line(), reason, detail, raw(row.fields()), Optional.of(List.copyOf(values))));
    }

    private List<String> values(List<String> fields) {
        if (straight) {
            List<String> values = new ArrayList<>(width);
            for (int slot = 0; slot < width; slot++) {
                values.add(slot < fields.size() ? fields.get(slot) : "");
            }
            return values;
        }
        List<String> values = new ArrayList<>(Collections.nCopies(width, ""));
        for (int i = 0; i < slots.length && i < fields.size(); i++) {
            if (slots[i] != NOWHERE) {
                values.set(slots[i], fields.get(i));
            }
        }
        return values;
    }

    private String raw(List<String> fields) {
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i < fields.size() && raw.length() < RecordReader.RAW_LIMIT; i++) {
            if (i > 0) {
                raw.append(delimiter);
            }
            String field = fields.get(i);
            boolean quoted = field.indexOf(delimiter) >= 0
                    || field.indexOf('"') >= 0
                    || field.indexOf('\n') >= 0
                    || field.indexOf('\r') >= 0;
            raw.append(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
        }
        return cut(raw);
    }

    /** At most so long, and never through the middle of a character. */
    private static String cut(StringBuilder raw) {
        int length = Math.min(raw.length(), RecordReader.RAW_LIMIT);
        boolean splits = length > 0 && Character.isHighSurrogate(raw.charAt(length - 1));
        return raw.substring(0, splits ? length - 1 : length);
    }
}
