package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.IMPORT_PROBLEMS;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_COLUMNS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;

import app.mailroom.model.AuditAction;
import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import app.mailroom.model.Right;
import app.mailroom.model.World;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record10;
import org.jooq.Record4;
import org.jooq.Records;
import org.jooq.SelectConditionStep;
import org.jooq.SelectWhereStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Recipient lists: their columns, rows, and what their import left out.
 *
 * <p>A list comes into being in steps: {@link #begin}, any number of {@link #append} and {@link #addProblems}, then
 * {@link #finish}. Until then nobody sees it, and {@link #abandon} or, after a crash, {@link #purgeAbandoned} takes it
 * away. Two imports may run for the same name; the first to finish has it.
 */
public final class RecipientStore {
    /** The most rows that one {@link #append} takes; a transaction keeps other writers waiting. */
    public static final int BATCH_LIMIT = 100_000;

    /** How far the ranks of rows lie apart that are added one after the other. */
    static final long RANK_GAP = 16_777_216;

    private static final int STATEMENTS_AT_ONCE = 2_000;
    private static final int DELETED_AT_ONCE = 5_000;
    private static final int KEYS_AT_ONCE = 500;

    /** In {@code updated_at} of a list that is being deleted, so that an import still running cannot add to it. */
    private static final Instant DOOMED = Instant.EPOCH;

    private final Database database;
    private final Clock clock;

    /** Lists in the given workspace database. */
    public RecipientStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Starts a list that nobody sees yet, and returns its id. Of its columns the one of the addresses comes first,
     * whatever its position; the others keep their order.
     *
     * @throws NameTakenException when a finished list has the name
     */
    public long begin(String name, String source, List<RecipientColumn> columns) {
        return begin(name, source, columns, Optional.empty(), 0);
    }

    /**
     * The same.
     *
     * @param templateId the template that gives the list its columns
     * @param addressRules the version of the {@link AddressRules} by which the rows are read that will be added, so that
     *     they are not read anew when the sheet is opened
     * @throws NameTakenException when a finished list has the name
     */
    public long begin(
            String name, String source, List<RecipientColumn> columns, Optional<Long> templateId, int addressRules) {
        Instant now = clock.instant();
        return database.write(Right.EDIT_RECIPIENTS, sql -> {
            refuseTaken(sql, name, -1);
            long id = sql.insertInto(RECIPIENT_LISTS)
                    .set(RECIPIENT_LISTS.NAME, name)
                    .set(RECIPIENT_LISTS.SOURCE, source)
                    .set(RECIPIENT_LISTS.READY, false)
                    .set(RECIPIENT_LISTS.ROW_COUNT, 0L)
                    .set(RECIPIENT_LISTS.PROBLEM_COUNT, 0L)
                    .set(RECIPIENT_LISTS.SHEET_COUNT, 0L)
                    .set(RECIPIENT_LISTS.NEXT_SLOT, nextSlot(columns))
                    .set(RECIPIENT_LISTS.REVISION, 0L)
                    .set(RECIPIENT_LISTS.ADDRESS_RULES, addressRules)
                    .set(RECIPIENT_LISTS.TEMPLATE_ID, templateId.orElse(null))
                    .set(RECIPIENT_LISTS.CREATED_AT, now)
                    .set(RECIPIENT_LISTS.UPDATED_AT, now)
                    .returning(RECIPIENT_LISTS.ID)
                    .fetchSingle(RECIPIENT_LISTS.ID);
            for (RecipientColumn column : SheetShape.addressFirst(columns)) {
                sql.insertInto(RECIPIENT_COLUMNS)
                        .set(RECIPIENT_COLUMNS.LIST_ID, id)
                        .set(RECIPIENT_COLUMNS.SLOT, column.slot())
                        .set(RECIPIENT_COLUMNS.POSITION, column.position())
                        .set(RECIPIENT_COLUMNS.NAME, column.name())
                        .set(RECIPIENT_COLUMNS.VARIABLE, column.variable())
                        .execute();
            }
            return id;
        });
    }

    /**
     * Adds rows to an unfinished list in one transaction.
     *
     * @return the indexes of the rows that were left out because the list has their address already
     * @throws NoSuchListException when the list is finished or was abandoned
     */
    public BitSet append(long listId, List<StagedRow> batch) {
        if (batch.size() > BATCH_LIMIT) {
            throw new IllegalArgumentException("more than " + BATCH_LIMIT + " rows at once: " + batch.size());
        }
        BitSet duplicates = new BitSet(batch.size());
        database.change(Right.EDIT_RECIPIENTS, sql -> {
            touch(sql, listId);
            // jOOQ renders the statement; binding it row by row through jOOQ takes half as long again as plain JDBC.
            String insert = sql.render(DSL.insertInto(
                            RECIPIENT_ROWS,
                            RECIPIENT_ROWS.LIST_ID,
                            RECIPIENT_ROWS.ADDRESS,
                            RECIPIENT_ROWS.ADDRESS_KEY,
                            RECIPIENT_ROWS.FIELD_VALUES,
                            RECIPIENT_ROWS.MEANT,
                            RECIPIENT_ROWS.RANK)
                    .values(
                            DSL.param("list", RECIPIENT_ROWS.LIST_ID),
                            DSL.param("address", RECIPIENT_ROWS.ADDRESS),
                            DSL.param("key", RECIPIENT_ROWS.ADDRESS_KEY),
                            DSL.param("values", RECIPIENT_ROWS.FIELD_VALUES),
                            DSL.param("meant", RECIPIENT_ROWS.MEANT),
                            DSL.param("rank", RECIPIENT_ROWS.RANK))
                    .onConflict(RECIPIENT_ROWS.LIST_ID, RECIPIENT_ROWS.ADDRESS_KEY)
                    .doNothing());
            long last = lastRank(sql, listId);
            sql.connection(connection -> insert(connection, insert, listId, last, batch, duplicates));
        });
        return duplicates;
    }

    /**
     * Records what an import left out, in one transaction. The list may be unfinished or finished.
     *
     * @throws NoSuchListException when there is no such list any more
     */
    public void addProblems(long listId, List<ImportProblem> problems) {
        database.change(Right.EDIT_RECIPIENTS, sql -> {
            refuseGone(sql, listId);
            String insert = sql.render(DSL.insertInto(
                            IMPORT_PROBLEMS,
                            IMPORT_PROBLEMS.LIST_ID,
                            IMPORT_PROBLEMS.LINE,
                            IMPORT_PROBLEMS.REASON,
                            IMPORT_PROBLEMS.DETAIL,
                            IMPORT_PROBLEMS.ROW,
                            IMPORT_PROBLEMS.FIELD_VALUES)
                    .values(
                            DSL.param("list", IMPORT_PROBLEMS.LIST_ID),
                            DSL.param("line", IMPORT_PROBLEMS.LINE),
                            DSL.param("reason", IMPORT_PROBLEMS.REASON),
                            DSL.param("detail", IMPORT_PROBLEMS.DETAIL),
                            DSL.param("row", IMPORT_PROBLEMS.ROW),
                            DSL.param("values", IMPORT_PROBLEMS.FIELD_VALUES)));
            sql.connection(connection -> insert(connection, insert, listId, problems));
        });
    }

    /** The id after which the problems of an import begin that is about to start; for the two that follow. */
    public long lastProblem(long listId) {
        return database.read(sql -> sql.select(DSL.coalesce(DSL.max(IMPORT_PROBLEMS.ID), 0L))
                .from(IMPORT_PROBLEMS)
                .where(IMPORT_PROBLEMS.LIST_ID.eq(listId))
                .fetchSingle()
                .value1());
    }

    /** Forgets what earlier imports into a finished list left out, and counts what the last one did. */
    public void keepProblemsAfter(long listId, long lastProblem) {
        database.access().require(Right.EDIT_RECIPIENTS);
        deleteProblems(IMPORT_PROBLEMS.LIST_ID.eq(listId).and(IMPORT_PROBLEMS.ID.le(lastProblem)));
        database.changeUnasked(sql -> sql.update(RECIPIENT_LISTS)
                .set(
                        RECIPIENT_LISTS.PROBLEM_COUNT,
                        DSL.field(DSL.select(DSL.count().cast(Long.class))
                                .from(IMPORT_PROBLEMS)
                                .where(IMPORT_PROBLEMS.LIST_ID.eq(listId))))
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .execute());
    }

    /** Forgets what an import into a finished list left out that did not come to its end; takes no right, as {@link #abandon}. */
    public void dropProblemsAfter(long listId, long lastProblem) {
        deleteProblems(IMPORT_PROBLEMS.LIST_ID.eq(listId).and(IMPORT_PROBLEMS.ID.gt(lastProblem)));
    }

    /** The rows of a list that can be mailed and have one of these addresses, as compared, by address. */
    public Map<String, RecipientRow> withAddresses(long listId, Collection<String> addressKeys) {
        Map<String, RecipientRow> found = new HashMap<>();
        List<String> keys = List.copyOf(addressKeys);
        database.read(sql -> {
            for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
                sql.select(
                                RECIPIENT_ROWS.ADDRESS_KEY,
                                RECIPIENT_ROWS.ID,
                                RECIPIENT_ROWS.RANK,
                                RECIPIENT_ROWS.ADDRESS,
                                RECIPIENT_ROWS.FIELD_VALUES)
                        .from(RECIPIENT_ROWS)
                        .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                        .and(RECIPIENT_ROWS.ADDRESS_KEY.in(
                                keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE))))
                        .forEach(row ->
                                found.put(row.value1(), row(row.value2(), row.value3(), row.value4(), row.value5())));
            }
            return found;
        });
        return found;
    }

    /**
     * Makes the list visible, with the counts of what is in it now: a person may have been erased from it since it was
     * begun.
     *
     * @throws NameTakenException when another list took the name meanwhile; the list stays unfinished
     * @throws NoSuchListException when the list is finished or was abandoned
     */
    public void finish(long listId) {
        database.change(Right.EDIT_RECIPIENTS, sql -> {
            touch(sql, listId);
            String name = sql.select(RECIPIENT_LISTS.NAME)
                    .from(RECIPIENT_LISTS)
                    .where(RECIPIENT_LISTS.ID.eq(listId))
                    .fetchSingle(RECIPIENT_LISTS.NAME);
            refuseTaken(sql, name, listId);
            long rows = sql.fetchCount(RECIPIENT_ROWS, RECIPIENT_ROWS.LIST_ID.eq(listId));
            long problems = sql.fetchCount(IMPORT_PROBLEMS, IMPORT_PROBLEMS.LIST_ID.eq(listId));
            sql.update(RECIPIENT_LISTS)
                    .set(RECIPIENT_LISTS.READY, true)
                    .set(RECIPIENT_LISTS.ROW_COUNT, rows)
                    .set(RECIPIENT_LISTS.SHEET_COUNT, rows)
                    .set(RECIPIENT_LISTS.PROBLEM_COUNT, problems)
                    .where(RECIPIENT_LISTS.ID.eq(listId))
                    .execute();
            tell(sql, AuditAction.LIST_MADE, listId, name, rows + " rows");
        });
    }

    /** Tells the audit of a list. */
    void tell(DSLContext sql, AuditAction action, long listId, String name, String detail) {
        AuditStore.tell(sql, database, clock, action, subject(listId, name), detail);
    }

    /** What the audit calls a list. */
    static String subject(long listId, String name) {
        return AuditStore.subject("list", listId, name);
    }

    /**
     * Takes an unfinished list away, in several short transactions. Does nothing to a finished or unknown one. It takes no right:
     * nobody ever saw it, and it must not stay when the right to make it was taken away meanwhile.
     */
    public void abandon(long listId) {
        int doomed = database.writeUnasked(sql -> sql.update(RECIPIENT_LISTS)
                .set(RECIPIENT_LISTS.UPDATED_AT, DOOMED)
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .and(RECIPIENT_LISTS.READY.eq(false))
                .execute());
        if (doomed == 1) {
            deleteDoomed(listId);
        }
    }

    /** For the program itself: takes away the unfinished lists to which nothing was added for that long, and returns how many. */
    public int purgeAbandoned(Duration untouchedFor) {
        Instant limit = clock.instant().minus(untouchedFor);
        List<Long> stale = database.write(sql -> sql.update(RECIPIENT_LISTS)
                .set(RECIPIENT_LISTS.UPDATED_AT, DOOMED)
                .where(RECIPIENT_LISTS.READY.eq(false))
                .and(RECIPIENT_LISTS.UPDATED_AT.le(limit))
                .returning(RECIPIENT_LISTS.ID)
                .fetch(RECIPIENT_LISTS.ID));
        stale.forEach(this::deleteDoomed);
        return stale.size();
    }

    /** The finished lists, the newest first. */
    public List<RecipientList> lists() {
        return database.read(sql -> selectLists(sql)
                .where(RECIPIENT_LISTS.READY.eq(true))
                .orderBy(RECIPIENT_LISTS.CREATED_AT.desc(), RECIPIENT_LISTS.ID.desc())
                .fetch(Records.mapping(RecipientStore::list)));
    }

    /** A finished list. */
    public Optional<RecipientList> find(long listId) {
        return findWhere(RECIPIENT_LISTS.ID.eq(listId));
    }

    /** Whether somebody is changing a list in several steps, so that it is not yet what it is to be. */
    public boolean isBeingChanged(long listId) {
        return database.read(sql -> SheetLog.underWay(sql, listId, clock.instant()));
    }

    /** The finished list of that name, compared exactly. */
    public Optional<RecipientList> findByName(String name) {
        return findWhere(RECIPIENT_LISTS.NAME.eq(name));
    }

    /** Whether a finished list has that name. */
    public boolean exists(String name) {
        return findByName(name).isPresent();
    }

    /** The columns of a list as they are shown, from the first position on. */
    public List<RecipientColumn> columns(long listId) {
        return database.read(sql -> sql.select(
                        RECIPIENT_COLUMNS.SLOT,
                        RECIPIENT_COLUMNS.POSITION,
                        RECIPIENT_COLUMNS.NAME,
                        RECIPIENT_COLUMNS.VARIABLE)
                .from(RECIPIENT_COLUMNS)
                .where(RECIPIENT_COLUMNS.LIST_ID.eq(listId))
                .orderBy(RECIPIENT_COLUMNS.POSITION, RECIPIENT_COLUMNS.SLOT)
                .fetch(Records.mapping(RecipientColumn::new)));
    }

    /** Rows that can be mailed, after the one of that rank, as they stand in the sheet; 0 starts at the first. */
    public List<RecipientRow> rows(long listId, long afterRank, int limit) {
        return database.read(sql -> mailable(sql, listId)
                .and(RECIPIENT_ROWS.RANK.gt(afterRank))
                .orderBy(RECIPIENT_ROWS.RANK)
                .limit(limit)
                .fetch(Records.mapping(RecipientStore::row)));
    }

    /** The same by how many stand before, for a view that jumps about; takes longer the further down it is. */
    public List<RecipientRow> rows(long listId, int limit, long offset) {
        return database.read(sql -> mailable(sql, listId)
                .orderBy(RECIPIENT_ROWS.RANK)
                .limit(limit)
                .offset(offset)
                .fetch(Records.mapping(RecipientStore::row)));
    }

    /** Rows that can be mailed and are not suppressed in that world, after the one of that rank; 0 starts at the first. */
    public List<RecipientRow> unsuppressed(long listId, World world, long afterRank, int limit) {
        return database.read(sql -> mailable(sql, listId)
                .and(MessageMaking.whySuppressed(world).isNull())
                .and(RECIPIENT_ROWS.RANK.gt(afterRank))
                .orderBy(RECIPIENT_ROWS.RANK)
                .limit(limit)
                .fetch(Records.mapping(RecipientStore::row)));
    }

    /** How many rows can be mailed and are not suppressed in that world. A million take some tenths of a second. */
    public long unsuppressedCount(long listId, World world) {
        return database.read(sql -> (long) sql.fetchCount(
                mailable(sql, listId).and(MessageMaking.whySuppressed(world).isNull())));
    }

    /** Where the row of that rank stands in its sheet, from 1; takes longer the further down it is. */
    public long numberOf(long listId, long rank) {
        return database.read(sql -> sql.selectCount()
                .from(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(RECIPIENT_ROWS.RANK.le(rank))
                .fetchSingle()
                .value1()
                .longValue());
    }

    private static SelectConditionStep<Record4<Long, Long, String, String>> mailable(DSLContext sql, long listId) {
        return sql.select(RECIPIENT_ROWS.ID, RECIPIENT_ROWS.RANK, RECIPIENT_ROWS.ADDRESS, RECIPIENT_ROWS.FIELD_VALUES)
                .from(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(RECIPIENT_ROWS.ADDRESS_KEY.isNotNull());
    }

    /** What the import left out, by line, from the line after the given one on; 0 starts at the first. */
    public List<ImportProblem> problems(long listId, long afterLine, int limit) {
        return database.read(sql -> sql.select(
                        IMPORT_PROBLEMS.LINE,
                        IMPORT_PROBLEMS.REASON,
                        IMPORT_PROBLEMS.DETAIL,
                        IMPORT_PROBLEMS.ROW,
                        IMPORT_PROBLEMS.FIELD_VALUES)
                .from(IMPORT_PROBLEMS)
                .where(IMPORT_PROBLEMS.LIST_ID.eq(listId))
                .and(IMPORT_PROBLEMS.LINE.gt(afterLine))
                .orderBy(IMPORT_PROBLEMS.LINE, IMPORT_PROBLEMS.ID)
                .limit(limit)
                .fetch(Records.mapping(RecipientStore::problem)));
    }

    /** How many rows the import left out for each reason, the most frequent first. */
    public Map<String, Long> problemCounts(long listId) {
        return database.read(sql -> {
            Map<String, Long> counts = new LinkedHashMap<>();
            sql.select(IMPORT_PROBLEMS.REASON, DSL.count())
                    .from(IMPORT_PROBLEMS)
                    .where(IMPORT_PROBLEMS.LIST_ID.eq(listId))
                    .groupBy(IMPORT_PROBLEMS.REASON)
                    .orderBy(DSL.count().desc(), IMPORT_PROBLEMS.REASON)
                    .forEach(row -> counts.put(row.value1(), (long) row.value2()));
            return counts;
        });
    }

    /**
     * Gives a finished list another name. Mailings keep the name they were planned with.
     *
     * @throws NameTakenException when another list has it
     * @throws NoSuchListException when there is no such list
     */
    public void rename(long listId, String name) {
        database.change(Right.EDIT_RECIPIENTS, sql -> {
            refuseTaken(sql, name, listId);
            String before = nameOf(sql, listId).orElseThrow(() -> new NoSuchListException(listId));
            sql.update(RECIPIENT_LISTS)
                    .set(RECIPIENT_LISTS.NAME, name)
                    .set(RECIPIENT_LISTS.UPDATED_AT, clock.instant())
                    .where(RECIPIENT_LISTS.ID.eq(listId))
                    .execute();
            tell(sql, AuditAction.LIST_RENAMED, listId, name, "before “" + before + "”");
        });
    }

    /**
     * Deletes a list; from the first moment on nobody sees it. Mailings that were planned keep their messages. Does
     * nothing when there is no such list.
     *
     * @throws ListInUseException while a mailing's messages are being made from it
     */
    public void delete(long listId) {
        int doomed = database.write(Right.EDIT_RECIPIENTS, sql -> {
            List<String> users = sql.select(PLANS.TITLE)
                    .from(PLANS)
                    .where(PLANS.LIST_ID.eq(listId))
                    .and(MessageMaking.unfinished())
                    .orderBy(PLANS.ID)
                    .fetch(PLANS.TITLE);
            if (!users.isEmpty()) {
                throw new ListInUseException(users);
            }
            nameOf(sql, listId).ifPresent(name -> tell(sql, AuditAction.LIST_DELETED, listId, name, ""));
            return sql.update(RECIPIENT_LISTS)
                    .set(RECIPIENT_LISTS.READY, false)
                    .set(RECIPIENT_LISTS.UPDATED_AT, DOOMED)
                    .where(RECIPIENT_LISTS.ID.eq(listId))
                    .and(RECIPIENT_LISTS.READY.eq(true))
                    .execute();
        });
        if (doomed == 1) {
            deleteDoomed(listId);
        }
    }

    /** The name of a finished list. */
    static Optional<String> nameOf(DSLContext sql, long listId) {
        return sql.select(RECIPIENT_LISTS.NAME)
                .from(RECIPIENT_LISTS)
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .and(RECIPIENT_LISTS.READY.eq(true))
                .fetchOptional(RECIPIENT_LISTS.NAME);
    }

    private static void insert(
            Connection connection, String insert, long listId, long lastRank, List<StagedRow> batch, BitSet duplicates)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            int from = 0;
            for (int i = 0; i < batch.size(); i++) {
                StagedRow row = batch.get(i);
                statement.setLong(1, listId);
                statement.setString(2, row.address());
                statement.setString(3, row.addressKey());
                statement.setString(4, row.fieldValues());
                statement.setString(5, row.meant().orElse(null));
                statement.setLong(6, lastRank + (i + 1) * RANK_GAP);
                statement.addBatch();
                if (i + 1 - from == STATEMENTS_AT_ONCE || i + 1 == batch.size()) {
                    int[] counts = statement.executeBatch();
                    for (int j = 0; j < counts.length; j++) {
                        duplicates.set(from + j, counts[j] == 0);
                    }
                    from = i + 1;
                }
            }
        }
    }

    private static void insert(Connection connection, String insert, long listId, List<ImportProblem> problems)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            int waiting = 0;
            for (ImportProblem problem : problems) {
                statement.setLong(1, listId);
                statement.setLong(2, problem.line());
                statement.setString(3, problem.reason());
                statement.setString(4, problem.detail());
                statement.setString(5, problem.row());
                statement.setString(6, problem.values().map(FieldValues::toJson).orElse(null));
                statement.addBatch();
                if (++waiting == STATEMENTS_AT_ONCE) {
                    statement.executeBatch();
                    waiting = 0;
                }
            }
            if (waiting > 0) {
                statement.executeBatch();
            }
        }
    }

    void touch(DSLContext sql, long listId) {
        int touched = sql.update(RECIPIENT_LISTS)
                .set(RECIPIENT_LISTS.UPDATED_AT, clock.instant())
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .and(RECIPIENT_LISTS.READY.eq(false))
                .and(RECIPIENT_LISTS.UPDATED_AT.gt(DOOMED))
                .execute();
        if (touched == 0) {
            throw new NoSuchListException(listId);
        }
    }

    static void refuseTaken(DSLContext sql, String name, long exceptListId) {
        boolean taken = sql.fetchExists(DSL.selectOne()
                .from(RECIPIENT_LISTS)
                .where(RECIPIENT_LISTS.NAME.eq(name))
                .and(RECIPIENT_LISTS.READY.eq(true))
                .and(RECIPIENT_LISTS.ID.ne(exceptListId)));
        if (taken) {
            throw new NameTakenException(name);
        }
    }

    private static void refuseGone(DSLContext sql, long listId) {
        boolean there = sql.fetchExists(DSL.selectOne()
                .from(RECIPIENT_LISTS)
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .and(RECIPIENT_LISTS.UPDATED_AT.gt(DOOMED)));
        if (!there) {
            throw new NoSuchListException(listId);
        }
    }

    private void deleteProblems(Condition condition) {
        database.inStepsUnasked(sql -> sql.deleteFrom(IMPORT_PROBLEMS)
                        .where(IMPORT_PROBLEMS.ID.in(DSL.select(IMPORT_PROBLEMS.ID)
                                .from(IMPORT_PROBLEMS)
                                .where(condition)
                                .orderBy(IMPORT_PROBLEMS.ID)
                                .limit(DELETED_AT_ONCE)))
                        .execute()
                == DELETED_AT_ONCE);
    }

    /** What is doomed goes, whoever may what by now: nobody sees it any more. */
    private void deleteDoomed(long listId) {
        database.inStepsUnasked(sql -> sql.deleteFrom(RECIPIENT_ROWS)
                        .where(RECIPIENT_ROWS.ID.in(DSL.select(RECIPIENT_ROWS.ID)
                                .from(RECIPIENT_ROWS)
                                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                                .orderBy(RECIPIENT_ROWS.RANK)
                                .limit(DELETED_AT_ONCE)))
                        .execute()
                == DELETED_AT_ONCE);
        deleteProblems(IMPORT_PROBLEMS.LIST_ID.eq(listId));
        SheetLog.deleteAll(database, listId);
        database.changeUnasked(sql -> sql.deleteFrom(RECIPIENT_LISTS)
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .execute());
    }

    private Optional<RecipientList> findWhere(Condition condition) {
        return database.read(sql -> selectLists(sql)
                .where(RECIPIENT_LISTS.READY.eq(true))
                .and(condition)
                .fetchOptional(Records.mapping(RecipientStore::list)));
    }

    private static SelectWhereStep<Record10<Long, String, String, Long, Long, Long, Long, Long, Instant, Instant>>
            selectLists(DSLContext sql) {
        return sql.select(
                        RECIPIENT_LISTS.ID,
                        RECIPIENT_LISTS.NAME,
                        RECIPIENT_LISTS.SOURCE,
                        RECIPIENT_LISTS.ROW_COUNT,
                        RECIPIENT_LISTS.SHEET_COUNT,
                        RECIPIENT_LISTS.PROBLEM_COUNT,
                        RECIPIENT_LISTS.TEMPLATE_ID,
                        RECIPIENT_LISTS.MENDS_LIST_ID,
                        RECIPIENT_LISTS.CREATED_AT,
                        RECIPIENT_LISTS.UPDATED_AT)
                .from(RECIPIENT_LISTS);
    }

    private static RecipientList list(
            long id,
            String name,
            String source,
            long rows,
            long sheetRows,
            long problems,
            @Nullable Long template,
            @Nullable Long mends,
            Instant createdAt,
            Instant changedAt) {
        return new RecipientList(
                id,
                name,
                source,
                rows,
                sheetRows,
                problems,
                Optional.ofNullable(template),
                Optional.ofNullable(mends),
                createdAt,
                changedAt);
    }

    private static RecipientRow row(long id, long rank, String address, String values) {
        return new RecipientRow(id, rank, address, FieldValues.fromJson(values));
    }

    private static ImportProblem problem(long line, String reason, String detail, String row, @Nullable String values) {
        return new ImportProblem(
                line, reason, detail, row, Optional.ofNullable(values).map(FieldValues::fromJson));
    }

    static long lastRank(DSLContext sql, long listId) {
        Long last = sql.select(DSL.max(RECIPIENT_ROWS.RANK))
                .from(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .fetchSingle()
                .value1();
        return last == null ? 0 : last;
    }

    static int nextSlot(List<RecipientColumn> columns) {
        return columns.stream().mapToInt(column -> column.slot() + 1).max().orElse(0);
    }
}
