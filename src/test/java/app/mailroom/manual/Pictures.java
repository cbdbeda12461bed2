package app.mailroom.manual;

import static org.awaitility.Awaitility.await;

import app.mailroom.backup.BackupFolder;
import app.mailroom.backup.Restoring;
import app.mailroom.evidence.Ground;
import app.mailroom.model.Actor;
import app.mailroom.model.FileDamage;
import app.mailroom.model.MessageState;
import app.mailroom.model.Template;
import app.mailroom.store.Database;
import app.mailroom.store.DatabaseFile;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.rescue.Rescue;
import app.mailroom.ui.shell.MainWindow;
import app.mailroom.ui.shell.RescueWindow;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.awaitility.core.ConditionTimeoutException;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Takes the pictures of the manual, in both languages, of the real window over a workspace in which mailings are really sent in
 * practice. Needs no display. Run it with {@code ./mvnw -Pmanual verify} after a change of a screen, look at the pictures, and
 * commit them.
 */
public final class Pictures {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What blinks or counts is never still; it is taken as it is then. */
    private static final Duration STILL = Duration.ofSeconds(6);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** So many have arrived when a mailing is shown while it is sent. */
    private static final long SOME = 330;

    private final FxRobot robot = new FxRobot();
    private final Shop shop;
    private final Texts texts;
    private final Path folder;
    private final Predicate<String> wanted;
    private final AtomicBoolean closed = new AtomicBoolean(true);

    private Pictures(Shop shop, Path folder, Predicate<String> wanted) {
        this.shop = shop;
        this.texts = Texts.in(shop.language());
        this.folder = folder;
        this.wanted = wanted;
    }

