package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.StoreProblem;
import app.mailroom.store.Database.Schema;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that is at the newest version is opened without Flyway, and no other is. */
class NewestSchemaTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Schema.class)
    void theNewestVersionIsThatOfTheLastMigration(Schema schema) throws Exception {
        URI place = Objects.requireNonNull(Database.class.getResource("/" + schema.location()))
                .toURI();
        try (Stream<Path> files = Files.list(Path.of(place))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("V\\d+__.*\\.sql"))
                            .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf('_')))))
                    .hasSize(schema.newest())
                    .contains(schema.newest());
        }
    }

    @Test
    void aFileOfANewerProgramIsRefused() throws Exception {
        Path file = folder.resolve("workspace.db");
        open(file);
        change(
                file,
                "INSERT INTO schema_history SELECT installed_rank + 1, '9999', 'of the future', type, 'V9999__x.sql',"
                        + " checksum, installed_by, installed_on, execution_time, success FROM schema_history"
                        + " ORDER BY installed_rank DESC LIMIT 1");

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("needs the newer program")
                .extracting(refused -> ((StoreException) refused).problem())
                .isEqualTo(StoreProblem.NEWER);
    }

    @Test
    void aMigrationThatFailedIsNotPassedOver() throws Exception {
        Path file = folder.resolve("workspace.db");
        open(file);
        change(file, "UPDATE schema_history SET success = 0 WHERE version = '" + Schema.WORKSPACE.newest() + "'");

        assertThatThrownBy(() -> open(file)).isInstanceOf(StoreException.class);
    }

    @Test
    void aFileAtTheNewestVersionIsOpenedAgainAndAgain() throws Exception {
        Path file = folder.resolve("workspace.db");
        open(file);
        open(file);

        assertThat(file).exists();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains(Database.BEFORE_MIGRATION));
        }
    }

    private static void open(Path file) {
        Database.open(file, Schema.WORKSPACE, Clock.systemUTC()).close();
    }

    private static void change(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
