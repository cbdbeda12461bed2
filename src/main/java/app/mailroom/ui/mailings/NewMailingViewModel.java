package app.mailroom.ui.mailings;

import app.mailroom.model.Attachment;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.model.Template;
import app.mailroom.model.World;
import app.mailroom.plan.AttachedFile;
import app.mailroom.plan.PlanRequest;
import app.mailroom.store.SettingsStore;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.io.File;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** A mailing while it is being planned: the form, the step in view, and what is known about both. */
final class NewMailingViewModel {
    /** How a step stands. */
    enum Mark {
        /** Not looked at yet, and not complete. */
        OPEN,
        DONE,
        /** The person was there, and something is missing or blocks. */
        LACKING
    }

    private static final int PULSES_BETWEEN = 6;

    final PlanForm form;
    final SenderModel sender;
    final ForecastModel forecast;
    final CheckModel check;
    final DraftKeeping keeping;
    final ObjectProperty<PlanningStep> step = new SimpleObjectProperty<>(PlanningStep.CONTENT);
    /** Null while no list is chosen, or its rows are being counted. */
    final ObjectProperty<@Nullable Audience> audience = new SimpleObjectProperty<>();

    /** Who counts openings and clicks, as it stands now. */
    final ObjectProperty<Counting> counting = new SimpleObjectProperty<>(Counting.PRACTICE);

    final BooleanProperty loaded = new SimpleBooleanProperty(false);
    /** Whether the mailing will wait until somebody else approves it. */
    final BooleanProperty approvalAsked = new SimpleBooleanProperty(false);
    /** Whether it cannot be planned before somebody has signed in, because it goes out live. */
    final BooleanProperty nameless = new SimpleBooleanProperty(false);

    private final ScreenContext context;
    private final FormLoading loading;
    private final Reload<Optional<Audience>> recounting;
    private final Set<PlanningStep> left = EnumSet.noneOf(PlanningStep.class);
    private Runnable changed = () -> {};
    private int pulses;
    private volatile @Nullable Counted toCount;

    private record Counted(RecipientList list, Optional<Template> template) {}

    NewMailingViewModel(ScreenContext context, OptionalLong draft) {
        this.context = context;
        form = new PlanForm(new TimingModel(context.features().clock().instant()));
        sender = new SenderModel(context, form.fromAddress);
        forecast = new ForecastModel(context, form.timing);
        check = new CheckModel(context, this::request);
        keeping = new DraftKeeping(context, draft, this::typed);
        loading = new FormLoading(context, form, keeping, draft);
        recounting = new Reload<>(context.background(), () -> count(toCount), found -> {
            // Another list may have been chosen meanwhile, and then the next answer is the right one.
            audience.set(found.filter(this::isOfTheChosen).orElse(null));
            foretell();
        });
        for (Observable input : form.inputs()) {
            input.addListener(any -> inputChanged());
        }
        form.list.chosen.addListener((property, before, now) -> recount());
        form.template.chosen.addListener((property, before, now) -> recount());
        step.addListener((property, before, now) -> {
            left.add(before);
            keeping.changed();
            if (now == PlanningStep.CHECK && loaded.get()) {
                check.run();
            }
        });
    }

    private void seeWhoApproves() {
        context.background().get(context.features().mailing().control()::approvalAsked, approvalAsked::set);
    }

    /** Looks whether a name is needed, which somebody may give while the person looks on. */
    private void seeWhoAsks() {
        context.background()
                .get(
                        () -> context.access()
                                .refusal(Right.SEND_MAILINGS, world())
                                .filter(refusal -> refusal.code() == Refusal.Code.LIVE_NEEDS_SIGN_IN)
                                .isPresent(),
                        nameless::set);
    }

    /** Has the person say who they are, over this page. */
    void signIn() {
        context.go().accept(new Place.SignIn());
    }

    /** Looks who counts, which may change while the person looks elsewhere. */
    private void seeWhoCounts() {
        context.background()
                .get(
                        () -> Counting.of(
                                context.features().mailing().beforeAndAfter().conditions()),
                        counting::set);
    }

    /** Brings the person to where it is set up who counts; what was typed is kept as a draft. */
    void openGuide() {
        context.go().accept(new Place.Amazon());
    }

    /** Is run when anything in the form has changed. */
    void onChange(Runnable now) {
        changed = now;
    }

    private void inputChanged() {
        if (loaded.get()) {
            keeping.changed();
            if (step.get() == PlanningStep.CHECK) {
                check.run();
            } else {
                check.forget();
            }
        }
        foretell();
        changed.run();
    }

    private DraftKeeping.Typed typed() {
        return new DraftKeeping.Typed(form.title.get(), form.texts(), List.copyOf(form.attachments), step.get());
    }

    /** Fills the form: from its draft, or with what a new mailing usually has. */
    void load() {
        seeWhoCounts();
        seeWhoApproves();
        seeWhoAsks();
        loading.fill(this::cameTo, () -> {
            loaded.set(true);
            // What was typed while the form was being filled.
            keeping.changed();
            if (step.get() == PlanningStep.CHECK) {
                check.run();
            }
            changed.run();
        });
    }

    /** The person was on this step when the draft was kept, and has left those before it. */
    private void cameTo(PlanningStep was) {
        for (PlanningStep one : PlanningStep.values()) {
            if (one.number() < was.number()) {
                left.add(one);
            }
        }
        step.set(was);
    }

