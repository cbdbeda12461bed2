package app.mailroom.ui.mailings;

import app.mailroom.model.Plan;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.Resend;
import app.mailroom.model.Resend.Whom;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateVersion;
import app.mailroom.plan.PlanFinding;
import app.mailroom.plan.PlanningException;
import app.mailroom.plan.SendAgain;
import app.mailroom.store.TemplateStore;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.LongWork;
import app.mailroom.ui.common.ScreenContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;

/** What a person says who sends a mailing again to some of its recipients. */
final class SendAgainModel {
    /** The version that was sent, and the newest one of the same template where that is another. */
    record Versions(TemplateVersion sent, Optional<TemplateVersion> newest) {}

    final ObjectProperty<Resend> resend;
    final ObservableMap<Whom, Long> counts = FXCollections.observableHashMap();
    final StringProperty title;
    final ObjectProperty<Optional<Versions>> versions = new SimpleObjectProperty<>(Optional.empty());
    final BooleanProperty newest = new SimpleBooleanProperty(false);
    final ObservableList<Objection> objections = FXCollections.observableArrayList();
    final TimingModel timing;
    final LongWork work;

    private final ScreenContext context;
    private final FindingWords words;
    private final Features features;
    private final Plan plan;
    private final List<Resend> groups;

    /**
     * Nothing is typed yet.
     *
     * @param chosen whom to begin with; a selection is offered beside the groups
     * @param title proposed
     */
    SendAgainModel(ScreenContext context, Plan plan, Resend chosen, String title) {
        this.context = context;
        this.features = context.features();
        this.words = new FindingWords(context.texts());
        this.plan = plan;
        this.groups = groups(plan, chosen);
        this.resend = new SimpleObjectProperty<>(chosen);
        this.title = new SimpleStringProperty(title);
        this.timing = new TimingModel(features.clock().instant());
        timing.zone.set(plan.zone());
        this.work = new LongWork(context);
    }

    private static List<Resend> groups(Plan plan, Resend chosen) {
        List<Resend> groups = new ArrayList<>();
        if (chosen.whom() == Whom.SELECTION) {
            groups.add(chosen);
        }
        for (Whom whom : Whom.values()) {
            boolean ofReaders = whom == Whom.NOT_OPENED || whom == Whom.NOT_CLICKED;
            if (whom != Whom.SELECTION && (plan.tracked() || !ofReaders)) {
                groups.add(new Resend(plan.id(), whom));
            }
        }
        return List.copyOf(groups);
    }

    /** Whom it can be sent to. */
    List<Resend> groups() {
        return groups;
    }

    /** Counts the groups and looks for a newer version, in the background. */
    void load() {
        for (Resend group : groups) {
            context.background().get(() -> again().count(group), count -> counts.put(group.whom(), count));
        }
        context.background().get(this::findVersions, versions::set);
    }

    private Optional<Versions> findVersions() {
        TemplateStore templates = features.stores().templates();
        return templates
                .version(plan.templateVersionId())
                .map(sent -> new Versions(
                        sent,
                        templates
                                .find(sent.templateId())
                                .map(Template::newest)
                                .filter(version -> version.id() != sent.id())));
    }

    /**
     * Makes the mailing; {@code done} gets its number. What blocks it is among the objections, and nothing was made; nor does
     * anything remain of it when the work is stopped.
     */
    void plan(LongConsumer done) {
        List<Objection> found = new ArrayList<>();
        if (title.get().isBlank()) {
            found.add(new Objection(true, "FORM_TITLE", ""));
        }
        PlanTiming when = timing.timing(features.clock().instant(), found);
        objections.setAll(found);
        if (!found.isEmpty()) {
            return;
        }
        OptionalLong version = newest.get()
                ? versions.get()
                        .flatMap(Versions::newest)
                        .map(one -> OptionalLong.of(one.id()))
                        .orElse(OptionalLong.empty())
                : OptionalLong.empty();
        SendAgain.Request request =
                new SendAgain.Request(resend.get(), title.get(), version, when.notBefore(), when.zone());
        work.start(
                progress -> again().plan(request, progress),
                made -> made.ifPresent(mailing -> {
                    features.mailing().dispatch().wake();
                    done.accept(mailing.planId());
                }),
                this::failed);
    }

    private void failed(Throwable failure) {
        if (failure instanceof PlanningException blocked) {
            objections.setAll(blocked.findings().stream()
                    .filter(PlanFinding::blocks)
                    .map(finding -> Objection.of(finding, words))
                    .toList());
        } else {
            context.background().tell(failure);
        }
    }

    private SendAgain again() {
        return features.mailing().beforeAndAfter().sendAgain();
    }
}
