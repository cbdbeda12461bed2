package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jooq.DSLContext;

/** What one transaction does to a list, with the counts of the list kept. */
final class SheetStep {
    /** Writes to the rows of the list. */
    interface Work<T> {
        T on(SheetRows rows, Connection connection) throws SQLException;
    }

    private SheetStep() {}

    /**
     * Runs it. The list's counts, revision and time of change follow if it touched anything.
     *
     * @throws NoSuchListException when there is no such list, or it is not finished
     */
    static <T> T run(DSLContext sql, long listId, AddressRules rules, Instant now, Work<T> work) {
        refuseMissing(sql, listId);
        return sql.connectionResult(connection -> {
            try (SheetRows rows = new SheetRows(sql, connection, listId, rules)) {
                T result = work.on(rows, connection);
                rows.settle();
                if (!rows.touched()) {
                    return result;
                }
                sql.update(RECIPIENT_LISTS)
                        .set(RECIPIENT_LISTS.ROW_COUNT, RECIPIENT_LISTS.ROW_COUNT.plus(rows.mailableMore()))
                        .set(RECIPIENT_LISTS.SHEET_COUNT, RECIPIENT_LISTS.SHEET_COUNT.plus(rows.rowsMore()))
                        .set(RECIPIENT_LISTS.REVISION, RECIPIENT_LISTS.REVISION.plus(1))
                        .set(RECIPIENT_LISTS.UPDATED_AT, now)
                        .where(RECIPIENT_LISTS.ID.eq(listId))
                        .execute();
                return result;
            }
        });
    }

    static long revision(DSLContext sql, long listId) {
        return sql.select(RECIPIENT_LISTS.REVISION)
                .from(RECIPIENT_LISTS)
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .and(RECIPIENT_LISTS.READY.eq(true))
                .fetchOptional(RECIPIENT_LISTS.REVISION)
                .orElseThrow(() -> new NoSuchListException(listId));
    }

    static void refuseMissing(DSLContext sql, long listId) {
        boolean there =
                sql.fetchExists(RECIPIENT_LISTS, RECIPIENT_LISTS.ID.eq(listId).and(RECIPIENT_LISTS.READY.eq(true)));
        if (!there) {
            throw new NoSuchListException(listId);
        }
    }
}
