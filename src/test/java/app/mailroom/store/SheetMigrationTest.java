package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RowStanding;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetRow;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetMigrationTest {
    @Test
    void keepsTheRowsOfAnEarlierWorkspaceInTheirOrder(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("workspace.sqlite");
        String url = OlderWorkspace.make(file, 3);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO recipient_lists VALUES (7, 'Spring', '', 1, 3, 0, 1, 1)");
            statement.execute(
                    "INSERT INTO recipient_columns VALUES (7, 0, 1, 'E-Mail', 'email'), (7, 1, 0, 'Name', 'name')");
            statement.execute(
                    "INSERT INTO recipient_rows VALUES (12, 7, 'c@x.com', 'c@x.com', '[\"c@x.com\",\"C\"]'),"
                            + " (3, 7, 'a@typo.com', 'a@typo.com', '[\"a@typo.com\"]'), (5, 7, 'b@x.com', 'b@x.com', '[\"b@x.com\"]')");
        }
        SettableClock clock = new SettableClock();
        SheetSituation situation = new SheetSituation(World.LIVE, Set.of());

        try (Database database = Database.open(file, Database.Schema.WORKSPACE, clock)) {
            SheetStore sheets = new SheetStore(database, clock, SheetStoreTest.RULES);
            sheets.readAddresses(7);
            List<Long> ids = Arrays.stream(sheets.ids(7, SheetQuery.ALL, situation))
                    .boxed()
                    .toList();
            assertThat(ids).containsExactly(3L, 5L, 12L);
            List<SheetRow> rows = sheets.rows(7, ids, World.LIVE);
            assertThat(rows).extracting(SheetRow::standing).containsOnly(RowStanding.MAILED);
            assertThat(rows).isSortedAccordingTo((a, b) -> Long.compare(a.rank(), b.rank()));
            assertThat(rows.get(0).meant()).contains("a@type.com");
            assertThat(rows.get(2).values()).containsExactly("c@x.com", "C");
            assertThat(new RecipientStore(database, clock).columns(7))
                    .as("the addresses stand first")
                    .containsExactly(
                            new RecipientColumn(0, 0, "E-Mail", "email"), new RecipientColumn(1, 1, "Name", "name"));
            assertThat(new RecipientStore(database, clock).find(7))
                    .map(RecipientList::sheetCount)
                    .contains(3L);
        }
    }
}
