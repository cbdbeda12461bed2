package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.AUDIT;
import static app.mailroom.store.jooq.Tables.MEMBERS;
import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.MESSAGE_EVENTS;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.SENDERS;
import static app.mailroom.store.jooq.Tables.SESSIONS;
import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;

import app.mailroom.model.Actor;
import app.mailroom.model.AuditAction;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanState;
import app.mailroom.model.RestoreReport;
import app.mailroom.model.RestoreReport.LostMailing;
import app.mailroom.model.Role;
import app.mailroom.store.DamagedFile.Row;
import app.mailroom.store.jooq.tables.records.MessagesRecord;
import app.mailroom.store.jooq.tables.records.PlansRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a copy a workspace with which one can go on. A copy knows nothing of what was sent since it was made, and would send
 * it again: so what the file that it replaces still tells is brought over, what nobody can tell becomes uncertain, and no mailing
 * that may have begun goes on before a person says so.
 */
public final class Restoration {
    /** The reason of messages of which nobody knows any more whether they were sent. */
    public static final String RESTORED = Plan.RESTORED;

    /** No message takes less room in a file, so that no file can have had more of them. */
    private static final long LEAST_BYTES = 64;

    private static final long SAFE_DISTANCE = 1_000_000;

    private static final Set<String> KEPT_OF_MESSAGES =
            Set.of("id", "plan_id", "address", "address_key", "field_values", "not_before", "sender_id");

    private static final Set<MessageState> NEVER_LEFT =
            EnumSet.of(MessageState.PLANNED, MessageState.SUPPRESSED, MessageState.CANCELLED);

    private final Database database;
    private final Clock clock;
    private final Optional<DamagedFile> damaged;
    private final boolean journalIsWhole;
    private final long bound;

    /** What is known of messages that stand in the copy and in the damaged file alike. */
    private final BitSet recognised = new BitSet();

    private final Set<Long> changedPlans = new HashSet<>();
    private final Set<Long> uncertainPlans = new HashSet<>();
    private final Map<Long, Row> plansThere = new HashMap<>();
    private long learnt;
    private long uncertain;

    private Restoration(
            Database database, Clock clock, Optional<DamagedFile> damaged, boolean journalIsWhole, long bound) {
        this.database = database;
        this.clock = clock;
        this.damaged = damaged;
        this.journalIsWhole = journalIsWhole;
        this.bound = bound;
    }

    /** What a restored file is made from, and in whose name. */
    public record Order(String copyName, Path setAside, Actor who) {}

