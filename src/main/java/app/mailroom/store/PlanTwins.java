package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_TOTALS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;
import static app.mailroom.store.jooq.Tables.TEMPLATE_VERSIONS;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.World;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Looks for mailings that one which is about to be planned would repeat. */
public final class PlanTwins {
    private static final Set<PlanState> OPEN =
            EnumSet.of(PlanState.SCHEDULED, PlanState.RUNNING, PlanState.PAUSED, PlanState.PARKED);
    private static final Set<MessageState> NEVER_SENT = EnumSet.of(MessageState.SUPPRESSED, MessageState.CANCELLED);

    /**
     * An earlier mailing, or one that waits.
     *
     * @param at when it began, or is to begin
     * @param cancelled whether a person ended it, perhaps before it had reached everybody
     */
    public record Twin(long planId, String title, Instant at, boolean cancelled) {}

    private final Database database;

    /** In the given workspace database. */
    public PlanTwins(Database database) {
        this.database = database;
    }

    /**
     * Mailings of a world with any version of the same template that began since then or are to begin, the newest first.
     * Drafts are none; a cancelled one is, for it may have reached some.
     */
    public List<Twin> ofTemplate(World world, long templateVersionId, Instant since, int limit) {
        Field<Long> template = DSL.field(DSL.select(TEMPLATE_VERSIONS.TEMPLATE_ID)
                .from(TEMPLATE_VERSIONS)
                .where(TEMPLATE_VERSIONS.ID.eq(templateVersionId)));
        return find(
                PLANS.WORLD
                        .eq(world)
                        .and(PLANS.TEMPLATE_VERSION_ID.in(DSL.select(TEMPLATE_VERSIONS.ID)
                                .from(TEMPLATE_VERSIONS)
                                .where(TEMPLATE_VERSIONS.TEMPLATE_ID.eq(template))))
                        .and(PLANS.STATE.ne(PlanState.DRAFT))
                        .and(begin().ge(since).or(PLANS.STATE.in(OPEN))),
                limit);
    }

    /** Mailings of a world that have this title and wait or are under way, the newest first. */
    public List<Twin> ofTitle(World world, String title, int limit) {
        return find(PLANS.WORLD.eq(world).and(PLANS.TITLE.eq(title.strip())).and(PLANS.STATE.in(OPEN)), limit);
    }

    private List<Twin> find(Condition which, int limit) {
        return database.read(sql -> sql.select(PLANS.ID, PLANS.TITLE, begin(), PLANS.STATE)
                .from(PLANS)
                .where(which)
                .orderBy(PLANS.ID.desc())
                .limit(limit)
                .fetch(row -> new Twin(row.value1(), row.value2(), row.value3(), row.value4() == PlanState.CANCELLED)));
    }

    private static Field<Instant> begin() {
        return DSL.coalesce(PLANS.STARTED_AT, PLANS.NOT_BEFORE);
    }

    /**
     * How many of those who can be mailed in a list got that mailing or are to get it. Who was suppressed in it counts
     * too, and is most likely suppressed still; who had not got a cancelled one does not. Takes under a second for a
     * million in both, and some seconds where that one was cancelled.
     */
    public long overlap(Twin twin, long listId) {
        return database.read(sql -> {
            var count = sql.selectCount();
            // SQLite keeps the order of a cross join: each of the fewer is looked up in the more.
            var both = isListShorter(sql, twin.planId(), listId)
                    ? count.from(RECIPIENT_ROWS).crossJoin(MESSAGES)
                    : count.from(MESSAGES).crossJoin(RECIPIENT_ROWS);
            // The state is in none of the two indexes, so that asking for it would read every message.
            return both.where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                    .and(RECIPIENT_ROWS.ADDRESS_KEY.eq(MESSAGES.ADDRESS_KEY))
                    .and(MESSAGES.PLAN_ID.eq(twin.planId()))
                    .and(twin.cancelled() ? MESSAGES.STATE.notIn(NEVER_SENT) : DSL.noCondition())
                    .fetchSingle()
                    .value1()
                    .longValue();
        });
    }

    private static boolean isListShorter(DSLContext sql, long planId, long listId) {
        List<String> states =
                EnumSet.allOf(MessageState.class).stream().map(Enum::name).toList();
        Field<Long> messages = DSL.field(DSL.select(DSL.coalesce(DSL.sum(PLAN_TOTALS.COUNT), 0))
                        .from(PLAN_TOTALS)
                        .where(PLAN_TOTALS.PLAN_ID.eq(planId))
                        .and(PLAN_TOTALS.MEASURE.in(states)))
                .cast(Long.class);
        return sql.fetchExists(
                RECIPIENT_LISTS, RECIPIENT_LISTS.ID.eq(listId).and(RECIPIENT_LISTS.ROW_COUNT.le(messages)));
    }
}
