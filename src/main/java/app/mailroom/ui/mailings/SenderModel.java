package app.mailroom.ui.mailings;

import app.mailroom.model.World;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.SenderAddresses;
import java.io.IOException;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** From which addresses a live mailing may be sent, and whether the one that is typed is among them. */
final class SenderModel {
    /** How the sender address stands in live mode. */
    enum Standing {
        FINE,
        /** Amazon has not verified it, nor its domain. */
        NOT_COVERED,
        /** Amazon is being asked. */
        ASKING,
        /** Amazon could not be asked, so that only sending will tell. */
        UNKNOWN
    }

    /** Whether the mailing goes out in earnest; a form that is open stays what it is. */
    final boolean live;

    final ObservableList<String> choices = FXCollections.observableArrayList();
    final ObjectProperty<Standing> standing = new SimpleObjectProperty<>(Standing.FINE);
    /** Why Amazon could not be asked. */
    final StringProperty trouble = new SimpleStringProperty("");

    private final ScreenContext context;
    private final StringProperty address;
    private @Nullable SenderAddresses known;

    /** For the address in this field. */
    SenderModel(ScreenContext context, StringProperty address) {
        this.context = context;
        this.address = address;
        this.live = context.features().mailing().dispatch().world() == World.LIVE;
        address.addListener((property, before, now) -> weigh());
    }

    /** Asks Amazon from where may be sent, which matters for live mailings only. */
    void load() {
        if (!live) {
            return;
        }
        standing.set(Standing.ASKING);
        context.remote()
                .get(
                        () -> SenderAddresses.of(
                                context.features().amazon().senders().list(),
                                context.features().stores()),
                        found -> {
                            known = found;
                            String typed = address.get();
                            choices.setAll(found.choices());
                            address.set(typed);
                            weigh();
                        },
                        failure -> {
                            if (failure instanceof IOException) {
                                trouble.set(String.valueOf(failure.getMessage()));
                            } else {
                                context.remote().tell(failure);
                            }
                            standing.set(Standing.UNKNOWN);
                        });
    }

    private void weigh() {
        SenderAddresses now = known;
        if (!live || now == null) {
            return;
        }
        String typed = address.get().strip();
        standing.set(typed.isEmpty() || now.covers(typed) ? Standing.FINE : Standing.NOT_COVERED);
    }
}
