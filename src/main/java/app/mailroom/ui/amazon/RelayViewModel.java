package app.mailroom.ui.amazon;

import app.mailroom.aws.Amazon;
import app.mailroom.model.ProofState;
import app.mailroom.tracking.RelayAddress;
import app.mailroom.tracking.RelayAddressException;
import app.mailroom.tracking.RelayProof.Link;
import app.mailroom.tracking.RelayProof.Step;
import app.mailroom.tracking.Tracking;
import app.mailroom.tracking.Tracking.Standing;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.UiThread;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The step that nobody has to take: a relay of the person's own, to which the links and the picture of a mail lead. */
final class RelayViewModel {
    /** Why something cannot be done yet. */
    enum Lacking {
        ADDRESS,
        KEY,
        EVENTS,
        PROOF,
        AMAZON_COUNTS
    }

    /** The address was deleted, which is no way to do without the relay. */
    static final String EMPTY = "EMPTY";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final GuideStep step;
    final StringProperty address = new SimpleStringProperty("");
    /** What is wrong with the typed address, as a code; empty if nothing is. */
    final StringProperty fault = new SimpleStringProperty("");

    final ObjectProperty<Standing> standing = new SimpleObjectProperty<>(Standing.NONE);
    final ObjectProperty<@Nullable AdministratorNotes> notes = new SimpleObjectProperty<>();
    final ObservableList<Step> links = FXCollections.observableArrayList();
    /** Whether mails use it, as the switch shows it. */
    final BooleanProperty on = new SimpleBooleanProperty(false);
    /** Whether Amazon counts openings and clicks, so that the relay may not. */
    final BooleanProperty amazonCounts = new SimpleBooleanProperty(false);
    /** Whether there is a queue in which hits could arrive. */
    final BooleanProperty events = new SimpleBooleanProperty(false);

    private final ScreenContext context;
    private final Amazon amazon;
    private final Tracking tracking;
    private boolean filling;

    private record Known(Standing standing, boolean amazonCounts, boolean events, AdministratorNotes notes) {}

    private record Ended(List<Step> steps, Known known) {}

    RelayViewModel(ScreenContext context) {
        this.context = context;
        this.amazon = context.features().amazon();
        this.tracking = context.features().tracking();
        this.step = new GuideStep(context.remote());
        showUntried();
        address.addListener((property, before, now) -> fault.set(""));
        on.addListener((property, before, now) -> use(now));
    }

    /** Reads what is kept. What the person has typed and not yet kept stays. */
    void load() {
        context.background().get(this::known, this::fill);
    }

    private Known known() {
        return new Known(
                tracking.standing(),
                amazon.countsHits(),
                amazon.settings().chain().complete(),
                AdministratorNotes.of(amazon.settings()));
    }

    private void fill(Known now) {
        Standing before = standing.get();
        if (address.get().strip().equals(shown(before))) {
            address.set(shown(now.standing()));
        }
        amazonCounts.set(now.amazonCounts());
        events.set(now.events());
        notes.set(now.notes());
        standing.set(now.standing());
        showSwitch();
        if (!now.standing().provenAt().equals(before.provenAt())
                && now.standing().provenAt().isEmpty()) {
            showUntried();
        }
        step.done(now.standing().on());
    }

    private void showSwitch() {
        filling = true;
        on.set(standing.get().on());
        filling = false;
    }

    private static String shown(Standing standing) {
        return standing.address().map(RelayAddress::base).orElse("");
    }

    /** Keeps the typed address, unless it is none; what is wrong with it is said beside it. */
    void keepAddress() {
        typed().filter(read -> !Optional.of(read).equals(standing.get().address()))
                .ifPresent(read -> context.background()
                        .get(
                                () -> {
                                    tracking.keep(read);
                                    return known();
                                },
                                now -> kept(read, now)));
    }

    private Optional<RelayAddress> typed() {
        String text = address.get().strip();
        if (text.isEmpty()) {
            fault.set(standing.get().address().isPresent() ? EMPTY : "");
            return Optional.empty();
        }
        try {
            return Optional.of(RelayAddress.parse(text));
        } catch (RelayAddressException e) {
            fault.set(e.fault().name());
            return Optional.empty();
        }
    }

    /** Shows the address as it was understood, unless the person has gone on typing. */
    private void kept(RelayAddress read, Known now) {
        if (typed().filter(read::equals).isPresent()) {
            address.set(read.base());
        }
        fill(now);
    }

    /** Writes the key file for the relay; never over another file. */
    void saveKeyFile(Path file) {
        step.run(
                "KEY_FILE",
                () -> {
                    tracking.writeKeyFile(file, false);
                    return known();
                },
                now -> {
                    fill(now);
                    context.notices().done(context.texts().get("amazon.relay.key_saved", file.getFileName()));
                });
    }

    /** Makes a new key, which takes over when a test has shown that the relay knows it. */
    void renewKey() {
        step.run(
                "NEW_KEY",
                () -> {
                    tracking.renewKey();
                    return known();
                },
                this::fill);
    }

    /** What is missing before the relay can be tested. */
    Optional<Lacking> lackingForTest() {
        if (address.get().isBlank()) {
            return Optional.of(Lacking.ADDRESS);
        }
        if (standing.get().keyIds().isEmpty()) {
            return Optional.of(Lacking.KEY);
        }
        return events.get() ? Optional.empty() : Optional.of(Lacking.EVENTS);
    }

    /** What is missing before mails can use it; nothing ever keeps anybody from switching it off. */
    Optional<Lacking> lackingForUse() {
        if (standing.get().on()) {
            return Optional.empty();
        }
        if (amazonCounts.get()) {
            return Optional.of(Lacking.AMAZON_COUNTS);
        }
        return standing.get().provenAt().isPresent() ? Optional.empty() : Optional.of(Lacking.PROOF);
    }

    /** Tests the relay at the typed address, from outside and up to the queue. */
    void prove() {
        if (step.working()) {
            return;
        }
        typed().ifPresent(this::prove);
    }

    private void prove(RelayAddress read) {
        showUntried();
        Consumer<List<Step>> show = UiThread.latest(now -> {
            if (step.working()) {
                links.setAll(now);
                step.progress.set(share(now));
            }
        });
        step.run(
                "RELAY_PROVE",
                () -> {
                    tracking.keep(read);
                    List<Step> steps = tracking.proof().run(PATIENCE, show);
                    return new Ended(steps, known());
                },
                ended -> {
                    fill(ended.known());
                    links.setAll(ended.steps());
                    if (ended.steps().stream().anyMatch(link -> link.state() != ProofState.PROVEN)) {
                        step.fault("RELAY_FAILED", "");
                    }
                },
                this::load);
    }

    private static double share(List<Step> steps) {
        return (double) steps.stream()
                        .filter(link -> link.state() != ProofState.WAITING)
                        .count()
                / Link.values().length;
    }

    private void use(boolean wanted) {
        if (filling || wanted == standing.get().on()) {
            return;
        }
        step.run(
                wanted ? "RELAY_ON" : "RELAY_OFF",
                () -> {
                    if (wanted) {
                        tracking.switchOn();
                    } else {
                        tracking.switchOff();
                    }
                    return known();
                },
                now -> {
                    fill(now);
                    context.notices()
                            .done(context.texts().get(wanted ? "amazon.relay.now_on" : "amazon.relay.now_off"));
                },
                this::showSwitch);
        if (!step.doing.get().startsWith("RELAY_O")) {
            // Something else is being done, so nothing was begun.
            showSwitch();
        }
    }

    private void showUntried() {
        links.setAll(Stream.of(Link.values()).map(Step::waiting).toList());
    }
}
