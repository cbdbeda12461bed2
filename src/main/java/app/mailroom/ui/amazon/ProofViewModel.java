package app.mailroom.ui.amazon;

import app.mailroom.aws.Amazon;
import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.aws.ChainProof.Link;
import app.mailroom.aws.ChainProof.Step;
import app.mailroom.model.ProofState;
import app.mailroom.model.SendingIdentity;
import app.mailroom.store.SettingsStore;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.SenderAddresses;
import app.mailroom.ui.common.UiThread;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The fourth step: whether what SES reports really arrives here. */
final class ProofViewModel {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PROVEN = "ui.amazon_proven";

    final GuideStep step;
    final StringProperty from = new SimpleStringProperty("");
    final ObservableList<String> choices = FXCollections.observableArrayList();
    final ObservableList<Step> links = FXCollections.observableArrayList();
    /** When the chain that is in use was proven last. */
    final ObjectProperty<@Nullable Instant> provenAt = new SimpleObjectProperty<>();

    private final Amazon amazon;
    private final ScreenContext context;
    private SenderAddresses senders = SenderAddresses.NONE;

    /** A proof holds for the chain that it was made with. */
    private record Proven(Instant at, EventChain chain) {
        String written() {
            return at + "|" + chain.configurationSet() + "|" + chain.queueUrl();
        }

        static Optional<Proven> read(String text) {
            String[] parts = text.split("\\|", -1);
            if (parts.length != 3) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Proven(Instant.parse(parts[0]), new EventChain(parts[1], parts[2])));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }

    ProofViewModel(ScreenContext context) {
        this.context = context;
        this.amazon = context.features().amazon();
        this.step = new GuideStep(context.remote());
        showUntried();
    }

    /** Reads when the chain was proven. */
    void load() {
        SettingsStore settings = context.features().stores().settings();
        context.background()
                .get(
                        () -> settings.get(PROVEN)
                                .flatMap(Proven::read)
                                .filter(proven ->
                                        proven.chain().equals(amazon.settings().chain()))
                                .map(Proven::at),
                        at -> {
                            provenAt.set(at.orElse(null));
                            step.done(at.isPresent());
                        });
    }

    /** Takes over from where may be sent. */
    void offer(List<SendingIdentity> identities) {
        context.background()
                .get(() -> SenderAddresses.of(identities, context.features().stores()), now -> {
                    senders = now;
                    String typed = from.get();
                    choices.setAll(now.choices());
                    from.set(typed);
                    if (typed.isBlank()) {
                        now.choices().stream()
                                .filter(choice -> !choice.startsWith("@"))
                                .findFirst()
                                .ifPresent(from::set);
                    }
                });
    }

    /** Runs the proof; sends three mails to Amazon's mailbox simulator. */
    void prove() {
        if (step.working()) {
            return;
        }
        String sender = from.get().strip();
        if (sender.isEmpty() || sender.startsWith("@")) {
            step.fault("PROOF_SENDER", "");
            return;
        }
        if (!senders.identities().isEmpty() && !senders.covers(sender)) {
            step.fault("SENDER_NOT_COVERED", sender);
            return;
        }
        showUntried();
        Consumer<List<Step>> show = UiThread.latest(now -> {
            if (step.working()) {
                links.setAll(now);
            }
        });
        step.run(
                "PROVE",
                () -> {
                    List<Step> steps = amazon.proof().run(sender, PATIENCE, show);
                    if (allProven(steps)) {
                        Proven proven = new Proven(
                                context.features().clock().instant(),
                                amazon.settings().chain());
                        context.features().stores().settings().put(PROVEN, proven.written());
                    }
                    return steps;
                },
                this::ended);
    }

    private void ended(List<Step> steps) {
        links.setAll(steps);
        boolean proven = allProven(steps);
        provenAt.set(proven ? context.features().clock().instant() : null);
        step.done(proven);
        if (!proven) {
            step.fault("NOT_PROVEN", "");
        }
    }

    private static boolean allProven(List<Step> steps) {
        return !steps.isEmpty() && steps.stream().allMatch(link -> link.state() == ProofState.PROVEN);
    }

    private void showUntried() {
        links.setAll(Stream.of(Link.values()).map(Step::waiting).toList());
    }
}
