package app.mailroom.ui.templates;

import java.util.Map;

/**
 * A recipient as whom a template is looked at.
 *
 * @param label how a person recognises it: its address
 * @param values by {@link app.mailroom.template.Variables#key}
 */
public record SampleRow(String label, Map<String, String> values) {
    /** Copies the values. */
    public SampleRow {
        values = Map.copyOf(values);
    }
}
