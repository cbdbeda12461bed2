package app.mailroom.ui.sheet;

import static org.awaitility.Awaitility.await;

import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.PrimerLight;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** A window with nothing in it but a sheet, and hands to work in it. */
final class SheetHost implements AutoCloseable {
    final FxRobot robot = new FxRobot();
    final FakeSheet fake;
    private final AtomicReference<SheetGrid> grid = new AtomicReference<>();
    private final AtomicReference<Stage> stage = new AtomicReference<>();

    SheetHost(int rows, int columns) throws Exception {
        fake = new FakeSheet(rows, columns);
        FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
        robot.interact(() -> {
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            SheetGrid made = new SheetGrid(Texts.in(Locale.ENGLISH), fake, fake);
            grid.set(made);
            made.reset();
            Stage window = new Stage();
            Scene scene = new Scene(new StackPane(made.node()), 900, 500);
            scene.getStylesheets()
                    .add(Objects.requireNonNull(SheetGrid.class.getResource("/app/mailroom/ui/mailroom.css"))
                            .toExternalForm());
            window.setScene(scene);
            window.show();
            stage.set(window);
            made.requestFocus();
        });
        settle();
    }

    SheetGrid grid() {
        return Objects.requireNonNull(grid.get());
    }

    <T> T on(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, work);
    }

    void settle() {
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Selects one cell and forgets what was done before. */
    void at(int row, int column) {
        area(row, column, row, column);
    }

    void area(int top, int left, int bottom, int right) {
        robot.interact(() -> {
            grid().select(new SheetDeeds.Area(top, left, bottom, right));
            grid().requestFocus();
        });
        settle();
        fake.deeds.clear();
        fake.pasted.clear();
    }

    String selected() {
        return on(() -> grid().selected().map(FakeSheet::shown).orElse("nothing"));
    }

    TextArea typing() {
        return (TextArea) on(() -> Objects.requireNonNull(grid().node().lookup("#sheet-typing")));
    }

    boolean isTyping() {
        return on(() -> typing().getOpacity() == 1);
    }

    VirtualFlow<?> flow() {
        return (VirtualFlow<?>) on(() -> Objects.requireNonNull(grid().node().lookup(".virtual-flow")));
    }

    int firstRow() {
        return on(() -> {
            IndexedCell<?> first = flow().getFirstVisibleCell();
            return first.getIndex();
        });
    }

    /** The cell that shows this text. */
    Node shown(String text) {
        return on(() -> grid().node().lookupAll(".spreadsheet-cell").stream()
                .filter(node -> node instanceof IndexedCell<?> cell && text.equals(cell.getText()) && cell.isVisible())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cell shows " + text)));
    }

    Node header(String name) {
        return on(() -> grid().node().lookupAll(".sheet-header-name").stream()
                .filter(node -> node instanceof javafx.scene.control.Label label && name.equals(label.getText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no header " + name)));
    }

    Node rowHeader(String name) {
        return on(() -> grid().node().lookupAll("VerticalHeader > Label").stream()
                .filter(node -> node instanceof javafx.scene.control.Label label && name.equals(label.getText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + name)));
    }

    Point2D middle(Node node) {
        return on(() -> {
            var bounds = node.localToScreen(node.getBoundsInLocal());
            return new Point2D(bounds.getCenterX(), bounds.getCenterY());
        });
    }

    void clipboard(String text) {
        robot.interact(() -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text)));
    }

    /** The menu that is open; on a real display it opens a moment after the key. */
    ContextMenu menu() {
        return await().until(() -> on(this::openMenu), Optional::isPresent).orElseThrow();
    }

    /** Presses keys until a menu is open: on a real display without a window manager a key is lost now and then. */
    void openMenuBy(KeyCode... keys) {
        await().pollInterval(Duration.ofSeconds(1)).until(() -> {
            boolean open = on(this::openMenu).isPresent();
            if (!open) {
                robot.push(keys);
            }
            return open;
        });
    }

    private Optional<ContextMenu> openMenu() {
        return Window.getWindows().stream()
                .filter(window -> window instanceof ContextMenu && window.isShowing())
                .map(ContextMenu.class::cast)
                .findFirst();
    }

    void choose(String text) {
        MenuItem item = item(text);
        robot.interact(() -> {
            ContextMenu menu = item.getParentPopup();
            item.fire();
            menu.hide();
        });
        settle();
    }

    MenuItem item(String text) {
        ContextMenu menu = menu();
        return on(() -> menu.getItems().stream()
                .filter(item -> text.equals(item.getText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no item " + text)));
    }

    @Override
    public void close() {
        robot.interact(() -> Objects.requireNonNull(stage.get()).close());
    }
}
