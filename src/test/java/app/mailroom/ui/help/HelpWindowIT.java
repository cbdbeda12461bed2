package app.mailroom.ui.help;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.ProgramVersion;
import app.mailroom.store.SettingsStore;
import app.mailroom.support.CrashReport;
import app.mailroom.support.ThirdParty;
import app.mailroom.support.UpdateCheck;
import app.mailroom.ui.OpenWindow;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** What a person finds under Help, and what they see when something fails that should not. */
@ExtendWith(ApplicationExtension.class)
class HelpWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private OpenWindow window;

    @BeforeEach
    void open(FxRobot robot) throws Exception {
        window = new OpenWindow(folder, robot, PATIENCE);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private static void choose(FxRobot robot, String item) {
        MenuButton menu = robot.lookup("#help").queryAs(MenuButton.class);
        robot.interact(() -> menu.getItems().stream()
                .filter(one -> item.equals(one.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static <T extends Node> T there(FxRobot robot, String id, Class<T> type) {
        await().atMost(PATIENCE).until(() -> robot.lookup(id).tryQuery().isPresent());
        return robot.lookup(id).queryAs(type);
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).tryQueryAs(Labeled.class).map(Labeled::getText).orElse("");
    }

    @Test
    void f1OpensTheManualWithItsContentsAndASearch(FxRobot robot) {
        robot.press(KeyCode.F1).release(KeyCode.F1);
        ListView<?> contents = there(robot, "#manual-contents", ListView.class);
        await().atMost(PATIENCE).until(() -> !contents.getItems().isEmpty());
        robot.clickOn("#manual-search").write("qqqzzz");
        await().atMost(PATIENCE).until(() -> !text(robot, "#manual-found").isEmpty());
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#manual-contents").tryQuery()).isEmpty();
    }

    @Test
    void aboutListsWhatIsShippedAndCopiesTheVersion(FxRobot robot) {
        choose(robot, "help-about");
        TableView<?> parts = there(robot, "#about-parts", TableView.class);
        await().atMost(PATIENCE)
                .until(() -> parts.getItems().size() == ThirdParty.all().size());
        robot.clickOn("#about-search").write("tinymce");
        await().atMost(PATIENCE).until(() -> parts.getItems().size() == 1);
        robot.interact(() -> parts.getSelectionModel().select(0));
        TextArea licence = there(robot, "#about-licence", TextArea.class);
        await().atMost(PATIENCE).until(() -> licence.getText().startsWith("tinymce 6"));
        robot.clickOn("#about-copy");
        robot.interact(() -> assertThat(Clipboard.getSystemClipboard().getString())
                .contains("Mailroom: " + ProgramVersion.NUMBER, "Java: ", "System: "));
    }

    @Test
    void keysAreListed(FxRobot robot) {
        choose(robot, "help-shortcuts");
        there(robot, "#shortcuts", VBox.class);
        assertThat(robot.lookup((Label label) -> "Ctrl+Enter".equals(label.getText()))
                        .tryQuery())
                .isPresent();
    }

    @Test
    void whatFailsInTheWindowIsToldOnceWithAReport(FxRobot robot) throws Exception {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        window.features().support().crashes().watchAllThreads();
        try {
            for (int i = 0; i < 3; i++) {
                Platform.runLater(() -> {
                    throw new IllegalStateException("secret of mina@example.org");
                });
            }
            WaitForAsyncUtils.waitForFxEvents();
            robot.interact(there(robot, "#notice-crash", Button.class)::fire);
            TextArea text = there(robot, "#crash-text", TextArea.class);
            assertThat(text.getText())
                    .contains("java.lang.IllegalStateException", "HelpWindowIT")
                    .doesNotContain("mina", "secret");
            robot.clickOn("#crash-copy");
            robot.interact(
                    () -> assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo(text.getText()));
            assertThat(window.features().support().crashes().kept()).hasSize(1);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
            WaitForAsyncUtils.clearExceptions();
        }
    }

    @Test
    void withoutReportsThatIsSaid(FxRobot robot) {
        choose(robot, "help-crashes");
        await().atMost(PATIENCE)
                .until(() -> robot.lookup((Label label) -> "No crash reports".equals(label.getText()))
                        .tryQuery()
                        .isPresent());
    }

    @Test
    void aReportThatLiesThereCanBeRead(FxRobot robot) {
        CrashReport report = window.features()
                .support()
                .crashes()
                .keep("main", new IllegalStateException("x"))
                .orElseThrow();
        choose(robot, "help-crashes");
        there(robot, "#crash-text", TextArea.class);
        assertThat(text(robot, "#crash-code")).contains(report.code());
        assertThat(text(robot, "#crash-file")).isEqualTo(report.file().toString());
    }

    @Test
    void withoutAnAddressNothingCanBeAsked(FxRobot robot) {
        choose(robot, "help-updates");
        await().atMost(PATIENCE).until(() -> text(robot, "#update-address").startsWith("No address is set"));
        assertThat(robot.lookup("#update-ask").queryAs(Button.class).isDisabled())
                .isTrue();
    }

    @Test
    void aNewerVersionIsToldAndItsPageOpens(FxRobot robot) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"version\":\"9.1.0\",\"page\":\"https://example.org/new\",\"notes\":\"Faster\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            window.features().stores().settings().put(UpdateCheck.ADDRESS, address);
            choose(robot, "help-updates");
            await().atMost(PATIENCE)
                    .until(() -> !there(robot, "#update-ask", Button.class).isDisabled());
            robot.clickOn("#update-ask");
            await().atMost(PATIENCE).until(() -> text(robot, "#update-answer").equals("Mailroom 9.1.0 is there."));
            robot.clickOn("#update-page");
            await().atMost(PATIENCE)
                    .until(() -> window.workspace().opened().contains(URI.create("https://example.org/new")));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whereItIsSwitchedOnANewerVersionIsToldAsTheWindowOpens(FxRobot robot) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] body = "{\"version\":\"9.1.0\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            SettingsStore settings = window.features().stores().settings();
            settings.put(
                    UpdateCheck.ADDRESS,
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/");
            settings.put(UpdateCheck.DAILY, "true");
            window.hide();
            window.show();
            robot.interact(there(robot, "#notice-offer", Button.class)::fire);
            there(robot, "#update-ask", Button.class);
            assertThat(asked).hasValue(1);
            assertThat(settings.get(UpdateCheck.ASKED)).isPresent();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aFileThatTheProgramIsGivenIsImported(FxRobot robot) throws Exception {
        Path list = Files.writeString(folder.resolve("guests.csv"), "email,name\na@example.org,Ann\n");
        window.features().support().calls().call(Optional.of(list));
        await().atMost(PATIENCE)
                .until(() -> robot.lookup((Label label) -> "guests.csv".equals(label.getText()))
                        .tryQuery()
                        .isPresent());
    }

    @Test
    void aFileOfAnotherKindIsToldToBeNone(FxRobot robot) throws Exception {
        Path picture = Files.writeString(folder.resolve("cat.png"), "no picture");
        window.features().support().calls().call(Optional.of(picture));
        await().atMost(PATIENCE)
                .until(() -> robot.lookup((Labeled label) -> String.valueOf(label.getText())
                                        .contains("“cat.png” is no file that Mailroom opens"))
                                .tryQuery()
                                .isPresent()
                        || robot.lookup("#notices .notification").tryQuery().isPresent());
    }
}
