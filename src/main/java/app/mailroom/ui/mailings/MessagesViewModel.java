package app.mailroom.ui.mailings;

import app.mailroom.model.Message;
import app.mailroom.model.MessageEvent;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageOrder;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanResults.ReasonCount;
import app.mailroom.model.TemplateContent;
import app.mailroom.results.ResultsExport;
import app.mailroom.store.MessageStore;
import app.mailroom.store.ResultsStore;
import app.mailroom.store.ResultsStore.Found;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderedMail;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.LazyRows;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.mailings.MailingMemory.Asked;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** The messages of a mailing that are asked for, as far as they were looked at, and what a person may do with them. */
final class MessagesViewModel {
    /**
     * A message with everything that was reported about it.
     *
     * @param process that was sending it when it was last claimed
     */
    record Chosen(Message message, List<MessageEvent> events, Optional<String> process) {}

    /**
     * What is counted of the messages that are asked for.
     *
     * @param of what was asked for when they were counted
     * @param reasons of all messages of the mailing, by their state
     */
    record Counts(MessageFilter of, Found found, List<ReasonCount> reasons) {}

    final ObjectProperty<MessageFilter> filter;
    final ObjectProperty<MessageOrder> order;
    final ObjectProperty<@Nullable Counts> counts = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable Chosen> chosen = new SimpleObjectProperty<>();
    final LazyRows<Message> messages;

    private final Features features;
    private final Background background;
    private final MailingMemory memory;
    private final long planId;
    private final ResultsStore results;
    private final Reload<Counts> reloadCounts;
    private final Reload<List<Chosen>> reloadChosen;
    private long chosenId;
    private boolean first;

    MessagesViewModel(ScreenContext context, long planId, MailingMemory memory) {
        this.features = context.features();
        this.background = context.background();
        this.planId = planId;
        this.memory = memory;
        this.results = features.stores().results();
        this.messages = new LazyRows<>(background, Message::id, true);
        Asked asked = memory.asked(planId);
        this.filter = new SimpleObjectProperty<>(asked.filter());
        this.order = new SimpleObjectProperty<>(asked.order());
        this.reloadCounts = new Reload<>(
                background,
                () -> {
                    MessageFilter of = filter.get();
                    return new Counts(
                            of,
                            results.count(of),
                            results.of(planId).orElseThrow().reasons());
                },
                counts::set);
        MessageStore store = features.stores().messages();
        this.reloadChosen = new Reload<>(
                background,
                () -> {
                    long id = chosenId;
                    return store
                            .find(id)
                            .map(message -> new Chosen(message, store.events(id), store.claimedBy(id)))
                            .stream()
                            .toList();
                },
                found -> {
                    Chosen now = found.isEmpty() ? null : found.get(0);
                    if (now != null && now.message().id() == chosenId && !now.equals(chosen.get())) {
                        chosen.set(now);
                    }
                });
        filter.addListener((property, before, now) -> {
            show();
            recount();
        });
        order.addListener((property, before, now) -> show());
        messages.settledProperty().addListener((property, before, now) -> takeFirst());
    }

    /** Reads the messages that are asked for anew, from the first on. */
    void show() {
        MessageFilter asked = filter.get();
        MessageOrder by = order.get();
        memory.keep(new Asked(asked, by));
        messages.show((after, offset, limit) -> results.messages(asked, by, after, limit));
    }

    /** Counts them anew. */
    void recount() {
        reloadCounts.ask();
    }

    /** Shows the messages of one state, or of all. */
    void only(@Nullable MessageState state) {
        MessageFilter now = filter.get();
        Set<MessageState> states = state == null ? Set.of() : Set.of(state);
        Counts counted = counts.get();
        // A reason that does not occur there would find nothing.
        boolean occurs = now.reason() == null
                || counted == null
                || states.isEmpty()
                || counted.reasons().stream().anyMatch(one -> one.state() == state && now.admits(one.reason()));
        filter.set(with(states, occurs ? now.reason() : null, now.mark(), now.search(), now.fromStart()));
    }

    void without(MessageState state) {
        MessageFilter now = filter.get();
        Set<MessageState> states = EnumSet.copyOf(now.states());
        states.remove(state);
        filter.set(with(states, now.reason(), now.mark(), now.search(), now.fromStart()));
    }

    void because(@Nullable String reason) {
        MessageFilter now = filter.get();
        filter.set(with(now.states(), reason, now.mark(), now.search(), now.fromStart()));
    }

    void marked(MessageFilter.@Nullable Mark mark) {
        MessageFilter now = filter.get();
        filter.set(with(now.states(), now.reason(), mark, now.search(), now.fromStart()));
    }

    void search(String text) {
        MessageFilter now = filter.get();
        if (!now.search().equals(text)) {
            filter.set(with(now.states(), now.reason(), now.mark(), text, false));
        }
    }

