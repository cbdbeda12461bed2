package app.mailroom.ui.common;

import app.mailroom.model.Refusal;
import app.mailroom.support.CrashReport;
import atlantafx.base.controls.Notification;
import atlantafx.base.theme.Styles;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Short messages in the corner of the window. A failure is logged here once and stays until the person closes it. */
public final class Notices {
    private static final Logger log = LoggerFactory.getLogger(Notices.class);
    private static final int AT_MOST = 3;
    private static final double WIDTH = 380;
    private static final String NAMELESS = "REFUSED_" + Refusal.Code.LIVE_NEEDS_SIGN_IN;

    private final VBox stack = new VBox(8);
    private final Texts texts;
    private @Nullable Runnable signIn;
    private @Nullable Reporting reporting;

    private record Reporting(BiConsumer<Throwable, Consumer<CrashReport>> writer, Consumer<CrashReport> reader) {}

    /** Notices in the language of the window. */
    public Notices(Texts texts) {
        this.texts = texts;
        stack.setAlignment(Pos.TOP_RIGHT);
        stack.setPadding(new Insets(16));
        stack.setPickOnBounds(false);
        stack.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        stack.setId("notices");
    }

    /** The corner itself, to be laid over the window. */
    public Node node() {
        return stack;
    }

    /** Says that something worked. */
    public void done(String text) {
        Notification notice = show(text, "fth-check-circle", Styles.SUCCESS);
        PauseTransition pause = new PauseTransition(Duration.seconds(4));
        pause.setOnFinished(event -> stack.getChildren().remove(notice));
        pause.play();
    }

    /** Says that something worked, with a way back for as long as that stands there. */
    public void done(String text, String undo, Runnable back) {
        Notification notice = show(text, "fth-check-circle", Styles.SUCCESS);
        Button button = new Button(undo);
        button.setOnAction(event -> {
            stack.getChildren().remove(notice);
            back.run();
        });
        notice.setPrimaryActions(button);
        PauseTransition pause = new PauseTransition(Duration.seconds(7));
        pause.setOnFinished(event -> stack.getChildren().remove(notice));
        pause.play();
    }

    /** Says in plain words that something failed, with a stable code. May be called from any thread. */
    public void failed(Throwable failure) {
        Failure words = Failure.of(failure);
        UiThread.run(() -> {
            String text = words.in(texts);
            // Lists are read twice a second; what keeps failing is told and logged once while it stands here.
            if (stack.getChildren().stream().anyMatch(shown -> text.equals(shown.getUserData()))) {
                return;
            }
            if (words.expected()) {
                log.info("{}: {}", words.code(), failure.getMessage());
            } else {
                log.error("{}", words.code(), failure);
            }
            Notification notice = show(text, "fth-alert-triangle", Styles.DANGER);
            notice.setUserData(text);
            if (!words.expected()) {
                report(failure, notice);
            }
            Runnable offered = signIn;
            if (offered != null && words.code().equals(NAMELESS)) {
                Button button = new Button(texts.get("person.sign_in"));
                button.setId("notice-sign-in");
                button.setOnAction(event -> {
                    stack.getChildren().remove(notice);
                    offered.run();
                });
                notice.setPrimaryActions(button);
            }
        });
    }

    /** What is offered where something was refused only because nobody has signed in. */
    public void offer(Runnable toSignIn) {
        signIn = toSignIn;
    }

    /**
     * Has failures that nobody had expected written down.
     *
     * @param writer writes a report off the JavaFX thread, and hands it back on it
     * @param reader shows a report
     */
    public void reportTo(BiConsumer<Throwable, Consumer<CrashReport>> writer, Consumer<CrashReport> reader) {
        reporting = new Reporting(writer, reader);
    }

    /** Tells of a failure that nobody caught, and offers its report. JavaFX thread only. */
    public void crashed(CrashReport report) {
        Notification notice = show(texts.get("crash.notice", report.code()), "fth-alert-triangle", Styles.DANGER);
        offerReport(report, notice);
    }

    private void report(Throwable failure, Notification notice) {
        Reporting there = reporting;
        if (there != null) {
            there.writer().accept(failure, report -> {
                notice.setMessage(notice.getMessage() + "\n" + texts.get("crash.code", report.code()));
                offerReport(report, notice);
            });
        }
    }

    private void offerReport(CrashReport report, Notification notice) {
        Reporting there = reporting;
        if (there != null) {
            Button details = new Button(texts.get("crash.details"));
            details.setId("notice-crash");
            details.setOnAction(event -> {
                stack.getChildren().remove(notice);
                there.reader().accept(report);
            });
            notice.setPrimaryActions(details);
        }
    }

    /** Tells something that stays until the person closes it or takes what is offered. */
    public void offer(String text, String deed, Runnable taken) {
        Notification notice = show(text, "fth-info", Styles.ACCENT);
        Button button = new Button(deed);
        button.setId("notice-offer");
        button.setOnAction(event -> {
            stack.getChildren().remove(notice);
            taken.run();
        });
        notice.setPrimaryActions(button);
    }

    /** Shows a warning that stays. */
    public void warn(String text) {
        show(text, "fth-alert-triangle", Styles.DANGER);
    }

    private Notification show(String text, String icon, String style) {
        Notification notice = new Notification(text, new FontIcon(icon));
        notice.getStyleClass().addAll(style, Styles.ELEVATED_1);
        notice.setPrefWidth(WIDTH);
        notice.setMinHeight(Region.USE_PREF_SIZE);
        notice.setOnClose(event -> stack.getChildren().remove(notice));
        stack.getChildren().add(0, notice);
        while (stack.getChildren().size() > AT_MOST) {
            stack.getChildren().remove(AT_MOST);
        }
        return notice;
    }
}
