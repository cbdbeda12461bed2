package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_COLUMNS;
import static app.mailroom.store.jooq.Tables.PRACTICE_MAIL;
import static app.mailroom.store.jooq.Tables.PRACTICE_QUEUE;
import static app.mailroom.store.jooq.Tables.SHEET_EDITS;
import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;
import static app.mailroom.store.jooq.Tables.SUPPRESSION_LIFTS;
import static app.mailroom.store.jooq.Tables.TEMPLATES;
import static app.mailroom.store.jooq.Tables.TEMPLATE_VERSIONS;

import app.mailroom.model.MessageState;
import app.mailroom.model.Right;
import app.mailroom.model.Suppression;
import app.mailroom.model.WorkspaceId;
import app.mailroom.store.PersonSearch.Listing;
import app.mailroom.store.jooq.tables.records.ImportProblemsRecord;
import app.mailroom.store.jooq.tables.records.MessagesRecord;
import app.mailroom.store.jooq.tables.records.RecipientRowsRecord;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * All that the workspace keeps of one person, wherever it lies. Addresses are given in the form in which they are
 * compared ({@link SuppressionStore#key}). Not searched are the words of those who send: names of lists and mailings,
 * templates, and the sender's own address; and what others have put into a mail by hand, such as attached files. Of a
 * mailing that is still being planned nobody can tell yet what will be what, so all that was typed is searched.
 */
public final class PersonStore {
    /** Where something of a person lies, in the order in which it is shown. */
    public enum Place {
        /** Rows of recipient lists, those of unfinished imports too. */
        ROWS,
        /** Rows that an import left out. */
        LEFT_OUT,
        /** What rows were before and after edits, kept so that these can be undone. */
        HISTORY,
        MESSAGES,
        /** What was reported about the messages. */
        EVENTS,
        /** Mails in the practice world as they were sent. */
        PRACTICE_MAILS,
        /** Events of the practice world that have not been received yet. */
        WAITING_EVENTS,
        /** Events that could not be understood or matched. */
        QUARANTINED,
        /** The suppression list, in both worlds. */
        SUPPRESSIONS,
        /** Suppressions that were lifted. */
        LIFTS,
        /** What the window remembers, such as the addresses of the last test mail. */
        REMEMBERED,
        /** The address in what belongs to somebody else. */
        MENTIONS
    }

    /**
     * How much is kept of a person.
     *
     * @param counts by place; places with nothing are missing
     * @param suppressions on the suppression list
     * @param waiting messages that are still to be sent
     * @param beingSent messages that are on their way this moment
     */
    public record Found(Map<Place, Long> counts, List<Suppression> suppressions, long waiting, long beingSent) {
        /** Copies. */
        public Found {
            counts = Map.copyOf(counts);
            suppressions = List.copyOf(suppressions);
        }

        /** How much there is in one place. */
        public long in(Place place) {
            return counts.getOrDefault(place, 0L);
        }

        /** Whether nothing is kept at all. */
        public boolean isNothing() {
            return counts.isEmpty();
        }
    }

    /** One thing that is kept; facts have stable names, and times in ISO 8601. */
    public record Kept(Place place, ObjectNode facts) {}

    /** All that is kept of a person, and the mails of the practice world (RFC 5322) by the name that the facts give them. */
    public record Everything(List<Kept> kept, Map<String, String> mails) {}

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Database workspace;
    private final Database practice;
    private final WorkspaceId workspaceId;
    private final Clock clock;

    /** Over the two databases of a workspace. */
    public PersonStore(Database workspace, Database practice, WorkspaceId workspaceId, Clock clock) {
        this.workspace = workspace;
        this.practice = practice;
        this.workspaceId = workspaceId;
        this.clock = clock;
    }

    /**
     * What is kept of the person with this address. Reads through every list and mailing, for a million rows some seconds.
     */
    public Found find(String key) {
        PersonSearch search = new PersonSearch(new AddressTrace(key));
        Map<Place, Long> counts = new EnumMap<>(Place.class);
        collect(search, kept -> counts.merge(kept.place(), 1L, Long::sum));
        List<MessagesRecord> messages = workspace.read(search::messages);
        return new Found(
                counts,
                workspace.read(sql -> suppressions(sql, key)),
                messages.stream()
                        .filter(message -> message.getState() == MessageState.PLANNED)
                        .count(),
                messages.stream()
                        .filter(message -> message.getState() == MessageState.CLAIMED)
                        .count());
    }

    /** All that is kept of the person with this address. */
    public Everything everything(String key) {
        PersonSearch search = new PersonSearch(new AddressTrace(key));
        List<Kept> kept = new ArrayList<>();
        collect(search, kept::add);
        Map<String, String> mails = new LinkedHashMap<>();
        practice.read(search::practiceMails)
                .forEach(id -> practice.read(sql -> sql.select(PRACTICE_MAIL.EML)
                                .from(PRACTICE_MAIL)
                                .where(PRACTICE_MAIL.ID.eq(id))
                                .fetchOptional(PRACTICE_MAIL.EML))
                        .ifPresent(eml -> mails.put(mailName(id), PracticeStore.unfold(eml))));
        return new Everything(List.copyOf(kept), mails);
    }

    /**
     * Erases the person, in short transactions. If it breaks off, it is to be done again, and does the rest. Messages that
     * wait are cancelled; all stay in the counts of their mailings, without the person. Rows go from lists and from what
     * can be undone. Afterwards the files hold neither the address nor the values of the person's rows; copies of the
     * files made earlier do.
     *
     * @param keepSuppressed whether the address stays on the suppression list, if it is on it
     * @param progress is told before each place
     * @param erased takes how much was erased in each place, and has what was erased so far if this breaks off
     * @throws PersonBeingMailedException when a message is on its way this moment; it can be tried again soon
     */
    public void erase(String key, boolean keepSuppressed, Consumer<Place> progress, Map<Place, Long> erased) {
        PersonSearch search = new PersonSearch(new AddressTrace(key));
        // All of it or nothing of it: half a person is of no use to anybody.
        Database allowing = workspace.allowing(Right.ERASE_PERSONS);
        new PersonErasure(allowing, practice, workspaceId, clock, search, erased).run(keepSuppressed, progress);
    }

    private static List<Suppression> suppressions(DSLContext sql, String key) {
        return sql.selectFrom(SUPPRESSIONS)
                .where(SUPPRESSIONS.ADDRESS_KEY.eq(key))
                .orderBy(SUPPRESSIONS.WORLD)
                .fetch(row -> new Suppression(
                        row.getWorld(), row.getAddress(), row.getReason(), row.getDetail(), row.getCreatedAt()));
    }

    private void collect(PersonSearch search, Consumer<Kept> sink) {
        for (Listing list : workspace.read(search::lists)) {
            lists(search, list, sink);
        }
        messages(search, sink);
        practice(search, sink);
        rest(search, sink);
        mentionsBesideLists(search, sink);
    }

    private void lists(PersonSearch search, Listing list, Consumer<Kept> sink) {
        List<RecipientRowsRecord> rows = workspace.read(sql -> search.rows(sql, list.id()));
        for (RecipientRowsRecord row : rows) {
            ObjectNode facts = facts("list", list.name()).put("address", row.getAddress());
            facts.set("values", values(row.getFieldValues(), list.columns()));
            sink.accept(new Kept(Place.ROWS, facts));
        }
        for (ImportProblemsRecord problem : workspace.read(sql -> search.leftOut(sql, list.id()))) {
            if (search.isOwn(problem, list)) {
                sink.accept(new Kept(
                        Place.LEFT_OUT,
                        facts("list", list.name())
                                .put("line", problem.getLine())
                                .put("reason", problem.getReason())
                                .put("detail", problem.getDetail())
                                .put("row", problem.getRow())));
            } else {
                sink.accept(mention("left_out", list.name()));
            }
        }
        List<Long> present = rows.stream().map(RecipientRowsRecord::getId).toList();
        var historic = workspace.read(sql -> search.historicRows(sql, list, present));
        workspace.read(sql -> search.imagesOf(sql, list.id(), historic)).forEach(image -> {
            ObjectNode facts = facts("list", list.name()).put("edit", image.getEditId());
            time(facts, "made_at", madeAt(image.getEditId()));
            if (image.getValuesBefore() != null) {
                facts.set("before", values(image.getValuesBefore(), list.columns()));
            }
            if (image.getValuesAfter() != null) {
                facts.set("after", values(image.getValuesAfter(), list.columns()));
            }
            sink.accept(new Kept(Place.HISTORY, facts));
        });
        workspace
                .read(sql -> search.rowsMentioning(sql, list.id()))
                .forEach(row -> sink.accept(mention("row", list.name())));
        workspace.read(sql -> search.imagesWithAddress(sql, list.id())).stream()
                .filter(image -> !historic.contains(image.getRowId()))
                .forEach(image -> sink.accept(mention("history", list.name())));
    }

    private @Nullable Instant madeAt(long editId) {
        return workspace.read(sql -> sql.select(SHEET_EDITS.MADE_AT)
                .from(SHEET_EDITS)
                .where(SHEET_EDITS.ID.eq(editId))
                .fetchOptional(SHEET_EDITS.MADE_AT)
                .orElse(null));
    }

    private void messages(PersonSearch search, Consumer<Kept> sink) {
        for (MessagesRecord message : workspace.read(search::messages)) {
            sink.accept(new Kept(Place.MESSAGES, workspace.read(sql -> facts(sql, message))));
            workspace.read(sql -> search.events(sql, message.getId())).forEach(event -> {
                ObjectNode facts = JSON.objectNode()
                        .put("message", event.getMessageId())
                        .put("kind", event.getKind().name());
                time(facts, "occurred_at", event.getOccurredAt());
                time(facts, "received_at", event.getReceivedAt());
                text(facts, "reason", event.getReason());
                text(facts, "detail", event.getDetail());
                text(facts, "link", event.getLink());
                text(facts, "body", event.getBody());
                sink.accept(new Kept(Place.EVENTS, facts));
            });
        }
    }

    private static ObjectNode facts(DSLContext sql, MessagesRecord message) {
        var plan = sql.select(
                        PLANS.TITLE,
                        PLANS.WORLD,
                        PLANS.LIST_NAME,
                        PLANS.FROM_ADDRESS,
                        TEMPLATES.NAME,
                        TEMPLATE_VERSIONS.NUMBER,
                        TEMPLATE_VERSIONS.SUBJECT)
                .from(PLANS)
                .join(TEMPLATE_VERSIONS)
                .on(TEMPLATE_VERSIONS.ID.eq(PLANS.TEMPLATE_VERSION_ID))
                .join(TEMPLATES)
                .on(TEMPLATES.ID.eq(TEMPLATE_VERSIONS.TEMPLATE_ID))
                .where(PLANS.ID.eq(message.getPlanId()))
                .fetchSingle();
        Map<Integer, String> variables = sql.selectFrom(PLAN_COLUMNS)
                .where(PLAN_COLUMNS.PLAN_ID.eq(message.getPlanId()))
                .orderBy(PLAN_COLUMNS.SLOT)
                .fetchMap(PLAN_COLUMNS.SLOT, PLAN_COLUMNS.VARIABLE);
        ObjectNode facts = JSON.objectNode()
                .put("message", message.getId())
                .put("mailing", plan.get(PLANS.TITLE))
                .put("world", plan.get(PLANS.WORLD).name())
                .put("list", plan.get(PLANS.LIST_NAME))
                .put("from", plan.get(PLANS.FROM_ADDRESS))
                .put("template", plan.get(TEMPLATES.NAME))
                .put("template_version", plan.get(TEMPLATE_VERSIONS.NUMBER))
                .put("subject", plan.get(TEMPLATE_VERSIONS.SUBJECT))
                .put("address", message.getAddress());
        facts.set("values", values(message.getFieldValues(), variables));
        facts.put("state", message.getState().name());
        text(facts, "reason", message.getReason());
        text(facts, "detail", message.getDetail());
        text(facts, "provider_id", message.getProviderId());
        time(facts, "planned_for", message.getNotBefore());
        time(facts, "accepted_at", message.getAcceptedAt());
        time(facts, "opened_at", message.getOpenedAt());
        time(facts, "clicked_at", message.getClickedAt());
        time(facts, "unsubscribed_at", message.getUnsubscribedAt());
        return facts;
    }

    private void practice(PersonSearch search, Consumer<Kept> sink) {
        for (long id : practice.read(search::practiceMails)) {
            practice.read(sql -> sql.select(PRACTICE_MAIL.RECIPIENT, PRACTICE_MAIL.SUBJECT, PRACTICE_MAIL.ACCEPTED_AT)
                            .from(PRACTICE_MAIL)
                            .where(PRACTICE_MAIL.ID.eq(id))
                            .fetchOptional())
                    .ifPresent(mail -> {
                        ObjectNode facts = facts("address", mail.value1()).put("subject", mail.value2());
                        time(facts, "accepted_at", mail.value3());
                        sink.accept(new Kept(Place.PRACTICE_MAILS, facts.put("file", mailName(id))));
                    });
        }
        for (long id : practice.read(search::waitingEvents)) {
            practice.read(sql -> sql.select(PRACTICE_QUEUE.BODY)
                            .from(PRACTICE_QUEUE)
                            .where(PRACTICE_QUEUE.ID.eq(id))
                            .fetchOptional(PRACTICE_QUEUE.BODY))
                    .ifPresent(body -> sink.accept(new Kept(Place.WAITING_EVENTS, facts("body", body))));
        }
    }

    private void rest(PersonSearch search, Consumer<Kept> sink) {
        String key = search.trace.key();
        workspace.read(search::quarantined).forEach(event -> {
            ObjectNode facts = facts("reason", event.getReason());
            time(facts, "received_at", event.getReceivedAt());
            sink.accept(new Kept(Place.QUARANTINED, facts.put("body", event.getBody())));
        });
        workspace.read(sql -> suppressions(sql, key)).forEach(suppression -> {
            ObjectNode facts = facts("address", suppression.address())
                    .put("world", suppression.world().name())
                    .put("reason", suppression.reason());
            text(facts, "detail", suppression.detail());
            time(facts, "since", suppression.createdAt());
            sink.accept(new Kept(Place.SUPPRESSIONS, facts));
        });
        workspace
                .read(sql -> sql.selectFrom(SUPPRESSION_LIFTS)
                        .where(SUPPRESSION_LIFTS.ADDRESS_KEY.eq(key))
                        .fetch())
                .forEach(lift -> {
                    ObjectNode facts = facts("address", lift.getAddress());
                    time(facts, "lifted_at", lift.getLiftedAt());
                    sink.accept(new Kept(Place.LIFTS, facts));
                });
        workspace
                .read(search::remembered)
                .forEach(setting -> sink.accept(new Kept(Place.REMEMBERED, facts("setting", setting.getName()))));
    }

    private void mentionsBesideLists(PersonSearch search, Consumer<Kept> sink) {
        workspace
                .read(search::messagesMentioning)
                .forEach(message -> sink.accept(mention("message", mailing(message.getPlanId()))));
        workspace
                .read(search::eventsMentioning)
                .forEach(event -> sink.accept(mention("event", mailingOf(event.getMessageId()))));
        workspace.read(search::edits).forEach(edit -> sink.accept(mention("edit", "")));
        workspace.read(search::plansMentioning).forEach(planId -> sink.accept(mention("problem", mailing(planId))));
        workspace.read(search::notesMentioning).forEach(planId -> sink.accept(mention("note", mailing(planId))));
        workspace.read(search::draftsMentioning).forEach(draft -> sink.accept(mention("draft", draft.getTitle())));
    }

    private String mailing(long planId) {
        return workspace.read(sql -> sql.select(PLANS.TITLE)
                .from(PLANS)
                .where(PLANS.ID.eq(planId))
                .fetchOptional(PLANS.TITLE)
                .orElse(""));
    }

    private String mailingOf(long messageId) {
        return workspace.read(sql -> sql.select(PLANS.TITLE)
                .from(PLANS)
                .join(MESSAGES)
                .on(MESSAGES.PLAN_ID.eq(PLANS.ID))
                .where(MESSAGES.ID.eq(messageId))
                .fetchOptional(PLANS.TITLE)
                .orElse(""));
    }

    /** Only where: what stands around the address is somebody else's. */
    private static Kept mention(String in, String of) {
        return new Kept(Place.MENTIONS, facts("in", in).put("of", of));
    }

    private static ObjectNode facts(String name, String value) {
        return JSON.objectNode().put(name, value);
    }

    private static void text(ObjectNode facts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            facts.put(name, value);
        }
    }

    private static void time(ObjectNode facts, String name, @Nullable Instant at) {
        Optional.ofNullable(at).ifPresent(instant -> facts.put(name, instant.toString()));
    }

    private static ObjectNode values(String json, Map<Integer, String> names) {
        ObjectNode values = JSON.objectNode();
        List<String> fields = FieldValues.fromJson(json);
        for (int slot = 0; slot < fields.size(); slot++) {
            String name = names.getOrDefault(slot, "column " + (slot + 1));
            values.put(values.has(name) ? name + " (" + (slot + 1) + ")" : name, fields.get(slot));
        }
        return values;
    }

    private static String mailName(long id) {
        return "practice-mails/" + id + ".eml";
    }
}
