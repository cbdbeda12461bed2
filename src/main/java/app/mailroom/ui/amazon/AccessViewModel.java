package app.mailroom.ui.amazon;

import app.mailroom.aws.Amazon;
import app.mailroom.aws.AmazonException;
import app.mailroom.aws.AmazonSettings;
import app.mailroom.aws.AmazonSettings.CredentialSource;
import app.mailroom.aws.AmazonSettings.Endpoints;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.UiThread;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** The first step: region and keys, and whether Amazon lets us in with them. */
final class AccessViewModel {
    /** Codes of what is wrong with the form itself. */
    static final String KEYS_MISSING = "KEYS_MISSING";

    final GuideStep step;
    final StringProperty region = new SimpleStringProperty("");
    final BooleanProperty typedKeys = new SimpleBooleanProperty(false);
    final StringProperty profile = new SimpleStringProperty("");
    final StringProperty keyId = new SimpleStringProperty("");
    final StringProperty secret = new SimpleStringProperty("");
    final StringProperty endpoint = new SimpleStringProperty("");
    /** Whether addresses stand in for Amazon's that differ from service to service; the form shows none of them. */
    final BooleanProperty severalEndpoints = new SimpleBooleanProperty(false);
    /** The id of the kept pair of keys; empty when none is kept. */
    final StringProperty keptKeyId = new SimpleStringProperty("");
    /** Whether kept keys outlast the program. */
    final BooleanProperty lasting = new SimpleBooleanProperty(true);

    final ObjectProperty<Amazon.@Nullable Check> checked = new SimpleObjectProperty<>();

    private final Amazon amazon;
    private final ScreenContext context;
    private final Runnable changed;
    private Form filled = new Form(AmazonSettings.FRESH, "", true);

    /** What the form shows while nothing is typed. */
    private record Form(AmazonSettings settings, String keptKeyId, boolean lasting) {
        static Form of(Amazon amazon) {
            return new Form(amazon.settings(), amazon.keysKept() ? amazon.keptKeyId() : "", amazon.keepsKeysForLong());
        }

        /** The one address for all services; empty when it is Amazon's own, or when there are several. */
        String endpoint() {
            Endpoints all = settings.endpoints();
            return several() ? "" : all.ses();
        }

        boolean several() {
            Endpoints all = settings.endpoints();
            return Stream.of(all.ses(), all.sns(), all.sqs(), all.sts())
                            .distinct()
                            .count()
                    > 1;
        }
    }

    /** changed is run when Amazon has let us in, so that the other steps can look. */
    AccessViewModel(ScreenContext context, Runnable changed) {
        this.context = context;
        this.amazon = context.features().amazon();
        this.changed = changed;
        this.step = new GuideStep(context.remote());
    }

    /** Reads what is kept. What the person has typed and not yet kept stays. */
    void load(Runnable then) {
        context.background().get(() -> Form.of(amazon), form -> {
            fill(form);
            then.run();
        });
    }

    private void fill(Form now) {
        AmazonSettings before = filled.settings();
        replace(region, before.region(), now.settings().region());
        replace(profile, before.profile(), now.settings().profile());
        replace(endpoint, filled.endpoint(), now.endpoint());
        replace(keyId, filled.keptKeyId(), now.keptKeyId());
        boolean typedBefore = before.credentials() == CredentialSource.KEPT_KEYS;
        if (typedKeys.get() == typedBefore) {
            typedKeys.set(now.settings().credentials() == CredentialSource.KEPT_KEYS);
        }
        severalEndpoints.set(now.several());
        keptKeyId.set(now.keptKeyId());
        lasting.set(now.lasting());
        filled = now;
    }

    private static void replace(StringProperty field, String before, String now) {
        if (field.get().strip().equals(before)) {
            field.set(now);
        }
    }

    /** Whether there is enough to ask Amazon without the person saying so. */
    boolean worthAsking() {
        return !filled.settings().region().isEmpty() && checked.get() == null && !step.working();
    }

    /** Asks Amazon with what is kept. */
    void ask() {
        step.run("CHECK", amazon::check, this::letIn, () -> checked.set(null));
    }

    /** Keeps what was typed and asks Amazon with it. */
    void check() {
        if (step.working()) {
            return;
        }
        if (region.get().isBlank()) {
            step.fault(AmazonException.Code.NO_REGION.name(), "");
            return;
        }
        String id = keyId.get().strip();
        String typed = secret.get().strip();
        boolean keptHolds = !keptKeyId.get().isEmpty() && keptKeyId.get().equals(id) && typed.isEmpty();
        if (typedKeys.get() && !keptHolds && (id.isEmpty() || typed.isEmpty())) {
            step.fault(KEYS_MISSING, "");
            return;
        }
        Typed form = new Typed(
                region.get().strip(),
                typedKeys.get(),
                profile.get().strip(),
                endpoint.get().strip());
        boolean newKeys = typedKeys.get() && !keptHolds;
        step.run(
                "CHECK",
                () -> {
                    if (newKeys) {
                        amazon.keepKeys(id, typed);
                    }
                    amazon.keep(form.over(amazon.settings(), filled.endpoint()));
                    Form kept = Form.of(amazon);
                    UiThread.run(() -> kept(kept, typed));
                    return amazon.check();
                },
                this::letIn,
                () -> checked.set(null));
    }

    private record Typed(String region, boolean keys, String profile, String endpoint) {
        AmazonSettings over(AmazonSettings kept, String endpointBefore) {
            return new AmazonSettings(
                    region,
                    keys ? CredentialSource.KEPT_KEYS : CredentialSource.DEFAULT_CHAIN,
                    profile,
                    endpoint.equals(endpointBefore) ? kept.endpoints() : Endpoints.all(endpoint),
                    kept.chain(),
                    kept.sesTracking(),
                    kept.syncSuppressions());
        }
    }

    /** The secret leaves the form only now that it is kept elsewhere. */
    private void kept(Form form, String typedSecret) {
        fill(form);
        if (secret.get().strip().equals(typedSecret)) {
            secret.set("");
        }
    }

    /** Forgets the kept pair of keys. */
    void forget() {
        step.run(
                "FORGET",
                () -> {
                    amazon.forgetKeys();
                    return Form.of(amazon);
                },
                form -> {
                    fill(form);
                    checked.set(null);
                    step.done(false);
                });
    }

    private void letIn(Amazon.Check answer) {
        checked.set(answer);
        changed.run();
        step.done(true);
    }
}
