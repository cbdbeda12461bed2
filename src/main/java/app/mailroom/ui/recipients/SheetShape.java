package app.mailroom.ui.recipients;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateVersion;
import app.mailroom.model.World;
import app.mailroom.recipients.TemplateColumns;
import app.mailroom.ui.common.Features;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A list with what stands above its rows.
 *
 * @param needs what the template asks of the columns; nothing where there is no template
 * @param mends the list for which this one mends what an import left out
 */
record SheetShape(
        RecipientList list,
        List<RecipientColumn> columns,
        Optional<Template> template,
        List<ColumnNeed> needs,
        Optional<RecipientList> mends) {
    /** As it is in the store; nothing when there is no such list any more. Not for the JavaFX thread. */
    static Optional<SheetShape> read(Features.Stores stores, long listId) {
        return stores.recipients().find(listId).map(list -> {
            Optional<Template> template = list.templateId().flatMap(stores.templates()::find);
            return new SheetShape(
                    list,
                    stores.recipients().columns(listId),
                    template,
                    template.map(SheetShape::needs).orElse(List.of()),
                    list.mendsListId().flatMap(stores.recipients()::find));
        });
    }

    /** What a template asks of the columns. */
    static List<ColumnNeed> needs(Template template) {
        TemplateVersion newest = template.newest();
        return TemplateColumns.needs(new TemplateContent(newest.subject(), newest.preheader(), newest.html()));
    }

    SheetSituation situation(World world) {
        return new SheetSituation(world, TemplateColumns.requiredSlots(needs, columns));
    }

    /** A query without what it asks of columns that are gone. */
    SheetQuery possible(SheetQuery query) {
        Set<Integer> slots = columns.stream().map(RecipientColumn::slot).collect(Collectors.toSet());
        return new SheetQuery(
                query.search(),
                query.mark(),
                query.filters().stream()
                        .filter(filter -> slots.contains(filter.slot()))
                        .toList(),
                query.order().filter(order -> slots.contains(order.slot())));
    }

    int addressSlot() {
        return RecipientColumn.addressSlot(columns).orElse(0);
    }

    /** Where the column of a slot stands, from 0; -1 when there is none. */
    int place(int slot) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).slot() == slot) {
                return i;
            }
        }
        return -1;
    }

    String columnName(int slot) {
        int place = place(slot);
        return place < 0 ? "" : columns.get(place).name();
    }
}
