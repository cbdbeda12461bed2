package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanResults;
import app.mailroom.model.Resend;
import app.mailroom.store.jooq.tables.Messages;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Which messages of an earlier plan one that sends again is made of, as things stand when it is asked. Whoever asks says
 * beside it which plan's messages.
 */
final class ResendGroup {
    private static final Messages LATER = MESSAGES.as("later");

    private ResendGroup() {}

    /**
     * Those who belong to a group and may be mailed.
     *
     * @param except a plan whose own messages do not count as having reached anybody; 0 for none
     */
    static Condition of(DSLContext sql, long planId, Resend.Whom whom, long except) {
        var earlier = sql.select(PLANS.WORLD, PLANS.TRACKED)
                .from(PLANS)
                .where(PLANS.ID.eq(planId))
                .fetchOptional()
                .orElseThrow(() -> new IllegalArgumentException("there is no mailing " + planId));
        if (!earlier.value2() && whom.needsHits()) {
            return DSL.falseCondition();
        }
        Condition allowed = states(whom)
                .and(MESSAGES.UNSUBSCRIBED_AT.isNull())
                .and(ErasedMessage.isNot())
                // Asked for each, so that it costs the same however many addresses are suppressed.
                .andNotExists(DSL.selectOne()
                        .from(SUPPRESSIONS)
                        .where(SUPPRESSIONS.ADDRESS_KEY.eq(MESSAGES.ADDRESS_KEY))
                        .and(SuppressionStore.holdsIn(earlier.value1())));
        if (whom == Resend.Whom.SELECTION) {
            return allowed;
        }
        List<Long> made =
                relatedSince(sql, planId).stream().filter(id -> id != except).toList();
        return made.isEmpty()
                ? allowed
                : allowed.andNotExists(DSL.selectOne()
                        .from(LATER)
                        .where(LATER.PLAN_ID.in(made.stream().map(DSL::inline).toList()))
                        .and(LATER.ADDRESS_KEY.eq(MESSAGES.ADDRESS_KEY))
                        // Anything but that it surely did not arrive.
                        .and(LATER.STATE.notIn(
                                MessageState.REJECTED,
                                MessageState.CANCELLED,
                                MessageState.SUPPRESSED,
                                MessageState.BOUNCED)));
    }

    /**
     * The plans that were made later of this one, or of the same first one, by however many steps: all of them send again
     * what this one sends.
     */
    private static List<Long> relatedSince(DSLContext sql, long planId) {
        Map<Long, Long> madeOf = sql.select(PLANS.ID, PLANS.RESENDS_PLAN_ID)
                .from(PLANS)
                .where(PLANS.RESENDS_PLAN_ID.isNotNull())
                .fetchMap(PLANS.ID, PLANS.RESENDS_PLAN_ID);
        long first = first(madeOf, planId);
        return madeOf.keySet().stream()
                .filter(id -> id > planId && first(madeOf, id) == first)
                .sorted()
                .toList();
    }

    private static long first(Map<Long, Long> madeOf, long planId) {
        long first = planId;
        for (Long of = madeOf.get(first); of != null; of = madeOf.get(first)) {
            first = of;
        }
        return first;
    }

    private static Condition states(Resend.Whom whom) {
        Condition mayPass = MESSAGES.STATE
                .eq(MessageState.BOUNCED)
                .and(MESSAGES.REASON
                        .isNull()
                        .or(MESSAGES.REASON.startsWith(PlanResults.HARD).not()));
        // An opening shows that it was there, whatever was reported later.
        Condition unread = MESSAGES.OPENED_AT.isNull().and(MESSAGES.CLICKED_AT.isNull());
        Condition failed = MESSAGES.STATE.eq(MessageState.REJECTED).or(mayPass).and(unread);
        return switch (whom) {
            case FAILED -> failed;
            case NOT_REACHED -> failed.or(MESSAGES.STATE.in(MessageState.CANCELLED, MessageState.SUPPRESSED));
            case NOT_OPENED -> MESSAGES.STATE.eq(MessageState.DELIVERED).and(unread);
            case NOT_CLICKED -> MESSAGES.STATE.eq(MessageState.DELIVERED).and(MESSAGES.CLICKED_AT.isNull());
            case SELECTION ->
                MESSAGES.STATE
                        .in(
                                MessageState.ACCEPTED,
                                MessageState.DELAYED,
                                MessageState.DELIVERED,
                                MessageState.REJECTED,
                                MessageState.CANCELLED,
                                MessageState.SUPPRESSED)
                        .or(mayPass);
        };
    }
}
