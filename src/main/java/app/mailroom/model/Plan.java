package app.mailroom.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mailing: what is sent, to whom, from whom and when. problem and problemDetail say why it is parked.
 *
 * @param timeSetAt when a person last said when it is to begin
 * @param frozenAt since when all its messages are made
 * @param tracked whether openings and clicks may be counted; this promises no counting, for that takes a mail service that
 *     does so. What is not counted is unknown, not zero
 */
public record Plan(
        long id,
        String title,
        long templateVersionId,
        @Nullable Long listId,
        String listName,
        String fromAddress,
        String fromName,
        String replyTo,
        PlanState state,
        @Nullable String problem,
        @Nullable String problemDetail,
        Instant notBefore,
        String zone,
        @Nullable Instant parkedUntil,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        World world,
        SendingRules rules,
        Instant timeSetAt,
        @Nullable Instant frozenAt,
        boolean tracked,
        PlanApproval approval) {
    /** The problem of a mailing whose time passed while nothing looked; a person decides what becomes of it. */
    public static final String MISSED = "MISSED";

    /**
     * The problem of a mailing in a workspace that was restored from a copy: what was sent since the copy is not known for sure, so
     * a person decides whether it goes on.
     */
    public static final String RESTORED = "RESTORED";

    /** Whether its time passed while nothing looked, so that it waits for a person. */
    public boolean missed() {
        return state == PlanState.PARKED && MISSED.equals(problem);
    }

    /** Whether it would send, or wait for its time, if somebody approved it; what has not been planned yet waits for nobody. */
    public boolean awaitsApproval() {
        return approval.missing() && state != PlanState.DRAFT && !state.isEnded();
    }

    /** When it begins and how it is spread over time. */
    public PlanTiming timing() {
        return new PlanTiming(notBefore, zone, rules);
    }
}
