package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;

import app.mailroom.model.AddressReading;
import app.mailroom.model.RowStanding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one list within one transaction, so that of several rows with one address the topmost is the one that
 * is mailed: after the last write {@link #settle} sees to that. Finds what it needs by index, however long the list is.
 */
final class SheetRows implements AutoCloseable {
    /** How many ids stand in one statement. */
    static final int IDS_AT_ONCE = 1_000;

    private static final String BLANK = RowStanding.BLANK.name();

    /** A row as it is in the database; values are JSON. */
    record Stored(
            long id,
            long rank,
            String values,
            @Nullable String addressKey,
            @Nullable String repeatsKey) {
        @Nullable String key() {
            return addressKey != null ? addressKey : repeatsKey;
        }
    }

    /** Values on their way into a row, and what was read from the address among them. */
    record Reading(
            String json,
            String address,
            @Nullable String key,
            @Nullable String fault,
            @Nullable String meant) {}

    private enum Work {
        FIND,
        HOLDER,
        FIRST_REPEAT,
        INSERT,
        UPDATE,
        MOVE,
        PROMOTE,
        DEMOTE
    }

    private record Standing(long id, long rank) {}

    private final DSLContext sql;
    private final Connection connection;
    private final long listId;
    private final AddressRules rules;
    private final Map<Work, PreparedStatement> statements = new EnumMap<>(Work.class);
    private final Set<String> unsettled = new HashSet<>();
    private SheetShape shape;
    private long nextId;
    private long mailable;
    private long all;
    private boolean touched;

    SheetRows(DSLContext sql, Connection connection, long listId, AddressRules rules) {
        this.sql = sql;
        this.connection = connection;
        this.listId = listId;
        this.rules = rules;
        this.shape = SheetShape.of(sql, listId);
    }

    SheetShape shape() {
        return shape;
    }

    /** Whether anything was written. */
    boolean touched() {
        return touched;
    }

    /** By how many rows the list has more, or fewer, that can be mailed; complete after {@link #settle}. */
    long mailableMore() {
        return mailable;
    }

    /** By how many rows the list has more, or fewer. */
    long rowsMore() {
        return all;
    }

    /** Gives the list another shape; rows without an address are blank or not by the columns that it leaves them. */
    void reshape(SheetShape to) {
        if (to.equals(shape)) {
            return;
        }
        to.writeTo(sql, listId);
        SheetShape now = SheetShape.of(sql, listId);
        if (now.equals(shape)) {
            // All that differed was a template that is deleted.
            return;
        }
        touched = true;
        shape = now;
        Condition blank = DSL.noCondition();
        for (int slot : shape.slots()) {
            blank = blank.and(CellText.stripped(CellText.in(slot)).eq(""));
        }
        String empty = rules.reading().apply("").fault().orElse(BLANK);
        markBlank(empty, BLANK, blank);
        markBlank(BLANK, empty, DSL.not(blank));
    }

    private void markBlank(String from, String to, Condition condition) {
        sql.update(RECIPIENT_ROWS)
                .set(RECIPIENT_ROWS.FAULT, to)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(RECIPIENT_ROWS.FAULT.isNotNull())
                .and(RECIPIENT_ROWS.FAULT.eq(from))
                .and(condition)
                .execute();
    }

    /** A row of this list. */
    Optional<Stored> find(long id) throws SQLException {
        PreparedStatement find = statement(Work.FIND);
        find.setLong(1, id);
        find.setLong(2, listId);
        try (ResultSet row = find.executeQuery()) {
            return row.next()
                    ? Optional.of(new Stored(id, row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
                    : Optional.empty();
        }
    }

    /** Reads the address among values. One that can be mailed takes the place of what was typed. */
    Reading read(List<String> values) {
        int slot = shape.addressSlot();
        String typed = slot >= 0 && slot < values.size() ? values.get(slot) : "";
        AddressReading reading = rules.reading().apply(typed);
        List<String> kept = values;
        if (reading.key().isPresent() && !reading.address().equals(typed)) {
            kept = new ArrayList<>(values);
            kept.set(slot, reading.address());
        }
        Optional<String> fault = reading.key().isEmpty() && CellText.areBlank(values, shape.slots())
                ? Optional.of(BLANK)
                : reading.fault();
        return new Reading(
                FieldValues.toJson(kept),
                reading.address(),
                reading.key().orElse(null),
                fault.orElse(null),
                reading.meant().orElse(null));
    }

    /**
     * Reads the addresses of so many rows anew, from the one after this rank on.
     *
     * @return the rank of the last; nothing when there are no more
     */
    Optional<Long> readAnew(long afterRank, int limit) throws SQLException {
        var found = sql.selectFrom(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(RECIPIENT_ROWS.RANK.gt(afterRank))
                .orderBy(RECIPIENT_ROWS.RANK)
                .limit(limit)
                .fetch();
        for (var row : found) {
            Stored stored = new Stored(
                    row.getId(), row.getRank(), row.getFieldValues(), row.getAddressKey(), row.getRepeatsKey());
            Reading reading = read(FieldValues.fromJson(stored.values()));
            boolean same = Objects.equals(stored.key(), reading.key())
                    && Objects.equals(row.getFault(), reading.fault())
                    && Objects.equals(row.getMeant(), reading.meant())
                    && row.getAddress().equals(reading.address())
                    && FieldValues.same(stored.values(), reading.json());
            if (!same) {
                update(stored, reading);
            }
        }
        return found.size() < limit
                ? Optional.empty()
                : Optional.of(found.get(found.size() - 1).getRank());
    }

    /** Adds a row with an id that no row ever had, and returns the id. */
    long insert(long rank, Reading reading) throws SQLException {
        if (nextId == 0) {
            Boolean holds = reading.key() == null ? null : holder(reading.key()).isEmpty();
            nextId = sql.insertInto(RECIPIENT_ROWS)
                    .set(RECIPIENT_ROWS.LIST_ID, listId)
                    .set(RECIPIENT_ROWS.RANK, rank)
                    .set(RECIPIENT_ROWS.ADDRESS, reading.address())
                    .set(RECIPIENT_ROWS.ADDRESS_KEY, Boolean.TRUE.equals(holds) ? reading.key() : null)
                    .set(RECIPIENT_ROWS.REPEATS_KEY, Boolean.FALSE.equals(holds) ? reading.key() : null)
                    .set(RECIPIENT_ROWS.FAULT, reading.fault())
                    .set(RECIPIENT_ROWS.MEANT, reading.meant())
                    .set(RECIPIENT_ROWS.FIELD_VALUES, reading.json())
                    .returning(RECIPIENT_ROWS.ID)
                    .fetchSingle(RECIPIENT_ROWS.ID);
            all++;
            count(reading, Boolean.TRUE.equals(holds));
            return nextId++;
        }
        // Nobody else can take an id before this transaction ends.
        insert(nextId, rank, reading);
        return nextId++;
    }

    /** Adds a row with the id that it had before. */
    void insert(long id, long rank, Reading reading) throws SQLException {
        boolean holds = reading.key() != null && holder(reading.key()).isEmpty();
        PreparedStatement insert = statement(Work.INSERT);
        insert.setLong(1, id);
        insert.setLong(2, listId);
        insert.setLong(3, rank);
        insert.setString(4, reading.address());
        insert.setString(5, holds ? reading.key() : null);
        insert.setString(6, holds ? null : reading.key());
        insert.setString(7, reading.fault());
        insert.setString(8, reading.meant());
        insert.setString(9, reading.json());
        insert.executeUpdate();
        all++;
        count(reading, holds);
    }

    /** Where nobody had the key, nobody can stand above; otherwise it must be seen who does. */
    private void count(Reading reading, boolean holds) {
        touched = true;
        if (holds) {
            mailable++;
        } else if (reading.key() != null) {
            unsettled.add(reading.key());
        }
    }

    /** Gives a row other values. */
    void update(Stored row, Reading reading) throws SQLException {
        String old = row.key();
        String key = reading.key();
        boolean holds;
        if (key != null && key.equals(old)) {
            holds = row.addressKey() != null;
        } else {
            holds = key != null && holder(key).isEmpty();
            if (row.addressKey() != null) {
                unsettled.add(row.addressKey());
                mailable--;
            }
            count(reading, holds);
        }
        touched = true;
        PreparedStatement update = statement(Work.UPDATE);
        update.setString(1, reading.address());
        update.setString(2, holds ? key : null);
        update.setString(3, holds ? null : key);
        update.setString(4, reading.fault());
        update.setString(5, reading.meant());
        update.setString(6, reading.json());
        update.setLong(7, row.id());
        update.executeUpdate();
    }

    /**
     * Gives a row another rank, which no other row may have, and which does not move it past another row.
     *
     * @return whether it had another one before
     */
    boolean move(long id, long rank) throws SQLException {
        PreparedStatement move = statement(Work.MOVE);
        move.setLong(1, rank);
        move.setLong(2, id);
        move.setLong(3, listId);
        move.setLong(4, rank);
        boolean moved = move.executeUpdate() > 0;
        touched |= moved;
        return moved;
    }

    /** Deletes rows; those that are gone or belong to another list are passed over. At most {@link #IDS_AT_ONCE}. */
    int delete(List<Long> ids) {
        Condition these = these(ids);
        var repeating = RECIPIENT_ROWS.as("repeating");
        unsettled.addAll(sql.select(RECIPIENT_ROWS.ADDRESS_KEY)
                .from(RECIPIENT_ROWS)
                .where(these)
                .and(RECIPIENT_ROWS.ADDRESS_KEY.isNotNull())
                .and(DSL.exists(DSL.selectOne()
                        .from(repeating)
                        .where(repeating.LIST_ID.eq(listId))
                        .and(repeating.REPEATS_KEY.isNotNull())
                        .and(repeating.REPEATS_KEY.eq(RECIPIENT_ROWS.ADDRESS_KEY))))
                .fetch(RECIPIENT_ROWS.ADDRESS_KEY));
        mailable -= sql.fetchCount(RECIPIENT_ROWS, these.and(RECIPIENT_ROWS.ADDRESS_KEY.isNotNull()));
        int deleted = sql.deleteFrom(RECIPIENT_ROWS).where(these).execute();
        all -= deleted;
        touched |= deleted > 0;
        return deleted;
    }

    /** Which of these ids belong to rows of this list. */
    List<Long> present(List<Long> ids) {
        return sql.select(RECIPIENT_ROWS.ID)
                .from(RECIPIENT_ROWS)
                .where(these(ids))
                .fetch(RECIPIENT_ROWS.ID);
    }

    /** The rows of this list with one of these ids. */
    Condition these(List<Long> ids) {
        return these(listId, ids);
    }

    /** The rows of that list with one of these ids. */
    static Condition these(long listId, List<Long> ids) {
        // The plus keeps the database from walking through the list in search of the ids.
        return RECIPIENT_ROWS
                .ID
                .in(ids.stream().map(DSL::inline).toList())
                .and(DSL.condition("+{0} = {1}", RECIPIENT_ROWS.LIST_ID, DSL.val(listId)));
    }

    /** Sees to it that of all rows with an address that was touched the topmost is mailed. */
    void settle() throws SQLException {
        for (String key : unsettled) {
            Optional<Standing> first = standing(Work.FIRST_REPEAT, key);
            if (first.isEmpty()) {
                continue;
            }
            Optional<Standing> holder = holder(key);
            if (holder.isEmpty()) {
                mailable++;
                stand(Work.PROMOTE, first.get(), key);
            } else if (first.get().rank() < holder.get().rank()) {
                stand(Work.DEMOTE, holder.get(), key);
                stand(Work.PROMOTE, first.get(), key);
            }
        }
        unsettled.clear();
    }

    private Optional<Standing> holder(String key) throws SQLException {
        return standing(Work.HOLDER, key);
    }

    private Optional<Standing> standing(Work which, String key) throws SQLException {
        PreparedStatement find = statement(which);
        find.setLong(1, listId);
        find.setString(2, key);
        try (ResultSet row = find.executeQuery()) {
            return row.next() ? Optional.of(new Standing(row.getLong(1), row.getLong(2))) : Optional.empty();
        }
    }

    private void stand(Work how, Standing row, String key) throws SQLException {
        PreparedStatement update = statement(how);
        update.setString(1, key);
        update.setLong(2, row.id());
        update.executeUpdate();
    }

    private PreparedStatement statement(Work work) throws SQLException {
        PreparedStatement known = statements.get(work);
        if (known != null) {
            return known;
        }
        PreparedStatement made = connection.prepareStatement(text(work));
        statements.put(work, made);
        return made;
    }

    /** jOOQ renders the statements; binding them row by row through jOOQ takes half as long again as plain JDBC. */
    private String text(Work work) {
        var text = DSL.val("");
        var number = DSL.val(0L);
        // setNull would leave a place for a value in the statement.
        var none = DSL.inline((String) null);
        return sql.render(
                switch (work) {
                    case FIND ->
                        DSL.select(
                                        RECIPIENT_ROWS.RANK,
                                        RECIPIENT_ROWS.FIELD_VALUES,
                                        RECIPIENT_ROWS.ADDRESS_KEY,
                                        RECIPIENT_ROWS.REPEATS_KEY)
                                .from(RECIPIENT_ROWS)
                                .where(RECIPIENT_ROWS.ID.eq(number))
                                .and(RECIPIENT_ROWS.LIST_ID.eq(number));
                    case HOLDER ->
                        DSL.select(RECIPIENT_ROWS.ID, RECIPIENT_ROWS.RANK)
                                .from(RECIPIENT_ROWS)
                                .where(RECIPIENT_ROWS.LIST_ID.eq(number))
                                .and(RECIPIENT_ROWS.ADDRESS_KEY.eq(text));
                    case FIRST_REPEAT ->
                        DSL.select(RECIPIENT_ROWS.ID, RECIPIENT_ROWS.RANK)
                                .from(RECIPIENT_ROWS)
                                .where(RECIPIENT_ROWS.LIST_ID.eq(number))
                                .and(RECIPIENT_ROWS.REPEATS_KEY.isNotNull())
                                .and(RECIPIENT_ROWS.REPEATS_KEY.eq(text))
                                .orderBy(RECIPIENT_ROWS.RANK)
                                .limit(DSL.inline(1));
                    case INSERT ->
                        DSL.insertInto(
                                        RECIPIENT_ROWS,
                                        RECIPIENT_ROWS.ID,
                                        RECIPIENT_ROWS.LIST_ID,
                                        RECIPIENT_ROWS.RANK,
                                        RECIPIENT_ROWS.ADDRESS,
                                        RECIPIENT_ROWS.ADDRESS_KEY,
                                        RECIPIENT_ROWS.REPEATS_KEY,
                                        RECIPIENT_ROWS.FAULT,
                                        RECIPIENT_ROWS.MEANT,
                                        RECIPIENT_ROWS.FIELD_VALUES)
                                .values(number, number, number, text, text, text, text, text, text);
                    case UPDATE ->
                        DSL.update(RECIPIENT_ROWS)
                                .set(RECIPIENT_ROWS.ADDRESS, text)
                                .set(RECIPIENT_ROWS.ADDRESS_KEY, text)
                                .set(RECIPIENT_ROWS.REPEATS_KEY, text)
                                .set(RECIPIENT_ROWS.FAULT, text)
                                .set(RECIPIENT_ROWS.MEANT, text)
                                .set(RECIPIENT_ROWS.FIELD_VALUES, text)
                                .where(RECIPIENT_ROWS.ID.eq(number));
                    case MOVE ->
                        DSL.update(RECIPIENT_ROWS)
                                .set(RECIPIENT_ROWS.RANK, number)
                                .where(RECIPIENT_ROWS.ID.eq(number))
                                .and(RECIPIENT_ROWS.LIST_ID.eq(number))
                                .and(RECIPIENT_ROWS.RANK.ne(number));
                    case PROMOTE ->
                        DSL.update(RECIPIENT_ROWS)
                                .set(RECIPIENT_ROWS.ADDRESS_KEY, text)
                                .set(RECIPIENT_ROWS.REPEATS_KEY, none)
                                .where(RECIPIENT_ROWS.ID.eq(number));
                    case DEMOTE ->
                        DSL.update(RECIPIENT_ROWS)
                                .set(RECIPIENT_ROWS.ADDRESS_KEY, none)
                                .set(RECIPIENT_ROWS.REPEATS_KEY, text)
                                .where(RECIPIENT_ROWS.ID.eq(number));
                });
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
    }
}
