package app.mailroom.ui.mailings;

import app.mailroom.model.Attachment;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Template;
import app.mailroom.model.UsualSender;
import app.mailroom.model.World;
import app.mailroom.plan.AttachedFile;
import app.mailroom.plan.Forecast;
import app.mailroom.plan.PlanFinding;
import app.mailroom.plan.PlanRequest;
import app.mailroom.plan.PlanningException;
import app.mailroom.store.SettingsStore;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.SenderAddresses;
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The form for a mailing. Warnings have to be seen once before it is planned; what blocks has to be mended. */
final class NewMailingViewModel {
    /** Something that speaks against planning: it blocks, or it is only worth knowing. */
    record Objection(boolean blocks, String code, String detail) {
        static Objection of(PlanFinding finding, FindingWords words) {
            return new Objection(finding.blocks(), finding.code().name(), words.detail(finding));
        }
    }

    /** How the sender address stands in live mode. */
    enum Sender {
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
    /** From which addresses Amazon sends; for live mailings. */
    final ObservableList<String> senders = FXCollections.observableArrayList();

    final ObjectProperty<Sender> sender = new SimpleObjectProperty<>(Sender.FINE);
    final StringProperty sendersTrouble = new SimpleStringProperty("");
    final StringProperty title = new SimpleStringProperty("");
    final ObservableList<Template> templates = FXCollections.observableArrayList();
    final ObservableList<RecipientList> lists = FXCollections.observableArrayList();
    final ObjectProperty<@Nullable Template> template = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable RecipientList> list = new SimpleObjectProperty<>();
    final StringProperty fromName = new SimpleStringProperty("");
    final StringProperty fromAddress = new SimpleStringProperty("");
    final StringProperty replyTo = new SimpleStringProperty("");
    final TimingModel timing;
    final ObservableList<Attachment> attachments = FXCollections.observableArrayList();
    final ObservableList<Objection> findings = FXCollections.observableArrayList();
    final BooleanProperty busy = new SimpleBooleanProperty(false);
    final BooleanProperty loaded = new SimpleBooleanProperty(false);
    /** Whether only warnings are left, which the person has before their eyes. */
    final BooleanProperty warned = new SimpleBooleanProperty(false);

    /** Null while something is missing for it. */
    final ObjectProperty<@Nullable Foretold> foretold = new SimpleObjectProperty<>();

    /** Of what is foretold. */
    record Asked(PlanTiming timing, long people, double perSecond, Instant now) {}

    /** When it will be done; the end is empty where that is years ahead. */
    record Foretold(@Nullable Asked asked, Optional<Instant> end) {}

    private final Reload<Foretold> foretelling;
    private volatile @Nullable Asked toForetell;
    private final ScreenContext context;
    private @Nullable PlanRequest warnedAbout;
    private @Nullable SenderAddresses known;

    private record Choices(
            List<Template> templates, List<RecipientList> lists, String fromName, String fromAddress, String replyTo) {}

    NewMailingViewModel(ScreenContext context) {
        this.context = context;
        this.live = context.features().mailing().dispatch().world() == World.LIVE;
        fromAddress.addListener((property, before, now) -> weighSender());
        foretelling = new Reload<>(
                context.background(),
                () -> foretell(toForetell),
                done -> foretold.set(done.asked() == null || toForetell == null ? null : done));
        timing = new TimingModel(context.features().clock().instant());
    }

    void load() {
        var stores = context.features().stores();
        SettingsStore settings = stores.settings();
        UsualSender usual = context.features().mailing().usualSender();
        context.background()
                .get(
                        () -> new Choices(
                                stores.templates().list().stream()
                                        .filter(t -> !t.archived())
                                        .toList(),
                                stores.recipients().lists(),
                                settings.get("ui.from_name").orElse(usual.name()),
                                settings.get("ui.from_address").orElse(usual.address()),
                                settings.get("ui.reply_to").orElse(usual.replyTo())),
                        choices -> {
                            templates.setAll(choices.templates());
                            lists.setAll(choices.lists());
                            fillIfEmpty(fromName, choices.fromName());
                            fillIfEmpty(fromAddress, choices.fromAddress());
                            fillIfEmpty(replyTo, choices.replyTo());
                            if (template.get() == null && templates.size() == 1) {
                                template.set(templates.get(0));
                            }
                            if (list.get() == null && lists.size() == 1) {
                                list.set(lists.get(0));
                            }
                            loaded.set(true);
                        });
    }

    /** Reads files that are to go with the mailing; one of the same name takes the other's place. */
    void attach(List<File> files) {
        context.background()
                .get(
                        () -> {
                            List<Attachment> read = new ArrayList<>();
                            for (File file : files) {
                                read.add(AttachedFile.read(file.toPath()));
                            }
                            return read;
                        },
                        read -> {
                            for (Attachment file : read) {
                                attachments.removeIf(other -> other.fileName().equals(file.fileName()));
                                attachments.add(file);
                            }
                        });
    }

