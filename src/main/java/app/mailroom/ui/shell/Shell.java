package app.mailroom.ui.shell;

import app.mailroom.delivery.PipelineSnapshot;
import app.mailroom.model.Right;
import app.mailroom.support.CrashReports;
import app.mailroom.ui.account.AccountDeeds;
import app.mailroom.ui.account.AuditView;
import app.mailroom.ui.account.MeView;
import app.mailroom.ui.account.PeopleView;
import app.mailroom.ui.account.PersonFoot;
import app.mailroom.ui.amazon.AmazonView;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.PageId;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import app.mailroom.ui.editor.RichEditor;
import app.mailroom.ui.help.DailyUpdateCheck;
import app.mailroom.ui.help.Help;
import app.mailroom.ui.mailings.MailingMemory;
import app.mailroom.ui.mailings.MailingView;
import app.mailroom.ui.mailings.MailingsView;
import app.mailroom.ui.mailings.NewMailingView;
import app.mailroom.ui.recipients.ImportDialog;
import app.mailroom.ui.recipients.RecipientsView;
import app.mailroom.ui.recipients.SheetView;
import app.mailroom.ui.results.CompareView;
import app.mailroom.ui.results.QuarantineView;
import app.mailroom.ui.results.ResultsView;
import app.mailroom.ui.settings.SettingsView;
import app.mailroom.ui.suppressions.SuppressionsView;
import app.mailroom.ui.templates.TemplateEditorView;
import app.mailroom.ui.templates.TemplatesView;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.stage.Window;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What fills the window in one language: sidebar, the screen in view, status bar, notices. Knows the way back. */
final class Shell implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Shell.class);
    private static final Duration PULSE = Duration.millis(500);
    /** After the list of templates came up, so that the editor starts behind it. */
    private static final Duration SETTLED = Duration.millis(300);

    private static final KeyCombination NEW = new KeyCodeCombination(KeyCode.N, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);

    private final ScreenContext context;
    private final StatusBar statusBar;
    private final Sidebar sidebar;
    private final PersonFoot person;
    private final Help help;
    private final DailyUpdateCheck updates;
    private final Runnable uncaught;
    private final StackPane center = new StackPane();
    private final StackPane root;
    private final Map<PageId, Screen> pages = new EnumMap<>(PageId.class);
    private final Deque<Place> before = new ArrayDeque<>();
    private final MailingMemory mailings = new MailingMemory();
    private final Consumer<PageId> remember;
    private final Runnable rebuild;
    private final AccountDeeds deeds;
    private final Runnable unsubscribe;
    private final Timeline pulse;
    private Place here = new Place.Page(PageId.MAILINGS);
    private @Nullable Screen screen;
    private @Nullable Screen guide;
    private final Supplier<RichEditor> makeEditor;
    private final PauseTransition warming = new PauseTransition(SETTLED);
    private @Nullable RichEditor editor;

    /**
     * Builds the window's content.
     *
     * @param remember is told which page is open
     * @param keep runs what has to be kept, even if the window closes right after
     * @param rebuild is run when look or language have changed
     * @param deeds what the person can do about being here
     */
    Shell(
            Features features,
            Texts texts,
            Consumer<PageId> remember,
            Consumer<Runnable> keep,
            boolean dark,
            Runnable rebuild,
            AccountDeeds deeds) {
        this.remember = remember;
        this.rebuild = rebuild;
        this.deeds = deeds;
        Notices notices = new Notices(texts);
        notices.offer(deeds.signIn());
        Background background = new Background("window-work", 3, notices::failed);
        Background remote = new Background("window-remote", 4, notices::failed);
        this.context = new ScreenContext(features, texts, background, remote, notices, keep, this::go);
        this.makeEditor = () -> new RichEditor(context, dark);
        this.statusBar = new StatusBar(texts, () -> go(new Place.Amazon()));
        this.person = new PersonFoot(context, deeds);
        this.help = new Help(context, this::window, dark);
        this.sidebar = new Sidebar(texts, help.node(), person.node(), page -> go(new Place.Page(page)));
        BorderPane pane = new BorderPane(center, null, null, statusBar.node(), sidebar.node());
        this.root = new StackPane(pane, notices.node());
        StackPane.setAlignment(notices.node(), Pos.TOP_RIGHT);
        Consumer<PipelineSnapshot> show = UiThread.latest(statusBar::show);
        statusBar.show(features.mailing().dispatch().snapshot());
        this.unsubscribe = features.mailing().dispatch().subscribe(show);
        CrashReports crashes = features.support().crashes();
        notices.reportTo(
                (failure, done) -> background.get(
                        () -> crashes.keep("window", failure),
                        report -> report.ifPresent(done),
                        failed -> log.error("A failure could not be reported", failed)),
                report -> help.crashes(Optional.of(report)));
        this.uncaught = crashes.subscribe(report -> UiThread.run(() -> notices.crashed(report)));
        this.updates = new DailyUpdateCheck(
                context,
                newer -> notices.offer(
                        texts.get("updates.newer", newer.version()), texts.get("updates.look"), help::updates));
        updates.start();
        this.pulse = new Timeline(new KeyFrame(PULSE, event -> beat()));
        pulse.setCycleCount(Animation.INDEFINITE);
        pulse.play();
        person.show();
        warming.setOnFinished(event -> editor());
    }

    Parent root() {
        return root;
    }

    /** Whether the screen in view agrees to be left. */
    boolean mayLeave() {
        return screen == null || screen.mayLeave();
    }

    /** Has the screen in view keep what it can, and stay. */
    void keepNow() {
        if (screen != null) {
            screen.keepNow();
        }
    }

    /** Whether the screen in view holds something that would be lost. */
    boolean holdsUnkept() {
        return screen != null && screen.holdsUnkept();
    }

    /** Whether nothing is being written or set up in view, so that filling the window anew disturbs nobody. */
    boolean isCalm() {
        return here instanceof Place.Page
                || here instanceof Place.Mailing
                || here instanceof Place.Compare
                || here instanceof Place.Quarantine
                || here instanceof Place.Me
                || here instanceof Place.People
                || here instanceof Place.Audit;
    }

    /** Something about the person in front of the window may have changed, such as their picture. */
    void showPerson() {
        person.show();
    }

    /** Tells the person about a failure. */
    void tell(Throwable failure) {
        context.notices().failed(failure);
    }

    /** Where the person is. */
    Place here() {
        return here;
    }

    /** Brings the person somewhere, unless the screen in view holds them back. */
    void go(Place place) {
        if (place instanceof Place.SignIn) {
            deeds.signIn().run();
            return;
        }
        if (screen != null && !place.equals(here)) {
            if (!mayLeave()) {
                select(here);
                return;
            }
            screen.comesBackTo(here).ifPresent(before::push);
        }
        show(place);
    }

    private void back() {
        if (here instanceof Place.Page || !mayLeave()) {
            return;
        }
        show(before.isEmpty() ? new Place.Page(pageOf(here)) : before.pop());
    }

    private void show(Place place) {
        here = place;
        select(place);
        if (screen != null) {
            screen.left();
        }
        Screen next = screenOf(place);
        screen = next;
        center.getChildren().setAll(next.node());
        next.opened();
        if (place instanceof Place.Page page) {
            before.clear();
            remember.accept(page.id());
        }
    }

    private void select(Place place) {
        sidebar.select(pageOf(place));
    }

    /** The page of the sidebar to which a place belongs. */
    private static PageId pageOf(Place place) {
        if (place instanceof Place.Page page) {
            return page.id();
        }
        if (place instanceof Place.Amazon
                || place instanceof Place.Me
                || place instanceof Place.People
                || place instanceof Place.Audit) {
            return PageId.SETTINGS;
        }
        if (place instanceof Place.Template) {
            return PageId.TEMPLATES;
        }
        if (place instanceof Place.Sheet) {
            return PageId.RECIPIENTS;
        }
        return place instanceof Place.Quarantine || place instanceof Place.Compare ? PageId.RESULTS : PageId.MAILINGS;
    }

    private Screen screenOf(Place place) {
        if (place instanceof Place.Mailing mailing) {
            return new MailingView(context, mailing.planId(), mailings, this::back);
        }
        if (place instanceof Place.Template template) {
            return new TemplateEditorView(context, template.id(), this::editor, this::back);
        }
        if (place instanceof Place.Sheet sheet) {
            return new SheetView(context, sheet.listId(), this::back);
        }
        if (place instanceof Place.NewMailing) {
            return new NewMailingView(context, OptionalLong.empty(), this::back);
        }
        if (place instanceof Place.Draft draft) {
            return new NewMailingView(context, OptionalLong.of(draft.draftId()), this::back);
        }
        if (place instanceof Place.Compare compare) {
            return new CompareView(context, compare.planIds(), this::back);
        }
        if (place instanceof Place.Quarantine) {
            return new QuarantineView(context, this::back);
        }
        if (place instanceof Place.Me) {
            return new MeView(context, this::back, rebuild, deeds);
        }
        if (place instanceof Place.People) {
            return new PeopleView(context, this::back);
        }
        if (place instanceof Place.Audit) {
            return new AuditView(context, this::back);
        }
        if (place instanceof Place.Amazon) {
            return guide();
        }
        return pages.computeIfAbsent(((Place.Page) place).id(), this::page);
    }

    /** One for all templates, because starting takes seconds. */
    private RichEditor editor() {
        RichEditor known = editor;
        if (known == null) {
            known = makeEditor.get();
            editor = known;
        }
        return known;
    }

    /** The same guide as before, so that work in it goes on while the person looks elsewhere. */
    private Screen guide() {
        Screen known = guide;
        if (known == null) {
            known = new AmazonView(context, this::back);
            guide = known;
        }
        return known;
    }

    private Screen page(PageId id) {
        return switch (id) {
            case MAILINGS -> new MailingsView(context);
            case TEMPLATES -> {
                // Whoever looks at the templates is about to open one.
                if (editor == null) {
                    warming.playFromStart();
                }
                yield new TemplatesView(context);
            }
            case RECIPIENTS -> new RecipientsView(context);
            case RESULTS -> new ResultsView(context);
            case SUPPRESSIONS -> new SuppressionsView(context);
            case SETTINGS -> new SettingsView(context, rebuild);
        };
    }

    private void beat() {
        if (screen != null
                && root.getScene() != null
                && root.getScene().getWindow().isShowing()) {
            screen.pulse();
        }
    }

    /** A key that means the same everywhere; asked before whatever has the focus. */
    void shortcut(KeyEvent event) {
        if (event.getCode() == KeyCode.F1) {
            event.consume();
            help.manual();
        } else if (NEW.match(event)) {
            event.consume();
            context.ifAllowed(Right.PREPARE_MAILINGS, () -> go(new Place.NewMailing()))
                    .run();
        } else if (FIND.match(event) && screen != null) {
            event.consume();
            screen.search();
        } else if (event.getCode() == KeyCode.F5 && screen != null) {
            event.consume();
            screen.refresh();
        } else if (event.isShortcutDown() && event.getCode().isDigitKey()) {
            for (PageId page : PageId.values()) {
                if (event.getCode().getName().endsWith(Integer.toString(page.number()))) {
                    event.consume();
                    go(new Place.Page(page));
                }
            }
        }
    }

    /** Imports a file that was given to the program, on the page where such files are imported. */
    void take(Path file) {
        String name = String.valueOf(file.getFileName());
        Optional<PageId> where = Optional.empty();
        if (ImportDialog.mayHold(name)) {
            where = Optional.of(PageId.RECIPIENTS);
        } else if (TemplatesView.mayHold(name)) {
            where = Optional.of(PageId.TEMPLATES);
        }
        if (where.isEmpty()) {
            context.notices().warn(context.texts().get("open.unknown", name));
            return;
        }
        Place.Page page = new Place.Page(where.get());
        go(page);
        // Whoever has something unsaved in view may have chosen to stay there.
        if (here.equals(page) && screen != null) {
            screen.take(file);
        }
    }

    private Window window() {
        return root.getScene().getWindow();
    }

    /** The way back, unless whatever has the focus used the key itself. */
    void escape(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !(here instanceof Place.Page)) {
            event.consume();
            back();
        }
    }

    @Override
    public void close() {
        if (screen != null) {
            screen.left();
        }
        pulse.stop();
        warming.stop();
        unsubscribe.run();
        uncaught.run();
        updates.close();
        help.close();
        context.background().close();
        context.remote().close();
    }
}
