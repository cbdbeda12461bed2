package app.mailroom.store;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** Workspaces as older programs left them. */
final class OlderWorkspace {
    private OlderWorkspace() {}

    /**
     * Makes one that was migrated up to that version and no further.
     *
     * @return where JDBC finds it
     */
    static String make(Path file, int version) {
        String url = "jdbc:sqlite:" + file;
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(url, "", "")
                .table("schema_history")
                .locations("classpath:db/workspace")
                .target(Integer.toString(version))
                .load()
                .migrate();
        return url;
    }
}
