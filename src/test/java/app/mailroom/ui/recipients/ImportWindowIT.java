package app.mailroom.ui.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import app.mailroom.model.SheetEdit;
import app.mailroom.recipients.ColumnTarget;
import app.mailroom.recipients.ImportTarget;
import app.mailroom.recipients.Progress;
import app.mailroom.recipients.RecipientFile;
import app.mailroom.recipients.RecipientSource;
import app.mailroom.store.RecipientStore;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.LaidOut;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The import window over a real workspace. */
class ImportWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private final AtomicLong done = new AtomicLong();
    private final StackPane pane = new StackPane();
    private WindowedWorkspace real;
    private ScreenContext context;

    @BeforeEach
    void open() throws Exception {
        Stage owner = FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
        real = new WindowedWorkspace(folder.resolve("workspace"));
        Texts texts = Texts.in(Locale.ENGLISH);
        Notices notices = onFx(() -> new Notices(texts));
        Background background = new Background("window-work", 3, notices::failed);
        context = new ScreenContext(real.features(), texts, background, background, notices, work -> {}, place -> {});
        robot.interact(() -> {
            pane.getChildren().setAll(notices.node());
            owner.setScene(new Scene(pane, 600, 400));
            owner.show();
        });
    }

    @AfterEach
    void close() {
        robot.interact(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
        context.background().close();
        real.close();
    }

    @Test
    void aFileIsUnderstoodAndBecomesAList() throws Exception {
        Path file = folder.resolve("guests.csv");
        String rows = "이메일;이름\nmina@example.com;미나\nnobody;없음\nMINA@example.com;또 미나\njun@example.com;준\n";
        Files.write(file, rows.getBytes(Charset.forName("x-windows-949")));

        show(Optional.of(new RecipientSource.OfFile(file)), Optional.empty());
        untilReady();
        robot.clickOn("#import-run");
        await().atMost(PATIENCE).until(() -> done.get() != 0);

        RecipientList list = store().find(done.get()).orElseThrow();
        assertThat(list.name()).isEqualTo("guests");
        assertThat(list.rowCount()).isEqualTo(2);
        assertThat(store().problems(list.id(), 0, 10))
                .extracting(ImportProblem::reason)
                .containsExactlyInAnyOrder("NO_AT", "DUPLICATE");
        assertThat(store().rows(list.id(), 0L, 10).get(0).values()).contains("미나");
        assertThat(robot.lookup("#import-reasons").tryQuery()).isPresent();
        robot.clickOn("#import-close");
        assertThat(robot.lookup("#import-reasons").tryQuery()).isEmpty();
    }

    @Test
    void aColumnGoesWhereThePersonSaysAndRowsAreUpdated() throws Exception {
        long listId = list("email,name,city\nmina@example.com,Mina,Seoul\njun@example.com,Jun,Busan\n");
        Path file = folder.resolve("changes.xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "Test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Changes");
            write(sheet, 0, "E-Mail", "Wohnort", "Notes");
            write(sheet, 1, "MINA@example.com", "Jeju", "x");
            write(sheet, 2, "new@example.com", "Daegu", "y");
        }

        show(Optional.of(new RecipientSource.OfFile(file)), Optional.of(listId));
        untilReady();
        await().atMost(PATIENCE)
                .until(() -> onFx(() -> robot.lookup("#import-into-existing")
                        .queryAs(RadioButton.class)
                        .isSelected()));
        RecipientColumn city = store().columns(listId).get(2);
        ColumnTarget toCity = new ColumnTarget.Existing(city.slot());
        await().atMost(PATIENCE).until(() -> onFx(() -> targets(1).getItems().contains(toCity)));
        robot.interact(() -> {
            targets(1).setValue(toCity);
            targets(2).setValue(new ColumnTarget.LeftOut());
            modes().setValue(ImportTarget.Mode.UPDATE);
        });
        // Updating has choices of its own, which moves the button.
        LaidOut.await(targets(1).getScene());
        untilReady();
        robot.clickOn("#import-run");
        await().atMost(PATIENCE).until(() -> done.get() == listId);

        assertThat(store().rows(listId, 0L, 10))
                .extracting(RecipientRow::values)
                .containsExactly(
                        List.of("mina@example.com", "Mina", "Jeju"),
                        List.of("jun@example.com", "Jun", "Busan"),
                        List.of("new@example.com", "", "Daegu"));
        assertThat(real.features().stores().sheets().undoable(listId))
                .map(SheetEdit::kind)
                .contains(SheetEdit.Kind.IMPORTED);
    }

    @Test
    void whatWasBegunIsTakenBackWhenItIsCancelled() throws Exception {
        long listId = list("email,name\nmina@example.com,Mina\n");
        StringBuilder rows = new StringBuilder("email,name\n");
        for (int i = 0; i < 5_000; i++) {
            rows.append("user").append(i).append("@example.com,User\n");
        }
        Path file = Files.writeString(folder.resolve("many.csv"), rows);

        show(Optional.of(new RecipientSource.OfFile(file)), Optional.of(listId));
        untilReady();
        await().atMost(PATIENCE)
                .until(() -> onFx(() -> robot.lookup("#import-into-existing")
                        .queryAs(RadioButton.class)
                        .isSelected()));
        robot.interact(() -> {
            modes().setValue(ImportTarget.Mode.REPLACE);
            robot.lookup("#import-run").queryAs(Button.class).fire();
            robot.lookup("#import-cancel").queryAs(Button.class).fire();
        });
        untilReady();

        assertThat(done.get()).isZero();
        assertThat(store().rows(listId, 0L, 10))
                .extracting(RecipientRow::address)
                .containsExactly("mina@example.com");
        assertThat(store().find(listId)).map(RecipientList::rowCount).contains(1L);
    }

    @Test
    void copiedTextIsReadAndTheFirstLineMayBeARecipient() throws Exception {
        String text = "Kim\tkim@example.com\nLee\tlee@example.com";

        show(Optional.of(new RecipientSource.OfText(text)), Optional.empty());
        untilReady();

        assertThat(onFx(() -> robot.lookup("#import-preview")
                        .queryAs(TableView.class)
                        .getItems()
                        .size()))
                .isEqualTo(2);
        robot.clickOn("#import-run");
        await().atMost(PATIENCE).until(() -> done.get() != 0);
        assertThat(store().columns(done.get()))
                .extracting(RecipientColumn::name)
                .containsExactly("email", "Column 1");
    }

    @Test
    void aFileThatCannotBeReadSaysWhyInTheWindow() throws Exception {
        Path file = Files.write(folder.resolve("old.xls"), new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0});

        show(Optional.of(new RecipientSource.OfFile(file)), Optional.empty());

        await().atMost(PATIENCE)
                .until(() -> onFx(() -> robot.lookup("#import-problem")
                                .queryAs(Label.class)
                                .getText())
                        .contains(".xlsx"));
        assertThat(robot.lookup("#import-run").queryAs(Button.class).isDisabled())
                .isTrue();
    }

    private void show(Optional<RecipientSource> source, Optional<Long> list) {
        robot.interact(() -> ImportDialog.open(context, pane, source, list, done::set));
    }

    private void untilReady() {
        await().atMost(PATIENCE)
                .until(() -> onFx(
                        () -> !robot.lookup("#import-run").queryAs(Button.class).isDisabled()));
    }

    private long list(String csv) throws Exception {
        Path file = Files.writeString(folder.resolve("first.csv"), csv);
        RecipientFile read = RecipientFile.inspect(file, Optional.empty(), Optional.empty());
        return real.features()
                .lists()
                .imports()
                .run(read, "Guests", Progress.NONE)
                .listId();
    }

    private RecipientStore store() {
        return real.features().stores().recipients();
    }

    @SuppressWarnings("unchecked")
    private ComboBox<ColumnTarget> targets(int column) {
        return robot.lookup("#import-map-" + column).queryAs(ComboBox.class);
    }

    @SuppressWarnings("unchecked")
    private ComboBox<ImportTarget.Mode> modes() {
        return robot.lookup("#import-mode").queryAs(ComboBox.class);
    }

    private static void write(Worksheet sheet, int row, String... texts) {
        for (int i = 0; i < texts.length; i++) {
            sheet.value(row, i, texts[i]);
        }
    }

    private static <T> T onFx(Callable<T> asked) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, asked);
    }
}
