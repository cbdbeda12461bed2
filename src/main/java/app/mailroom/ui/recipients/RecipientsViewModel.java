package app.mailroom.ui.recipients;

import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import app.mailroom.store.RecipientStore;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.LazyRows;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.Rows;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The lists, and the rows and problems of the one that is chosen as far as they were looked at. */
final class RecipientsViewModel {
    /** A list with its columns, as shown. */
    record Chosen(RecipientList list, List<RecipientColumn> columns) {}

    final ObservableList<RecipientList> lists = FXCollections.observableArrayList();
    final BooleanProperty loaded = new SimpleBooleanProperty(false);
    final ObjectProperty<@Nullable Chosen> chosen = new SimpleObjectProperty<>();
    final LazyRows<RecipientRow> rows;
    final LazyRows<ImportProblem> problems;

    private final RecipientStore store;
    private final Background background;
    private final Reload<List<RecipientList>> reload;

    RecipientsViewModel(ScreenContext context) {
        this.store = context.features().stores().recipients();
        this.background = context.background();
        this.rows = new LazyRows<>(background, RecipientRow::id);
        this.problems = new LazyRows<>(background, ImportProblem::line);
        this.reload = new Reload<>(background, store::lists, now -> {
            Rows.update(lists, now, RecipientList::id);
            loaded.set(true);
        });
    }

    void reload() {
        reload.ask();
    }

    void choose(@Nullable RecipientList list) {
        if (list == null) {
            chosen.set(null);
            rows.clear();
            problems.clear();
            return;
        }
        background.get(() -> new Chosen(list, store.columns(list.id())), found -> {
            chosen.set(found);
            rows.show((after, offset, limit) -> store.rows(list.id(), after == null ? 0 : after.rank(), limit));
            problems.show((after, offset, limit) -> store.problems(list.id(), after == null ? 0 : after.line(), limit));
        });
    }

    void rename(RecipientList list, String name, Consumer<String> done) {
        background.run(() -> store.rename(list.id(), name), () -> {
            reload();
            done.accept(name);
        });
    }

    void delete(RecipientList list, Runnable done) {
        background.run(() -> store.delete(list.id()), () -> {
            choose(null);
            reload();
            done.run();
        });
    }
}
