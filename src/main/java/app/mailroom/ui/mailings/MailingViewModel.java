package app.mailroom.ui.mailings;

import app.mailroom.delivery.PipelineSnapshot;
import app.mailroom.model.AcceptedCount;
import app.mailroom.model.Message;
import app.mailroom.model.MessageEvent;
import app.mailroom.model.MessageQuery;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.SendingRules;
import app.mailroom.model.TemplateContent;
import app.mailroom.plan.Forecast;
import app.mailroom.store.MessageStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.Variables;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.LazyRows;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** One mailing, its messages as far as they were looked at, and what a person may do with them. */
final class MailingViewModel {
    /** A mailing at one moment, with the pace it is sent at, and when it will be done if its own rules spread it. */
    record Standing(
            PlanOverview overview, PipelineSnapshot pipeline, List<AcceptedCount> accepted, Optional<Instant> end) {
        Plan plan() {
            return overview.plan();
        }

        PlanTotals totals() {
            return overview.totals();
        }

        double perSecond() {
            return pipeline.sentPerSecond();
        }
    }

    /** A message with everything that was reported about it. */
    record Chosen(Message message, List<MessageEvent> events) {}

    final ObjectProperty<@Nullable Standing> standing = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable MessageState> filter = new SimpleObjectProperty<>();
    final StringProperty search = new SimpleStringProperty("");
    final ObjectProperty<@Nullable Chosen> chosen = new SimpleObjectProperty<>();
    final LazyRows<Message> messages;

    private final Features features;
    private final Background background;
    private final long planId;
    private final Reload<Standing> reload;
    private final Reload<List<Chosen>> reloadChosen;
    private long chosenId;

    MailingViewModel(ScreenContext context, long planId) {
        this.features = context.features();
        this.background = context.background();
        this.planId = planId;
        this.messages = new LazyRows<>(background, Message::id);
        var plans = features.stores().plans();
        this.reload = new Reload<>(
                background,
                () -> {
                    PlanOverview overview = plans.overview(planId).orElseThrow();
                    boolean charted = ThroughputChart.shownFor(overview.plan());
                    return new Standing(
                            overview,
                            features.mailing().dispatch().snapshot(),
                            charted ? plans.acceptedBySecond(planId, now().minus(ThroughputChart.SPAN)) : List.of(),
                            end(overview));
                },
                standing::set);
        MessageStore store = features.stores().messages();
        this.reloadChosen = new Reload<>(
                background,
                () -> {
                    long id = chosenId;
                    return store.find(id).map(message -> new Chosen(message, store.events(id))).stream()
                            .toList();
                },
                found -> {
                    Chosen now = found.isEmpty() ? null : found.get(0);
                    if (now != null && now.message().id() == chosenId && !now.equals(chosen.get())) {
                        chosen.set(now);
                    }
                });
        filter.addListener((property, before, state) -> showMessages());
        search.addListener((property, before, text) -> showMessages());
    }

    void showMessages() {
        MessageState state = filter.get();
        Set<MessageState> states = state == null ? Set.of() : Set.of(state);
        String text = search.get();
        MessageStore store = features.stores().messages();
        messages.show((after, offset, limit) ->
                store.page(new MessageQuery(planId, states, text, after == null ? 0 : after.id(), limit)));
    }

    void choose(@Nullable Message message) {
        chosenId = message == null ? 0 : message.id();
        if (message == null) {
            chosen.set(null);
        } else {
            reloadChosen.ask();
        }
    }

    /** Brings what is in view up to date; the rows are those between two indexes. */
    void pulse(int firstRow, int lastRow) {
        messages.lookForMore();
        messages.reread(firstRow, lastRow, features.stores().messages()::find);
        if (chosenId != 0) {
            reloadChosen.ask();
        }
    }

    void reload() {
        reload.ask();
    }

    /** Lets a draft begin, to the people who are in its list now. */
    void start() {
        steer(() -> features.mailing().control().start(planId));
    }

    void pause() {
        steer(() -> features.mailing().control().pause(planId));
    }

    void resume() {
        steer(() -> features.mailing().control().resume(planId));
    }

    /** Gives the mailing another time, other hours or other caps. */
    void edit(PlanTiming timing) {
        steer(() -> features.mailing().control().edit(planId, timing));
    }

    /** Foretold here, for it may take a moment. */
    private Optional<Instant> end(PlanOverview overview) {
        Plan plan = overview.plan();
        OptionalDouble fastest = features.mailing().dispatch().snapshot().allowedPerSecond();
        boolean spread = plan.state() == PlanState.RUNNING && !plan.rules().equals(SendingRules.NONE);
        return spread && fastest.isPresent()
                ? Forecast.end(overview.totals().unsent(), fastest.getAsDouble(), plan.timing(), now())
                : Optional.empty();
    }

    Instant now() {
        return features.clock().instant();
    }

    void cancel() {
        steer(() -> features.mailing().control().cancel(planId));
    }

    /** Sends an uncertain message once more. */
    void sendAgain(Message message, Runnable tooLate) {
        background.get(() -> features.mailing().control().sendAgain(message.id()), done -> {
            if (!done) {
                tooLate.run();
            }
            reload();
            messages.reread(0, messages.rows().size(), features.stores().messages()::find);
        });
    }

    private void steer(Background.Work work) {
        background.run(work, this::reload, failure -> {
            background.tell(failure);
            reload();
        });
    }

    /** The mail as this recipient gets it, written again from the frozen version and values, with images as data. */
    void render(Message message, Consumer<RenderedMail> done) {
        background.get(
                () -> {
                    Plan plan = features.stores().plans().find(planId).orElseThrow();
                    TemplateContent content = features.stores()
                            .templates()
                            .content(plan.templateVersionId())
                            .orElseThrow();
                    Map<String, Integer> slots = features.stores().plans().slotsByVariable(planId);
                    CompiledTemplate template = CompiledTemplate.compile(content);
                    return template.render(ProgramVariables.beside(
                                    variable -> value(message, slots.get(Variables.key(variable))),
                                    plan.fromAddress(),
                                    plan.replyTo()))
                            .withImagesAsData(template.images());
                },
                done);
    }

    private static String value(Message message, @Nullable Integer slot) {
        return slot == null || slot >= message.values().size()
                ? ""
                : message.values().get(slot);
    }

    /** Writes the mail as it was handed over; {@code done} gets false when this workspace does not have it. */
    void saveEml(Message message, Path file, Consumer<Boolean> done) {
        background.get(
                () -> {
                    var eml = features.mailing().practiceMailbox().eml(message.id());
                    if (eml.isPresent()) {
                        write(file, eml.get());
                    }
                    return eml.isPresent();
                },
                done);
    }

    private static void write(Path file, String content) throws IOException {
        Files.writeString(file, content, StandardCharsets.US_ASCII);
    }
}