    /**
     * Changes a copy, which nobody else has open, and reads from the file whose place it is to take, which may be missing.
     *
     * @throws DamagedException when the copy is damaged too
     * @throws IOException when the disk fails
     */
    public static RestoreReport make(Path copy, Path replaced, Clock clock, Order order) throws IOException {
        OpenMark.State left = OpenMark.state(replaced);
        boolean journalIsWhole = !left.open() || Files.exists(DatabaseFile.journal(replaced));
        long bytes = size(replaced) + size(DatabaseFile.journal(replaced));
        Optional<DamagedFile> damaged = Files.exists(replaced) ? DamagedFile.open(replaced) : Optional.empty();
        try (Database database = Database.open(copy, Database.Schema.WORKSPACE, clock)) {
            return new Restoration(database, clock, damaged, journalIsWhole, bytes / LEAST_BYTES).make(order);
        } finally {
            damaged.ifPresent(DamagedFile::close);
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private RestoreReport make(Order order) {
        damaged.ifPresent(file -> file.from("plans", 1, highest("plans", newest(FreeIds.PLANS)))
                .forEach(row -> plansThere.put(number(row, "row_number"), row)));
        Map<Long, PlansRecord> plans =
                database.read(sql -> sql.selectFrom(PLANS).fetchMap(PLANS.ID));
        Map<Long, Fate> fates = new TreeMap<>();
        plans.forEach((id, plan) -> fates.put(id, fate(plan)));
        long newestMessage = newest(FreeIds.MESSAGES);
        Map<Long, Long> begunOfLost = begunSince(newestMessage);
        messages(fates, newestMessage);
        int events = events();
        changedPlans.forEach(new ResultsStore(database)::recount);
        int suppressions = suppressions();
        people();
        int erasures = audit();
        List<LostMailing> lost = new ArrayList<>();
        List<String> parked = new ArrayList<>();
        List<String> scheduled = new ArrayList<>();
        database.change(sql -> {
            fates.forEach((id, fate) -> settle(sql, id, fate, parked, scheduled, lost));
            sql.update(SENDERS)
                    .set(SENDERS.STOPPED_AT, clock.instant())
                    .where(SENDERS.STOPPED_AT.isNull())
                    .execute();
            FreeIds.MESSAGES.keepFreeUpTo(
                    sql, highest("messages", newestMessage) + bound + SAFE_DISTANCE, clock.instant());
            FreeIds.PLANS.keepFreeUpTo(
                    sql, highest("plans", newest(FreeIds.PLANS)) + SAFE_DISTANCE / 1_000, clock.instant());
        });
        plansThere.values().stream()
                .filter(row -> !isSame(plans.get(number(row, "row_number")), row))
                .filter(row -> !"DRAFT".equals(row.text("state")))
                .forEach(row -> lost.add(new LostMailing(
                        Optional.ofNullable(row.text("title")).orElse(""),
                        begunOfLost.getOrDefault(number(row, "row_number"), 0L))));
        RestoreReport report = new RestoreReport(
                order.copyName(),
                order.setAside(),
                damaged.isPresent(),
                learnt,
                uncertain,
                parked,
                scheduled,
                lost,
                events,
                suppressions,
                erasures);
        database.change(sql -> AuditStore.tell(
                sql, clock, order.who(), AuditAction.WORKSPACE_RESTORED, order.copyName(), inWords(report)));
        return report;
    }

    private static String inWords(RestoreReport report) {
        return report.learnt() + " messages brought up to date, " + report.uncertain() + " uncertain, "
                + report.parked().size() + " mailings parked, " + report.events() + " events and "
                + report.suppressions() + " suppressions brought over, the file before is in "
                + report.setAside().getFileName();
    }

    private long newest(FreeIds ids) {
        return database.read(ids::newest);
    }

    /** The highest number that the damaged file can have given in a table. */
    private long highest(String table, long newestHere) {
        OptionalLong there = damaged.map(file -> file.highest(table)).orElse(OptionalLong.empty());
        // What cannot be asked is at most as much as the file has room for; a number out of a broken page is no number.
        return there.isPresent() && there.getAsLong() <= newestHere + bound + SAFE_DISTANCE
                ? Math.max(there.getAsLong(), newestHere)
                : newestHere + (damaged.isPresent() ? Math.min(bound, SAFE_DISTANCE) : 0);
    }

    /** What is to become of a mailing. */
    private enum Fate {
        /** It is left as it is in the copy. */
        STAYS,
        /** Its time is to come, and nothing of it went out. */
        WAITS,
        /** It did not begin in the copy, and nobody knows whether it did since: it waits for a person. */
        DOUBTFUL,
        /** It had begun, or its time passed: what is not known of its messages is uncertain. */
        BEGUN,
        /** It was ended since, or its messages were not all made and may have gone out since. */
        ENDS
    }

    private Fate fate(PlansRecord plan) {
        PlanState state = plan.getState();
        if (state.isEnded()) {
            return Fate.STAYS;
        }
        Row there = plansThere.get(plan.getId());
        boolean known = isSame(plan, there);
        boolean begunSince = known && there != null && there.number("started_at") != null;
        String stateThere = known && there != null ? String.valueOf(there.text("state")) : "";
        if (state == PlanState.DRAFT) {
            return known && !stateThere.equals(PlanState.DRAFT.name()) ? Fate.ENDS : Fate.STAYS;
        }
        if (plan.getFrozenAt() == null) {
            return known && !begunSince && !stateThere.equals(PlanState.CANCELLED.name()) ? Fate.WAITS : Fate.ENDS;
        }
        if (plan.getStartedAt() != null || begunSince || !plan.getNotBefore().isAfter(clock.instant())) {
            return Fate.BEGUN;
        }
        boolean sameTime = there != null
                && Long.valueOf(plan.getNotBefore().toEpochMilli()).equals(there.number("not_before"));
        return known && sameTime && stateThere.equals(state.name()) ? Fate.WAITS : Fate.DOUBTFUL;
    }

    /** Whether a row is about this mailing, and not about one that got its number later. */
    private static boolean isSame(@Nullable PlansRecord plan, @Nullable Row there) {
        return plan != null
                && there != null
                && Long.valueOf(plan.getCreatedAt().toEpochMilli()).equals(there.number("created_at"));
    }

    /** How many messages of mailings that are not in the copy had left. */
    private Map<Long, Long> begunSince(long newestHere) {
        Map<Long, Long> begun = new HashMap<>();
        damaged.ifPresent(file -> file.readUnknown(
                "messages",
                newestHere + 1,
                highest("messages", newestHere),
                (from, to, rows) -> rows.forEach(row -> {
                    Optional<MessageState> state = state(row);
                    Long plan = row.number("plan_id");
                    if (plan != null && state.isPresent() && !NEVER_LEFT.contains(state.get())) {
                        begun.merge(plan, 1L, Long::sum);
                    }
                })));
        return begun;
    }

    private void messages(Map<Long, Fate> fates, long newestHere) {
        if (damaged.isPresent()) {
            damaged.get().read("messages", 1, newestHere, (from, to, rows) -> piece(fates, from, to, rows));
        } else {
            for (long from = 1; from <= newestHere; from += 1_000) {
                piece(fates, from, Math.min(newestHere, from + 999), List.of());
            }
        }
    }

    private void piece(Map<Long, Fate> fates, long from, long to, List<Row> rows) {
        Map<Long, Row> there = new HashMap<>();
        rows.forEach(row -> there.put(number(row, "row_number"), row));
        database.change(sql -> {
            List<Long> unknown = new ArrayList<>();
            for (MessagesRecord message : sql.selectFrom(MESSAGES)
                    .where(MESSAGES.ID.between(from, to))
                    .fetch()) {
                Row row = there.get(message.getId());
                if (row == null || !isSame(message, row) || !take(sql, message, row)) {
                    if (mayHaveGone(message, fates.getOrDefault(message.getPlanId(), Fate.STAYS))) {
                        unknown.add(message.getId());
                        changedPlans.add(message.getPlanId());
                        uncertainPlans.add(message.getPlanId());
                    }
                }
            }
            uncertain += doubt(sql, unknown);
        });
    }

    private static boolean mayHaveGone(MessagesRecord message, Fate fate) {
        return message.getState() == MessageState.CLAIMED
                || (message.getState() == MessageState.PLANNED && (fate == Fate.BEGUN || fate == Fate.ENDS));
    }

    private boolean isSame(MessagesRecord message, Row row) {
        boolean same = message.getPlanId().equals(row.number("plan_id"))
                && (message.getAddressKey().equals(row.text("address_key"))
                        || ErasedMessage.token(message.getId()).equals(row.text("address_key")));
        if (same && message.getId() < Integer.MAX_VALUE) {
            recognised.set(message.getId().intValue());
        }
        return same;
    }

    /** Takes over what a row surely says of a message; false where it leaves open whether it was sent. */
    private boolean take(DSLContext sql, MessagesRecord message, Row row) {
        Optional<MessageState> said = state(row);
        if (said.isEmpty() || said.get() == MessageState.CLAIMED) {
            return false;
        }
        MessageState there = said.get();
        MessageState here = message.getState();
        if (there == MessageState.PLANNED) {
            // With a journal missing, it stands as it stood some time before.
            boolean believed = journalIsWhole && (here == MessageState.PLANNED || here == MessageState.CLAIMED);
            if (believed && here == MessageState.CLAIMED) {
                step(here, there);
                update(sql, message, row);
            }
            return believed;
        }
        boolean newer = !Long.valueOf(message.getUpdatedAt().toEpochMilli()).equals(row.number("updated_at"));
        if (here == there ? newer : leadsTo(here, there)) {
            update(sql, message, row);
            return true;
        }
        return here != MessageState.PLANNED && here != MessageState.CLAIMED;
    }

    private void update(DSLContext sql, MessagesRecord message, Row row) {
        Map<Field<?>, @Nullable Object> values = columns(MESSAGES, row, KEPT_OF_MESSAGES);
        values.put(MESSAGES.SENDER_ID, null);
        sql.update(MESSAGES)
                .set(values)
                .where(MESSAGES.ID.eq(message.getId()))
                .and(MESSAGES.STATE.eq(message.getState()))
                .execute();
        changedPlans.add(message.getPlanId());
        learnt++;
    }

    /** Those columns that the table has today, as they are written in the file. */
    private static Map<Field<?>, @Nullable Object> columns(Table<?> table, Row row, Set<String> without) {
        Map<Field<?>, @Nullable Object> values = new LinkedHashMap<>();
        for (Field<?> field : table.fields()) {
            if (!without.contains(field.getName()) && row.values().containsKey(field.getName())) {
                values.put(
                        DSL.field(DSL.name(field.getName()), Object.class),
                        row.values().get(field.getName()));
            }
        }
        return values;
    }

    private static boolean leadsTo(MessageState from, MessageState to) {
        Set<MessageState> reached = EnumSet.of(from);
        boolean more = true;
        while (more) {
            more = false;
            for (MessageState next : MessageState.values()) {
                if (next != MessageState.PLANNED && !reached.contains(next)) {
                    more |= reached.stream().toList().stream().anyMatch(state -> state.canBecome(next))
                            && reached.add(next);
                }
            }
        }
        return from != to && reached.contains(to);
    }

    private static void step(MessageState from, MessageState to) {
        if (!from.canBecome(to)) {
            throw new IllegalStateException("a message that is " + from + " cannot become " + to);
        }
    }

    /** Through the states that a message passes that was claimed by a sender which is gone. */
    private int doubt(DSLContext sql, List<Long> ids) {
        if (ids.isEmpty()) {
            return 0;
        }
        step(MessageState.PLANNED, MessageState.CLAIMED);
        step(MessageState.CLAIMED, MessageState.UNCERTAIN);
        return sql.update(MESSAGES)
                .set(MESSAGES.STATE, MessageState.UNCERTAIN)
                .set(MESSAGES.REASON, RESTORED)
                .setNull(MESSAGES.DETAIL)
                .setNull(MESSAGES.SENDER_ID)
                // Whatever is reported about it is about this one, and not about another with its number.
                .set(MESSAGES.ATTEMPTS, MESSAGES.ATTEMPTS.plus(1))
                .set(MESSAGES.UPDATED_AT, clock.instant())
                .where(MESSAGES.ID.in(ids))
                .and(MESSAGES.STATE.in(MessageState.PLANNED, MessageState.CLAIMED))
                .execute();
    }

    private static Optional<MessageState> state(Row row) {
        String said = row.text("state");
        return Stream.of(MessageState.values())
                .filter(state -> state.name().equals(said))
                .findFirst();
    }

    private static long number(Row row, String column) {
        Long number = row.number(column);
        return number == null ? 0 : number;
    }

    /** Numbers of events only rise, so all that came since stand behind the newest of the copy. */
    private int events() {
        long newest = database.read(sql -> highest(sql, MESSAGE_EVENTS.ID, MESSAGE_EVENTS));
        return bring("message_events", newest, MESSAGE_EVENTS, row -> {
            Long message = row.number("message_id");
            return message != null && message < Integer.MAX_VALUE && recognised.get(message.intValue());
        });
    }

    private interface Wanted {
        boolean is(Row row);
    }

    private int bring(String table, long behind, Table<?> into, Wanted wanted) {
        int[] brought = {0};
        damaged.ifPresent(file -> file.readUnknown(table, behind + 1, highest(table, behind), (from, to, rows) -> {
            List<Row> chosen = rows.stream().filter(wanted::is).toList();
            if (!chosen.isEmpty()) {
                brought[0] += database.<Integer>write(sql -> insert(sql, into, chosen));
            }
        }));
        return brought[0];
    }

    private static int insert(DSLContext sql, Table<?> into, List<Row> rows) {
        int inserted = 0;
        for (Row row : rows) {
            inserted += sql.insertInto(into)
                    .set(columns(into, row, Set.of("id")))
                    .onConflictDoNothing()
                    .execute();
        }
        return inserted;
    }

    private static long highest(DSLContext sql, Field<Long> id, Table<?> table) {
        Long highest = sql.select(DSL.max(id)).from(table).fetchSingle().value1();
        return highest == null ? 0 : highest;
    }

    private int suppressions() {
        return bring(
                "suppressions",
                0,
                SUPPRESSIONS,
                row -> String.valueOf(row.text("address_key")).contains("@") && row.text("world") != null);
    }

    /** Whoever was taken out since stays out, and everybody signs in anew. */
    private void people() {
        List<Row> members = damaged.map(file -> file.from("members", 1, highest("members", 0)))
                .orElse(List.of());
        database.change(sql -> {
            for (Row row : members) {
                Long removed = row.number("removed_at");
                String subject = row.text("subject");
                if (removed != null && subject != null) {
                    sql.update(MEMBERS)
                            .set(MEMBERS.REMOVED_AT, Instant.ofEpochMilli(removed))
                            .where(MEMBERS.SUBJECT.eq(subject))
                            .and(MEMBERS.REMOVED_AT.isNull())
                            // Somebody has to be left who can let the others in.
                            .andExists(DSL.selectOne()
                                    .from(MEMBERS.as("others"))
                                    .where(MEMBERS.as("others").SUBJECT.ne(subject))
                                    .and(MEMBERS.as("others").ROLE.eq(Role.OWNER))
                                    .and(MEMBERS.as("others").REMOVED_AT.isNull()))
                            .execute();
                }
            }
            sql.update(SESSIONS)
                    .set(SESSIONS.ENDED_AT, clock.instant())
                    .where(SESSIONS.ENDED_AT.isNull())
                    .execute();
        });
    }

    /** Brings over what was done since; returns how many people were erased by it. */
    private int audit() {
        long newest = database.read(sql -> highest(sql, AUDIT.ID, AUDIT));
        Set<String> erased = new HashSet<>();
        int brought = bring("audit", newest, AUDIT, row -> {
            if (AuditAction.PERSON_ERASED.name().equals(row.text("action"))) {
                erased.add(String.valueOf(row.text("subject")));
            }
            return row.text("action") != null;
        });
        return brought == 0 ? 0 : erased.size();
    }

    private void settle(
            DSLContext sql,
            long planId,
            Fate fate,
            List<String> parked,
            List<String> scheduled,
            List<LostMailing> lost) {
        PlansRecord plan = sql.fetchSingle(PLANS, PLANS.ID.eq(planId));
        Row there = plansThere.get(planId);
        boolean cancelledSince = there != null
                && isSame(plan, there)
                && PlanState.CANCELLED.name().equals(there.text("state"));
        Map<MessageState, Long> counts = PlanStore.totals(sql, planId).byState();
        if (fate == Fate.ENDS || (cancelledSince && !plan.getState().isEnded())) {
            move(plan, PlanState.CANCELLED);
            plan.setFinishedAt(clock.instant());
            MessageMaking.forget(sql, planId);
            if (!cancelledSince) {
                lost.add(new LostMailing(
                        plan.getTitle(),
                        counts.entrySet().stream()
                                .filter(count -> !NEVER_LEFT.contains(count.getKey()))
                                .mapToLong(Map.Entry::getValue)
                                .sum()));
            }
        } else if (fate == Fate.WAITS) {
            scheduled.add(plan.getTitle());
        } else if (fate == Fate.DOUBTFUL
                || (fate == Fate.BEGUN
                        && (uncertainPlans.contains(planId) || counts.getOrDefault(MessageState.PLANNED, 0L) > 0))) {
            if (plan.getState() != PlanState.PARKED && plan.getState() != PlanState.PAUSED) {
                move(plan, PlanState.PARKED);
            }
            if (plan.getStartedAt() == null && fate == Fate.BEGUN) {
                plan.setStartedAt(plan.getNotBefore());
            }
            plan.setProblem(Plan.RESTORED);
            plan.setProblemDetail("");
            plan.setParkedUntil(null);
            parked.add(plan.getTitle());
        }
        plan.store();
    }

    private static void move(PlansRecord plan, PlanState to) {
        if (!plan.getState().canBecome(to)) {
            throw new IllegalPlanChangeException(plan.getId(), plan.getState(), to);
        }
        plan.setState(to);
    }
}
