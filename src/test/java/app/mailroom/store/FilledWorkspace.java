package app.mailroom.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A workspace as an older program left it in the middle of a mailing, with rows in every table that it had. */
final class FilledWorkspace {
    /** What of a message no migration may change. */
    private static final List<String> KEPT = List.of(
            "plan_id",
            "address",
            "address_key",
            "field_values",
            "state",
            "not_before",
            "attempts",
            "provider_id",
            "accepted_at",
            "updated_at");

    /** Everything here is planned for this moment, in milliseconds. */
    static final long NOW = 1_772_355_600_000L;

    private FilledWorkspace() {}

    /**
     * Makes one whose only mailing has so many messages, half of them accepted and the others planned.
     *
     * @param version of its schema
     */
    static void make(Path file, int version, int messages, Random random) throws SQLException {
        try (Connection sql = DriverManager.getConnection(OlderWorkspace.make(file, version))) {
            sql.setAutoCommit(false);
            Set<String> filled = new TreeSet<>();
            insert(sql, filled, "templates", Map.of("id", 1, "name", "Spring", "created_at", NOW, "updated_at", NOW));
            insert(
                    sql,
                    filled,
                    "template_versions",
                    Map.of(
                            "id",
                            1,
                            "template_id",
                            1,
                            "number",
                            1,
                            "subject",
                            "Hello",
                            "preheader",
                            "",
                            "html",
                            "<p>Hello</p>",
                            "created_at",
                            NOW,
                            "created_by",
                            "me"));
            insert(
                    sql,
                    filled,
                    "recipient_lists",
                    Map.of(
                            "id",
                            1,
                            "name",
                            "Readers",
                            "source",
                            "test",
                            "ready",
                            1,
                            "row_count",
                            messages,
                            "problem_count",
                            1,
                            "created_at",
                            NOW,
                            "updated_at",
                            NOW));
            insert(
                    sql,
                    filled,
                    "recipient_columns",
                    Map.of("list_id", 1, "slot", 0, "position", 0, "name", "E-Mail", "variable", "email"));
            insert(
                    sql,
                    filled,
                    "import_problems",
                    Map.of("id", 1, "list_id", 1, "line", 3, "reason", "NO_AT", "detail", "", "row", "[\"reader\"]"));
            insert(sql, filled, "plans", plan(messages));
            insert(sql, filled, "plan_columns", Map.of("plan_id", 1, "slot", 0, "variable", "email"));
            insert(sql, filled, "links", Map.of("id", 1, "plan_id", 1, "number", 1, "url", "https://example.com/"));
            insert(
                    sql,
                    filled,
                    "senders",
                    Map.of("id", 1, "name", "before", "started_at", NOW, "heartbeat_at", NOW, "stopped_at", NOW));
            rows(sql, filled, messages, random);
            insert(sql, filled, "plan_totals", Map.of("plan_id", 1, "measure", "ACCEPTED", "count", messages / 2));
            insert(
                    sql,
                    filled,
                    "plan_totals",
                    Map.of("plan_id", 1, "measure", "PLANNED", "count", messages - messages / 2));
            if (version >= 6) {
                insert(sql, filled, "plan_totals", Map.of("plan_id", 1, "measure", "TAKEN", "count", messages / 2));
                insert(
                        sql,
                        filled,
                        "plan_domains",
                        Map.of("plan_id", 1, "domain", "example.com", "taken_count", messages / 2));
                insert(
                        sql,
                        filled,
                        "plan_hours",
                        Map.of("plan_id", 1, "hour", (int) (NOW / 3_600_000), "taken_count", messages / 2));
            }
            insert(
                    sql,
                    filled,
                    "suppressions",
                    Map.of(
                            "address_key",
                            "gone@example.com",
                            "address",
                            "gone@example.com",
                            "reason",
                            "BOUNCE",
                            "detail",
                            "",
                            "world",
                            "PRACTICE",
                            "created_at",
                            NOW));
            insert(
                    sql,
                    filled,
                    "audit",
                    Map.of(
                            "id",
                            1,
                            "at",
                            NOW,
                            "actor",
                            "me",
                            "action",
                            "MAILING_PLANNED",
                            "subject",
                            "mailing 1",
                            "detail",
                            ""));
            fillTheRest(sql, filled);
            sql.commit();
        }
    }