    /**
     * Writes the pictures.
     *
     * @param args the folder of the pictures; then names of pictures, if not all are wanted, and {@code en} or {@code ko}, if not
     *     both are
     */
    public static void main(String[] args) throws Exception {
        // Nothing of the computer on which this runs is to be seen.
        System.setProperty("user.name", "mina");
        List<String> only = Arrays.stream(args)
                .skip(1)
                .flatMap(names -> Stream.of(names.split(",")))
                .filter(name -> !name.isBlank())
                .toList();
        List<String> names = only.stream().filter(name -> name.length() > 2).toList();
        // What is looked for and not there yet is no failure.
        WaitForAsyncUtils.printException = false;
        WaitForAsyncUtils.autoCheckException = false;
        FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
        // What the program left running keeps nothing waiting.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            System.exit(1);
        });
        for (Shop shop : List.of(Shop.english(), Shop.korean())) {
            String language = shop.language().getLanguage();
            if (only.contains("en") != only.contains("ko") && !only.contains(language)) {
                continue;
            }
            TimeZone.setDefault(TimeZone.getTimeZone(shop.zone()));
            Locale.setDefault(shop.isKorean() ? Locale.KOREA : Locale.UK);
            Path folder = Files.createDirectories(Path.of(args[0]).resolve(language));
            new Pictures(shop, folder, name -> names.isEmpty() || names.contains(name)).takeAll();
        }
        System.exit(0);
    }

    private void takeAll() throws Exception {
        Path scratch = Files.createTempDirectory("mailroom");
        try {
            try (ShopWorkspace workspace = ShopWorkspace.open(shop, scratch)) {
                open(workspace);
                start();
                close();
                workspace.fill();
                forAny(
                        () -> workspace.sendEarlierOnes(
                                Stream.of("messages", "results-mailing").anyMatch(wanted)),
                        "messages",
                        "results-mailing",
                        "results",
                        "sending",
                        "mailings",
                        "approval");
                workspace.letPeopleIn();
                workspace.schedule();
                workspace.sendWithoutAnswers();
                open(workspace);
                forAny(this::templates, "template-new", "template-editor", "template-checks", "template-versions");
                forAny(this::lists, "list-import", "list-sheet");
                forAny(this::planning, "plan-time", "plan-check");
                forAny(this::uncertain, "uncertain");
                forAny(this::results, "messages", "results-mailing", "results");
                forAny(this::settings, "settings");
                forAny(this::people, "people");
                forAny(() -> approval(workspace), "approval");
                forAny(() -> sending(workspace), "sending", "mailings");
                forAny(this::lock, "lock");
                close();
            }
            rescue(scratch);
        } finally {
            Ground.delete(scratch);
        }
    }

    private interface Step {
        void go() throws Exception;
    }

    private void forAny(Step step, String... pictures) throws Exception {
        if (Stream.of(pictures).anyMatch(wanted)) {
            System.out.println(String.join(", ", pictures) + "…");
            step.go();
        }
    }

    private void start() {
        page(1);
        until(() -> there("#new-mailing"));
        take("start");
    }

    private void templates() {
        page(2);
        until(() -> table("#templates").getItems().size() == 4);
        fire("#new-template");
        until(() -> there("#starting-points"));
        until(() -> !list("#starting-points").getItems().isEmpty());
        robot.interact(() -> list("#starting-points").getSelectionModel().select(2));
        take("template-new");
        closeDialog();
        openTemplate(shop.names().newsletter());
        tab("editor.variables");
        take("template-editor");
        fire("#template-back");
        until(() -> there("#templates"));
        openTemplate(shop.names().announcement());
        tab("editor.checks");
        until(() -> list("#checks").getItems().size() > 1);
        robot.interact(() -> list("#checks").getSelectionModel().select(0));
        take("template-checks");
        fire("#template-back");
        until(() -> there("#templates"));
        openTemplate(shop.names().invitation());
        tab("editor.versions");
        until(() -> list("#versions").getItems().size() >= 3);
        robot.interact(() -> list("#versions").getSelectionModel().select(1));
        take("template-versions");
        fire("#template-back");
        until(() -> there("#templates"));
    }

    private void lists() {
        page(3);
        until(() -> !robot.lookup(".table-row-cell").queryAll().isEmpty());
        StringBuilder cells = new StringBuilder("Email\tName\t" + shop.names().townColumn() + "\tSeats\n");
        for (int i = 200; i < 228; i++) {
            cells.append(String.join(
                    "\t",
                    shop.address(i),
                    shop.name(i),
                    shop.towns().get(i % shop.towns().size()),
                    (1 + i % 3) + "\n"));
        }
        robot.interact(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(cells.toString());
            Clipboard.getSystemClipboard().setContent(content);
        });
        robot.push(KeyCode.SHORTCUT, KeyCode.V);
        until(() -> there("#import-run"));
        until(() -> !robot.lookup("#import-run").queryButton().isDisabled());
        robot.interact(() -> robot.lookup("#import-name")
                .queryTextInputControl()
                .setText(shop.isKorean() ? "박람회 방문객" : "Visitors of the fair"));
        take("list-import");
        closeDialog();
        openRow(shop.names().guests(), "#sheet");
        until(() -> there("#mark-invalid"));
        take("list-sheet");
        fire("#sheet-back");
        until(() -> !there("#sheet"));
    }

    private void planning() {
        page(1);
        fire("#new-mailing");
        until(() -> !robot.lookup("#form-template")
                .queryAs(ComboBox.class)
                .getItems()
                .isEmpty());
        robot.interact(() -> {
            text("#form-title", shop.isKorean() ? "5월 소식지" : "May newsletter");
            choose("#form-template", shop.names().newsletter());
        });
        fire("#step-recipients");
        until(() ->
                !robot.lookup("#form-list").queryAs(ComboBox.class).getItems().isEmpty());
        robot.interact(() -> choose("#form-list", shop.names().customers()));
        fire("#step-sender");
        robot.interact(() -> text("#form-from-name", shop.sender()));
        robot.interact(() -> sender("news@example.com"));
        fire("#step-time");
        fire("#form-later");
        until(() -> there("#form-time"));
        robot.interact(() -> {
            ((javafx.scene.control.DatePicker) robot.lookup("#form-date").query()).setValue(LocalDate.of(2026, 4, 30));
            text("#form-time", "09:30");
        });
        fire("#form-hours");
        take("plan-time");
        fire("#form-hours");
        fire("#step-check");
        until(() -> robot.lookup("#form-plan").queryButton().isVisible());
        until(() -> label("#sample-whose").contains("@"));
        take("plan-check");
        fire("#step-content");
        robot.push(KeyCode.ESCAPE);
        until(() -> there("#mailing-search"));
    }

    private void uncertain() {
        openMailing(shop.names().later());
        until(() -> there("#decide-uncertain"));
        robot.clickOn("#tab-MESSAGES");
        fire("#decide-uncertain");
        until(() -> !table("#messages").getItems().isEmpty());
        robot.interact(() -> table("#messages").getSelectionModel().select(0));
        until(() -> there("#uncertain-card"));
        scroll("#message-pane", 0.5);
        take("uncertain");
        back();
    }

    private void results() {
        String title = shop.names().mailings().get(3);
        openMailing(title);
        robot.clickOn("#tab-MESSAGES");
        until(() -> !table("#messages").getItems().isEmpty());
        fire("#tile-" + MessageState.BOUNCED);
        until(() -> table("#messages").getItems().size() < 100);
        robot.interact(() -> table("#messages").getSelectionModel().select(0));
        take("messages");
        robot.clickOn("#tab-RESULTS");
        until(() -> robot.lookup("#mailing-results").query().isVisible());
        take("results-mailing");
        back();
        page(4);
        fire("#period-ALL");
        until(() -> table("#results").getItems().size() >= 4);
        take("results");
    }

    private void sending(ShopWorkspace workspace) throws Exception {
        long plan = workspace.send();
        openMailing(shop.names().sending());
        robot.clickOn("#tab-MESSAGES");
        await().atMost(PATIENCE)
                .until(() -> workspace.stores().plans().totals(plan).in(MessageState.DELIVERED) > SOME);
        robot.interact(() -> table("#messages").getSelectionModel().clearSelection());
        take("sending");
        back();
        page(1);
        take("mailings");
        workspace.set("practice.rate", "400");
    }

    private void approval(ShopWorkspace workspace) throws Exception {
        workspace.planForApproval();
        page(4);
        page(1);
        openMailing(shop.names().unapproved());
        until(() -> robot.lookup("#approval-review").query().isVisible());
        fire("#approval-review");
        until(() -> !robot.lookup("#review-approve").queryButton().isDisabled());
        take("approval");
        closeDialog();
        workspace.features().account().people().settings().approval(false);
        back();
    }

    private void settings() {
        page(6);
        take("settings");
    }

    private void people() {
        page(6);
        fire("#open-people");
        until(() -> table("#people").getItems().size() == 4);
        take("people");
        robot.push(KeyCode.ESCAPE);
    }

    private void lock() {
        page(1);
        robot.push(KeyCode.CONTROL, KeyCode.L);
        until(() -> there("#lock-screen"));
        take("lock");
    }

    private void rescue(Path workspace) throws Exception {
        if (!wanted.test("rescue")) {
            return;
        }
        Path database = workspace.resolve("mailroom.sqlite");
        BackupFolder copies = new BackupFolder(database, workspace.resolve("backups"));
        Ground.delete(copies.folder());
        Files.createDirectories(copies.folder());
        for (String day : List.of("2026-03-30", "2026-03-31", "2026-04-01")) {
            Path copy = copies.folder().resolve("mailroom-" + day + ".sqlite");
            Files.copy(database, copy);
            Files.setLastModifiedTime(
                    copy, FileTime.from(LocalDate.parse(day).atTime(9, 12).toInstant(ZoneOffset.UTC)));
        }
        try (RandomAccessFile bytes = new RandomAccessFile(database.toFile(), "rw")) {
            bytes.write(new byte[100]);
        }
        FileDamage damage =
                new DatabaseFile(database, Database.Schema.WORKSPACE).look().orElseThrow();
        RunningClock clock = new RunningClock(Instant.parse("2026-04-02T09:00:00Z"), ZoneId.of(shop.zone()));
        robot.interact(RescueWindow.prepare(
                new Rescue(damage, copies, new Restoring(copies, clock), Actor.local("mina")), restored -> {}));
        until(() -> list("#rescue-copies").getItems().size() == 3);
        // The folder of whoever takes the pictures is nobody's business.
        robot.interact(() -> robot.lookup("#rescue-file").queryAs(Label.class).setText("…/Mailroom/mailroom.sqlite"));
        take("rescue");
        robot.interact(() -> robot.lookup("#rescue-quit").queryButton().fire());
    }

    // Steps.

    private void open(ShopWorkspace workspace) {
        closed.set(false);
        robot.interact(MainWindow.prepare(workspace.features(), () -> closed.set(true)));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void close() {
        robot.interact(() -> List.copyOf(Window.getWindows()).forEach(window -> {
            if (window instanceof Stage stage
                    && String.valueOf(stage.getTitle()).endsWith("Mailroom")) {
                stage.close();
            }
        }));
        await().atMost(PATIENCE).untilTrue(closed);
    }

    private void closeDialog() {
        robot.interact(() -> front().hide());
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void page(int digit) {
        robot.push(KeyCode.CONTROL, KeyCode.valueOf("DIGIT" + digit));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void back() {
        robot.push(KeyCode.ESCAPE);
        until(() -> !there("#mailing-title"));
    }

    private void openMailing(String title) {
        page(4);
        page(1);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            robot.interact(() -> {
                TableView<?> mailings = table("#mailings");
                mailings.getItems().stream()
                        .filter(row -> row.toString().contains(title))
                        .findFirst()
                        .ifPresent(row -> select(mailings, row));
                mailings.requestFocus();
            });
            robot.push(KeyCode.ENTER);
            return there("#mailing-title");
        });
        until(() -> there("#mailing-title") && label("#mailing-title").equals(title));
    }

    /** Opens the row of a table in which this stands; a table that is just read anew takes the click away, so again if need be. */
    private void openRow(String words, String opened) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            if (!there(opened)) {
                Node cell = robot.lookup(".table-row-cell .label")
                        .match(node -> node instanceof Label label && words.equals(label.getText()))
                        .query();
                robot.doubleClickOn(cell);
                WaitForAsyncUtils.waitForFxEvents();
            }
            return there(opened);
        });
    }

    private void openTemplate(String name) {
        until(() -> {
            if (there("#templates")) {
                robot.interact(() -> table("#templates").getItems().stream()
                        .map(Template.class::cast)
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .ifPresent(one -> select(table("#templates"), one)));
                robot.interact(() -> table("#templates").requestFocus());
                robot.push(KeyCode.ENTER);
            }
            return there("#template-title");
        });
        until(() -> label("#template-standing").equals(texts.get("editor.standing.saved", texts.number(newest(name)))));
        // The visual editor takes a moment to show what it was given.
        steady(name);
    }

    private int newest(String name) {
        return name.equals(shop.names().invitation()) ? 3 : 1;
    }

    private static void select(TableView<?> table, Object item) {
        table.getSelectionModel().clearSelection();
        table.getSelectionModel().select(table.getItems().indexOf(item));
    }

    private void tab(String key) {
        Node tab = robot.lookup(".tab-label").<Node>queryAll().stream()
                .filter(node -> node instanceof Label label && texts.get(key).equals(label.getText()))
                .findFirst()
                .orElseThrow();
        robot.clickOn(tab);
    }

    private void fire(String id) {
        until(() -> there(id));
        Platform.runLater(() -> ((ButtonBase) robot.lookup(id).query()).fire());
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Scrolls what is in this node, or around it. */
    private void scroll(String id, double part) {
        steady(id);
        robot.interact(() -> {
            Node node = robot.lookup(id).query();
            Node inside = node.lookup(".scroll-pane");
            if (inside instanceof ScrollPane pane) {
                pane.setVvalue(part);
            }
        });
    }

    private void text(String id, String words) {
        robot.lookup(id).queryTextInputControl().setText(words);
    }

    private void sender(String address) {
        Node box = robot.lookup("#form-from-address").query();
        if (box instanceof ComboBox<?> choice) {
            choice.getEditor().setText(address);
        } else {
            text("#form-from-address", address);
        }
    }

    private void choose(String id, String words) {
        ComboBox<?> box = robot.lookup(id).queryAs(ComboBox.class);
        chooseIn(box, words);
    }

    private static <T> void chooseIn(ComboBox<T> box, String words) {
        box.getItems().stream()
                .filter(item -> item.toString().contains(words)
                        || (box.getConverter() != null
                                && box.getConverter().toString(item).contains(words)))
                .findFirst()
                .ifPresent(box::setValue);
    }

    private boolean there(String id) {
        return robot.lookup(id).tryQuery().isPresent();
    }

    private TableView<?> table(String id) {
        return robot.lookup(id).queryTableView();
    }

    private ListView<?> list(String id) {
        return robot.lookup(id).queryListView();
    }

    private String label(String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> WaitForAsyncUtils.waitForAsyncFx(10_000, condition));
    }

    // The camera.

    /** Takes the window that is in front, once it does not change any more. */
    private void take(String name) {
        if (!wanted.test(name)) {
            return;
        }
        robot.moveTo(1, 1);
        steady(name);
        Path file = folder.resolve(name + ".png");
        try {
            int[] pixels = pixels();
            SmallPng.write(pixels, (int) front().getScene().getWidth(), file);
            System.out.println(file + " " + Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the window in front does not change any more. */
    private void steady(String name) {
        AtomicReference<int[]> last = new AtomicReference<>(new int[0]);
        try {
            await().atMost(STILL).pollInterval(BETWEEN_LOOKS).until(() -> {
                int[] now = pixels();
                return Arrays.equals(last.getAndSet(now), now);
            });
        } catch (ConditionTimeoutException moving) {
            System.out.println(name + " does not stand still");
        }
    }

    private int[] pixels() {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            WritableImage image = front().getScene().snapshot(null);
            int width = (int) image.getWidth();
            int height = (int) image.getHeight();
            int[] pixels = new int[width * height];
            image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
            return pixels;
        });
    }

    /** The window that was opened last. */
    private static Window front() {
        List<Window> open = Window.getWindows().stream()
                .filter(window -> window instanceof Stage && window.isShowing() && window.getScene() != null)
                .collect(Collectors.toList());
        return open.get(open.size() - 1);
    }
}
