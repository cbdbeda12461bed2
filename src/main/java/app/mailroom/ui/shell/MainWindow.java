package app.mailroom.ui.shell;

import app.mailroom.account.Session;
import app.mailroom.account.Session.Standing;
import app.mailroom.store.SettingsStore;
import app.mailroom.ui.account.AccountDeeds;
import app.mailroom.ui.account.Desk;
import app.mailroom.ui.account.Gate;
import app.mailroom.ui.account.LockScreen;
import app.mailroom.ui.account.SignInDialog;
import app.mailroom.ui.account.SignInScreen;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.OwnChoices;
import app.mailroom.ui.common.PageId;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program's window. Remembers size, position, page, look and language in the workspace's settings. */
public final class MainWindow {
    private static final String NAME = "Mailroom";
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final double LEAST_WIDTH = 1000;
    private static final double LEAST_HEIGHT = 640;
    private static final double STOPPED_WIDTH = 640;
    /** One that waits for somebody, one that was cancelled while Google was asked, and short questions. */
    private static final int SIGNING_IN = 4;

    private static final Logger log = LoggerFactory.getLogger(MainWindow.class);

    private final Stage stage;
    private final Features features;
    private final ExecutorService keeper;
    private final Background signingIn;
    private final Tray tray = new Tray();
    private final StackPane ground = new StackPane();
    private final Curtain curtain;
    private final AccountDeeds deeds = new AccountDeeds(this::lock, this::signOut, this::signIn);
    private final Timeline heart = new Timeline(new KeyFrame(Duration.seconds(1), event -> beat()));
    private Start start;
    private @Nullable Shell shell;
    /** For whom the window was filled. */
    private Seat filledFor;

    /** Files that the program was started with, which nobody has taken yet. */
    private final Queue<Path> given = new ArrayDeque<>();

    private boolean leaving;
    private boolean inBackground;

    /** What is read from the workspace before the window shows, and again when it may have changed. */
    private record Start(Texts texts, boolean dark, PageId page, String bounds, Seat seat) {
        static Start from(Features features) {
            SettingsStore settings = features.stores().settings();
            OwnChoices choices = features.choices();
            Locale locale =
                    choices.get(OwnChoices.LANGUAGE).map(Locale::forLanguageTag).orElse(Locale.getDefault());
            PageId page = settings.get("ui.page").flatMap(Start::page).orElse(PageId.MAILINGS);
            return new Start(
                    Texts.in(locale),
                    Appearance.isDark(choices),
                    page,
                    settings.get("ui.window").orElse(""),
                    Seat.of(features.account().session()));
        }

        Start with(Seat now) {
            return new Start(texts, dark, page, bounds, now);
        }

        private static Optional<PageId> page(String name) {
            for (PageId page : PageId.values()) {
                if (page.name().equals(name)) {
                    return Optional.of(page);
                }
            }
            return Optional.empty();
        }
    }