    private static Map<String, Object> plan(int messages) {
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("id", 1);
        plan.put("title", "Spring to " + messages);
        plan.put("template_version_id", 1);
        plan.put("list_id", 1);
        plan.put("list_name", "Readers");
        plan.put("from_address", "news@example.com");
        plan.put("from_name", "News");
        plan.put("reply_to", "");
        plan.put("state", "RUNNING");
        plan.put("not_before", NOW);
        plan.put("zone", "Asia/Seoul");
        plan.put("park_count", 0);
        plan.put("created_at", NOW);
        plan.put("created_by", "me");
        plan.put("started_at", NOW);
        plan.put("frozen_at", NOW);
        plan.put("time_set_at", NOW);
        return plan;
    }

    private static void rows(Connection sql, Set<String> filled, int messages, Random random) throws SQLException {
        boolean ranked = columns(sql, "recipient_rows").containsKey("rank");
        String row = ranked
                ? "INSERT INTO recipient_rows (list_id, address, address_key, field_values, rank) VALUES (1, ?, ?, ?, ?)"
                : "INSERT INTO recipient_rows (list_id, address, address_key, field_values) VALUES (1, ?, ?, ?)";
        try (PreparedStatement people = sql.prepareStatement(row);
                PreparedStatement mails =
                        sql.prepareStatement("INSERT INTO messages (id, plan_id, address, address_key,"
                                + " field_values, state, not_before, attempts, provider_id, claimed_at, accepted_at, updated_at)"
                                + " VALUES (?, 1, ?, ?, ?, ?, " + NOW + ", ?, ?, ?, ?, " + NOW + ")")) {
            for (int i = 1; i <= messages; i++) {
                String address = "reader" + i + "@example.com";
                String values = "[\"" + address + "\",\"" + Long.toHexString(random.nextLong()) + "\"]";
                people.setString(1, address);
                people.setString(2, address);
                people.setString(3, values);
                if (ranked) {
                    people.setLong(4, i * 1_000L);
                }
                people.addBatch();
                boolean accepted = i <= messages / 2;
                mails.setLong(1, i);
                mails.setString(2, address);
                mails.setString(3, address);
                mails.setString(4, values);
                mails.setString(5, accepted ? "ACCEPTED" : "PLANNED");
                mails.setInt(6, accepted ? 1 : 0);
                mails.setString(7, accepted ? "ses-" + i : null);
                mails.setObject(8, accepted ? NOW : null);
                mails.setObject(9, accepted ? NOW : null);
                mails.addBatch();
                if (i % 10_000 == 0 || i == messages) {
                    people.executeBatch();
                    mails.executeBatch();
                }
            }
        }
        filled.add("recipient_rows");
        filled.add("messages");
    }

    private static Map<String, String> columns(Connection sql, String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (Statement statement = sql.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA table_info(\"" + table + "\")")) {
            while (rows.next()) {
                boolean needed = rows.getInt("notnull") == 1 && rows.getString("dflt_value") == null;
                columns.put(rows.getString("name"), rows.getString("type") + (needed ? "!" : ""));
            }
        }
        return columns;
    }

    private static void insert(Connection sql, Set<String> filled, String table, Map<String, ?> values)
            throws SQLException {
        Map<String, String> columns = columns(sql, table);
        List<String> names =
                values.keySet().stream().filter(columns::containsKey).toList();
        String places = String.join(", ", names.stream().map(name -> "?").toList());
        try (PreparedStatement statement = sql.prepareStatement(
                "INSERT INTO \"" + table + "\" (" + String.join(", ", names) + ") VALUES (" + places + ")")) {
            for (int i = 0; i < names.size(); i++) {
                statement.setObject(i + 1, values.get(names.get(i)));
            }
            statement.execute();
        }
        filled.add(table);
    }