    /** Looks whether templates and lists are still what they were. */
    void refresh() {
        seeWhoCounts();
        seeWhoApproves();
        seeWhoAsks();
        if (loaded.get()) {
            loading.refresh();
        }
    }

    /**
     * The pace that is allowed may not have been known when the form was filled, and what is checked may change while
     * the person looks at it.
     */
    void pulse() {
        if (step.get() == PlanningStep.CHECK && ++pulses % PULSES_BETWEEN == 0) {
            refresh();
        }
        if (forecast.foretold.get() == null) {
            foretell();
        }
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
                                form.attachments.removeIf(
                                        other -> other.fileName().equals(file.fileName()));
                                form.attachments.add(file);
                            }
                        });
    }

    private void recount() {
        RecipientList list = form.list.chosen.get();
        audience.set(null);
        toCount = list == null ? null : new Counted(list, Optional.ofNullable(form.template.chosen.get()));
        if (list != null) {
            recounting.ask();
        }
    }

    private Optional<Audience> count(@Nullable Counted of) {
        return Optional.ofNullable(of)
                .map(known -> Audience.count(context.features().stores(), known.list(), known.template(), world()));
    }

    private boolean isOfTheChosen(Audience counted) {
        return counted.list().equals(form.list.chosen.get());
    }

    /** People who will be mailed; as the list says it until they are counted. */
    long people() {
        Audience counted = audience.get();
        RecipientList list = form.list.chosen.get();
        return counted != null ? counted.mailed() : list == null ? 0 : list.rowCount();
    }

    private void foretell() {
        forecast.foretell(people());
    }

    private World world() {
        return sender.live ? World.LIVE : World.PRACTICE;
    }

    /** What is missing in the form, or typed so that it has no meaning. */
    List<Objection> missing() {
        List<Objection> missing = new ArrayList<>();
        request(missing);
        return missing;
    }

    private Optional<PlanRequest> request(List<Objection> missing) {
        Template template = form.template.chosen.get();
        RecipientList list = form.list.chosen.get();
        if (form.title.get().isBlank()) {
            missing.add(new Objection(true, "FORM_TITLE", ""));
        }
        if (template == null) {
            missing.add(new Objection(true, "FORM_TEMPLATE", form.template.lost.get()));
        }
        if (list == null) {
            missing.add(new Objection(true, "FORM_LIST", form.list.lost.get()));
        }
        if (form.fromAddress.get().isBlank()) {
            missing.add(new Objection(true, "FORM_FROM", ""));
        }
        Instant now = context.features().clock().instant();
        PlanTiming when = form.timing.timing(now, missing);
        if (template == null || list == null || !missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PlanRequest(
                form.title.get().strip(),
                template.newest().id(),
                list.id(),
                form.fromAddress.get().strip(),
                form.fromName.get().strip(),
                form.replyTo.get().strip(),
                when,
                form.tracked.get(),
                world(),
                List.copyOf(form.attachments)));
    }

    /** When it is to begin, if that is later than now. */
    Optional<Instant> beginsAt() {
        List<Objection> wrong = new ArrayList<>();
        PlanTiming typed = form.timing.timing(context.features().clock().instant(), wrong);
        return form.timing.later.get() && wrong.isEmpty() ? Optional.of(typed.notBefore()) : Optional.empty();
    }

    /**
     * Makes ready what a test of this mailing is made of; nothing happens while template or list are missing.
     *
     * @param address of the person as whom it is written
     */
    void testMail(String address, Consumer<TestMail> ready) {
        Template template = form.template.chosen.get();
        RecipientList list = form.list.chosen.get();
        if (template != null && list != null) {
            context.background()
                    .get(
                            () -> TestMail.read(
                                    context.features().stores(),
                                    template.newest().id(),
                                    list.id(),
                                    address),
                            found -> found.ifPresent(ready));
        }
    }

    /** How a step stands. */
    Mark mark(PlanningStep of) {
        boolean blocked =
                check.findings.get().stream().anyMatch(objection -> objection.blocks() && objection.mendedOn() == of);
        if (of == PlanningStep.CHECK) {
            return switch (check.standing.get()) {
                case UNKNOWN, CHECKING, STOPPED -> Mark.OPEN;
                case BLOCKED -> Mark.LACKING;
                case FREE -> Mark.DONE;
            };
        }
        if (blocked) {
            return Mark.LACKING;
        }
        if (missing().stream().noneMatch(objection -> objection.mendedOn() == of)) {
            return Mark.DONE;
        }
        return left.contains(of) ? Mark.LACKING : Mark.OPEN;
    }

    /** Plans it, if nothing speaks against it, and brings the person to it. */
    void plan() {
        keeping.now();
        check.plan(
                planId -> {
                    keeping.end();
                    context.go().accept(new Place.Mailing(planId));
                },
                request -> {
                    keeping.planned();
                    remember(request);
                });
    }

    private void remember(PlanRequest request) {
        SettingsStore settings = context.features().stores().settings();
        settings.put("ui.from_name", request.fromName());
        settings.put("ui.from_address", request.fromAddress());
        settings.put("ui.reply_to", request.replyTo());
    }
}
