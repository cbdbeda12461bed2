package app.mailroom.plan;

import app.mailroom.model.Plan;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.Refusal;
import app.mailroom.store.ApprovalStore;
import app.mailroom.store.MessageStore;
import app.mailroom.store.PlanStore;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** What a person does to a mailing once it exists. Each call has the pipeline look at once. */
public final class PlanControl {
    private static final int AT_ONCE = 500;

    private final PlanStore plans;
    private final MessageStore messages;
    private final ApprovalStore approvals;
    private final Runnable wakePipeline;

    /** Over the given stores; wakePipeline is run after every change. */
    public PlanControl(PlanStore plans, MessageStore messages, ApprovalStore approvals, Runnable wakePipeline) {
        this.plans = plans;
        this.messages = messages;
        this.approvals = approvals;
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

    /** Why whoever is there may not approve this mailing; empty if they may. */
    public Optional<Refusal> approvalRefusal(Plan plan) {
        return approvals.refusal(plan);
    }

    /** Whether a mailing that is planned now will wait until somebody else approves it. */
    public boolean approvalAsked() {
        return approvals.asked();
    }

    /**
     * Lets a mailing go out as it is.
     *
     * @param fingerprint what {@link PlanReview} said of what was seen
     * @throws app.mailroom.store.ApprovalException when it was changed since, or does not wait for this
     */
    public void approve(long planId, String fingerprint) {
        approvals.approve(planId, fingerprint);
        wakePipeline.run();
    }

    /** Says why a mailing is not approved; it goes on waiting. */
    public void decline(long planId, String words) {
        approvals.decline(planId, words);
    }

    /** Takes an approval back: nothing more is claimed, and what is in flight comes to its end. */
    public void withdrawApproval(long planId) {
        approvals.withdraw(planId);
        wakePipeline.run();
    }

    /**
     * Sends an uncertain message again, at the risk that it arrives twice.
     *
     * @return false when it is not uncertain any more
     */
    public boolean sendAgain(long messageId) {
        boolean planned = messages.sendAgain(messageId);
        wakePipeline.run();
        return planned;
    }

    /**
     * Takes an uncertain message for accepted. What the mail service reports of it later still counts.
     *
     * @return false when it is not uncertain any more
     */
    public boolean markSent(long messageId) {
        return messages.markSent(messageId);
    }

    /** Sends every uncertain message of a mailing again, in short steps; returns how many they were. */
    public long sendAllAgain(long planId) {
        try {
            return inSteps(planId, messages::sendAgain);
        } finally {
            wakePipeline.run();
        }
    }

    /** Takes every uncertain message of a mailing for accepted, in short steps; returns how many they were. */
    public long markAllSent(long planId) {
        return inSteps(planId, messages::markSent);
    }

    private long inSteps(long planId, ToIntFunction<List<Long>> step) {
        long changed = 0;
        List<Long> ids = messages.uncertain(planId, 0, AT_ONCE);
        while (!ids.isEmpty()) {
            changed += step.applyAsInt(ids);
            ids = messages.uncertain(planId, ids.get(ids.size() - 1), AT_ONCE);
        }
        return changed;
    }
}
