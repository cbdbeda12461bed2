package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientColumn;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.ImportResult;
import app.mailroom.recipients.Progress;
import app.mailroom.recipients.RecipientFile;
import app.mailroom.recipients.RecipientFileException;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.UiThread;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** A file on its way into a list: how it is written, what the list is to be called, how far it is. */
final class ImportViewModel {
    static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            Charset.forName("x-windows-949"),
            Charset.forName("windows-1252"));
    static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    private record Reached(long rows, double share) {}

    final StringProperty name = new SimpleStringProperty("");
    final ObjectProperty<@Nullable RecipientFile> file = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable Charset> charset = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable Character> delimiter = new SimpleObjectProperty<>();
    final StringProperty problem = new SimpleStringProperty("");
    final BooleanProperty running = new SimpleBooleanProperty(false);
    final DoubleProperty progress = new SimpleDoubleProperty(0);
    final StringProperty reached = new SimpleStringProperty("");

    private final ScreenContext context;
    private final Path path;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private boolean filling;

    ImportViewModel(ScreenContext context, Path path) {
        this.context = context;
        this.path = path;
        name.set(path.getFileName().toString().replaceFirst("\\.[^.]*$", ""));
        charset.addListener((property, before, now) -> lookAgain());
        delimiter.addListener((property, before, now) -> lookAgain());
    }

    private void lookAgain() {
        if (!filling) {
            look(Optional.ofNullable(charset.get()), Optional.ofNullable(delimiter.get()));
        }
    }

    /** Looks how the file is written. */
    void look() {
        look(Optional.empty(), Optional.empty());
    }

    private void look(Optional<Charset> as, Optional<Character> by) {
        problem.set("");
        context.background()
                .get(
                        () -> RecipientFile.inspect(path, as, by),
                        found -> {
                            filling = true;
                            file.set(found);
                            charset.set(found.charset());
                            delimiter.set(found.delimiter());
                            filling = false;
                        },
                        failure -> {
                            file.set(null);
                            problem.set(Failure.of(failure).in(context.texts()));
                        });
    }

    String columns() {
        RecipientFile found = file.get();
        return found == null
                ? ""
                : String.join(
                        ", ",
                        found.columns().stream().map(RecipientColumn::name).toList());
    }

    String addressColumn() {
        RecipientFile found = file.get();
        return found == null ? "" : found.columns().get(found.addressSlot()).name();
    }

    /** What an import came to; nothing when it was cancelled. */
    private Optional<ImportResult> importedFrom(RecipientFile from, String listName, Progress follow)
            throws IOException, RecipientFileException {
        try {
            return Optional.of(context.features().lists().imports().run(from, listName, follow));
        } catch (ImportCancelledException e) {
            return Optional.empty();
        }
    }

    /** Imports; {@code done} is told what came of it, and nothing when it was cancelled. */
    void run(Consumer<Optional<ImportResult>> done) {
        RecipientFile from = file.get();
        if (from == null || running.get()) {
            return;
        }
        String listName = name.get().strip();
        running.set(true);
        cancelled.set(false);
        problem.set("");
        Consumer<Reached> show = UiThread.latest(now -> {
            progress.set(now.share());
            reached.set(context.texts().get("import.reached", context.texts().number(now.rows())));
        });
        Progress follow = new Progress() {
            @Override
            public void at(long rows, long bytes, long bytesInAll) {
                show.accept(new Reached(rows, bytesInAll == 0 ? 1 : (double) bytes / bytesInAll));
            }

            @Override
            public boolean cancelled() {
                return cancelled.get();
            }
        };
        context.background()
                .get(
                        () -> importedFrom(from, listName, follow),
                        result -> {
                            running.set(false);
                            done.accept(result);
                        },
                        failure -> {
                            running.set(false);
                            problem.set(Failure.of(failure).in(context.texts()));
                        });
    }

    void cancel() {
        cancelled.set(true);
    }
}
