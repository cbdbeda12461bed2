package app.mailroom.ui.templates;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientRow;
import app.mailroom.template.Variables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A recipient as whom a template is looked at.
 *
 * @param label how a person recognises it: its address
 * @param values by {@link Variables#key}
 */
public record SampleRow(String label, Map<String, String> values) {
    /** Copies the values. */
    public SampleRow {
        values = Map.copyOf(values);
    }

    /** A row of a list with these columns. */
    public static SampleRow of(RecipientRow row, List<RecipientColumn> columns) {
        Map<String, String> values = new HashMap<>();
        for (RecipientColumn column : columns) {
            if (column.slot() < row.values().size()) {
                values.put(Variables.key(column.variable()), row.values().get(column.slot()));
            }
        }
        return new SampleRow(row.address(), values);
    }
}
