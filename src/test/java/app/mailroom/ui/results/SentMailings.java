package app.mailroom.ui.results;

import static org.awaitility.Awaitility.await;

import app.mailroom.model.PlanResults;
import app.mailroom.store.ResultsWorkspace;
import app.mailroom.ui.OpenWindow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/**
 * The window over a workspace of eleven mailings, “Newsletter 0” to “Newsletter 10”. The first three are live, the third of
 * which counts no openings; the others are practice.
 */
final class SentMailings implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final FxRobot robot = new FxRobot();
    final OpenWindow window;
    private final Path file;

    SentMailings(Path folder) throws Exception {
        ResultsWorkspace.main(new String[] {folder.toString(), "600", "7"});
        file = folder.resolve("mailroom.sqlite");
        change("UPDATE plans SET world = 'LIVE' WHERE id <= 3");
        change("UPDATE plans SET tracked = 0 WHERE id = 3");
        window = new OpenWindow(folder, robot, PATIENCE);
    }

    /** Changes the workspace as another process would. */
    void change(String sql) throws SQLException {
        try (Connection plain = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = plain.createStatement()) {
            statement.execute(sql);
        }
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> WaitForAsyncUtils.waitForAsyncFx(10_000, condition));
    }

    String text(String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    boolean shown(String query) {
        return robot.lookup(query).match(Node::isVisible).tryQuery().isPresent();
    }

    TableView<PlanResults> table() {
        return robot.lookup("#results").queryTableView();
    }

    List<String> titles() {
        return table().getItems().stream()
                .map(results -> results.plan().title())
                .toList();
    }

    void choose(String... titles) {
        robot.interact(() -> {
            table().getSelectionModel().clearSelection();
            for (String title : titles) {
                table().getSelectionModel().select(titles().indexOf(title));
            }
            table().requestFocus();
        });
    }

    String copied() throws Exception {
        return WaitForAsyncUtils.waitForAsyncFx(
                10_000, () -> Clipboard.getSystemClipboard().getString());
    }

    @Override
    public void close() {
        window.close();
    }
}
