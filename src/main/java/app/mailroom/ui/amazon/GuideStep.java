package app.mailroom.ui.amazon;

import app.mailroom.aws.AmazonException;
import app.mailroom.secrets.SecretStoreException;
import app.mailroom.tracking.TrackingException;
import app.mailroom.ui.common.Background;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.concurrent.Task;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step of the guide: how it stands, what is being done for it, and what went wrong. JavaFX thread only. */
final class GuideStep {
    /** How a step stands. */
    enum State {
        TODO,
        WORKING,
        DONE,
        FAILED
    }

    /** What went wrong: a code that has words, and what Amazon or the system said. */
    record Trouble(String code, String detail) {}

    private static final Logger log = LoggerFactory.getLogger(GuideStep.class);

    /** What is being done, as a code; empty while nothing is. */
    final StringProperty doing = new SimpleStringProperty("");
    /** How much of it is done, from 0 to 1; negative while nobody can tell. */
    final DoubleProperty progress = new SimpleDoubleProperty(-1);

    final ObjectProperty<@Nullable Trouble> trouble = new SimpleObjectProperty<>();

    private final Background remote;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.TODO);
    private @Nullable Task<?> task;
    private boolean done;

    GuideStep(Background remote) {
        this.remote = remote;
        trouble.addListener((property, before, now) -> settle());
    }

    ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    State state() {
        return state.get();
    }

    boolean working() {
        return task != null;
    }

    /** Whether the step has reached its end. */
    void done(boolean reached) {
        done = reached;
        settle();
    }

    /** Something typed is wrong. */
    void fault(String code, String detail) {
        trouble.set(new Trouble(code, detail));
    }

    /** Does something in the background; does nothing while something else is being done. */
    <T> void run(String what, Callable<T> work, Consumer<T> then) {
        run(what, work, then, () -> {});
    }

    /** The same; afterwards is run when it failed or the person cancelled it. */
    <T> void run(String what, Callable<T> work, Consumer<T> then, Runnable afterwards) {
        if (task != null) {
            return;
        }
        Task<T> begun = new Task<>() {
            @Override
            protected T call() throws Exception {
                return work.call();
            }
        };
        task = begun;
        trouble.set(null);
        progress.set(-1);
        doing.set(what);
        settle();
        begun.setOnCancelled(event -> {
            end();
            afterwards.run();
        });
        remote.start(
                begun,
                answer -> {
                    end();
                    then.accept(answer);
                },
                failure -> {
                    end();
                    trouble.set(troubleOf(failure));
                    afterwards.run();
                });
    }

    /** Stops what is being done. What Amazon has done already stays done. */
    void cancel() {
        Task<?> running = task;
        if (running != null) {
            running.cancel();
        }
    }

    private void end() {
        task = null;
        doing.set("");
        settle();
    }

    private void settle() {
        if (task != null) {
            state.set(State.WORKING);
        } else if (trouble.get() != null) {
            state.set(State.FAILED);
        } else {
            state.set(done ? State.DONE : State.TODO);
        }
    }

    private static Trouble troubleOf(Throwable failure) {
        String said = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (failure instanceof AmazonException amazon) {
            log.info("{}: {}", amazon.code(), said);
            return new Trouble(amazon.code().name(), said);
        }
        if (failure instanceof SecretStoreException) {
            log.warn("The keychain refused", failure);
            return new Trouble("KEYCHAIN", said);
        }
        if (failure instanceof TrackingException tracking) {
            log.info("{}: {}", tracking.code(), said);
            return new Trouble("RELAY_" + tracking.code().name(), said);
        }
        if (failure instanceof FileAlreadyExistsException) {
            return new Trouble("FILE_THERE", said);
        }
        if (failure instanceof FileSystemException) {
            log.info("Not written: {}", said);
            return new Trouble("FILE_REFUSED", said);
        }
        if (failure instanceof IOException) {
            log.info("Not done: {}", said);
            return new Trouble("REFUSED", said);
        }
        log.error("A step of the guide failed", failure);
        return new Trouble("UNEXPECTED", said);
    }
}
