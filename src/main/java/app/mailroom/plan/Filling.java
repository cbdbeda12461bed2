package app.mailroom.plan;

import app.mailroom.model.RecipientColumn;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderException;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.Variables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the mails of rows before there are messages, as they will be written when they are sent.
 *
 * @param slots where a row has the value of which variable
 * @param fromAddress and replyTo fill what the program fills itself
 */
record Filling(CompiledTemplate template, Map<String, Integer> slots, String fromAddress, String replyTo) {
    /** For rows of a list with these columns. */
    static Filling of(CompiledTemplate template, List<RecipientColumn> columns, PlanRequest request) {
        Map<String, Integer> slots = new HashMap<>();
        columns.forEach(column -> slots.put(column.variable(), column.slot()));
        return new Filling(template, slots, request.fromAddress(), request.replyTo());
    }

    /** The mail of a row with these values by slot. */
    RenderedMail mail(List<String> values) throws RenderException {
        return template.render(ProgramVariables.beside(
                variable -> {
                    Integer slot = slots.get(Variables.key(variable));
                    return slot == null || slot >= values.size() ? null : values.get(slot);
                },
                fromAddress,
                replyTo));
    }

    /** The variables that no row can fill, for want of a column and a fallback. */
    Set<String> withoutColumn() {
        // A function that has a value for whatever can have one finds the variables that never will.
        return template.missingIn(key -> slots.containsKey(key) || ProgramVariables.KEYS.contains(key) ? "x" : null);
    }
}
