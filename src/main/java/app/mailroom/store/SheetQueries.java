package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;
import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;

import app.mailroom.model.RowStanding;
import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Puts into words for the database which rows of a list are shown, and in which order. */
final class SheetQueries {
    private static final String BLANK = RowStanding.BLANK.name();
    private static final String DIGITS = "0123456789";

    private final DSLContext sql;
    private final long listId;
    private final SheetShape shape;

    SheetQueries(DSLContext sql, long listId) {
        this.sql = sql;
        this.listId = listId;
        this.shape = SheetShape.of(sql, listId);
    }

    Condition shown(SheetQuery query, SheetSituation situation) {
        List<Condition> all = new ArrayList<>();
        all.add(RECIPIENT_ROWS.LIST_ID.eq(listId));
        query.mark().ifPresent(mark -> all.add(marked(mark, situation)));
        for (SheetQuery.ColumnFilter filter : query.filters()) {
            all.add(passes(filter));
        }
        if (!query.search().isEmpty()) {
            all.add(holds(query.search()));
        }
        return DSL.and(all);
    }

    List<OrderField<?>> order(SheetQuery query) {
        List<OrderField<?>> order = new ArrayList<>();
        query.order().ifPresent(by -> {
            Field<String> value = stripped(by.slot());
            Field<Integer> kind = kind(value);
            Field<?> number = DSL.case_(kind).when(0, value.cast(SQLDataType.NUMERIC));
            Field<String> word = DSL.case_(kind).when(1, DSL.lower(value));
            order.add(DSL.case_(value).when("", 1).else_(0));
            order.add(by.descending() ? kind.desc() : kind.asc());
            order.add(by.descending() ? number.desc() : number.asc());
            order.add(by.descending() ? word.desc() : word.asc());
        });
        order.add(RECIPIENT_ROWS.RANK);
        return order;
    }

    /** 0 for a number, 1 for a word: a number is digits, with a sign before and a point within or not. */
    private static Field<Integer> kind(Field<String> value) {
        Field<String> unsigned = DSL.when(DSL.left(value, 1).in("-", "+"), DSL.substring(value, 2))
                .otherwise(value);
        return DSL.when(DSL.trim(unsigned, DSL.inline(DIGITS)).in("", ".").and(unsigned.notIn("", ".")), 0)
                .otherwise(1);
    }

    Condition marked(SheetMark mark, SheetSituation situation) {
        return switch (mark) {
            // That the column is not null is said as the partial indexes say it, or they would not be used.
            case INVALID -> RECIPIENT_ROWS.FAULT.isNotNull().and(RECIPIENT_ROWS.FAULT.ne(DSL.inline(BLANK)));
            case DUPLICATE -> RECIPIENT_ROWS.REPEATS_KEY.isNotNull();
            case MISTYPED -> RECIPIENT_ROWS.MEANT.isNotNull();
            case MISSING -> missing(situation);
            case SUPPRESSED -> suppressed(situation.world());
        };
    }

    private Condition missing(SheetSituation situation) {
        List<Condition> empty = new ArrayList<>();
        for (int slot : situation.requiredSlots()) {
            if (shape.indexOf(slot) >= 0) {
                empty.add(stripped(slot).eq(""));
            }
        }
        return empty.isEmpty()
                ? DSL.falseCondition()
                : RECIPIENT_ROWS
                        .FAULT
                        .isNull()
                        .or(RECIPIENT_ROWS.FAULT.ne(DSL.inline(BLANK)))
                        .and(DSL.or(empty));
    }

    /** Looks up the fewer in the more: a list of three need not walk through all suppressions, nor the reverse. */
    private Condition suppressed(World world) {
        if (fewSuppressions()) {
            return RECIPIENT_ROWS.ID.in(suppressedBy(world, false).union(suppressedBy(world, true)));
        }
        return DSL.exists(DSL.selectOne()
                .from(SUPPRESSIONS)
                .where(SUPPRESSIONS.ADDRESS_KEY.eq(
                        DSL.coalesce(RECIPIENT_ROWS.ADDRESS_KEY, RECIPIENT_ROWS.REPEATS_KEY)))
                .and(SuppressionStore.holdsIn(world)));
    }

    private boolean fewSuppressions() {
        Long rows = sql.select(RECIPIENT_LISTS.SHEET_COUNT)
                .from(RECIPIENT_LISTS)
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .fetchOne(RECIPIENT_LISTS.SHEET_COUNT);
        return rows != null && sql.fetchCount(SUPPRESSIONS) < rows;
    }

    /** Ids of rows that are suppressed. SQLite keeps the order of the two tables of a cross join. */
    private SelectConditionStep<Record1<Long>> suppressedBy(World world, boolean repeating) {
        var rows = RECIPIENT_ROWS.as(repeating ? "repeating" : "mailed");
        Condition same = repeating
                ? rows.REPEATS_KEY.isNotNull().and(rows.REPEATS_KEY.eq(SUPPRESSIONS.ADDRESS_KEY))
                : rows.ADDRESS_KEY.eq(SUPPRESSIONS.ADDRESS_KEY);
        return DSL.select(rows.ID)
                .from(SUPPRESSIONS)
                .crossJoin(rows)
                .where(rows.LIST_ID.eq(listId))
                .and(same)
                .and(SuppressionStore.holdsIn(world));
    }

    private Condition passes(SheetQuery.ColumnFilter filter) {
        Field<String> value = stripped(filter.slot());
        return switch (filter.comparison()) {
            case IS -> value.eq(CellText.strip(filter.text()));
            case CONTAINS -> contains(cell(filter.slot()), filter.text());
            case EMPTY -> value.eq("");
            case FILLED -> value.ne("");
        };
    }

    /** Whether a column has it. The whole row is looked at first: most rows do not have it anywhere. */
    private Condition holds(String search) {
        String json = FieldValues.toJson(List.of(search));
        Condition somewhere = contains(RECIPIENT_ROWS.FIELD_VALUES, json.substring(2, json.length() - 2));
        List<Condition> columns = new ArrayList<>();
        for (int slot : shape.slots()) {
            columns.add(contains(cell(slot), search));
        }
        return somewhere.and(DSL.or(columns));
    }

    private static Condition contains(Field<String> text, String part) {
        return text.containsIgnoreCase(part);
    }

    Field<String> stripped(int slot) {
        return CellText.stripped(cell(slot));
    }

    /** A column that was deleted holds nothing, whatever is left in its slot. */
    private Field<String> cell(int slot) {
        return shape.indexOf(slot) < 0 ? DSL.inline("") : CellText.in(slot);
    }
}
