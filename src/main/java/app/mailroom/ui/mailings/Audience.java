package app.mailroom.ui.mailings;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.recipients.TemplateColumns;
import app.mailroom.ui.common.Features;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a list reaches, and whom it leaves out.
 *
 * @param mailed people who will be mailed, as far as is known now
 * @param marks how many rows of the sheet have each mark; a row may have several
 * @param missingColumns what the template needs and the list has no column for
 */
record Audience(RecipientList list, long mailed, Map<SheetMark, Long> marks, List<String> missingColumns) {
    /** Copies both. */
    Audience {
        marks = Map.copyOf(marks);
        missingColumns = List.copyOf(missingColumns);
    }

    long marked(SheetMark mark) {
        return marks.getOrDefault(mark, 0L);
    }

    /** Counts. Not for the JavaFX thread: a million rows take a second or two. */
    static Audience count(Features.Stores stores, RecipientList list, Optional<Template> template, World world) {
        List<RecipientColumn> columns = stores.recipients().columns(list.id());
        List<ColumnNeed> needs = template.map(Template::newest)
                .map(newest ->
                        TemplateColumns.needs(new TemplateContent(newest.subject(), newest.preheader(), newest.html())))
                .orElse(List.of());
        Map<SheetMark, Long> marks = stores.sheets()
                .counts(list.id(), new SheetSituation(world, TemplateColumns.requiredSlots(needs, columns)));
        List<String> missing = TemplateColumns.missing(needs, columns).stream()
                .filter(ColumnNeed::required)
                .map(ColumnNeed::name)
                .toList();
        return new Audience(list, stores.recipients().unsuppressedCount(list.id(), world), marks, missing);
    }
}
