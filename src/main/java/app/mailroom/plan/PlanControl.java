package app.mailroom.plan;

import app.mailroom.model.PlanTiming;
import app.mailroom.store.MessageStore;
import app.mailroom.store.PlanStore;

/** What a person does to a mailing once it exists. Each call has the pipeline look at once. */
public final class PlanControl {
    private final PlanStore plans;
    private final MessageStore messages;
    private final Runnable wakePipeline;

    /** Over the given stores; wakePipeline is run after every change. */
    public PlanControl(PlanStore plans, MessageStore messages, Runnable wakePipeline) {
        this.plans = plans;
        this.messages = messages;
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

    /** Sends an uncertain message again, at the risk that it arrives twice. False when it is not uncertain any more. */
    public boolean sendAgain(long messageId) {
        boolean planned = messages.sendAgain(messageId);
        wakePipeline.run();
        return planned;
    }
}
