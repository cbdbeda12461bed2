package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.SETTINGS;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Named values of a workspace, shared by every process that has it open. Never holds a secret. */
public final class SettingsStore {
    private final Database database;
    private final Clock clock;

    /** Settings in the given workspace database. */
    public SettingsStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The value, if one was ever set. */
    public Optional<String> get(String name) {
        return database.read(sql -> sql.select(SETTINGS.VALUE)
                .from(SETTINGS)
                .where(SETTINGS.NAME.eq(name))
                .fetchOptional(SETTINGS.VALUE));
    }

    /** All values by name. */
    public Map<String, String> all() {
        Map<String, String> values =
                database.read(sql -> sql.selectFrom(SETTINGS).fetchMap(SETTINGS.NAME, SETTINGS.VALUE));
        return new TreeMap<>(values);
    }

    /** Sets a value, replacing an earlier one. */
    public void put(String name, String value) {
        putAll(Map.of(name, value));
    }

    /** Sets values in one transaction, replacing earlier ones. */
    public void putAll(Map<String, String> values) {
        database.change(sql -> values.forEach((name, value) -> sql.insertInto(SETTINGS)
                .set(SETTINGS.NAME, name)
                .set(SETTINGS.VALUE, value)
                .set(SETTINGS.UPDATED_AT, clock.instant())
                .onConflict(SETTINGS.NAME)
                .doUpdate()
                .set(SETTINGS.VALUE, value)
                .set(SETTINGS.UPDATED_AT, clock.instant())
                .execute()));
    }

    /** Sets the value unless there is one already, and returns the one that holds. Safe against other processes. */
    public String putIfAbsent(String name, String value) {
        return database.write(sql -> {
            sql.insertInto(SETTINGS)
                    .set(SETTINGS.NAME, name)
                    .set(SETTINGS.VALUE, value)
                    .set(SETTINGS.UPDATED_AT, clock.instant())
                    .onConflictDoNothing()
                    .execute();
            return sql.select(SETTINGS.VALUE)
                    .from(SETTINGS)
                    .where(SETTINGS.NAME.eq(name))
                    .fetchSingle(SETTINGS.VALUE);
        });
    }
}
