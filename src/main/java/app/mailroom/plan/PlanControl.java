package app.mailroom.plan;

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

    /** Lets a draft begin. */
    public void start(long planId) {
        plans.start(planId);
        wakePipeline.run();
    }

    /** Halts a mailing: nothing more is claimed, and what is in flight comes to its end. */
    public void pause(long planId) {
        plans.pause(planId);
        wakePipeline.run();
    }

    /** Goes on with a paused or parked mailing. */
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
