package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.IMPORT_PROBLEMS;
import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_COLUMNS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;
import static app.mailroom.store.jooq.Tables.TEMPLATE_VERSIONS;

import app.mailroom.model.AddressReading;
import app.mailroom.model.AuditAction;
import app.mailroom.model.ImportProblem;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.Right;
import app.mailroom.model.RowStanding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Makes lists of rows that the workspace has already. The rows go from table to table without being read, in steps of
 * which each is one short transaction: {@link #begin}, any number of steps, then {@link #finish}. Until then nobody sees
 * the list, and {@link RecipientStore#abandon} takes it away.
 */
public final class ListCopying {
    /** The most rows of one step. */
    public static final int ROWS_AT_ONCE = 5_000;

    /** In the place of a slot where a column of the new list has no counterpart. */
    public static final int NOWHERE = -1;

    private static final int STATEMENTS_AT_ONCE = 2_000;
    private static final int IDS_AT_ONCE = 500;

    private static final String BLANK = RowStanding.BLANK.name();

    /**
     * A list to be made.
     *
     * @param templateId the template that gives it its columns
     * @param mendsListId the list for which it mends what an import left out
     * @param addressRules the version of {@link AddressRules} by which its rows were read; 0 where nobody knows
     */
    public record NewList(
            String name,
            String source,
            List<RecipientColumn> columns,
            Optional<Long> templateId,
            Optional<Long> mendsListId,
            int addressRules) {}

    /**
     * The columns of a new list and where their values come from.
     *
     * @param from the slot in the rows that are copied, by slot of the new list; {@link #NOWHERE} where there is none.
     *     Empty when rows are taken as they are.
     */
    public record Shape(List<RecipientColumn> columns, List<Integer> from) {}

    /** A row and what stands in one of its columns. */
    public record RowValue(long id, long rank, String value) {}

    /** A row that another list may take in. */
    public record Candidate(long id, long rank, List<String> values) {}

    /** What an import left out, by the number it is kept under. */
    public record LeftOut(long id, ImportProblem problem) {}

    /** A row that is made of what an import left out. */
    public record Mending(long problemId, AddressReading reading, List<String> values) {}

    private final Database database;
    private final RecipientStore recipients;

    /** Lists in the given workspace database. */
    public ListCopying(Database database, RecipientStore recipients) {
        this.database = database;
        this.recipients = recipients;
    }

    /**
     * Starts a list that nobody sees yet, and returns its id.
     *
     * @throws NameTakenException when a finished list has the name
     */
    public long begin(NewList list) {
        long id = recipients.begin(list.name(), list.source(), list.columns(), list.templateId(), list.addressRules());
        list.mendsListId()
                .ifPresent(mended -> database.change(
                        Right.EDIT_RECIPIENTS,
                        sql -> sql.update(RECIPIENT_LISTS)
                                .set(RECIPIENT_LISTS.MENDS_LIST_ID, mended)
                                .where(RECIPIENT_LISTS.ID.eq(id))
                                .execute()));
        return id;
    }

    /**
     * Makes lists visible, all of them or none.
     *
     * @throws NameTakenException when another list took one of the names meanwhile; the lists stay unfinished
     * @throws NoSuchListException when one of them was abandoned
     */
    public void finish(List<Long> listIds) {
        database.change(Right.EDIT_RECIPIENTS, sql -> {
            for (long listId : listIds) {
                recipients.touch(sql, listId);
                String name = sql.select(RECIPIENT_LISTS.NAME)
                        .from(RECIPIENT_LISTS)
                        .where(RECIPIENT_LISTS.ID.eq(listId))
                        .fetchSingle(RECIPIENT_LISTS.NAME);
                RecipientStore.refuseTaken(sql, name, listId);
                var counts = sql.select(DSL.count(), DSL.count(RECIPIENT_ROWS.ADDRESS_KEY))
                        .from(RECIPIENT_ROWS)
                        .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                        .fetchSingle();
                sql.update(RECIPIENT_LISTS)
                        .set(RECIPIENT_LISTS.READY, true)
                        .set(RECIPIENT_LISTS.SHEET_COUNT, (long) counts.value1())
                        .set(RECIPIENT_LISTS.ROW_COUNT, (long) counts.value2())
                        .where(RECIPIENT_LISTS.ID.eq(listId))
                        .execute();
                recipients.tell(sql, AuditAction.LIST_MADE, listId, name, counts.value1() + " rows");
            }
        });
    }

    /**
     * The columns of a list for a copy of it. What deleted columns still hold is not copied, so slots are given anew
     * where there were any.
     */
    public Shape shape(long listId) {
        List<RecipientColumn> columns = recipients.columns(listId);
        int next = database.read(sql -> sql.select(RECIPIENT_LISTS.NEXT_SLOT)
                .from(RECIPIENT_LISTS)
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .fetchSingle(RECIPIENT_LISTS.NEXT_SLOT));
        if (next == columns.size()) {
            return new Shape(columns, List.of());
        }
        return new Shape(
                IntStream.range(0, columns.size())
                        .mapToObj(i -> new RecipientColumn(
                                i, i, columns.get(i).name(), columns.get(i).variable()))
                        .toList(),
                columns.stream().map(RecipientColumn::slot).toList());
    }

    /** By which version of the rules for addresses the rows of a list were read. */
    public int addressRules(long listId) {
        return database.read(sql -> sql.select(RECIPIENT_LISTS.ADDRESS_RULES)
                .from(RECIPIENT_LISTS)
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .fetchSingle(RECIPIENT_LISTS.ADDRESS_RULES));
    }

    /**
     * Copies these rows below those that the list has, in this order, in one step. Of several with one address the first
     * is mailed and the others repeat it. Rows that are gone are passed over.
     *
     * @param ids at most {@link #ROWS_AT_ONCE}
     */
    public void copyIds(long fromListId, long intoListId, Shape shape, long[] ids) {
        refuseTooMany(ids);
        Boolean done = database.step(Right.EDIT_RECIPIENTS, sql -> {
            recipients.touch(sql, intoListId);
            long last = RecipientStore.lastRank(sql, intoListId);
            Field<String> key = DSL.coalesce(RECIPIENT_ROWS.ADDRESS_KEY, RECIPIENT_ROWS.REPEATS_KEY);
            String mailed = copyOne(sql, fromListId, intoListId, shape, key, DSL.inline((String) null));
            String repeating = copyOne(sql, fromListId, intoListId, shape, DSL.inline((String) null), key);
            sql.connection(connection -> {
                int[] all = IntStream.range(0, ids.length).toArray();
                BitSet repeated = copyEach(connection, mailed, last, ids, all);
                copyEach(connection, repeating, last, ids, repeated.stream().toArray());
            });
            return Boolean.TRUE;
        });
        assert done;
    }

    /**
     * Copies these rows below those that the list has, in this order, in one step. Rows whose address the list has are
     * left out; rows that are gone are passed over.
     *
     * @param ids at most {@link #ROWS_AT_ONCE}
     * @return how many were copied
     */
    public long addIds(long fromListId, long intoListId, Shape shape, long[] ids) {
        refuseTooMany(ids);
        return database.step(Right.EDIT_RECIPIENTS, sql -> {
            recipients.touch(sql, intoListId);
            long last = RecipientStore.lastRank(sql, intoListId);
            Field<String> key = DSL.coalesce(RECIPIENT_ROWS.ADDRESS_KEY, RECIPIENT_ROWS.REPEATS_KEY);
            String mailed = copyOne(sql, fromListId, intoListId, shape, key, DSL.inline((String) null));
            return sql.connectionResult(connection -> {
                int[] all = IntStream.range(0, ids.length).toArray();
                return (long) ids.length
                        - copyEach(connection, mailed, last, ids, all).cardinality();
            });
        });
    }

    private static void refuseTooMany(long[] ids) {
        if (ids.length > ROWS_AT_ONCE) {
            throw new IllegalArgumentException("more than " + ROWS_AT_ONCE + " rows at once: " + ids.length);
        }
    }

    private static String copyOne(
            DSLContext sql, long from, long into, Shape shape, Field<String> addressKey, Field<String> repeatsKey) {
        return sql.render(DSL.insertInto(
                        RECIPIENT_ROWS,
                        RECIPIENT_ROWS.LIST_ID,
                        RECIPIENT_ROWS.RANK,
                        RECIPIENT_ROWS.ADDRESS,
                        RECIPIENT_ROWS.ADDRESS_KEY,
                        RECIPIENT_ROWS.REPEATS_KEY,
                        RECIPIENT_ROWS.FAULT,
                        RECIPIENT_ROWS.MEANT,
                        RECIPIENT_ROWS.FIELD_VALUES)
                .select(DSL.select(
                                DSL.inline(into),
                                DSL.param("rank", RECIPIENT_ROWS.RANK),
                                RECIPIENT_ROWS.ADDRESS,
                                addressKey,
                                repeatsKey,
                                RECIPIENT_ROWS.FAULT,
                                RECIPIENT_ROWS.MEANT,
                                values(RECIPIENT_ROWS.FIELD_VALUES, shape))
                        .from(RECIPIENT_ROWS)
                        .where(RECIPIENT_ROWS.ID.eq(DSL.param("id", RECIPIENT_ROWS.ID)))
                        .and(RECIPIENT_ROWS.LIST_ID.eq(DSL.inline(from))))
                .onConflict(RECIPIENT_ROWS.LIST_ID, RECIPIENT_ROWS.ADDRESS_KEY)
                .doNothing());
    }

    /** Copies the rows at these places, and returns the places of those that were not. */
    private static BitSet copyEach(Connection connection, String insert, long last, long[] ids, int[] places)
            throws SQLException {
        BitSet not = new BitSet();
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            int from = 0;
            for (int i = 0; i < places.length; i++) {
                statement.setLong(1, last + (places[i] + 1) * RecipientStore.RANK_GAP);
                statement.setLong(2, ids[places[i]]);
                statement.addBatch();
                if (i + 1 - from == STATEMENTS_AT_ONCE || i + 1 == places.length) {
                    int[] counts = statement.executeBatch();
                    for (int j = 0; j < counts.length; j++) {
                        not.set(places[from + j], counts[j] == 0);
                    }
                    from = i + 1;
                }
            }
        }
        return not;
    }

    /** What stands in a column, row by row, from the row after that rank on; blanks around it are taken away. */
    public List<RowValue> column(long listId, int slot, long afterRank) {
        return database.read(sql -> sql.select(
                        RECIPIENT_ROWS.ID, RECIPIENT_ROWS.RANK, value(RECIPIENT_ROWS.FIELD_VALUES, slot))
                .from(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(RECIPIENT_ROWS.RANK.gt(afterRank))
                .and(notBlank())
                .orderBy(RECIPIENT_ROWS.RANK)
                .limit(ROWS_AT_ONCE)
                .fetch(row -> new RowValue(row.value1(), row.value2(), CellText.strip(row.value3()))));
    }

    /**
     * Rows of a list whose address another list does not have, from the row after that rank on. Rows that cannot be
     * mailed are among them if they are asked for; blank ones and those that repeat another never are.
     */
    public List<Candidate> candidates(long fromListId, long intoListId, boolean onlyMailed, long afterRank, int limit) {
        var there = RECIPIENT_ROWS.as("there");
        Condition which = onlyMailed
                ? RECIPIENT_ROWS.ADDRESS_KEY.isNotNull()
                : RECIPIENT_ROWS.REPEATS_KEY.isNull().and(notBlank());
        return database.read(sql -> sql.select(RECIPIENT_ROWS.ID, RECIPIENT_ROWS.RANK, RECIPIENT_ROWS.FIELD_VALUES)
                .from(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(fromListId))
                .and(RECIPIENT_ROWS.RANK.gt(afterRank))
                .and(which)
                .and(DSL.notExists(DSL.selectOne()
                        .from(there)
                        .where(there.LIST_ID.eq(intoListId))
                        .and(there.ADDRESS_KEY.eq(RECIPIENT_ROWS.ADDRESS_KEY))))
                .orderBy(RECIPIENT_ROWS.RANK)
                .limit(limit)
                .fetch(row -> new Candidate(row.value1(), row.value2(), FieldValues.fromJson(row.value3()))));
    }

    /** The rows of a list that are not blank, in its order. */
    public long[] filledIds(long listId) {
        return database.read(sql -> sql.select(RECIPIENT_ROWS.ID)
                .from(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(notBlank())
                .orderBy(RECIPIENT_ROWS.RANK)
                .fetchStream()
                .mapToLong(row -> row.value1())
                .toArray());
    }

    /** How many rows of a list are not blank. */
    public long filled(long listId) {
        return database.read(sql -> (long) sql.fetchCount(sql.selectFrom(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(notBlank())));
    }

    /** What the import of a list left out, from after the given number on; 0 starts at the first. */
    public List<LeftOut> leftOut(long listId, long afterId, int limit) {
        return database.read(sql -> sql.selectFrom(IMPORT_PROBLEMS)
                .where(IMPORT_PROBLEMS.LIST_ID.eq(listId))
                .and(IMPORT_PROBLEMS.ID.gt(afterId))
                .orderBy(IMPORT_PROBLEMS.ID)
                .limit(limit)
                .fetch(row -> new LeftOut(
                        row.getId(),
                        new ImportProblem(
                                row.getLine(),
                                row.getReason(),
                                row.getDetail(),
                                row.getRow(),
                                Optional.ofNullable(row.getFieldValues()).map(FieldValues::fromJson)))));
    }

    /** Adds rows that are made of what an import left out, and remembers of what. */
    public void addMendings(long intoListId, List<Mending> rows) {
        database.change(Right.EDIT_RECIPIENTS, sql -> {
            recipients.touch(sql, intoListId);
            long last = RecipientStore.lastRank(sql, intoListId);
            Set<String> keys = new HashSet<>();
            List<String> wanted = rows.stream()
                    .flatMap(row -> row.reading().key().stream())
                    .distinct()
                    .toList();
            for (int from = 0; from < wanted.size(); from += IDS_AT_ONCE) {
                keys.addAll(sql.select(RECIPIENT_ROWS.ADDRESS_KEY)
                        .from(RECIPIENT_ROWS)
                        .where(RECIPIENT_ROWS.LIST_ID.eq(intoListId))
                        .and(RECIPIENT_ROWS.ADDRESS_KEY.in(
                                wanted.subList(from, Math.min(from + IDS_AT_ONCE, wanted.size()))))
                        .fetch(RECIPIENT_ROWS.ADDRESS_KEY));
            }
            for (int i = 0; i < rows.size(); i++) {
                Mending row = rows.get(i);
                boolean blank = row.values().stream().allMatch(CellText::isBlank);
                String key = row.reading().key().orElse(null);
                boolean first = key != null && keys.add(key);
                long id = sql.insertInto(RECIPIENT_ROWS)
                        .set(RECIPIENT_ROWS.LIST_ID, intoListId)
                        .set(RECIPIENT_ROWS.RANK, last + (i + 1) * RecipientStore.RANK_GAP)
                        .set(RECIPIENT_ROWS.ADDRESS, row.reading().address())
                        .set(RECIPIENT_ROWS.ADDRESS_KEY, first ? key : null)
                        .set(RECIPIENT_ROWS.REPEATS_KEY, first ? null : key)
                        .set(
                                RECIPIENT_ROWS.FAULT,
                                blank ? BLANK : row.reading().fault().orElse(null))
                        .set(RECIPIENT_ROWS.MEANT, row.reading().meant().orElse(null))
                        .set(RECIPIENT_ROWS.FIELD_VALUES, FieldValues.toJson(row.values()))
                        .returning(RECIPIENT_ROWS.ID)
                        .fetchSingle(RECIPIENT_ROWS.ID);
                sql.update(IMPORT_PROBLEMS)
                        .set(IMPORT_PROBLEMS.MENDING_ROW_ID, id)
                        .where(IMPORT_PROBLEMS.ID.eq(row.problemId()))
                        .execute();
            }
        });
    }

    /**
     * Forgets what an import left out, where these rows were made of it; they were taken in.
     *
     * @return how many it were
     */
    public int forgetMended(long listId, List<Long> rowIds) {
        return database.write(Right.EDIT_RECIPIENTS, sql -> {
            int forgotten = 0;
            for (int from = 0; from < rowIds.size(); from += IDS_AT_ONCE) {
                List<Long> some = rowIds.subList(from, Math.min(from + IDS_AT_ONCE, rowIds.size()));
                forgotten += sql.deleteFrom(IMPORT_PROBLEMS)
                        .where(IMPORT_PROBLEMS.MENDING_ROW_ID.in(some))
                        .and(IMPORT_PROBLEMS.LIST_ID.eq(listId))
                        .execute();
            }
            sql.update(RECIPIENT_LISTS)
                    .set(RECIPIENT_LISTS.PROBLEM_COUNT, RECIPIENT_LISTS.PROBLEM_COUNT.minus(forgotten))
                    .where(RECIPIENT_LISTS.ID.eq(listId))
                    .execute();
            return forgotten;
        });
    }

    /** The columns with which a mailing was planned, named as templates call them, and from where their values come. */
    public Shape shapeOfMessages(long planId) {
        List<RecipientColumn> columns = new ArrayList<>();
        List<Integer> from = new ArrayList<>();
        database.read(sql -> sql.selectFrom(PLAN_COLUMNS)
                        .where(PLAN_COLUMNS.PLAN_ID.eq(planId))
                        .orderBy(PLAN_COLUMNS.SLOT)
                        .fetch())
                .forEach(row -> {
                    columns.add(
                            new RecipientColumn(columns.size(), columns.size(), row.getVariable(), row.getVariable()));
                    from.add(row.getSlot());
                });
        return new Shape(List.copyOf(columns), List.copyOf(from));
    }

    /** The template of a mailing. */
    public Optional<Long> templateOf(long planId) {
        return database.read(sql -> sql.select(TEMPLATE_VERSIONS.TEMPLATE_ID)
                .from(PLANS)
                .join(TEMPLATE_VERSIONS)
                .on(TEMPLATE_VERSIONS.ID.eq(PLANS.TEMPLATE_VERSION_ID))
                .where(PLANS.ID.eq(planId))
                .fetchOptional(TEMPLATE_VERSIONS.TEMPLATE_ID));
    }

    /** The numbers of the messages that meet a filter, from after the given one on, as many as one step copies. */
    public List<Long> messages(MessageFilter filter, long afterId) {
        return database.read(sql -> new MessageSearch(sql, filter, MessageSearch.FEW).ids(afterId, ROWS_AT_ONCE));
    }

    /**
     * Copies the recipients of these messages, in one step. Of messages whose person was erased there is nothing to copy.
     *
     * @param messageIds at most {@link #ROWS_AT_ONCE}
     * @return how many were copied
     */
    public int copyMessages(List<Long> messageIds, long intoListId, Shape shape) {
        return database.step(Right.EDIT_RECIPIENTS, sql -> {
            recipients.touch(sql, intoListId);
            return sql.insertInto(
                            RECIPIENT_ROWS,
                            RECIPIENT_ROWS.LIST_ID,
                            RECIPIENT_ROWS.RANK,
                            RECIPIENT_ROWS.ADDRESS,
                            RECIPIENT_ROWS.ADDRESS_KEY,
                            RECIPIENT_ROWS.FIELD_VALUES)
                    .select(sql.select(
                                    DSL.inline(intoListId),
                                    MESSAGES.ID.times(DSL.inline(RecipientStore.RANK_GAP)),
                                    MESSAGES.ADDRESS,
                                    MESSAGES.ADDRESS_KEY,
                                    values(MESSAGES.FIELD_VALUES, shape))
                            .from(MESSAGES)
                            .where(MESSAGES.ID.in(
                                    messageIds.stream().map(DSL::inline).toList()))
                            .and(MESSAGES.ADDRESS.contains("@"))
                            .orderBy(MESSAGES.ID))
                    .execute();
        });
    }

    private static Condition notBlank() {
        return RECIPIENT_ROWS.FAULT.isNull().or(RECIPIENT_ROWS.FAULT.ne(BLANK));
    }

    /** The values of a row as the new list keeps them. */
    private static Field<String> values(Field<String> values, Shape shape) {
        if (shape.from().isEmpty()) {
            return values;
        }
        Field<?>[] each = shape.from().stream().map(slot -> value(values, slot)).toArray(Field<?>[]::new);
        return DSL.function("json_array", String.class, each);
    }

    private static Field<String> value(Field<String> values, int slot) {
        Field<String> none = DSL.inline("");
        return slot == NOWHERE
                ? none
                : DSL.coalesce(DSL.function("json_extract", String.class, values, DSL.inline("$[" + slot + "]")), none);
    }
}
