package app.mailroom.ui.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateDraft;
import app.mailroom.model.TemplateImage;
import app.mailroom.model.TemplateVersion;
import app.mailroom.store.Database;
import app.mailroom.store.TemplateStore;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.templates.TemplateEditorViewModel.Body;
import app.mailroom.ui.templates.TemplateEditorViewModel.Standing;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** What is written and when it is kept, over a real workspace. */
class TemplateEditorViewModelIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final TemplateContent FIRST =
            new TemplateContent("Hello {{name}}", "For {{name|you}}", "<p>Dear {{name}}</p>\r\n");

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private final List<TemplateEditorViewModel> models = new ArrayList<>();
    private final ExecutorService keeper = Executors.newSingleThreadExecutor();
    private WindowedWorkspace real;
    private TemplateStore store;
    private ScreenContext context;
    private long id;

    @BeforeEach
    void open() throws Exception {
        FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
        real = new WindowedWorkspace(folder);
        store = real.features().stores().templates();
        Texts texts = Texts.in(Locale.ENGLISH);
        Notices notices = WaitForAsyncUtils.waitForAsyncFx(5_000, () -> new Notices(texts));
        Background background = new Background("window-work", 2, notices::failed);
        context = new ScreenContext(
                real.features(), texts, background, background, notices, keeper::execute, place -> {});
        id = store.create("Letter", FIRST, "Dana");
    }

    @AfterEach
    void close() {
        robot.interact(() -> models.forEach(TemplateEditorViewModel::left));
        context.background().close();
        keeper.shutdown();
        real.close();
    }

    @Test
    void whatIsTypedIsInTheFileWithoutSavingOrClosing() {
        Writing writing = new Writing();
        writing.body("<p>Dear {{name}}, written and not saved</p>");
        writing.until(Standing.KEPT);
        // As after a crash: the file is opened again while nothing of the first program was closed.
        try (Database again =
                Database.open(folder.resolve("mailroom.sqlite"), Database.Schema.WORKSPACE, Clock.systemUTC())) {
            TemplateDraft draft =
                    new TemplateStore(again, Clock.systemUTC()).draft(id).orElseThrow();
            assertThat(draft.content().html()).isEqualTo("<p>Dear {{name}}, written and not saved</p>");
            assertThat(draft.content().subject()).isEqualTo(FIRST.subject());
        }
        assertThat(store.versions(id)).hasSize(1);
    }

    @Test
    void typingOnAndOnDoesNotPutKeepingOff() {
        Writing writing = new Writing();
        StringBuilder typed = new StringBuilder("<p>");
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            writing.body(typed.append('x').toString());
            return store.draft(id).isPresent();
        });
    }

    @Test
    void aDraftIsRestoredAndCanBeDiscardedAndHadBack() {
        TemplateContent draft = FIRST.withText("Other subject", "", "<p>Draft</p>");
        store.keepDraft(id, store.find(id).orElseThrow().newest().id(), draft, "Dana");
        Writing writing = new Writing();
        assertThat(writing.content()).isEqualTo(draft);
        assertThat(writing.shown.get()).isEqualTo(draft);
        assertThat(writing.on(() -> writing.model.restored.get())).isNotNull();
        robot.interact(writing.model::discardDraft);
        assertThat(writing.content()).isEqualTo(FIRST);
        await().atMost(PATIENCE).until(() -> store.draft(id).isEmpty());
        robot.interact(writing.model::undo);
        assertThat(writing.content()).isEqualTo(draft);
        await().atMost(PATIENCE).until(() -> store.draft(id).isPresent());
    }

    @Test
    void aDraftThatSaysTheSameAsTheVersionIsDropped() {
        Writing writing = new Writing();
        writing.body("<p>Changed</p>");
        writing.until(Standing.KEPT);
        assertThat(store.draft(id)).isPresent();
        writing.body(FIRST.html());
        writing.until(Standing.SAVED);
        assertThat(store.draft(id)).isEmpty();
    }

    @Test
    void leavingKeepsAtOnce() throws Exception {
        Writing writing = new Writing();
        robot.interact(() -> {
            writing.editor.set(new Body("<p>Just typed</p>", List.of()));
            writing.model.bodyChanged();
            writing.model.left();
        });
        // Whatever was to be kept was asked for before this.
        keeper.submit(() -> {}).get();
        assertThat(store.draft(id).orElseThrow().content().html()).isEqualTo("<p>Just typed</p>");
    }

    @Test
    void leavingWithoutAChangeKeepsNothing() throws Exception {
        Writing writing = new Writing();
        robot.interact(writing.model::left);
        keeper.submit(() -> {}).get();
        assertThat(store.draft(id)).isEmpty();
    }

    @Test
    void savingMakesAVersionAndTheDraftIsGone() {
        Writing writing = new Writing();
        robot.interact(() -> writing.model.subject.set("New subject"));
        writing.until(Standing.KEPT);
        robot.interact(() -> writing.save(false));
        await().atMost(PATIENCE).until(() -> writing.saved.get() != null);
        writing.until(Standing.SAVED);
        assertThat(store.draft(id)).isEmpty();
        TemplateVersion newest = store.find(id).orElseThrow().newest();
        assertThat(newest.number()).isEqualTo(2);
        assertThat(newest.subject()).isEqualTo("New subject");
        assertThat(newest.html()).isEqualTo(FIRST.html());
        assertThat(newest.createdBy()).isEqualTo(System.getProperty("user.name"));
    }

    @Test
    void savingTwiceAtOnceIsNoConflictWithOneself() throws Exception {
        Writing writing = new Writing();
        robot.interact(() -> {
            writing.model.subject.set("Saved");
            writing.save(false);
            writing.save(false);
        });
        writing.until(Standing.SAVED);
        keeper.submit(() -> {}).get();
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(writing.conflict.get()).isNull();
        assertThat(store.versions(id)).hasSize(2);
        assertThat(store.draft(id)).isEmpty();
    }

    @Test
    void leavingWhileSavingLeavesNoDraftOfWhatIsSaved() throws Exception {
        Writing writing = new Writing();
        robot.interact(() -> {
            writing.model.subject.set("Saved");
            writing.save(false);
            writing.model.left();
        });
        keeper.submit(() -> {}).get();
        assertThat(store.find(id).orElseThrow().newest().subject()).isEqualTo("Saved");
        assertThat(store.draft(id)).isEmpty();
    }

    @Test
    void whatIsTypedWhileSavingIsKeptAfterIt() {
        Writing writing = new Writing();
        robot.interact(() -> {
            writing.model.subject.set("Saved");
            writing.save(false);
            writing.model.subject.set("Saved and typed on");
        });
        await().atMost(PATIENCE)
                .until(() -> store.draft(id)
                        .map(draft -> draft.content().subject())
                        .equals(Optional.of("Saved and typed on")));
        TemplateVersion newest = store.find(id).orElseThrow().newest();
        assertThat(newest.subject()).isEqualTo("Saved");
        await().atMost(PATIENCE).until(() -> store.draft(id).orElseThrow().basedOn() == newest.id());
    }

    @Test
    void aVersionThatSomebodyElseSavedMeanwhileIsNotPassedOverSilently() {
        Writing writing = new Writing();
        store.save(id, FIRST.withText("Theirs", "", "<p>Theirs</p>"), "Kim");
        robot.interact(() -> writing.model.subject.set("Mine"));
        robot.interact(() -> writing.save(false));
        await().atMost(PATIENCE).until(() -> writing.conflict.get() != null);
        assertThat(store.versions(id)).hasSize(2);
        assertThat(store.draft(id).orElseThrow().content().subject()).isEqualTo("Mine");
        robot.interact(() -> writing.save(true));
        await().atMost(PATIENCE).until(() -> store.versions(id).size() == 3);
        assertThat(store.find(id).orElseThrow().newest().subject()).isEqualTo("Mine");
    }

    @Test
    void aVariableIsRenamedEverywhereAndBackAgain() {
        Writing writing = new Writing();
        robot.interact(() -> writing.model.renameVariable("name", "first_name"));
        assertThat(writing.content())
                .isEqualTo(FIRST.withText(
                        "Hello {{first_name}}", "For {{first_name|you}}", "<p>Dear {{first_name}}</p>\r\n"));
        assertThat(writing.shown.get()).extracting(TemplateContent::html).isEqualTo("<p>Dear {{first_name}}</p>\r\n");
        robot.interact(writing.model::undo);
        assertThat(writing.content()).isEqualTo(FIRST);
        assertThat(writing.on(() -> writing.model.undo.get())).isNull();
    }

    @Test
    void typingEndsWhatCanBeUndoneAtOnce() {
        Writing writing = new Writing();
        robot.interact(() -> writing.model.setFallback("name", "friend"));
        assertThat(writing.content().subject()).isEqualTo("Hello {{name|friend}}");
        writing.body("<p>Typed since</p>");
        assertThat(writing.on(() -> writing.model.undo.get())).isNull();
    }

    @Test
    void anImageThatWasTakenOutComesBackWithItsReference() {
        TemplateImage image = new TemplateImage("images/a.png", "image/png", 1, 1, new byte[] {1, 2, 3});
        TemplateContent with = new TemplateContent("s", "", "<img src=\"images/a.png\">", List.of(image));
        store.save(id, with, "Dana");
        Writing writing = new Writing();
        writing.body("<p>no image</p>");
        writing.until(Standing.KEPT);
        assertThat(store.draft(id).orElseThrow().content().images()).isEmpty();
        writing.body("<p>again</p><img src=\"images/a.png\">");
        await().atMost(PATIENCE)
                .until(() -> store.draft(id).orElseThrow().content().images().equals(List.of(image)));
    }

    /** A page at work, with a text in place of the editors. */
    private final class Writing {
        private final AtomicReference<Body> editor = new AtomicReference<>(new Body("", List.of()));
        private final AtomicReference<TemplateContent> shown = new AtomicReference<>(new TemplateContent("", "", ""));
        private final AtomicReference<TemplateVersion> saved = new AtomicReference<>();
        private final AtomicReference<TemplateVersion> conflict = new AtomicReference<>();
        private final TemplateEditorViewModel model;

        Writing() {
            model = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> new TemplateEditorViewModel(context, id));
            models.add(model);
            robot.interact(() -> {
                model.writeIn(editor::get, content -> {
                    shown.set(content);
                    editor.set(new Body(content.html(), content.images()));
                });
                model.load();
            });
            await().atMost(PATIENCE).until(() -> on(() -> model.standing.get()) != Standing.LOADING);
        }

        void body(String html) {
            robot.interact(() -> {
                editor.set(new Body(html, List.of()));
                model.bodyChanged();
            });
        }

        void save(boolean onTop) {
            model.save(onTop, conflict::set, saved::set);
        }

        void until(Standing wanted) {
            await().atMost(PATIENCE).until(() -> on(() -> model.standing.get()) == wanted);
        }

        TemplateContent content() {
            return on(model::gather);
        }

        <T> T on(Callable<T> work) {
            return WaitForAsyncUtils.waitForAsyncFx(10_000, work);
        }
    }
}
