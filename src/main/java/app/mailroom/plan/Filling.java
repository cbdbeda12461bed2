package app.mailroom.plan;

import app.mailroom.model.RecipientColumn;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.MailLink;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderException;
import app.mailroom.template.RenderedMail;
import app.mailroom.tracking.RelayAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes the mails of rows, or of messages of an earlier mailing, before there are messages, as they will be written when they
 * are sent.
 *
 * @param slots where a row has the value of which variable
 * @param unsubscribe what the program fills itself
 */
record Filling(CompiledTemplate template, Map<String, Integer> slots, String unsubscribe) {
    /** For rows of a list with these columns. */
    static Filling of(CompiledTemplate template, List<RecipientColumn> columns, String unsubscribe) {
        Map<String, Integer> slots = new HashMap<>();
        columns.forEach(column -> slots.put(column.variable(), column.slot()));
        return new Filling(template, slots, unsubscribe);
    }

    /** The same for checks, which need a link, and no matter where it leads. */
    static Filling toCheck(CompiledTemplate template, List<RecipientColumn> columns, PlanRequest request) {
        return of(template, columns, ProgramVariables.mailToLeave(request.fromAddress(), request.replyTo()));
    }

    /** The mail of a row with these values by slot. */
    RenderedMail mail(List<String> values) throws RenderException {
        return template.render(byKey(values));
    }

    /** The links of that mail. One that was copied from a mail which somebody got is theirs alone to follow. */
    List<MailLink> links(List<String> values) throws RenderException {
        return MailLink.of(template, byKey(values)).stream()
                .map(link -> RelayAddress.looksSigned(link.url()) ? new MailLink(link.url(), true) : link)
                .toList();
    }

    private Function<String, @Nullable String> byKey(List<String> values) {
        return ProgramVariables.besideSlots(slots, values, unsubscribe);
    }

    /** The variables that no row can fill, for want of a column and a fallback. */
    Set<String> withoutColumn() {
        // A function that has a value for whatever can have one finds the variables that never will.
        return template.missingIn(key -> slots.containsKey(key) || ProgramVariables.KEYS.contains(key) ? "x" : null);
    }
}