    /** Asks Amazon from where may be sent, which matters for live mailings only. */
    void loadSenders() {
        if (!live) {
            return;
        }
        sender.set(Sender.ASKING);
        context.remote()
                .get(
                        () -> SenderAddresses.of(
                                context.features().amazon().senders().list(),
                                context.features().stores()),
                        found -> {
                            known = found;
                            String typed = fromAddress.get();
                            senders.setAll(found.choices());
                            fromAddress.set(typed);
                            weighSender();
                        },
                        failure -> {
                            if (failure instanceof IOException) {
                                sendersTrouble.set(String.valueOf(failure.getMessage()));
                            } else {
                                context.remote().tell(failure);
                            }
                            sender.set(Sender.UNKNOWN);
                        });
    }

    private void weighSender() {
        SenderAddresses now = known;
        if (!live || now == null) {
            return;
        }
        String address = fromAddress.get().strip();
        sender.set(address.isEmpty() || now.covers(address) ? Sender.FINE : Sender.NOT_COVERED);
    }

    private static void fillIfEmpty(StringProperty property, String text) {
        if (property.get().isEmpty()) {
            property.set(text);
        }
    }

    /** Checks, and plans when nothing stands against it. */
    void plan() {
        if (busy.get()) {
            return;
        }
        Optional<PlanRequest> complete = request();
        if (complete.isEmpty()) {
            return;
        }
        PlanRequest request = complete.get();
        // "Now" is another instant at every press, so warnings are remembered for the rest of the request.
        boolean seen = warned.get() && warnedAbout != null && sameButTime(warnedAbout, request);
        var planning = context.features().mailing().planning();
        busy.set(true);
        context.background()
                .get(
                        () -> {
                            List<PlanFinding> found = planning.check(request);
                            boolean blocked = found.stream().anyMatch(PlanFinding::blocks);
                            if (blocked || (!found.isEmpty() && !seen)) {
                                return new Outcome(found, 0);
                            }
                            try {
                                long id = planning.plan(request);
                                remember(request);
                                return new Outcome(List.of(), id);
                            } catch (PlanningException e) {
                                return new Outcome(e.findings(), 0);
                            }
                        },
                        outcome -> show(request, outcome),
                        failure -> {
                            busy.set(false);
                            context.background().tell(failure);
                        });
    }

    private record Outcome(List<PlanFinding> findings, long planId) {}

    private void show(PlanRequest request, Outcome outcome) {
        busy.set(false);
        FindingWords words = new FindingWords(context.texts());
        findings.setAll(outcome.findings().stream()
                .map(finding -> Objection.of(finding, words))
                .toList());
        boolean blocked = outcome.findings().stream().anyMatch(PlanFinding::blocks);
        warned.set(!outcome.findings().isEmpty() && !blocked);
        warnedAbout = request;
        if (outcome.planId() > 0) {
            context.features().mailing().dispatch().wake();
            context.go().accept(new Place.Mailing(outcome.planId()));
        }
    }

    private void remember(PlanRequest request) {
        SettingsStore settings = context.features().stores().settings();
        settings.put("ui.from_name", request.fromName());
        settings.put("ui.from_address", request.fromAddress());
        settings.put("ui.reply_to", request.replyTo());
    }

    private static boolean sameButTime(PlanRequest a, PlanRequest b) {
        return a.at(Instant.EPOCH).equals(b.at(Instant.EPOCH));
    }

    private Optional<PlanRequest> request() {
        List<Objection> missing = new ArrayList<>();
        if (title.get().isBlank()) {
            missing.add(new Objection(true, "FORM_TITLE", ""));
        }
        Template chosen = template.get();
        if (chosen == null) {
            missing.add(new Objection(true, "FORM_TEMPLATE", ""));
        }
        RecipientList to = list.get();
        if (to == null) {
            missing.add(new Objection(true, "FORM_LIST", ""));
        }
        if (fromAddress.get().isBlank()) {
            missing.add(new Objection(true, "FORM_FROM", ""));
        }
        PlanTiming when = timing.timing(now(), missing);
        warned.set(false);
        findings.setAll(missing);
        if (chosen == null || to == null || !missing.isEmpty()) {
            return Optional.empty();
        }
        warned.set(warnedAbout != null);
        return Optional.of(new PlanRequest(
                title.get().strip(),
                chosen.newest().id(),
                to.id(),
                fromAddress.get().strip(),
                fromName.get().strip(),
                replyTo.get().strip(),
                when,
                true,
                context.features().person(),
                live ? World.LIVE : World.PRACTICE,
                List.copyOf(attachments)));
    }

    private Instant now() {
        return context.features().clock().instant();
    }

    /** Foretells when the mailing will be done as it stands in the form, by the pace that is allowed at present. */
    void foretell() {
        RecipientList to = list.get();
        List<Objection> wrong = new ArrayList<>();
        Instant now = now();
        PlanTiming typed = timing.timing(now, wrong);
        OptionalDouble rate = context.features().mailing().dispatch().snapshot().allowedPerSecond();
        if (to == null || !wrong.isEmpty() || rate.isEmpty()) {
            toForetell = null;
            foretold.set(null);
        } else {
            toForetell = new Asked(typed, to.rowCount(), rate.getAsDouble(), now);
            foretelling.ask();
        }
    }

    private static Foretold foretell(@Nullable Asked asked) {
        if (asked == null) {
            return new Foretold(null, Optional.empty());
        }
        return new Foretold(asked, Forecast.end(asked.people(), asked.perSecond(), asked.timing(), asked.now()));
    }
}
