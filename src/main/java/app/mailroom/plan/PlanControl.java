package app.mailroom.plan;

import app.mailroom.model.PlanTiming;
import app.mailroom.store.AuditStore;
import app.mailroom.store.MessageStore;
import app.mailroom.store.PlanStore;
import java.util.List;
import java.util.function.ToIntFunction;

/** What a person does to a mailing once it exists. Each call has the pipeline look at once. */
public final class PlanControl {
    private static final String SENT_AGAIN = "UNCERTAIN_SENT_AGAIN";
    private static final String MARKED_SENT = "UNCERTAIN_MARKED_SENT";
    private static final int AT_ONCE = 500;

    private final PlanStore plans;
    private final MessageStore messages;
    private final AuditStore audit;
    private final Runnable wakePipeline;

    /** Over the given stores; wakePipeline is run after every change. */
    public PlanControl(PlanStore plans, MessageStore messages, AuditStore audit, Runnable wakePipeline) {
        this.plans = plans;
        this.messages = messages;
        this.audit = audit;
        this.wakePipeline = wakePipeline;
    }

    /**
     * Lets a draft begin, to the people who are in its list now.
     *
     * @throws app.mailroom.store.NoSuchListException when the list was deleted
     */
    public void start(long planId) {
        plans.start(planId);
        wakePipeline.run();
    }

    /** Halts a mailing: nothing more is claimed, and what is in flight comes to its end. */
    public void pause(long planId) {
        plans.pause(planId);
        wakePipeline.run();
    }

    /**
     * Gives a mailing another time, as long as it has not begun, or other hours and caps, as long as it has not ended. One
     * that missed its time waits for the new one.
     */
    public void edit(long planId, PlanTiming timing) {
        plans.retime(planId, timing);
        wakePipeline.run();
    }

    /** Goes on with a paused or parked mailing; one that missed its time begins now. */
    public void resume(long planId) {
        plans.resume(planId);
        wakePipeline.run();
    }

    /** Ends a mailing for good. */
    public void cancel(long planId) {
        plans.cancel(planId);
        wakePipeline.run();
    }

    /**
     * Sends an uncertain message again, at the risk that it arrives twice.
     *
     * @param person who decided it
     * @return false when it is not uncertain any more
     */
    public boolean sendAgain(long messageId, String person) {
        boolean planned = messages.sendAgain(messageId);
        if (planned) {
            audit.add(person, SENT_AGAIN, "message " + messageId, "");
        }
        wakePipeline.run();
        return planned;
    }

    /**
     * Takes an uncertain message for accepted. What the mail service reports of it later still counts.
     *
     * @param person who decided it
     * @return false when it is not uncertain any more
     */
    public boolean markSent(long messageId, String person) {
        boolean marked = messages.markSent(messageId);
        if (marked) {
            audit.add(person, MARKED_SENT, "message " + messageId, "");
        }
        return marked;
    }

    /** Sends every uncertain message of a mailing again, in short steps; returns how many they were. */
    public long sendAllAgain(long planId, String person) {
        try {
            return inSteps(planId, person, SENT_AGAIN, messages::sendAgain);
        } finally {
            wakePipeline.run();
        }
    }

    /** Takes every uncertain message of a mailing for accepted, in short steps; returns how many they were. */
    public long markAllSent(long planId, String person) {
        return inSteps(planId, person, MARKED_SENT, messages::markSent);
    }

    private long inSteps(long planId, String person, String action, ToIntFunction<List<Long>> step) {
        long changed = 0;
        try {
            List<Long> ids = messages.uncertain(planId, 0, AT_ONCE);
            while (!ids.isEmpty()) {
                changed += step.applyAsInt(ids);
                ids = messages.uncertain(planId, ids.get(ids.size() - 1), AT_ONCE);
            }
            return changed;
        } finally {
            // Where a step fails, those before it are done and were decided by somebody.
            if (changed > 0) {
                audit.add(person, action, "plan " + planId, changed + " messages");
            }
        }
    }
}
