package app.mailroom.ui.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.model.SendResult;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.store.TemplateStore;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The gallery, versions, comparisons, test mails and files of templates over a real workspace. */
class TemplateDialogsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private final List<Place> visited = new CopyOnWriteArrayList<>();
    private WindowedWorkspace real;
    private TemplateStore store;
    private ScreenContext context;
    private Stage owner;
    private StackPane pane;

    @BeforeEach
    void open() throws Exception {
        owner = FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
        real = new WindowedWorkspace(folder.resolve("workspace"));
        store = real.features().stores().templates();
        Texts texts = Texts.in(Locale.ENGLISH);
        Notices notices = WaitForAsyncUtils.waitForAsyncFx(5_000, () -> new Notices(texts));
        Background background = new Background("window-work", 3, notices::failed);
        context =
                new ScreenContext(real.features(), texts, background, background, notices, Runnable::run, visited::add);
        pane = new StackPane();
        robot.interact(() -> {
            owner.setScene(new Scene(new StackPane(pane, notices.node()), 480, 600));
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
    void aNewTemplateBeginsWithAStartingPointAndIsOpened() {
        store.create("Taken", new TemplateContent("", "", ""), "test");
        robot.interact(() -> new GalleryDialog(context, pane).open());
        until(() -> !name().getText().isBlank());
        robot.interact(() -> points().getSelectionModel().selectLast());
        assertThat(name().getText()).isEqualTo("Empty page");
        robot.interact(() -> name().setText("Taken"));
        robot.clickOn("#starting-create");
        until(() -> robot.lookup(".finding-blocks").queryLabeled().isVisible());
        assertThat(name().getText()).isEqualTo("Taken");
        robot.interact(() -> {
            name().setText("Fresh");
            points().requestFocus();
        });
        robot.push(KeyCode.ENTER);
        until(() -> !visited.isEmpty());
        Template made = store.findByName("Fresh").orElseThrow();
        assertThat(visited).containsExactly(new Place.Template(made.id()));
        assertThat(made.newest().html()).contains("<html lang=\"en\">");
    }

    @Test
    void everyStartingPointCanBeLookedAtInBothLanguages() throws Exception {
        for (StartingPoint point : StartingPoint.all()) {
            for (Locale language : List.of(Locale.ENGLISH, Locale.KOREAN)) {
                assertThat(Sample.of(point.content(language), Map.of()).mail().html())
                        .as("%s %s", point, language)
                        .contains("<body");
            }
        }
    }

    @Test
    void anEarlierVersionIsComparedAndComesBackAsAnUnsavedChange() {
        long id = store.create("Letter", new TemplateContent("One", "", "<p>a</p>\n<p>b</p>"), "Dana");
        store.save(id, new TemplateContent("Two", "", "<p>a</p>\n<p>c</p>"), "Kim");
        List<TemplateContent> states = new ArrayList<>(List.of(new TemplateContent("Two", "", "<p>a</p>\n<p>c</p>")));
        robot.interact(() -> {
            VersionsPane made = new VersionsPane(context, id, () -> states.get(states.size() - 1), states::add);
            pane.getChildren().setAll(made.node());
            made.reload();
        });
        until(() -> list("#versions").getItems().size() == 2);
        robot.interact(() -> list("#versions").getSelectionModel().selectLast());
        robot.clickOn("#version-compare");
        robot.clickOn("#version-compare-now");
        until(() -> label("#compare-count").getText().equals("2 changes"));
        until(() -> list("#compare-lines").getItems().size() == 3);
        robot.interact(() -> ((Stage) list("#compare-lines").getScene().getWindow()).close());

        robot.clickOn("#version-restore");
        until(() -> states.size() == 2 && states.get(1).subject().equals("One"));
        until(() -> robot.lookup(".finding-says").queryLabeled().isVisible());
        assertThat(store.versions(id)).hasSize(2);
    }

    @Test
    void aTestMailInPracticeIsAcceptedAndCanBeLookedAt() {
        TemplateContent content = new TemplateContent(
                "Hello {{name}}", "", "<p>{{name}}</p><a href=\"{{link}}\">on</a><a href=\"{{unsubscribe}}\">off</a>");
        TestSendViewModel model = new TestSendViewModel(context, content, Optional.empty());
        robot.interact(() -> {
            model.to.set("dana@example.com, nobody");
            model.fromAddress.set("news@example.com");
            model.send();
        });
        assertThat(model.troubles).hasSize(1).allMatch(TestSendViewModel.Trouble.BadAddress.class::isInstance);
        assertThat(model.to.get()).isEqualTo("dana@example.com, nobody");
        robot.interact(() -> {
            model.to.set("dana@example.com\nkim@example.com DANA@example.com");
            model.send();
        });
        until(() -> model.sent.size() == 2);
        assertThat(model.sent)
                .allMatch(sent -> sent.result() instanceof SendResult.Accepted)
                .allMatch(sent -> sent.eml().contains("Hello name"));
        assertThat(real.features().stores().settings().get(TestSendViewModel.REMEMBERED))
                .contains("dana@example.com, kim@example.com");
    }

    @Test
    void theDialogOfATestMailShowsWhatBecameOfIt() {
        robot.interact(() -> TestSendDialog.show(
                pane,
                context,
                new TemplateContent("Hello", "", "<p>{{name}}</p>"),
                Optional.of(new SampleRow("mina@example.com", Map.of("name", "Mina")))));
        until(() -> robot.lookup("#test-to").tryQuery().isPresent());
        robot.interact(() -> {
            robot.lookup("#test-to").queryAs(TextArea.class).setText("dana@example.com");
            robot.lookup("#test-from").queryComboBox().getEditor().setText("news@example.com");
        });
        robot.clickOn("#test-send");
        until(() -> robot.lookup("#test-look").tryQuery().isPresent());
        robot.clickOn("#test-look");
        until(() -> Window.getWindows().stream()
                .anyMatch(window -> window instanceof Stage stage && "Hello".equals(stage.getTitle())));
    }

    @Test
    void filesBecomeTemplatesWithFreeNamesAndComeOutAgain() throws Exception {
        Path file = folder.resolve("Offer.html");
        Files.writeString(file, "<html><body><p>Offer</p><img src=\"logo.png\" alt=\"\"></body></html>");
        store.create("Offer", new TemplateContent("", "", ""), "test");
        TemplatesViewModel model = new TemplatesViewModel(context);
        List<TemplatesViewModel.Imported> results = new ArrayList<>();
        robot.interact(() -> model.importFiles(List.of(file, folder.resolve("missing.zip")), results::add));
        until(() -> results.size() == 1);
        TemplatesViewModel.Imported imported = results.get(0);
        assertThat(imported.refused()).hasSize(1);
        Template made = store.find(imported.templates().get(0)).orElseThrow();
        assertThat(made.name()).isEqualTo("Offer (2)");
        assertThat(made.newest().html()).isEqualTo(Files.readString(file));
        assertThat(imported.missing()).containsEntry("Offer (2)", List.of("logo.png"));

        Path exported = folder.resolve("out.html");
        Path archive = folder.resolve("out.zip");
        AtomicInteger done = new AtomicInteger();
        robot.interact(() -> {
            model.exportHtml(made, exported, done::incrementAndGet);
            model.exportZip(made, archive, done::incrementAndGet);
        });
        until(() -> done.get() == 2);
        assertThat(exported).content().contains("<p>Offer</p>");
        assertThat(archive).isNotEmptyFile();
    }

    private TextField name() {
        return robot.lookup("#starting-name").queryAs(TextField.class);
    }

    private ListView<?> points() {
        return list("#starting-points");
    }

    private ListView<?> list(String id) {
        Node node = robot.lookup(id).query();
        return (ListView<?>) node;
    }

    private Label label(String id) {
        return robot.lookup(id).queryAs(Label.class);
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> WaitForAsyncUtils.waitForAsyncFx(5_000, condition));
    }
}
