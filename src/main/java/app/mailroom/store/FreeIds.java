package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.SETTINGS;

import java.time.Instant;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers mails and mailings may still get. They leave the computer in tags, so in a workspace that was restored from a copy
 * none may be given again that the lost file can have given since: an event would be taken for one about another person.
 */
// Tables and fields of jOOQ do not change; it only does not say so.
@SuppressWarnings("ImmutableEnumChecker")
enum FreeIds {
    MESSAGES(app.mailroom.store.jooq.Tables.MESSAGES, app.mailroom.store.jooq.Tables.MESSAGES.ID, "ids.messages.above"),
    PLANS(app.mailroom.store.jooq.Tables.PLANS, app.mailroom.store.jooq.Tables.PLANS.ID, "ids.plans.above");

    private final Table<?> table;
    private final Field<Long> id;
    private final String setting;

    FreeIds(Table<?> table, Field<Long> id, String setting) {
        this.table = table;
        this.id = id;
        this.setting = setting;
    }

    /** The newest number in use. */
    long newest(DSLContext sql) {
        Long newest = sql.select(DSL.max(id)).from(table).fetchSingle().value1();
        return newest == null ? 0 : newest;
    }

    /** Behind which number the next has to be, if that is not the newest one anyway. */
    OptionalLong leap(DSLContext sql, long newest) {
        long above = above(sql);
        return above > newest ? OptionalLong.of(above) : OptionalLong.empty();
    }

    /** The number of the next row; null where the database is to count on. */
    @Nullable Long next(DSLContext sql) {
        OptionalLong leap = leap(sql, newest(sql));
        return leap.isPresent() ? leap.getAsLong() + 1 : null;
    }

    private long above(DSLContext sql) {
        return sql.select(SETTINGS.VALUE)
                .from(SETTINGS)
                .where(SETTINGS.NAME.eq(setting))
                .fetchOptional(SETTINGS.VALUE)
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** From now on gives only numbers behind this one, and behind those that were kept free before. */
    void keepFreeUpTo(DSLContext sql, long highest, Instant now) {
        String value = Long.toString(Math.max(highest, above(sql)));
        sql.insertInto(SETTINGS)
                .set(SETTINGS.NAME, setting)
                .set(SETTINGS.VALUE, value)
                .set(SETTINGS.UPDATED_AT, now)
                .onConflict(SETTINGS.NAME)
                .doUpdate()
                .set(SETTINGS.VALUE, value)
                .set(SETTINGS.UPDATED_AT, now)
                .execute();
    }
}
