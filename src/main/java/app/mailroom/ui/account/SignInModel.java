package app.mailroom.ui.account;

import app.mailroom.account.GoogleSettings;
import app.mailroom.account.GoogleSignIn;
import app.mailroom.account.NotAdmittedException;
import app.mailroom.account.Session;
import app.mailroom.account.SignInException;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.UiThread;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.concurrent.Task;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One place at which somebody signs in with Google, without its looks. JavaFX thread only. */
final class SignInModel {
    private static final Logger log = LoggerFactory.getLogger(SignInModel.class);

    /** What the person is asked for. */
    enum Step {
        /** To begin. */
        BEGIN,
        /** To go on in the browser. */
        BROWSER,
        /** For the OAuth client, without which Google does not know the program. */
        CLIENT
    }

    /** Who says no. */
    enum Source {
        /** The way to Google and back; the code is one of {@link SignInException.Code}. */
        GOOGLE,
        /** The workspace; the code is one of {@link NotAdmittedException.Code}. */
        WORKSPACE,
        /** This program; the code is one of {@link Failure}. */
        PROGRAM
    }

    /**
     * Why nobody is signed in.
     *
     * @param detail whom Google named where the workspace says no, and what the failure itself says where the program does
     */
    record Trouble(Source source, String code, String detail) {
        static Trouble of(Throwable failure) {
            if (failure instanceof SignInException refused) {
                return new Trouble(Source.GOOGLE, refused.code().name(), "");
            }
            if (failure instanceof NotAdmittedException refused) {
                return new Trouble(Source.WORKSPACE, refused.code().name(), refused.email());
            }
            Failure words = Failure.of(failure);
            return new Trouble(Source.PROGRAM, words.code(), words.detail());
        }

        static Trouble of(SignInException.Code code) {
            return new Trouble(Source.GOOGLE, code.name(), "");
        }

        /** Whether it is only what the person wanted. */
        boolean wanted() {
            return source == Source.GOOGLE && code.equals(SignInException.Code.CANCELLED.name());
        }
    }

    final ObjectProperty<Step> step = new SimpleObjectProperty<>(Step.BEGIN);
    final ObjectProperty<Optional<Trouble>> trouble = new SimpleObjectProperty<>(Optional.empty());

    /** The page that the browser was asked to show, as long as it is waited for. */
    final ObjectProperty<Optional<URI>> page = new SimpleObjectProperty<>(Optional.empty());

    final BooleanProperty stay = new SimpleBooleanProperty(false);

    /** The id of the client that is set; empty while there is none to go back to. */
    final StringProperty clientId = new SimpleStringProperty("");

    /** Whether a sign-in can outlast the program here, once that is known. */
    final BooleanProperty canStay = new SimpleBooleanProperty(true);

    private final Desk desk;
    private final Session session;
    private final GoogleSettings google;
    private final GoogleSignIn.Wish wish;
    private @Nullable Task<Session.Entered> attempt;
    private @Nullable Instant until;

    /** For somebody who comes in, or says again that it is them: then this computer stays signed in if it did. */
    SignInModel(Desk desk) {
        this.desk = desk;
        this.session = desk.features().account().session();
        this.stay.set(session.stays());
        this.google = desk.features().account().google();
        this.wish = desk.features().account().wish().apply(desk.texts().locale());
    }

    /** Looks whether Google can be asked at all, and whether a sign-in can stay. */
    void look() {
        desk.background().get(google::clientId, id -> {
            clientId.set(id);
            if (id.isEmpty() && step.get() == Step.BEGIN) {
                step.set(Step.CLIENT);
            }
        });
        desk.background().get(session::canStay, can -> {
            canStay.set(can);
            if (!can) {
                stay.set(false);
            }
        });
    }

    /** Sends the person to the browser, and waits for them off this thread. */
    void begin() {
        if (step.get() == Step.BROWSER) {
            return;
        }
        trouble.set(Optional.empty());
        page.set(Optional.empty());
        until = null;
        step.set(Step.BROWSER);
        boolean staying = stay.get();
        Task<Session.Entered> task = new Task<>() {
            @Override
            protected Session.Entered call() throws SignInException, NotAdmittedException {
                return session.signIn(wish, staying, address -> show(this, address));
            }
        };
        attempt = task;
        desk.background().start(task, entered -> over(task, Optional.empty()), failure -> {
            log.info("Nobody has signed in: {}", failure.getMessage());
            over(task, Optional.of(Trouble.of(failure)));
        });
    }

    /** On the thread that signs in. A browser that does not open is no end: the person may copy the address into one. */
    private void show(Task<Session.Entered> task, URI address) {
        UiThread.run(() -> {
            if (task == attempt) {
                until = desk.features().clock().instant().plus(wish.patience());
                page.set(Optional.of(address));
            }
        });
        try {
            desk.features().outside().browser().open(address);
        } catch (RuntimeException e) {
            log.info("The browser could not be started: {}", e.toString());
            UiThread.run(() -> {
                if (task == attempt) {
                    trouble.set(Optional.of(Trouble.of(SignInException.Code.NO_BROWSER)));
                }
            });
        }
    }

    private void over(Task<Session.Entered> task, Optional<Trouble> why) {
        if (task == attempt) {
            attempt = null;
            until = null;
            page.set(Optional.empty());
            trouble.set(why);
            step.set(
                    why.filter(SignInModel::lacksClient).isPresent() ? Step.CLIENT : Step.BEGIN);
        }
    }

    private static boolean lacksClient(Trouble trouble) {
        return trouble.equals(Trouble.of(SignInException.Code.NOT_CONFIGURED));
    }

    /** Gives up waiting. What Google answers after that is thrown away. */
    void cancel() {
        Task<Session.Entered> waiting = attempt;
        if (waiting != null) {
            waiting.cancel(true);
            over(waiting, Optional.of(Trouble.of(SignInException.Code.CANCELLED)));
        }
    }

    /** How much longer the person is waited for; nothing while the browser was not asked yet. */
    Optional<Duration> left() {
        Instant end = until;
        if (end == null) {
            return Optional.empty();
        }
        Duration left = Duration.between(desk.features().clock().instant(), end);
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    /** Asks for another client than the one that is set. */
    void askForClient() {
        if (step.get() == Step.BEGIN) {
            trouble.set(Optional.empty());
            step.set(Step.CLIENT);
        }
    }

    /** Goes back from there without one. */
    void leaveClient() {
        if (step.get() == Step.CLIENT && !clientId.get().isEmpty()) {
            trouble.set(Optional.empty());
            step.set(Step.BEGIN);
        }
    }

    /** Keeps the client that was typed, and goes on with it. */
    void keepClient(String id, String secret) {
        trouble.set(Optional.empty());
        desk.background().run(() -> google.keep(id, secret), this::begin, failure -> {
            log.info("The OAuth client was not kept: {}", failure.getMessage());
            trouble.set(Optional.of(Trouble.of(failure)));
        });
    }
}
