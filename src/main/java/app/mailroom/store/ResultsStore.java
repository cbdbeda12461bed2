package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.LINKS;
import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.MESSAGE_EVENTS;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_DOMAINS;
import static app.mailroom.store.jooq.Tables.PLAN_HOURS;
import static app.mailroom.store.jooq.Tables.PLAN_LINKS;
import static app.mailroom.store.jooq.Tables.PLAN_REASONS;
import static app.mailroom.store.jooq.Tables.PLAN_TOTALS;

import app.mailroom.model.HitVerdict;
import app.mailroom.model.Measure;
import app.mailroom.model.Message;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageOrder;
import app.mailroom.model.MessageState;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanResults.ReasonCount;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.ResultCounts;
import app.mailroom.model.ResultCounts.OfDomain;
import app.mailroom.model.ResultCounts.OfHour;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.model.RuleCount;
import app.mailroom.store.jooq.tables.Plans;
import app.mailroom.store.jooq.tables.records.MessagesRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What became of mailings, as it is counted while their messages change: reading it does not depend on how many there are. */
public final class ResultsStore {
    private static final long HOUR_SECONDS = 3_600;

    /** Domains with most messages first, and all others as one. */
    public record Domains(List<OfDomain> largest, int others, ResultCounts ofOthers) {}

    /** How many messages were found, or at least so many, where counting them all would take too long. */
    public record Found(long messages, boolean exact) {}

    /** A mailing by its name. */
    public record Named(long planId, String title) {}

    /** What a mailing was sent again from, and what was made of it in the same way, the oldest first. */
    public record Family(Optional<Named> first, List<Named> later) {}

    /**
     * Hits of some messages by the rules that judged them.
     *
     * @param upTo the last message that was looked at
     * @param share how much of the mailing lies behind it, from 0 to 1; 1 where nothing is left
     */
    public record HitsByRule(List<RuleCount> counts, long upTo, double share) {}

    private final Database database;

    /** Results in the given workspace database. */
    public ResultsStore(Database database) {
        this.database = database;
    }

    /** All mailings, the newest first. */
    public List<PlanResults> all() {
        return database.read(sql -> read(sql, DSL.noCondition()));
    }

    /** One mailing. */
    public Optional<PlanResults> of(long planId) {
        return database.read(sql -> read(sql, PLANS.ID.eq(planId))).stream().findFirst();
    }

