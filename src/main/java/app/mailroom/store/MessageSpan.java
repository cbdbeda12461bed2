package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;

import app.mailroom.model.MessageState;
import java.util.Collection;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The numbers of a plan's messages. They are made together, so that their numbers lie close to each other, and whoever
 * wants them in their order goes by number from the first to the last. The index by state finds these two.
 *
 * @param first the lowest number; larger than the last where there is no message
 */
record MessageSpan(long planId, long first, long last) {
    /** Of the messages in some states. */
    static MessageSpan of(DSLContext sql, long planId, Collection<MessageState> states) {
        long first = Long.MAX_VALUE;
        long last = 0;
        for (MessageState state : states) {
            Condition inState = MESSAGES.PLAN_ID.eq(planId).and(MESSAGES.STATE.eq(state));
            Long lowest = sql.select(DSL.min(MESSAGES.ID))
                    .from(MESSAGES)
                    .where(inState)
                    .fetchOne(0, Long.class);
            Long highest = sql.select(DSL.max(MESSAGES.ID))
                    .from(MESSAGES)
                    .where(inState)
                    .fetchOne(0, Long.class);
            if (lowest != null && highest != null) {
                first = Math.min(first, lowest);
                last = Math.max(last, highest);
            }
        }
        return new MessageSpan(planId, first, last);
    }

    /** The plan's messages behind one, in a shape that only their numbers answer. */
    Condition after(long id) {
        return MESSAGES.ID.between(Math.max(first, id + 1), last).and(ofPlan());
    }

    /** All of them, in the same shape. */
    Condition all() {
        return MESSAGES.ID.between(first, last).and(ofPlan());
    }

    private Condition ofPlan() {
        return MESSAGES.PLAN_ID.plus(0).eq(planId);
    }
}