    private MainWindow(Stage stage, Features features, Start start) {
        this.stage = stage;
        this.features = features;
        this.start = start;
        this.filledFor = start.seat();
        this.curtain = new Curtain(stage, ground);
        this.keeper = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "window-memory");
            thread.setDaemon(true);
            return thread;
        });
        this.signingIn = new Background("signing-in", SIGNING_IN, this::failed);
    }

    /**
     * Reads the settings and takes up a sign-in that was to stay, which may take a moment, and hands back what shows the window
     * once it is run on the JavaFX thread.
     *
     * @param closed is run when the person has closed the window
     */
    public static Runnable prepare(Features features, Runnable closed) {
        features.account().session().resume();
        Start start = Start.from(features);
        return () -> new MainWindow(new Stage(), features, start).open(closed);
    }

    /** What takes long the first time and needs no workspace, so that it can be done while one is opened. On the JavaFX thread. */
    public static void practise() {
        ProgramMark.name();
        Appearance.practise();
    }

    private void open(Runnable closed) {
        Scene scene = new Scene(ground, WIDTH, HEIGHT);
        scene.getStylesheets().add(Appearance.stylesheet());
        // On the scene, not on what fills it: keys arrive here even when nothing has the focus.
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> inView().ifPresent(shown -> shown.shortcut(event)));
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> inView().ifPresent(shown -> shown.escape(event)));
        stage.setScene(scene);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setTitle(title());
        ProgramMark.put(stage);
        place();
        Session session = features.account().session();
        Runnable unsubscribe = session.subscribe(this::look);
        Runnable unwatch =
                features.mailing().dispatch().subscribe(UiThread.latest(snapshot -> sending(snapshot.sentPerSecond())));
        IdleWatch idle = new IdleWatch(session, features.clock(), this::keep, this::lock);
        heart.setCycleCount(Animation.INDEFINITE);
        heart.play();
        show(start);
        features.keeping().onDamage().accept(damage -> UiThread.run(this::tellStopped));
        stage.setOnCloseRequest(event -> {
            if (!mayClose()) {
                event.consume();
            } else if (sending()) {
                Leaving answer = curtain.showing(() -> Leaving.ask(stage, start.texts()));
                if (answer != Leaving.STOP) {
                    event.consume();
                }
                if (answer == Leaving.IN_BACKGROUND) {
                    goIntoBackground();
                }
            }
        });
        stage.setOnHidden(event -> {
            if (inBackground) {
                return;
            }
            unsubscribe.run();
            unwatch.run();
            idle.close();
            heart.stop();
            keepBounds();
            if (shell != null) {
                shell.close();
            }
            curtain.lift();
            signingIn.close();
            // After what is still to be kept, so that the workspace is not closed under it.
            keeper.execute(closed);
            keeper.shutdown();
        });
        stage.show();
        curtain.gate().ifPresent(Gate::focus);
        features.support().calls().answeredBy(file -> UiThread.run(() -> called(file)));
        // Somebody may have been taken out between reading and showing.
        look();
    }

    /** Whoever has more than one workspace must see which one a window is of. */
    private String title() {
        String folder = String.valueOf(features.workspace().getFileName());
        return folder.equalsIgnoreCase(NAME) ? NAME : folder + " – " + NAME;
    }

    /** Before everything else, whoever sits in front of the window. */
    private void tellStopped() {
        Label words = new Label(start.texts().get("rescue.stopped"), new FontIcon("fth-alert-triangle"));
        words.setId("database-stopped");
        words.setWrapText(true);
        words.setMaxWidth(STOPPED_WIDTH);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.getStyleClass().addAll("finding", "finding-warns");
        StackPane.setAlignment(words, Pos.TOP_CENTER);
        StackPane.setMargin(words, new Insets(Gate.MARGIN));
        ground.getChildren().add(words);
    }

    /** What is filled, unless it is hidden. */
    private Optional<Shell> inView() {
        return curtain.gate().isPresent() ? Optional.empty() : Optional.ofNullable(shell);
    }

    private boolean mayClose() {
        Optional<Gate> gate = curtain.gate();
        if (gate.isEmpty()) {
            return shell == null || shell.mayLeave();
        }
        if (gate.get() instanceof LockScreen lock && shell != null && shell.holdsUnkept()) {
            lock.holdBack();
            return false;
        }
        return true;
    }

    /** Reads who is there, and shows what is right for them. On any thread. */
    private void look() {
        keep(() -> {
            Seat seat = Seat.of(features.account().session());
            if (seat.standing() == Standing.LOCKED) {
                // Hiding is not to wait for anything else.
                UiThread.run(() -> show(start.with(seat)));
            } else {
                Start now = Start.from(features);
                UiThread.run(() -> show(now));
            }
        });
    }

    private void show(Start now) {
        Seat before = start.seat();
        start = now;
        Seat seat = now.seat();
        if (seat.barred()) {
            if (seat.standing() == Standing.SIGNED_OUT && (leaving || seat.removed())) {
                empty();
            }
            if (curtain.gate().isEmpty() || before.standing() != seat.standing()) {
                bar(seat);
            }
            leaving = false;
            return;
        }
        leaving = false;
        if (shell != null && seat.isSomebodyElseThan(filledFor)) {
            empty();
        }
        curtain.lift();
        if (shell == null) {
            fill(new Place.Page(now.page()));
        } else {
            shell.showPerson();
            fillAnewIfCalm();
        }
        takeGiven();
    }

    private void bar(Seat seat) {
        Desk desk = new Desk(features, start.texts(), signingIn);
        if (shell == null) {
            Appearance.apply(start.dark());
        }
        if (seat.standing() == Standing.LOCKED && seat.member().isPresent()) {
            LockScreen lock = new LockScreen(desk, seat.member().get(), this::wouldLose, this::signOutLocked);
            lock.showSending(features.mailing().dispatch().snapshot().sentPerSecond());
            curtain.cover(lock, start.dark());
        } else {
            Optional<SignInScreen.Reason> reason = Optional.empty();
            if (seat.removed()) {
                reason = Optional.of(SignInScreen.Reason.REMOVED);
            } else if (shell != null) {
                reason = Optional.of(SignInScreen.Reason.ENDED);
            }
            curtain.cover(new SignInScreen(desk, reason, this::speak), start.dark());
        }
    }

    /** The language of whoever comes; a sign-in screen in the other one is put in the place of this. */
    private void speak(String language) {
        keep(() -> {
            features.stores().settings().put(OwnChoices.LANGUAGE, language);
            Start now = Start.from(features);
            UiThread.run(() -> {
                start = now;
                if (now.seat().standing() == Standing.SIGNED_OUT) {
                    bar(now.seat());
                }
            });
        });
    }

    private boolean wouldLose() {
        return curtain.hasDialogs() || (shell != null && shell.holdsUnkept());
    }

    private void lock() {
        if (start.seat().standing() == Standing.SIGNED_IN && curtain.gate().isEmpty()) {
            if (shell != null) {
                shell.keepNow();
            }
            keep(features.account().session()::lock);
        }
    }

    private void signOut() {
        if (shell != null && !shell.mayLeave()) {
            return;
        }
        if (shell != null) {
            shell.keepNow();
        }
        signOutLocked();
    }

    private void signOutLocked() {
        leaving = true;
        keep(features.account().session()::signOut);
    }

    private void signIn() {
        SignInDialog dialog = new SignInDialog(new Desk(features, start.texts(), signingIn), stage);
        Runnable unsubscribe = features.account().session().subscribe(() -> UiThread.run(dialog::close));
        dialog.onClosed(unsubscribe);
        dialog.show();
    }

    private void failed(Throwable failure) {
        log.warn("Something about signing in failed", failure);
        UiThread.run(() -> {
            leaving = false;
            inView().ifPresent(shown -> shown.tell(failure));
        });
    }

    private void sending(double perSecond) {
        if (curtain.gate().orElse(null) instanceof LockScreen lock) {
            lock.showSending(perSecond);
        }
    }

    private boolean sending() {
        return features.mailing().dispatch().snapshot().sentPerSecond() > 0;
    }

    /** Into the tray, or where there is none, onto the task bar. */
    private void goIntoBackground() {
        boolean inTray = Tray.isThere()
                && tray.show(start.texts(), () -> UiThread.run(this::comeBack), () -> UiThread.run(this::endFromTray));
        if (inTray) {
            inBackground = true;
            stage.hide();
        } else {
            stage.setIconified(true);
        }
    }

    private void comeBack() {
        tray.hide();
        inBackground = false;
        stage.show();
        stage.toFront();
    }

    /** The program was started again, perhaps with a file: this window is the answer. */
    private void called(Optional<Path> file) {
        if (inBackground) {
            comeBack();
        }
        if (!stage.isShowing()) {
            return;
        }
        stage.setIconified(false);
        // Systems keep a window from pushing itself before the one in use; for one that is on top for a moment they do
        // not.
        stage.setAlwaysOnTop(true);
        stage.toFront();
        stage.requestFocus();
        stage.setAlwaysOnTop(false);
        file.ifPresent(given::add);
        takeGiven();
    }

    private void beat() {
        fillAnewIfCalm();
        takeGiven();
    }

    /** Files wait while somebody has to say who they are, and while a dialog asks something, such as about the file before. */
    private void takeGiven() {
        while (stage.isShowing() && inView().isPresent() && !curtain.hasDialogs() && !given.isEmpty()) {
            Path file = given.remove();
            inView().ifPresent(shown -> shown.take(file));
        }
    }

    /** What hides with the window is ended by its being hidden, so it is shown for a moment. */
    private void endFromTray() {
        comeBack();
        stage.close();
    }

    private void fill(Place place) {
        Optional<Eye> eye = shell != null && shell.here().equals(place) ? Eye.on(stage.getScene()) : Optional.empty();
        if (shell != null) {
            shell.close();
            ground.getChildren().remove(shell.root());
        }
        Appearance.apply(start.dark());
        filledFor = start.seat();
        Shell filled =
                new Shell(features, start.texts(), this::keepPage, this::keep, start.dark(), this::rebuild, deeds);
        shell = filled;
        ground.getChildren().add(0, filled.root());
        filled.go(place);
        eye.ifPresent(was -> was.goBackTo(filled.root()));
    }

    /** Closes everything, kept or not. */
    private void empty() {
        curtain.closeDialogs();
        if (shell != null) {
            shell.close();
            ground.getChildren().remove(shell.root());
            shell = null;
        }
    }

    private void rebuild() {
        keep(() -> {
            Start changed = Start.from(features);
            UiThread.run(() -> {
                start = changed;
                if (!changed.seat().barred() && curtain.gate().isEmpty()) {
                    fill(shell == null ? new Place.Page(PageId.SETTINGS) : shell.here());
                }
            });
        });
    }

    /** Fills the window for whom it is now, once that disturbs nothing. */
    private void fillAnewIfCalm() {
        if (!start.seat().looksLike(filledFor)
                && !curtain.hasDialogs()
                && inView().filter(Shell::isCalm).isPresent()) {
            fill(inView().orElseThrow().here());
        }
    }

    private void place() {
        String[] parts = start.bounds().split(",", -1);
        if (parts.length != 5) {
            stage.centerOnScreen();
            return;
        }
        try {
            double x = Double.parseDouble(parts[0]);
            double y = Double.parseDouble(parts[1]);
            double width = Math.max(LEAST_WIDTH, Double.parseDouble(parts[2]));
            double height = Math.max(LEAST_HEIGHT, Double.parseDouble(parts[3]));
            // A screen that was unplugged must not take the window with it.
            for (Screen screen : Screen.getScreensForRectangle(x, y, width, height)) {
                Rectangle2D room = screen.getVisualBounds();
                stage.setX(Math.max(room.getMinX(), x));
                stage.setY(Math.max(room.getMinY(), y));
                stage.setWidth(Math.min(width, room.getWidth()));
                stage.setHeight(Math.min(height, room.getHeight()));
                break;
            }
            stage.setMaximized(Boolean.parseBoolean(parts[4]));
        } catch (NumberFormatException e) {
            stage.centerOnScreen();
        }
    }

    private void keepBounds() {
        String bounds = String.join(
                ",",
                Long.toString(Math.round(stage.getX())),
                Long.toString(Math.round(stage.getY())),
                Long.toString(Math.round(stage.getWidth())),
                Long.toString(Math.round(stage.getHeight())),
                Boolean.toString(stage.isMaximized()));
        keep("ui.window", bounds);
    }

    private void keepPage(PageId page) {
        keep("ui.page", page.name());
    }

    private void keep(String name, String value) {
        keep(() -> features.stores().settings().put(name, value));
    }

    private void keep(Runnable work) {
        if (!keeper.isShutdown()) {
            keeper.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    failed(e);
                }
            });
        }
    }
}
