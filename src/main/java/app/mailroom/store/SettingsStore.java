package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.SETTINGS;

import app.mailroom.model.Access;
import app.mailroom.model.AuditAction;
import app.mailroom.model.Right;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;

/**
 * Named values of a workspace, shared by every process that has it open. Never holds a secret of anything outside of it. What it
 * takes to change one follows from its name.
 */
public final class SettingsStore {
    /** Before the names of what windows remember, which takes no right and is not told. */
    private static final String REMEMBERED = "ui.";

    /** How people come in. */
    private static final List<String> OF_PEOPLE = List.of("account.", "google.");

    /** What sends and counts. */
    private static final List<String> OF_SENDING = List.of("aws.", "relay.");

    /** Switches of which the audit has actions of their own. */
    private static final Map<String, AuditAction> SWITCHED = Map.of(
            "account.sign_in on", AuditAction.SIGN_IN_SWITCHED_ON,
            "account.sign_in off", AuditAction.SIGN_IN_SWITCHED_OFF,
            "account.approval on", AuditAction.APPROVAL_SWITCHED_ON,
            "account.approval off", AuditAction.APPROVAL_SWITCHED_OFF);

    private static final int TOLD = 200;

    private final Database database;
    private final Clock clock;

    /** Settings in the given workspace database. */
    public SettingsStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The value, if one was ever set. */
    public Optional<String> get(String name) {
        return database.read(sql -> find(sql, name));
    }

    private static Optional<String> find(DSLContext sql, String name) {
        return sql.select(SETTINGS.VALUE)
                .from(SETTINGS)
                .where(SETTINGS.NAME.eq(name))
                .fetchOptional(SETTINGS.VALUE);
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

    /**
     * Sets values in one transaction, replacing earlier ones.
     *
     * @throws app.mailroom.model.NotAllowedException when one of them may not be changed; none is
     */
    public void putAll(Map<String, String> values) {
        values.keySet().forEach(name -> rightFor(name).ifPresent(database.access()::requireToChange));
        database.changeUnasked(sql -> values.forEach((name, value) -> {
            Optional<String> before = find(sql, name);
            sql.insertInto(SETTINGS)
                    .set(SETTINGS.NAME, name)
                    .set(SETTINGS.VALUE, value)
                    .set(SETTINGS.UPDATED_AT, clock.instant())
                    .onConflict(SETTINGS.NAME)
                    .doUpdate()
                    .set(SETTINGS.VALUE, value)
                    .set(SETTINGS.UPDATED_AT, clock.instant())
                    .execute();
            // What the program keeps for itself is nobody's deed, and may be a secret of practice.
            boolean somebodys =
                    database.access() != Access.PROGRAM && rightFor(name).isPresent();
            if (somebodys && !before.equals(Optional.of(value))) {
                tell(sql, name, before.orElse(""), value);
            }
        }));
    }

    private void tell(DSLContext sql, String name, String before, String value) {
        AuditAction action = SWITCHED.getOrDefault(name + " " + value, AuditAction.SETTING_CHANGED);
        String detail = "“" + cut(before) + "” → “" + cut(value) + "”";
        AuditStore.tell(sql, database, clock, action, name, detail);
    }

    private static String cut(String value) {
        return value.length() <= TOLD ? value : value.substring(0, TOLD) + "…";
    }

    /** What it takes to change a setting of this name; nothing for what windows remember. */
    public static Optional<Right> rightFor(String name) {
        if (name.startsWith(REMEMBERED)) {
            return Optional.empty();
        }
        if (OF_PEOPLE.stream().anyMatch(name::startsWith)) {
            return Optional.of(Right.MANAGE_PEOPLE);
        }
        return Optional.of(
                OF_SENDING.stream().anyMatch(name::startsWith) ? Right.SET_UP_SENDING : Right.CHANGE_SETTINGS);
    }

    /**
     * For the program itself: sets the value unless there is one already, and returns the one that holds. Safe against other
     * processes.
     */
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
