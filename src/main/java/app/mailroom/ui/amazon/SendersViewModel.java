package app.mailroom.ui.amazon;

import app.mailroom.aws.Amazon;
import app.mailroom.model.SendingIdentity;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.EmailAddress;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The second step: from which addresses and domains the account may send. */
final class SendersViewModel {
    final GuideStep step;
    final ObservableList<SendingIdentity> identities = FXCollections.observableArrayList();
    final ObjectProperty<@Nullable SendingIdentity> chosen = new SimpleObjectProperty<>();
    final StringProperty typed = new SimpleStringProperty("");
    final BooleanProperty loaded = new SimpleBooleanProperty(false);
    /** The address or domain whose verification was begun last in this window. */
    final StringProperty begun = new SimpleStringProperty("");

    private final Amazon amazon;

    private record Verified(SendingIdentity identity, List<SendingIdentity> all) {}

    SendersViewModel(ScreenContext context) {
        this.amazon = context.features().amazon();
        this.step = new GuideStep(context.remote());
    }

    /** Asks Amazon for all of them. */
    void refresh() {
        step.run("SENDERS", () -> amazon.senders().list(), all -> show(all, nameOf(chosen.get())));
    }

    /** Begins the verification of what was typed. */
    void verify() {
        if (step.working()) {
            return;
        }
        String name;
        try {
            name = nameIn(typed.get().strip());
        } catch (AddressException e) {
            step.fault("SENDER_UNREADABLE", e.getMessage() == null ? "" : e.getMessage());
            return;
        }
        step.run(
                "VERIFY",
                () -> {
                    SendingIdentity identity = amazon.senders().verify(name);
                    return new Verified(identity, amazon.senders().list());
                },
                verified -> {
                    typed.set("");
                    begun.set(verified.identity().maySend() ? "" : name);
                    show(verified.all(), name);
                });
    }

    private static String nameIn(String text) throws AddressException {
        return text.contains("@") || text.isEmpty()
                ? EmailAddress.parse(text).mailbox()
                : EmailAddress.parseDomain(text);
    }

    private void show(List<SendingIdentity> all, @Nullable String name) {
        identities.setAll(all);
        // Who has a domain that still waits for its records came for them.
        chosen.set(all.stream()
                .filter(identity -> identity.name().equals(name))
                .findFirst()
                .or(() -> all.stream()
                        .filter(identity ->
                                !identity.maySend() && !identity.records().isEmpty())
                        .findFirst())
                .orElse(null));
        loaded.set(true);
        if (all.stream().anyMatch(identity -> identity.name().equals(begun.get()) && identity.maySend())) {
            begun.set("");
        }
        step.done(all.stream().anyMatch(SendingIdentity::maySend));
    }

    private static @Nullable String nameOf(@Nullable SendingIdentity identity) {
        return identity == null ? null : identity.name();
    }
}
