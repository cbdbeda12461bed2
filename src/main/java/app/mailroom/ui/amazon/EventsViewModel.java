package app.mailroom.ui.amazon;

import app.mailroom.aws.Amazon;
import app.mailroom.aws.AmazonException;
import app.mailroom.aws.AmazonSettings;
import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.aws.AwsSetup;
import app.mailroom.aws.AwsSetup.Finding;
import app.mailroom.aws.AwsSetup.Part;
import app.mailroom.aws.SuppressionSync;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.UiThread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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

/** The third step: the way of events from SES into this program, made by us or by an administrator. */
final class EventsViewModel {
    /** A part of the chain as shown; found is null while nobody has looked. */
    record Row(Part part, @Nullable Finding found, boolean working) {}

    final GuideStep step;
    final ObservableList<Row> rows = FXCollections.observableArrayList();
    final BooleanProperty tracking = new SimpleBooleanProperty(false);
    final BooleanProperty sync = new SimpleBooleanProperty(false);
    /** Whether a relay counts openings and clicks, so that Amazon may not. */
    final BooleanProperty relayCounts = new SimpleBooleanProperty(false);

    final StringProperty configurationSet = new SimpleStringProperty("");
    final StringProperty queueUrl = new SimpleStringProperty("");
    final ObjectProperty<EventChain> chain = new SimpleObjectProperty<>(EventChain.NONE);
    /** What the last comparison of the suppression lists changed. */
    final ObjectProperty<SuppressionSync.@Nullable Changes> compared = new SimpleObjectProperty<>();

    private final Amazon amazon;
    private final ScreenContext context;
    private final Runnable changed;
    private final Map<Part, Finding> found = new EnumMap<>(Part.class);
    private boolean filling;

    private record Looked(List<Finding> findings, AmazonSettings settings) {}

    /** changed is run when what is kept may be another, so that the relay can look. */
    EventsViewModel(ScreenContext context, Runnable changed) {
        this.context = context;
        this.changed = changed;
        this.amazon = context.features().amazon();
        this.step = new GuideStep(context.remote());
        showRows(null);
        tracking.addListener(
                (property, before, on) -> keep(settings -> with(settings, on, settings.syncSuppressions())));
        sync.addListener((property, before, on) -> keep(settings -> with(settings, settings.sesTracking(), on)));
    }

    /** Reads what is kept. What the person has typed and not yet kept stays. */
    void load() {
        context.background().get(amazon::settings, this::fill);
    }

    private void fill(AmazonSettings settings) {
        filling = true;
        tracking.set(settings.sesTracking());
        sync.set(settings.syncSuppressions());
        filling = false;
        EventChain before = chain.get();
        EventChain now = settings.chain();
        if (configurationSet.get().strip().equals(before.configurationSet())) {
            configurationSet.set(now.configurationSet());
        }
        if (queueUrl.get().strip().equals(before.queueUrl())) {
            queueUrl.set(now.queueUrl());
        }
        chain.set(now);
        settle();
        changed.run();
    }

    private void keep(UnaryOperator<AmazonSettings> change) {
        if (filling) {
            return;
        }
        context.background()
                .run(
                        () -> amazon.keep(change.apply(amazon.settings())),
                        () -> {
                            // What was found is compared with what is wanted, and that has just changed.
                            if (!found.isEmpty()) {
                                inspect();
                            }
                            changed.run();
                        },
                        failure -> {
                            if (failure instanceof AmazonException refused) {
                                step.fault(refused.code().name(), "");
                            } else {
                                context.background().tell(failure);
                            }
                            load();
                        });
    }

    private static AmazonSettings with(AmazonSettings settings, boolean tracking, boolean sync) {
        return new AmazonSettings(
                settings.region(),
                settings.credentials(),
                settings.profile(),
                settings.endpoints(),
                settings.chain(),
                tracking,
                sync);
    }

    /** Looks at what is there; changes nothing. */
    void inspect() {
        step.run("INSPECT", () -> looked(amazon.setup().inspect()), this::show);
    }

    /** Makes what is missing and mends what differs. */
    void apply() {
        change("APPLY", progress -> amazon.setup().apply(progress), List.of(Part.values()));
    }

    /** Takes away what was made. */
    void remove() {
        List<Part> backwards = new ArrayList<>(List.of(Part.values()));
        Collections.reverse(backwards);
        change("REMOVE", progress -> amazon.setup().remove(progress), backwards);
    }

    @FunctionalInterface
    private interface Change {
        List<Finding> run(Consumer<Finding> progress) throws Exception;
    }

    private void change(String what, Change change, List<Part> order) {
        if (step.working()) {
            return;
        }
        step.run(
                what,
                () -> looked(change.run(finding -> UiThread.run(() -> reached(finding, order)))),
                this::show,
                () -> {
                    showRows(null);
                    load();
                    // After a failure its reason stays in view; after a cancel there is none, and one may look at once.
                    if (step.trouble.get() == null) {
                        inspect();
                    }
                });
        step.progress.set(0);
        showRows(order.get(0));
    }

    private void reached(Finding finding, List<Part> order) {
        if (!step.working()) {
            return;
        }
        found.put(finding.part(), finding);
        int next = order.indexOf(finding.part()) + 1;
        step.progress.set((double) next / order.size());
        showRows(next < order.size() ? order.get(next) : null);
    }

    private Looked looked(List<Finding> findings) {
        return new Looked(findings, amazon.settings());
    }

    private void show(Looked looked) {
        found.clear();
        looked.findings().forEach(finding -> found.put(finding.part(), finding));
        showRows(null);
        fill(looked.settings());
    }

    private void showRows(@Nullable Part working) {
        rows.setAll(Stream.of(Part.values())
                .map(part -> new Row(part, found.get(part), part == working))
                .toList());
    }

    /** Whether there is anything at Amazon that could be taken away. */
    boolean somethingThere() {
        return found.values().stream().anyMatch(finding -> finding.state() != AwsSetup.State.MISSING);
    }

    /** Uses a chain that somebody else has set up. */
    void useByHand() {
        EventChain typed =
                new EventChain(configurationSet.get().strip(), queueUrl.get().strip());
        if (!typed.complete() && !typed.equals(EventChain.NONE)) {
            step.fault("CHAIN_INCOMPLETE", "");
            return;
        }
        step.run(
                "KEEP",
                () -> {
                    amazon.keep(amazon.settings().with(typed));
                    return amazon.settings();
                },
                settings -> {
                    found.clear();
                    showRows(null);
                    fill(settings);
                });
    }

    /** One round of comparing the suppression lists. */
    void compare() {
        step.run("COMPARE", () -> amazon.suppressionSync().syncOnce(), compared::set);
    }

    private void settle() {
        boolean mended = found.values().stream().allMatch(finding -> finding.state() == AwsSetup.State.PRESENT);
        step.done(chain.get().complete() && mended);
    }
}
