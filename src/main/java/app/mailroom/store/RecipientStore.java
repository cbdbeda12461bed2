package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.IMPORT_PROBLEMS;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_COLUMNS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;

import app.mailroom.model.ImportProblem;
import app.mailroom.model.PlanState;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import app.mailroom.store.jooq.tables.records.RecipientListsRecord;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Recipient lists. A list is filled in stages, {@link #begin}, {@link #append}, {@link #finish}, and nobody sees it
 * before the last; what a dead process left unfinished is purged later.
 */
public final class RecipientStore {
    private static final int CHUNK = 100_000;

    /** A row that can be mailed: the address as mailed, as compared, and the values by slot. */
    public record NewRow(String address, String addressKey, List<String> values) {}

    /** The list is needed by a mailing that is not ended. */
    public static final class ListInUseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ListInUseException(String plan) {
            super("the list is needed by the mailing “" + plan + "”; cancel that first, or wait until it is sent");
        }
    }

    private final Database database;
    private final Clock clock;

    /** Lists in the given workspace database. */
    public RecipientStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Begins a list that nobody sees yet, and returns its id.
     *
     * @throws NameTakenException when a list has the name
     */
    public long begin(String name, String source, List<RecipientColumn> columns) {
        return database.write(sql -> {
            refuseTakenName(sql, name, 0);
            long id = sql.insertInto(RECIPIENT_LISTS)
                    .set(RECIPIENT_LISTS.NAME, name)
                    .set(RECIPIENT_LISTS.SOURCE, source)
                    .set(RECIPIENT_LISTS.READY, false)
                    .set(RECIPIENT_LISTS.ROW_COUNT, 0L)
                    .set(RECIPIENT_LISTS.PROBLEM_COUNT, 0L)
                    .set(RECIPIENT_LISTS.CREATED_AT, clock.instant())
                    .set(RECIPIENT_LISTS.UPDATED_AT, clock.instant())
                    .returning(RECIPIENT_LISTS.ID)
                    .fetchSingle(RECIPIENT_LISTS.ID);
            for (RecipientColumn column : columns) {
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
     * Adds rows in one transaction; give it many at a time. A row whose address the list has already is left out.
     *
     * @return which of the given rows were left out, by their index
     */
    public BitSet append(long listId, List<NewRow> rows) {
        return database.write(sql -> {
            // One prepared statement: jOOQ renders the SQL, JDBC runs the batch, which is twice as fast as binding
            // each row through jOOQ.
            String insert = sql.insertInto(
                            RECIPIENT_ROWS,
                            RECIPIENT_ROWS.LIST_ID,
                            RECIPIENT_ROWS.ADDRESS,
                            RECIPIENT_ROWS.ADDRESS_KEY,
                            RECIPIENT_ROWS.FIELD_VALUES)
                    .values(0L, "", "", "")
                    .onConflictDoNothing()
                    .getSQL();
            BitSet repeated = sql.connectionResult(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(insert)) {
                    for (NewRow row : rows) {
                        statement.setLong(1, listId);
                        statement.setString(2, row.address());
                        statement.setString(3, row.addressKey());
                        statement.setString(4, FieldValues.toJson(row.values()));
                        statement.addBatch();
                    }
                    return leftOut(statement.executeBatch());
                }
            });
            sql.update(RECIPIENT_LISTS)
                    .set(RECIPIENT_LISTS.UPDATED_AT, clock.instant())
                    .where(RECIPIENT_LISTS.ID.eq(listId))
                    .execute();
            return repeated;
        });
    }

    private static BitSet leftOut(int[] counts) throws SQLException {
        BitSet leftOut = new BitSet();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == Statement.EXECUTE_FAILED) {
                throw new SQLException("row " + i + " of a batch failed");
            }
            leftOut.set(i, counts[i] == 0);
        }
        return leftOut;
    }

    /** Keeps what an import left out. */
    public void addProblems(long listId, List<ImportProblem> problems) {
        database.change(sql -> {
            for (ImportProblem problem : problems) {
                sql.insertInto(IMPORT_PROBLEMS)
                        .set(IMPORT_PROBLEMS.LIST_ID, listId)
                        .set(IMPORT_PROBLEMS.LINE, problem.line())
                        .set(IMPORT_PROBLEMS.REASON, problem.reason())
                        .set(IMPORT_PROBLEMS.DETAIL, problem.detail())
                        .set(IMPORT_PROBLEMS.ROW, problem.row())
                        .execute();
            }
        });
    }

    /**
     * Shows the list to everybody.
     *
     * @throws NameTakenException when another list took the name meanwhile
     */
    public void finish(long listId, long rows, long problems) {
        database.change(sql -> {
            String name = sql.select(RECIPIENT_LISTS.NAME)
                    .from(RECIPIENT_LISTS)
                    .where(RECIPIENT_LISTS.ID.eq(listId))
                    .fetchSingle(RECIPIENT_LISTS.NAME);
            refuseTakenName(sql, name, listId);
            sql.update(RECIPIENT_LISTS)
                    .set(RECIPIENT_LISTS.READY, true)
                    .set(RECIPIENT_LISTS.ROW_COUNT, rows)
                    .set(RECIPIENT_LISTS.PROBLEM_COUNT, problems)
                    .set(RECIPIENT_LISTS.UPDATED_AT, clock.instant())
                    .where(RECIPIENT_LISTS.ID.eq(listId))
                    .execute();
        });
    }

    /** Deletes a list that was begun and not finished. */
    public void abandon(long listId) {
        remove(listId);
    }

    /** Deletes unfinished lists that nobody has added to for so long that their process must be dead. */
    public void purgeAbandoned(Duration untouchedFor) {
        List<Long> dead = database.read(sql -> sql.select(RECIPIENT_LISTS.ID)
                .from(RECIPIENT_LISTS)
                .where(RECIPIENT_LISTS.READY.eq(false))
                .and(RECIPIENT_LISTS.UPDATED_AT.lt(clock.instant().minus(untouchedFor)))
                .fetch(RECIPIENT_LISTS.ID));
        dead.forEach(this::remove);
    }

    /** All finished lists, the newest first. */
    public List<RecipientList> lists() {
        return database.read(sql -> select(sql, DSL.noCondition()));
    }

    /** The finished list with this id. */
    public Optional<RecipientList> find(long listId) {
        return database.read(
                sql -> select(sql, RECIPIENT_LISTS.ID.eq(listId)).stream().findFirst());
    }

    /** The finished list with exactly this name. */
    public Optional<RecipientList> findByName(String name) {
        return database.read(
                sql -> select(sql, RECIPIENT_LISTS.NAME.eq(name)).stream().findFirst());
    }

    /** A list's columns, in their order. */
    public List<RecipientColumn> columns(long listId) {
        return database.read(sql -> sql.selectFrom(RECIPIENT_COLUMNS)
                .where(RECIPIENT_COLUMNS.LIST_ID.eq(listId))
                .orderBy(RECIPIENT_COLUMNS.POSITION)
                .fetch(row -> new RecipientColumn(row.getSlot(), row.getPosition(), row.getName(), row.getVariable())));
    }

    /** Rows after an id, in their order. */
    public List<RecipientRow> rows(long listId, long afterId, int limit) {
        return database.read(sql -> sql.selectFrom(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(RECIPIENT_ROWS.ID.gt(afterId))
                .orderBy(RECIPIENT_ROWS.ID)
                .limit(limit)
                .fetch(row ->
                        new RecipientRow(row.getId(), row.getAddress(), FieldValues.fromJson(row.getFieldValues()))));
    }

    /** Rows from a place in the list on. */
    public List<RecipientRow> rows(long listId, int limit, long offset) {
        return database.read(sql -> sql.selectFrom(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .orderBy(RECIPIENT_ROWS.ID)
                .limit(limit)
                .offset(offset)
                .fetch(row ->
                        new RecipientRow(row.getId(), row.getAddress(), FieldValues.fromJson(row.getFieldValues()))));
    }

    /** What a list's import left out, by line; skips the first {@code after}. */
    public List<ImportProblem> problems(long listId, long after, int limit) {
        return database.read(sql -> sql.selectFrom(IMPORT_PROBLEMS)
                .where(IMPORT_PROBLEMS.LIST_ID.eq(listId))
                .orderBy(IMPORT_PROBLEMS.LINE, IMPORT_PROBLEMS.ID)
                .limit(limit)
                .offset(after)
                .fetch(row -> new ImportProblem(row.getLine(), row.getReason(), row.getDetail(), row.getRow())));
    }

    /**
     * Gives a list another name.
     *
     * @throws NameTakenException when another has it
     */
    public void rename(long listId, String name) {
        database.change(sql -> {
            refuseTakenName(sql, name, listId);
            sql.update(RECIPIENT_LISTS)
                    .set(RECIPIENT_LISTS.NAME, name)
                    .set(RECIPIENT_LISTS.UPDATED_AT, clock.instant())
                    .where(RECIPIENT_LISTS.ID.eq(listId))
                    .execute();
        });
    }

    /**
     * Deletes a list. Mailings that were made from it keep their messages.
     *
     * @throws ListInUseException when a mailing still has to make its messages from it
     */
    public void delete(long listId) {
        Optional<String> user = database.read(sql -> sql.select(PLANS.TITLE)
                .from(PLANS)
                .where(PLANS.LIST_ID.eq(listId))
                .and(PLANS.STATE.notIn(PlanState.SENT, PlanState.CANCELLED))
                .limit(1)
                .fetchOptional(PLANS.TITLE));
        if (user.isPresent()) {
            throw new ListInUseException(user.get());
        }
        remove(listId);
    }

    /** Hides the list first, then deletes it piece by piece, so that others get their turn at writing in between. */
    private void remove(long listId) {
        database.change(sql -> sql.update(RECIPIENT_LISTS)
                .set(RECIPIENT_LISTS.READY, false)
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .execute());
        int deleted;
        do {
            deleted = database.write(sql -> sql.deleteFrom(RECIPIENT_ROWS)
                    .where(RECIPIENT_ROWS.ID.in(DSL.select(RECIPIENT_ROWS.ID)
                            .from(RECIPIENT_ROWS)
                            .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                            .limit(CHUNK)))
                    .execute());
        } while (deleted == CHUNK);
        database.change(sql -> sql.deleteFrom(RECIPIENT_LISTS)
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .execute());
    }

    private static List<RecipientList> select(DSLContext sql, Condition condition) {
        return sql.selectFrom(RECIPIENT_LISTS)
                .where(RECIPIENT_LISTS.READY.eq(true))
                .and(condition)
                .orderBy(RECIPIENT_LISTS.ID.desc())
                .fetch(RecipientStore::list);
    }

    private static RecipientList list(RecipientListsRecord row) {
        return new RecipientList(
                row.getId(),
                row.getName(),
                row.getSource(),
                row.getRowCount(),
                row.getProblemCount(),
                row.getCreatedAt());
    }

    private static void refuseTakenName(DSLContext sql, String name, long exceptId) {
        if (sql.fetchExists(
                RECIPIENT_LISTS,
                RECIPIENT_LISTS
                        .NAME
                        .eq(name)
                        .and(RECIPIENT_LISTS.READY.eq(true))
                        .and(RECIPIENT_LISTS.ID.ne(exceptId)))) {
            throw new NameTakenException(name);
        }
    }
}
