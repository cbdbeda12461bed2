package app.mailroom.ui.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.AuditEntry;
import app.mailroom.model.Role;
import app.mailroom.recipients.Progress;
import app.mailroom.store.AuditStore;
import app.mailroom.store.Database;
import app.mailroom.ui.OpenWindow;
import app.mailroom.ui.account.AuditViewModel.Period;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.ResultFiles.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The page of the record in the real window, before an owner. */
class AuditWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant LONG_AGO = Instant.parse("2020-02-02T12:00:00Z");

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private Path workspace;
    private OpenWindow real;

    @BeforeEach
    void open() throws Exception {
        workspace = folder.resolve("workspace");
        real = new OpenWindow(Seated.as(Role.OWNER, workspace), robot, PATIENCE);
        add(LONG_AGO, "sam@example.com", "MAILING_PLANNED", "mailing 7 “April”", "live, 1,200 messages");
        add(LONG_AGO, "edna@example.com", "TEMPLATE_CHANGED", "template 3 “Spring”", "version 4");
        add(LONG_AGO, "edna@example.com", "DID_SOMETHING_OLD", "thing", "");
        robot.clickOn("#nav-settings");
        robot.clickOn("#open-audit");
        until(() -> entries().stream().anyMatch(entry -> entry.subject().equals("thing")));
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void whatWasDoneIsToldInWordsAndAnOldCodeAsItIs() {
        choose("thing");
        until(() -> shown("DID_SOMETHING_OLD"));
        choose("mailing 7 “April”");
        until(() -> shown("Planned a mailing") && shown("Mailing 7 “April”") && shown("2020-02-02T12:00:00Z"));
        assertThat(on(() -> shown("Times are those of " + ZoneId.systemDefault().getId())))
                .isTrue();

        robot.interact(() -> robot.lookup("#audit").query().requestFocus());
        robot.press(KeyCode.SHORTCUT, KeyCode.C).release(KeyCode.C, KeyCode.SHORTCUT);

        until(() -> String.valueOf(Clipboard.getSystemClipboard().getString())
                .endsWith("\tsam@example.com\tPlanned a mailing\tMailing 7 “April”\tlive, 1,200 messages"));
    }

    @Test
    void theRecordIsSearchedByWhatStandsInItAndByTheWordsOfTheWindow() {
        robot.press(KeyCode.SHORTCUT, KeyCode.F).release(KeyCode.F, KeyCode.SHORTCUT);
        until(() -> robot.lookup("#audit-search").query().isFocused());
        type("changed a TEMPLATE");
        until(() -> subjects().equals(List.of("template 3 “Spring”")));
        until(() -> text("#audit-count").equals("1 entry"));
        type("april");
        until(() -> subjects().equals(List.of("mailing 7 “April”")));
        type("nobody did this");
        until(() -> entries().isEmpty() && shown("Nothing found"));

        robot.interact(() -> robot.lookup("#audit-all").queryAs(Button.class).fire());

        until(() -> subjects().contains("thing") && subjects().size() > 3);
        assertThat(on(() -> robot.lookup("#audit-search")
                        .queryAs(TextInputControl.class)
                        .getText()))
                .isEmpty();
    }

    @Test
    void theRecordIsNarrowedByPersonKindAndTime() {
        pick("#audit-who", "edna@example.com");
        until(() -> subjects().contains("thing") && !subjects().contains("mailing 7 “April”"));
        pick("#audit-what", "Templates");
        until(() -> subjects().equals(List.of("template 3 “Spring”")));
        pick("#audit-when", "Today");
        until(() -> entries().isEmpty());
        pick("#audit-when", "From … to …");
        LocalDate day = LocalDate.ofInstant(LONG_AGO, ZoneId.systemDefault());
        robot.interact(() -> {
            robot.lookup("#audit-from").queryAs(DatePicker.class).setValue(day);
            robot.lookup("#audit-until").queryAs(DatePicker.class).setValue(day);
        });
        until(() -> subjects().equals(List.of("template 3 “Spring”")));
        robot.interact(
                () -> robot.lookup("#audit-until").queryAs(DatePicker.class).setValue(day.minusDays(1)));
        until(() -> entries().isEmpty());
    }

    @Test
    void whatIsAddedComesIntoView() {
        add(Instant.now(), "sam@example.com", "LIST_MADE", "list 9 “New”", "");

        until(() -> subjects().get(0).equals("list 9 “New”"));
    }

    @Test
    void manyAreReadOnlyAsFarAsOneScrolls() {
        try (Database database =
                Database.open(workspace.resolve("mailroom.sqlite"), Database.Schema.WORKSPACE, Clock.systemUTC())) {
            AuditStore audit = new AuditStore(database, Clock.systemUTC());
            for (int i = 0; i < 450; i++) {
                audit.add("sam@example.com", "LIST_MADE", "heap " + i, "");
            }
        }
        robot.interact(() ->
                robot.lookup("#audit-search").queryAs(TextInputControl.class).setText("heap"));

        until(() -> text("#audit-count").equals("450 entries"));
        assertThat(on(() -> entries().size())).isLessThan(450);
        robot.interact(() -> table().scrollTo(entries().size() - 1));
        until(() -> entries().size() == 400);
        robot.interact(() -> table().scrollTo(entries().size() - 1));
        until(() -> entries().size() == 450);
    }

    @Test
    void whatIsShownIsWhatIsWritten() throws Exception {
        Path file = folder.resolve("record.csv");
        Texts texts = Texts.in(Locale.KOREAN);
        try (Background background = new Background("audit-test", 1, failure -> {})) {
            ScreenContext context = new ScreenContext(
                    real.features(), texts, background, background, new Notices(texts), Runnable::run, place -> {});
            AuditViewModel model = on(() -> {
                AuditViewModel made = new AuditViewModel(context, ZoneOffset.UTC);
                made.reload();
                made.period.set(Period.OWN);
                made.until.set(LocalDate.of(2020, 2, 2));
                made.group.set(AuditGroup.MAILINGS);
                return made;
            });
            until(() -> model.entries.rows().size() == 1);

            model.write(file, Kind.CSV, Progress.NONE);
        }

        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "\uFEFF\"시각(UTC)\",\"누가\",\"한 일\",\"코드\",\"대상\",\"내용\"",
                        "\"2020-02-02T12:00:00Z\",\"sam@example.com\",\"발송 계획\",\"MAILING_PLANNED\","
                                + "\"mailing 7 “April”\",\"live, 1,200 messages\"");
        until(() -> entries().get(0).action().equals("AUDIT_EXPORTED"));
        assertThat(on(() -> entries().get(0).actor())).isEqualTo("olga@example.com");
    }

    private void add(Instant at, String actor, String action, String subject, String detail) {
        Clock clock = Clock.fixed(at, ZoneOffset.UTC);
        try (Database database =
                Database.open(workspace.resolve("mailroom.sqlite"), Database.Schema.WORKSPACE, clock)) {
            new AuditStore(database, clock).add(actor, action, subject, detail);
        }
    }

    @SuppressWarnings("unchecked")
    private TableView<AuditEntry> table() {
        return robot.lookup("#audit").queryAs(TableView.class);
    }

    private List<AuditEntry> entries() {
        return table().getItems();
    }

    private List<String> subjects() {
        return entries().stream().map(AuditEntry::subject).toList();
    }

    private void choose(String subject) {
        robot.interact(
                () -> table().getSelectionModel().clearAndSelect(subjects().indexOf(subject)));
    }

    private void type(String words) {
        robot.interact(() ->
                robot.lookup("#audit-search").queryAs(TextInputControl.class).setText(words));
    }

    @SuppressWarnings("unchecked")
    private void pick(String box, String words) {
        robot.interact(() -> {
            ComboBox<Object> choices = robot.lookup(box).queryAs(ComboBox.class);
            Object wanted = choices.getItems().stream()
                    .filter(choice -> choices.getConverter().toString(choice).equals(words))
                    .findFirst()
                    .orElseThrow();
            choices.setValue(wanted);
        });
    }

    private String text(String label) {
        return robot.lookup(label).queryAs(Label.class).getText();
    }

    private boolean shown(String words) {
        return robot.lookup((Node node) -> node instanceof Label label
                        && label.getText() != null
                        && label.getText().contains(words))
                .tryQuery()
                .isPresent();
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(PATIENCE).until(() -> on(holds));
    }

    private static <T> T on(Callable<T> look) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, look);
    }
}
