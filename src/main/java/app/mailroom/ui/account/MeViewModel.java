package app.mailroom.ui.account;

import app.mailroom.account.Session;
import app.mailroom.model.Member;
import app.mailroom.model.SignedInComputer;
import app.mailroom.ui.common.OwnChoices;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What whoever sits in front of the window has of their own, without its looks. JavaFX thread only. */
final class MeViewModel {
    /** How a person without a name of their own stands to signing in. */
    record Outlook(boolean asksWho, boolean configured) {}

    final Optional<Member> member;
    final ObservableList<SignedInComputer> computers = FXCollections.observableArrayList();
    final BooleanProperty loaded = new SimpleBooleanProperty(false);
    final ObjectProperty<Optional<Outlook>> outlook = new SimpleObjectProperty<>(Optional.empty());
    final StringProperty theme = new SimpleStringProperty("system");
    final StringProperty language = new SimpleStringProperty();

    private final ScreenContext context;
    private final Session session;
    private boolean filling;

    MeViewModel(ScreenContext context, Runnable rebuild) {
        this.context = context;
        this.session = context.features().account().session();
        this.member = session.member();
        language.set(context.texts().locale().getLanguage());
        theme.addListener((property, before, chosen) -> keep(OwnChoices.THEME, chosen, rebuild));
        language.addListener((property, before, chosen) -> keep(OwnChoices.LANGUAGE, chosen, rebuild));
    }

    void load() {
        OwnChoices choices = context.features().choices();
        context.background().get(() -> choices.get(OwnChoices.THEME).orElse("system"), chosen -> {
            filling = true;
            theme.set(chosen);
            filling = false;
        });
        if (member.isPresent()) {
            loadComputers();
        } else {
            context.background()
                    .get(
                            () -> new Outlook(
                                    context.features()
                                            .account()
                                            .people()
                                            .settings()
                                            .asksWho(),
                                    context.features().account().google().configured()),
                            now -> outlook.set(Optional.of(now)));
        }
    }

    /** Those on which the person stays signed in, this one first. */
    private void loadComputers() {
        context.background().get(session::computers, this::fill);
    }

    private void fill(List<SignedInComputer> found) {
        computers.setAll(found.stream()
                .sorted((one, other) -> Boolean.compare(other.here(), one.here()))
                .toList());
        loaded.set(true);
    }

    /** Signs another computer out. */
    void signOut(SignedInComputer computer, Runnable done) {
        context.background().run(() -> session.signOut(computer), () -> {
            loadComputers();
            done.run();
        });
    }

    /** Signs all but this one out. */
    void signOutElsewhere(Runnable done) {
        List<SignedInComputer> others =
                computers.stream().filter(computer -> !computer.here()).toList();
        context.background().run(() -> others.forEach(session::signOut), () -> {
            loadComputers();
            done.run();
        });
    }

    private void keep(String name, String value, Runnable rebuild) {
        if (!filling) {
            context.background().run(() -> context.features().choices().keep(name, value), rebuild);
        }
    }
}
