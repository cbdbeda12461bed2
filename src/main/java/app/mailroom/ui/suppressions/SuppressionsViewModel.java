package app.mailroom.ui.suppressions;

import app.mailroom.model.Suppression;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.AddressFault;
import app.mailroom.recipients.EmailAddress;
import app.mailroom.store.SuppressionStore;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Addresses that must not be mailed: the newest, or those that are looked for. */
final class SuppressionsViewModel {
    /** More than this nobody reads; the search finds the rest. */
    static final int MOST = 1_000;

    final ObservableList<Suppression> found = FXCollections.observableArrayList();
    final StringProperty search = new SimpleStringProperty("");
    final BooleanProperty loaded = new SimpleBooleanProperty(false);

    private final SuppressionStore store;
    private final Background background;
    private final Reload<List<Suppression>> reload;
    private volatile String wanted = "";

    SuppressionsViewModel(ScreenContext context) {
        this.store = context.features().stores().suppressions();
        this.background = context.background();
        this.reload = new Reload<>(background, () -> store.list(wanted, MOST), now -> {
            if (!found.equals(now)) {
                found.setAll(now);
            }
            loaded.set(true);
        });
        search.addListener((property, before, text) -> {
            wanted = text.strip();
            reload.ask();
        });
    }

    void reload() {
        reload.ask();
    }

    /** Adds an address by hand; what is wrong with it comes back instead, if it is none. */
    Optional<AddressFault> add(String text) {
        try {
            String address = EmailAddress.parse(text).mailbox();
            background.run(() -> store.add(address, "MANUAL", ""), reload::ask);
            return Optional.empty();
        } catch (AddressException e) {
            return Optional.of(e.code());
        }
    }

    void lift(List<Suppression> suppressions) {
        List<Suppression> chosen = List.copyOf(suppressions);
        background.run(() -> chosen.forEach(store::lift), reload::ask);
    }
}