    /** Several mailings side by side, in the order asked; those that do not exist are missing. */
    public List<PlanResults> compare(List<Long> planIds) {
        Map<Long, PlanResults> found = new HashMap<>();
        database.read(sql -> read(sql, PLANS.ID.in(planIds)))
                .forEach(results -> found.put(results.plan().id(), results));
        return planIds.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private static List<PlanResults> read(DSLContext sql, Condition which) {
        Map<Long, Map<String, Long>> counts = new HashMap<>();
        sql.select(PLAN_TOTALS.PLAN_ID, PLAN_TOTALS.MEASURE, PLAN_TOTALS.COUNT)
                .from(PLANS)
                .join(PLAN_TOTALS)
                .on(PLAN_TOTALS.PLAN_ID.eq(PLANS.ID))
                .where(which)
                .forEach(row -> counts.computeIfAbsent(row.value1(), id -> new HashMap<>())
                        .put(row.value2(), row.value3()));
        Map<Long, List<ReasonCount>> reasons = new HashMap<>();
        sql.select(PLAN_REASONS.PLAN_ID, PLAN_REASONS.STATE, PLAN_REASONS.REASON, PLAN_REASONS.MESSAGE_COUNT)
                .from(PLANS)
                .join(PLAN_REASONS)
                .on(PLAN_REASONS.PLAN_ID.eq(PLANS.ID))
                .where(which)
                .and(PLAN_REASONS.MESSAGE_COUNT.gt(0L))
                .orderBy(PLAN_REASONS.MESSAGE_COUNT.desc(), PLAN_REASONS.REASON)
                .forEach(row -> reasons.computeIfAbsent(row.value1(), id -> new ArrayList<>())
                        .add(new ReasonCount(MessageState.valueOf(row.value2()), row.value3(), row.value4())));
        return sql.selectFrom(PLANS).where(which).orderBy(PLANS.ID.desc()).fetch(row -> {
            Plan plan = PlanStore.plan(sql, row);
            PlanTotals totals = Totals.of(counts.getOrDefault(plan.id(), Map.of()));
            return new PlanResults(plan, totals, reasons.getOrDefault(plan.id(), List.of()));
        });
    }

    /** The domains that most messages of a mailing went to, at most so many, and the others together. */
    public Domains domains(long planId, int atMost) {
        return database.read(sql -> {
            List<OfDomain> largest = sql.selectFrom(PLAN_DOMAINS)
                    .where(PLAN_DOMAINS.PLAN_ID.eq(planId))
                    .and(hasDomain())
                    .orderBy(PLAN_DOMAINS.TAKEN_COUNT.desc(), PLAN_DOMAINS.DOMAIN)
                    .limit(atMost)
                    .fetch(row -> new OfDomain(row.getDomain(), counts(row, Totals.BY_DOMAIN)));
            List<Field<?>> sums = new ArrayList<>();
            Totals.BY_DOMAIN.values().forEach(column -> sums.add(DSL.sum(column).as(column)));
            sums.add(DSL.count().as("domains"));
            Record all = sql.select(sums)
                    .from(PLAN_DOMAINS)
                    .where(PLAN_DOMAINS.PLAN_ID.eq(planId))
                    .and(hasDomain())
                    .fetchSingle();
            Map<Measure, Long> rest = new EnumMap<>(Measure.class);
            Totals.BY_DOMAIN.forEach((measure, column) -> {
                Long sum = all.get(column.getName(), Long.class);
                long shown = largest.stream()
                        .mapToLong(domain -> domain.counts().of(measure))
                        .sum();
                rest.put(measure, (sum == null ? 0 : sum) - shown);
            });
            return new Domains(largest, all.get("domains", Integer.class) - largest.size(), new ResultCounts(rest));
        });
    }

    /** Counts go down as well, so that a row may be left of which nothing counts. */
    private static Condition hasDomain() {
        return PLAN_DOMAINS.TAKEN_COUNT.gt(0L).or(PLAN_DOMAINS.DELIVERED_COUNT.gt(0L));
    }

    /** The hours in which something happened, in their order. */
    public List<OfHour> hours(long planId) {
        return database
                .read(sql -> sql.selectFrom(PLAN_HOURS)
                        .where(PLAN_HOURS.PLAN_ID.eq(planId))
                        .orderBy(PLAN_HOURS.HOUR)
                        .fetch(row -> new OfHour(
                                Instant.ofEpochSecond(row.getHour() * HOUR_SECONDS), counts(row, Totals.BY_HOUR))))
                .stream()
                .filter(hour -> !hour.counts().byMeasure().isEmpty())
                .toList();
    }

    private static ResultCounts counts(Record row, Map<Measure, TableField<?, Long>> columns) {
        Map<Measure, Long> counts = new EnumMap<>(Measure.class);
        columns.forEach((measure, column) -> counts.put(measure, row.get(column)));
        return new ResultCounts(counts);
    }

    /**
     * The links of a mailing, the most clicked by people first, then those nobody clicked, in the order of the mail. A link
     * that the mail shows several times is there once, and once more for each place of which clicks are known to be.
     */
    public List<OfLink> links(long planId) {
        return database.read(sql -> {
            Map<String, Integer> firsts = new HashMap<>();
            Map<Integer, String> urls = new HashMap<>();
            sql.selectFrom(LINKS)
                    .where(LINKS.PLAN_ID.eq(planId))
                    .orderBy(LINKS.NUMBER)
                    .forEach(row -> {
                        firsts.putIfAbsent(row.getUrl(), row.getNumber());
                        urls.put(row.getNumber(), row.getUrl());
                    });
            Map<Integer, OfLink> found = new HashMap<>();
            firsts.forEach((url, number) -> found.put(number, new OfLink(number, url, 0, 0, 0, 0)));
            sql.selectFrom(PLAN_LINKS)
                    .where(PLAN_LINKS.PLAN_ID.eq(planId))
                    .and(PLAN_LINKS.CLICK_COUNT.gt(0L).or(PLAN_LINKS.MACHINE_CLICK_COUNT.gt(0L)))
                    .forEach(row -> found.put(
                            row.getNumber(),
                            new OfLink(
                                    row.getNumber(),
                                    urls.getOrDefault(row.getNumber(), ""),
                                    row.getClickCount(),
                                    row.getMachineClickCount(),
                                    row.getMessageCount(),
                                    row.getMachineMessageCount())));
            return found.values().stream()
                    .sorted(Comparator.comparingLong(OfLink::clicks).reversed().thenComparingInt(OfLink::number))
                    .toList();
        });
    }

    /** The mailings that this one is linked to because one was made to reach some of the other again. */
    public Family family(long planId) {
        return database.read(sql -> {
            Plans first = PLANS.as("first");
            Optional<Named> from = sql.select(first.ID, first.TITLE)
                    .from(PLANS)
                    .join(first)
                    .on(first.ID.eq(PLANS.RESENDS_PLAN_ID))
                    .where(PLANS.ID.eq(planId))
                    .fetchOptional(row -> new Named(row.value1(), row.value2()));
            List<Named> later = sql.select(PLANS.ID, PLANS.TITLE)
                    .from(PLANS)
                    .where(PLANS.RESENDS_PLAN_ID.eq(planId))
                    .orderBy(PLANS.ID)
                    .fetch(row -> new Named(row.value1(), row.value2()));
            return new Family(from, later);
        });
    }

    /**
     * Counts openings and clicks by the rule that judged them, of the next messages of a mailing. These counts are not kept,
     * so that counting them all means looking at every hit: ask for some thousand messages at a time.
     *
     * @param after the last message that was looked at before, 0 at first
     * @param messages at most so many are looked at
     */
    public HitsByRule hits(long planId, long after, int messages) {
        return database.read(sql -> {
            Bounds all = bounds(sql, planId).orElse(new Bounds(0, 0));
            long from = Math.max(after, all.first() - 1);
            long to = Math.min(from + messages, all.last());
            Field<Integer> openings = DSL.sum(DSL.when(MESSAGE_EVENTS.KIND.eq(OutcomeKind.OPEN), 1)
                            .otherwise(0))
                    .coerce(Integer.class);
            List<RuleCount> counts = from >= to
                    ? List.of()
                    : sql.select(MESSAGE_EVENTS.JUDGED_AS, MESSAGE_EVENTS.RULE, openings, DSL.count())
                            .from(MESSAGES)
                            .join(MESSAGE_EVENTS)
                            .on(MESSAGE_EVENTS.MESSAGE_ID.eq(MESSAGES.ID))
                            .where(MESSAGES.ID.gt(from))
                            .and(MESSAGES.ID.le(to))
                            .and(MESSAGES.PLAN_ID.plus(0L).eq(planId))
                            .and(MESSAGE_EVENTS.KIND.in(OutcomeKind.OPEN, OutcomeKind.CLICK))
                            .groupBy(MESSAGE_EVENTS.JUDGED_AS, MESSAGE_EVENTS.RULE)
                            .fetch(row -> new RuleCount(
                                    new HitVerdict(HitVerdict.By.valueOf(row.value1()), row.value2()),
                                    row.value3(),
                                    row.value4() - row.value3()));
            double share = to >= all.last() ? 1 : (double) (to - all.first() + 1) / (all.last() - all.first() + 1);
            return new HitsByRule(counts, to, share);
        });
    }

    private record Bounds(long first, long last) {}

    /** The lowest and the highest number of a mailing's messages, by looking at both ends of every state. */
    private static Optional<Bounds> bounds(DSLContext sql, long planId) {
        long first = Long.MAX_VALUE;
        long last = 0;
        for (MessageState state : MessageState.values()) {
            Condition in = MESSAGES.PLAN_ID.eq(planId).and(MESSAGES.STATE.eq(state));
            Long lowest =
                    sql.select(DSL.min(MESSAGES.ID)).from(MESSAGES).where(in).fetchOne(0, Long.class);
            Long highest =
                    sql.select(DSL.max(MESSAGES.ID)).from(MESSAGES).where(in).fetchOne(0, Long.class);
            first = lowest == null ? first : Math.min(first, lowest);
            last = highest == null ? last : Math.max(last, highest);
        }
        return last == 0 ? Optional.empty() : Optional.of(new Bounds(first, last));
    }

    /**
     * A page of the messages that meet a filter. Takes about as long however many messages the mailing has.
     *
     * @param after the last of the page before, as it was read; null for the first page
     */
    public List<Message> messages(MessageFilter filter, MessageOrder order, @Nullable Message after, int limit) {
        return database.read(sql -> new MessageSearch(sql, filter, MessageSearch.FEW).page(order, after, limit));
    }

    /** How many messages meet a filter. */
    public Found count(MessageFilter filter) {
        return database.read(sql -> new MessageSearch(sql, filter, MessageSearch.FEW).count());
    }

    /**
     * Counts a mailing from its messages and events and puts that in the place of what is kept. What is kept is right, or
     * something is wrong with the program: this is for proving that, and for mending a file. Takes seconds for a million
     * messages, during which nothing else is written.
     */
    public void recount(long planId) {
        database.change(sql -> {
            for (var table : List.of(PLAN_TOTALS, PLAN_REASONS, PLAN_DOMAINS, PLAN_HOURS, PLAN_LINKS)) {
                sql.deleteFrom(table)
                        .where(table.field("plan_id", Long.class).eq(planId))
                        .execute();
            }
            Totals totals = new Totals();
            try (Cursor<MessagesRecord> messages =
                    sql.selectFrom(MESSAGES).where(MESSAGES.PLAN_ID.eq(planId)).fetchLazy()) {
                messages.forEach(message -> totals.counted(Standing.of(message)));
            }
            Collection<Map<Integer, Totals.Clicks>> clicks = clicks(sql, planId);
            clicks.forEach(of -> of.forEach((link, made) -> totals.clicks(planId, link, Totals.Clicks.NONE, made)));
            totals.writeTo(sql);
        });
    }

    private static Collection<Map<Integer, Totals.Clicks>> clicks(DSLContext sql, long planId) {
        Map<Long, Map<Integer, Totals.Clicks>> byMessage = new HashMap<>();
        sql.select(MESSAGE_EVENTS.MESSAGE_ID, MESSAGE_EVENTS.LINK_NUMBER, MESSAGE_EVENTS.JUDGED_AS)
                .from(MESSAGES)
                .join(MESSAGE_EVENTS)
                .on(MESSAGE_EVENTS.MESSAGE_ID.eq(MESSAGES.ID))
                .where(MESSAGES.PLAN_ID.eq(planId))
                .and(MESSAGES.CLICKED_AT.isNotNull().or(MESSAGES.MACHINE_CLICKED_AT.isNotNull()))
                .and(MESSAGE_EVENTS.KIND.eq(OutcomeKind.CLICK))
                .forEach(row -> byMessage
                        .computeIfAbsent(row.value1(), id -> new HashMap<>())
                        .merge(
                                row.value2(),
                                Totals.Clicks.NONE.plus(row.value3().equals(HitVerdict.By.MACHINE.name())),
                                Totals.Clicks::plus));
        return byMessage.values();
    }
}