    /** One row in each table that has none, made up from its columns; what refers to another row refers to number 1. */
    private static void fillTheRest(Connection sql, Set<String> filled) throws SQLException {
        Set<String> all = tables(sql);
        all.removeAll(filled);
        all.remove("schema_history");
        // What tells of messages being made, or of changes that took an approval away, would change the mailing.
        all.removeAll(Set.of("plan_freezes", "plan_changes", "plan_picks", "suppressions"));
        boolean more = true;
        while (more) {
            more = false;
            for (String table : List.copyOf(all)) {
                Map<String, Object> row = new LinkedHashMap<>();
                columns(sql, table).forEach((name, type) -> {
                    if (type.endsWith("!")) {
                        row.put(name, madeUp(table, name, type));
                    }
                });
                try {
                    insert(sql, filled, table, row);
                    all.remove(table);
                    more = true;
                } catch (SQLException e) {
                    // What it refers to has no row yet, and gets one in this round.
                    if (!String.valueOf(e.getMessage()).contains("FOREIGN KEY")) {
                        throw new SQLException(table + " " + row, e);
                    }
                }
            }
        }
        if (!all.isEmpty()) {
            throw new SQLException("nothing could be put into " + all);
        }
    }

    private static Object madeUp(String table, String column, String type) {
        if (column.equals("role")) {
            return "EDITOR";
        }
        if (column.equals("kind")) {
            return table.equals("message_events") ? "SEND" : "EDIT";
        }
        if (column.equals("state")) {
            return table.equals("plan_reasons") ? "REJECTED" : "DONE";
        }
        if (column.equals("hash")) {
            return "h";
        }
        if (type.startsWith("INTEGER")) {
            return column.equals("count") || column.endsWith("_count") ? 0 : 1;
        }
        return type.startsWith("BLOB") ? new byte[] {1, 2, 3} : "one";
    }

    private static Set<String> tables(Connection sql) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (Statement statement = sql.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    /** How many rows each table has. */
    static Map<String, Long> counts(Path file) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            for (String table : tables(sql)) {
                counts.put(table, Long.parseLong(first(sql, "SELECT count(*) FROM \"" + table + "\"")));
            }
        }
        return counts;
    }

    /** Whether all that no migration may change of messages, rows, templates and the audit is the same in both files. */
    static boolean sameContent(Path before, Path after) throws SQLException {
        return same(before, after, "SELECT id, " + String.join(", ", KEPT) + " FROM messages ORDER BY id")
                && same(
                        before,
                        after,
                        "SELECT list_id, address, address_key, field_values FROM recipient_rows ORDER BY id")
                && same(
                        before,
                        after,
                        "SELECT id, template_id, number, subject, preheader, html FROM template_versions")
                && same(before, after, "SELECT id, title, state, not_before, zone, from_address, list_name FROM plans")
                && same(before, after, "SELECT id, plan_id, number, url FROM links")
                && same(before, after, "SELECT address_key, address, reason, created_at FROM suppressions")
                && same(
                        before,
                        after,
                        "SELECT id, message_id, kind, fingerprint, occurred_at, body FROM message_events")
                && same(before, after, "SELECT id, at, actor, action, subject, detail FROM audit")
                && same(before, after, "SELECT name, value FROM settings ORDER BY name");
    }

    private static boolean same(Path before, Path after, String query) throws SQLException {
        try (Connection one = DriverManager.getConnection("jdbc:sqlite:" + before);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + after);
                Statement first = one.createStatement();
                Statement second = other.createStatement();
                ResultSet left = first.executeQuery(query);
                ResultSet right = second.executeQuery(query)) {
            int columns = left.getMetaData().getColumnCount();
            while (left.next()) {
                if (!right.next()) {
                    return false;
                }
                for (int i = 1; i <= columns; i++) {
                    if (!Objects.equals(left.getString(i), right.getString(i))) {
                        return false;
                    }
                }
            }
            return !right.next();
        }
    }

    /** Faults that the database itself finds. */
    static List<String> faults(Path file) throws SQLException {
        List<String> faults = new ArrayList<>();
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = sql.createStatement()) {
            try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
                while (rows.next()) {
                    faults.add(rows.getString(1));
                }
            }
            faults.remove("ok");
            try (ResultSet rows = statement.executeQuery("PRAGMA foreign_key_check")) {
                while (rows.next()) {
                    faults.add(rows.getString(1) + " refers to nothing");
                }
            }
        }
        return faults;
    }

    private static String first(Connection sql, String query) throws SQLException {
        try (Statement statement = sql.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            @Nullable String value = row.next() ? row.getString(1) : null;
            return value == null ? "" : value;
        }
    }
}
