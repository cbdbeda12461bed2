package app.mailroom.model;

import java.util.List;

/** A mailing with all that is counted of it as a whole. */
public record PlanResults(Plan plan, PlanTotals totals, List<ReasonCount> reasons) {
    /** How the reasons of bounces begin which mean that the address does not exist or may not be mailed. */
    public static final String HARD = "Permanent.";

    /** How the reasons of bounces begin that may pass. */
    public static final String SOFT = "Transient.";

    /** Keeps a copy of the reasons. */
    public PlanResults {
        reasons = List.copyOf(reasons);
    }

    /** How many messages are in a state for a reason. */
    public record ReasonCount(MessageState state, String reason, long messages) {}

    /** Bounces that mean that the address does not exist or may not be mailed. */
    public long hardBounces() {
        return bounces(HARD);
    }

    /** Bounces that may pass: a full mailbox, a mail that is too large. */
    public long softBounces() {
        return bounces(SOFT);
    }

    private long bounces(String type) {
        return reasons.stream()
                .filter(count ->
                        count.state() == MessageState.BOUNCED && count.reason().startsWith(type))
                .mapToLong(ReasonCount::messages)
                .sum();
    }
}
