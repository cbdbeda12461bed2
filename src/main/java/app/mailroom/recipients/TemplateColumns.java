package app.mailroom.recipients;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.TemplateContent;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.VariableUse;
import app.mailroom.template.VariableUses;
import app.mailroom.template.Variables;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a template asks of the columns of a list. */
public final class TemplateColumns {
    private TemplateColumns() {}

    /** The columns that a template needs, in the order in which it uses them; the address column is not among them. */
    public static List<ColumnNeed> needs(TemplateContent content) {
        return VariableUses.in(content).stream()
                .filter(use ->
                        !ProgramVariables.KEYS.contains(use.key()) && !use.key().equals(VariableNames.ADDRESS))
                .map(TemplateColumns::need)
                .toList();
    }

    private static ColumnNeed need(VariableUse use) {
        return new ColumnNeed(use.name(), use.key(), !use.hasFallback());
    }

    /** The needs for which there is no column. */
    public static List<ColumnNeed> missing(List<ColumnNeed> needs, List<RecipientColumn> columns) {
        Set<String> there =
                columns.stream().map(column -> Variables.key(column.variable())).collect(Collectors.toSet());
        return needs.stream().filter(need -> !there.contains(need.key())).toList();
    }

    /** The slots of the columns whose values the template requires. */
    public static Set<Integer> requiredSlots(List<ColumnNeed> needs, List<RecipientColumn> columns) {
        Set<String> required =
                needs.stream().filter(ColumnNeed::required).map(ColumnNeed::key).collect(Collectors.toSet());
        return columns.stream()
                .filter(column -> required.contains(Variables.key(column.variable())))
                .map(RecipientColumn::slot)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the template uses a column; the address column is always used. */
    public static boolean isUsed(RecipientColumn column, List<ColumnNeed> needs) {
        String key = Variables.key(column.variable());
        return key.equals(VariableNames.ADDRESS)
                || needs.stream().anyMatch(need -> need.key().equals(key));
    }
}
