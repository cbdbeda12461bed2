package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.RECIPIENT_COLUMNS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.TEMPLATES;

import app.mailroom.model.RecipientColumn;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Records;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The columns of a list, as they are shown, and the template that gives it its columns. */
record SheetShape(List<RecipientColumn> columns, @Nullable Long templateId) {
    /** The variable of the address column, which every list has and keeps. */
    private static final ObjectMapper JSON = new ObjectMapper();

    static SheetShape of(DSLContext sql, long listId) {
        return new SheetShape(
                sql.select(
                                RECIPIENT_COLUMNS.SLOT,
                                RECIPIENT_COLUMNS.POSITION,
                                RECIPIENT_COLUMNS.NAME,
                                RECIPIENT_COLUMNS.VARIABLE)
                        .from(RECIPIENT_COLUMNS)
                        .where(RECIPIENT_COLUMNS.LIST_ID.eq(listId))
                        .orderBy(RECIPIENT_COLUMNS.POSITION, RECIPIENT_COLUMNS.SLOT)
                        .fetch(Records.mapping(RecipientColumn::new)),
                sql.select(RECIPIENT_LISTS.TEMPLATE_ID)
                        .from(RECIPIENT_LISTS)
                        .where(RECIPIENT_LISTS.ID.eq(listId))
                        .fetchSingle(RECIPIENT_LISTS.TEMPLATE_ID));
    }

    static SheetShape fromJson(String json) {
        try {
            return JSON.readValue(json, SheetShape.class);
        } catch (JsonProcessingException e) {
            throw new StoreException("cannot read the columns of an edit", e);
        }
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new StoreException("cannot write the columns of an edit", e);
        }
    }

    /** The slot of the address column; -1 in a list without one. */
    int addressSlot() {
        return RecipientColumn.addressSlot(columns).orElse(-1);
    }

    Set<Integer> slots() {
        return columns.stream().map(RecipientColumn::slot).collect(Collectors.toUnmodifiableSet());
    }

    /** Where the column with this slot stands in {@link #columns}; -1 when there is none. */
    int indexOf(int slot) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).slot() == slot) {
                return i;
            }
        }
        return -1;
    }

    /** These columns by their positions, but that of the addresses first; positions follow from that. */
    static List<RecipientColumn> addressFirst(List<RecipientColumn> columns) {
        return numbered(columns.stream()
                .sorted(Comparator.comparing((RecipientColumn column) -> !column.holdsAddresses())
                        .thenComparingInt(RecipientColumn::position))
                .toList());
    }

    /** These columns in this order, with the positions that follow from it. */
    SheetShape withColumns(List<RecipientColumn> ordered) {
        return new SheetShape(numbered(ordered), templateId);
    }

    private static List<RecipientColumn> numbered(List<RecipientColumn> ordered) {
        List<RecipientColumn> numbered = new ArrayList<>(ordered.size());
        for (RecipientColumn column : ordered) {
            numbered.add(new RecipientColumn(column.slot(), numbered.size(), column.name(), column.variable()));
        }
        return List.copyOf(numbered);
    }

    SheetShape withTemplate(@Nullable Long template) {
        return new SheetShape(columns, template);
    }

    /** Makes it the shape of the list. A template that was deleted meanwhile is none. */
    void writeTo(DSLContext sql, long listId) {
        sql.deleteFrom(RECIPIENT_COLUMNS)
                .where(RECIPIENT_COLUMNS.LIST_ID.eq(listId))
                .execute();
        for (RecipientColumn column : columns) {
            sql.insertInto(RECIPIENT_COLUMNS)
                    .set(RECIPIENT_COLUMNS.LIST_ID, listId)
                    .set(RECIPIENT_COLUMNS.SLOT, column.slot())
                    .set(RECIPIENT_COLUMNS.POSITION, column.position())
                    .set(RECIPIENT_COLUMNS.NAME, column.name())
                    .set(RECIPIENT_COLUMNS.VARIABLE, column.variable())
                    .execute();
        }
        sql.update(RECIPIENT_LISTS)
                .set(
                        RECIPIENT_LISTS.TEMPLATE_ID,
                        DSL.select(TEMPLATES.ID).from(TEMPLATES).where(TEMPLATES.ID.eq(templateId)))
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .execute();
    }
}
