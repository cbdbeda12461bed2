package app.mailroom.ui.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.recipients.WholeFile;
import app.mailroom.results.ResultTable;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.ResultFiles.Kind;
import atlantafx.base.controls.Notification;
import atlantafx.base.theme.PrimerLight;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** A card in a window of its own, over a real workspace. */
class ResultCardWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final ResultTable TABLE = new ResultTable(
            "Domains",
            List.of("Domain", "Delivered", "Rate"),
            List.of(List.of("gmail.com", 1_234L, 0.5), List.of("=1+1", 3L, "")));

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private WindowedWorkspace workspace;

    @SuppressWarnings("NullAway.Init")
    private Background background;

    @SuppressWarnings("NullAway.Init")
    private Notices notices;

    @SuppressWarnings("NullAway.Init")
    private ResultCard card;

    @SuppressWarnings("NullAway.Init")
    private ResultFiles files;

    @SuppressWarnings("NullAway.Init")
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        FxToolkit.registerPrimaryStage();
        workspace = new WindowedWorkspace(folder.resolve("workspace"));
        Texts texts = Texts.in(Locale.ENGLISH);
        robot.interact(() -> {
            notices = new Notices(texts);
            background = new Background("card", 1, notices::failed);
            ScreenContext context = new ScreenContext(
                    workspace.features(), texts, background, background, notices, Runnable::run, place -> {});
            card = new ResultCard(context, "By domain", "Of accepted", new Label("content"), () -> TABLE);
            files = new ResultFiles(context);
            stage = new Stage();
            Scene scene = new Scene(new StackPane(new VBox(card.node()), notices.node()), 600, 300);
            scene.getStylesheets()
                    .setAll(
                            new PrimerLight().getUserAgentStylesheet(),
                            String.valueOf(Texts.class.getResource("/app/mailroom/ui/mailroom.css")));
            stage.setScene(scene);
            stage.show();
        });
    }

    @AfterEach
    void close() {
        robot.interact(() -> stage.close());
        background.close();
        workspace.close();
    }

    @Test
    void aTableIsCopiedByKeysForSpreadsheetsAndForDocuments() {
        choose(2);

        assertThat(onFx(() -> Clipboard.getSystemClipboard().getString()))
                .isEqualTo("Domain\tDelivered\tRate\r\ngmail.com\t1234\t50%\r\n'=1+1\t3\t\r\n");
        assertThat(onFx(() -> Clipboard.getSystemClipboard().getHtml()))
                .contains("<td>gmail.com</td><td align=\"right\">1234</td><td align=\"right\">50%</td>")
                .contains("<td>'=1+1</td>");
        assertThat(robot.lookup("Copied.").tryQuery()).isPresent();
    }

    @Test
    void aPictureHasTitleAndHintAndTwicePixels() throws Exception {
        WritableImage picture = onFx(() -> card.picture());
        Parent face = onFx(
                () -> (Parent) ((Parent) card.node()).getChildrenUnmodifiable().get(0));
        Path file = folder.resolve("card.png");

        WholeFile.write(file, stream -> {
            PngPicture.write(picture, stream);
            return Boolean.TRUE;
        });

        BufferedImage read = ImageIO.read(file.toFile());
        assertThat(read.getWidth())
                .isEqualTo((int) Math.ceil(face.getLayoutBounds().getWidth() * 2));
        assertThat(read.getHeight())
                .isEqualTo((int) Math.ceil(face.getLayoutBounds().getHeight() * 2));
        assertThat(colours(read, 0, read.getHeight() / 3)).isGreaterThan(1);
        assertThat(colours(read, read.getHeight() / 3, read.getHeight())).isGreaterThan(1);
    }

    @Test
    void aPictureIsCopied() {
        choose(0);

        assertThat(onFx(() -> Clipboard.getSystemClipboard().hasImage())).isTrue();
    }

    @Test
    void itsMenuSaysWhatItIsOf() {
        MenuButton menu = robot.lookup(".result-menu").query();

        assertThat(menu.isFocusTraversable()).isTrue();
        assertThat(menu.getAccessibleText()).isEqualTo("Copy or save “By domain”");
    }

    @Test
    void aSavedFileIsTold() {
        Path file = folder.resolve("words.csv");

        robot.interact(() -> files.write(
                card.node(), "Save", file, Kind.CSV, (path, kind, progress) -> Files.writeString(path, "written")));

        await().atMost(PATIENCE).until(() -> shown("Saved as words.csv."));
        assertThat(file).hasContent("written");
        assertThat(workspace.features().stores().settings().get("ui.results.folder"))
                .contains(folder.toString());
    }

    @Test
    void aFolderThatIsGoneIsNamed() {
        Path file = folder.resolve("gone").resolve("words.png");

        robot.interact(() -> files.write(
                card.node(),
                "Save",
                file,
                Kind.PNG,
                (path, kind, progress) -> WholeFile.write(path, stream -> Boolean.TRUE)));

        await().atMost(PATIENCE).until(() -> shown("is not there any more. Choose another one."));
        assertThat(file).doesNotExist();
    }

    @Test
    void namesOfFilesAreMadeSoThatAnySystemTakesThem() {
        assertThat(ResultFiles.fileName("Sale: 50% <now> / \"later\"")).isEqualTo("Sale_ 50% _now_ _ _later_");
        assertThat(ResultFiles.fileName("x".repeat(300))).hasSize(120);
        assertThat(ResultFiles.named(folder.resolve("report"), Kind.PDF)).isEqualTo(folder.resolve("report.pdf"));
        assertThat(ResultFiles.named(folder.resolve("report.PDF"), Kind.PDF)).isEqualTo(folder.resolve("report.PDF"));
    }

    /** Opens the menu by the space bar, and chooses the item with that number. */
    private void choose(int item) {
        robot.interact(() -> robot.lookup(".result-menu").query().requestFocus());
        robot.type(KeyCode.SPACE);
        WaitForAsyncUtils.waitForFxEvents();
        robot.type(KeyCode.DOWN, item + 1);
        robot.type(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private boolean shown(String words) {
        return onFx(() -> ((Parent) notices.node())
                .getChildrenUnmodifiable().stream()
                        .anyMatch(node -> node instanceof Notification notice
                                && notice.getMessage().contains(words)));
    }

    private <T> T onFx(Callable<T> question) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, question);
    }

    private static long colours(BufferedImage picture, int from, int until) {
        return IntStream.range(from, until)
                .flatMap(y -> IntStream.range(0, picture.getWidth()).map(x -> picture.getRGB(x, y)))
                .distinct()
                .count();
    }
}