    void showAll() {
        filter.set(MessageFilter.all(planId));
    }

    private MessageFilter with(
            Set<MessageState> states,
            @Nullable String reason,
            MessageFilter.@Nullable Mark mark,
            String search,
            boolean fromStart) {
        return new MessageFilter(planId, states, reason, mark, search, fromStart);
    }

    void choose(@Nullable Message message) {
        chosenId = message == null ? 0 : message.id();
        if (message == null) {
            chosen.set(null);
        } else {
            reloadChosen.ask();
        }
    }

    /** Reads those that are asked for anew, for some may not be among them any more, and chooses the first. */
    void chooseFirst() {
        chosenId = 0;
        first = true;
        show();
    }

    private void takeFirst() {
        if (first && messages.settledProperty().get() && !messages.rows().isEmpty()) {
            first = false;
            choose(messages.rows().get(0));
        }
    }

    /** The number of the chosen message; 0 where there is none. */
    long chosenId() {
        return chosenId;
    }

    /** Brings what is in view up to date; the rows are those between two indexes. */
    void pulse(int firstRow, int lastRow) {
        messages.lookForMore();
        reread(firstRow, lastRow);
        if (chosenId != 0) {
            reloadChosen.ask();
        }
    }

    private void reread(int firstRow, int lastRow) {
        messages.reread(firstRow, lastRow, features.stores().messages()::find);
    }

    /** Sends an uncertain message once more; {@code done} is told whether it was still uncertain. */
    void sendAgain(Message message, Consumer<Boolean> done) {
        decide(() -> features.mailing().control().sendAgain(message.id()), done);
    }

    /** Takes an uncertain message for sent; {@code done} is told whether it was still uncertain. */
    void markSent(Message message, Consumer<Boolean> done) {
        decide(() -> features.mailing().control().markSent(message.id()), done);
    }

    private void decide(Callable<Boolean> decision, Consumer<Boolean> done) {
        background.get(decision, decided -> {
            refreshAll();
            done.accept(decided);
        });
    }

    /** Sends every uncertain message of the mailing once more; {@code done} is told how many they were. */
    void sendAllAgain(LongConsumer done) {
        background.get(() -> features.mailing().control().sendAllAgain(planId), count -> {
            allDecided();
            done.accept(count);
        });
    }

    /** Takes every uncertain message of the mailing for sent; {@code done} is told how many they were. */
    void markAllSent(LongConsumer done) {
        background.get(() -> features.mailing().control().markAllSent(planId), count -> {
            allDecided();
            done.accept(count);
        });
    }

    private void refreshAll() {
        recount();
        reread(0, messages.rows().size());
        if (chosenId != 0) {
            reloadChosen.ask();
        }
    }

    /** None is left where it was, so they are read anew rather than one by one. */
    private void allDecided() {
        recount();
        show();
        if (chosenId != 0) {
            reloadChosen.ask();
        }
    }

    /**
     * The mail as this recipient gets it, written again from the frozen version and values, with images as data; but nothing in
     * it is counted, and nobody can be unsubscribed by it.
     */
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
                    String unsubscribe = features.mailing()
                            .beforeAndAfter()
                            .leaving()
                            .of(plan.world(), plan.fromAddress(), plan.replyTo());
                    return template.render(ProgramVariables.besideSlots(slots, message.values(), unsubscribe))
                            .withImagesAsData(template.images());
                },
                done);
    }

    /** Writes the mail as it was handed over; {@code done} gets false when this workspace does not have it. */
    void saveEml(Message message, Path file, Consumer<Boolean> done) {
        background.get(
                () -> {
                    var eml = features.mailing().practiceMailbox().eml(message.id());
                    if (eml.isPresent()) {
                        new ResultsExport(
                                        features.account().session(),
                                        features.account().audit(),
                                        ZoneOffset.UTC)
                                .inAnotherWay("message " + message.id(), "EML", () -> {
                                    Files.writeString(file, eml.get(), StandardCharsets.US_ASCII);
                                    return 0;
                                });
                    }
                    return eml.isPresent();
                },
                done);
    }

    /**
     * Has the system's browser show a practice mail with the links and the picture that were sent; {@code done} gets false when
     * there is none.
     */
    void openInBrowser(Message message, Consumer<Boolean> done) {
        background.get(
                () -> {
                    Optional<String> page = features.mailing().practiceMailbox().page(message.id());
                    if (page.isPresent()) {
                        // Only its owner may read it, as Java makes such files.
                        Path file = Files.createTempFile("mailroom-", ".html");
                        file.toFile().deleteOnExit();
                        Files.writeString(file, page.get());
                        features.outside().browser().open(file.toUri());
                    }
                    return page.isPresent();
                },
                done);
    }
}
