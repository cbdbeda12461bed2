package app.mailroom.ui.recipients;

import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.PersonRecords;
import app.mailroom.store.PersonStore.Found;
import app.mailroom.store.PersonStore.Place;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** A person who is looked for, what is kept of them, and what became of exporting or erasing it. */
final class PersonViewModel {
    final StringProperty address = new SimpleStringProperty("");
    /** What is kept; null until somebody looked. */
    final ObjectProperty<@Nullable Found> found = new SimpleObjectProperty<>();
    /** What was erased, once it was. */
    final ObjectProperty<PersonRecords.@Nullable Erasure> erased = new SimpleObjectProperty<>();

    final BooleanProperty busy = new SimpleBooleanProperty(false);
    final BooleanProperty erasing = new SimpleBooleanProperty(false);
    final StringProperty doing = new SimpleStringProperty("");
    final StringProperty problem = new SimpleStringProperty("");

    private final ScreenContext context;
    private final PersonRecords people;
    private final Texts texts;

    PersonViewModel(ScreenContext context) {
        this.context = context;
        this.people = context.features().lists().people();
        this.texts = context.texts();
        // What stands below is of the address that was looked for, and of no other.
        address.addListener((property, before, now) -> {
            if (!busy.get()) {
                problem.set("");
                erased.set(null);
                found.set(null);
            }
        });
    }

    void look() {
        if (busy.get()) {
            return;
        }
        erased.set(null);
        found.set(null);
        find();
    }

    private void find() {
        String wanted = address.get();
        begin(texts.get("person.looking"));
        context.background()
                .get(
                        () -> people.find(wanted),
                        now -> {
                            end();
                            found.set(now);
                        },
                        this::failed);
    }

    void export(Path zip) {
        String wanted = address.get();
        begin(texts.get("person.exporting"));
        context.background()
                .run(
                        () -> people.export(wanted, zip),
                        () -> {
                            end();
                            context.notices().done(texts.get("person.exported", zip.getFileName()));
                        },
                        this::failed);
    }

    void erase(boolean keepSuppressed) {
        String wanted = address.get();
        begin(texts.get("person.erasing"));
        erasing.set(true);
        Consumer<Place> at = UiThread.latest(
                place -> doing.set(texts.get("person.erasing.place", texts.code("person.place", place))));
        context.background()
                .get(
                        () -> people.erase(wanted, keepSuppressed, at),
                        done -> {
                            end();
                            found.set(null);
                            erased.set(done);
                            // Something may have come in meanwhile, or was kept on purpose.
                            find();
                        },
                        this::failed);
    }

    String day(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(texts.locale())
                .format(day);
    }

    private void begin(String what) {
        problem.set("");
        doing.set(what);
        busy.set(true);
    }

    private void end() {
        busy.set(false);
        erasing.set(false);
        doing.set("");
    }

    private void failed(Throwable failure) {
        end();
        if (failure instanceof AddressException fault) {
            problem.set(texts.code("address", fault.code()));
        } else {
            problem.set(Failure.of(failure).in(texts));
        }
    }
}
