package app.mailroom.ui.mailings;

import app.mailroom.plan.PlanFinding;
import java.util.List;

/** The steps in which a mailing is planned, in their order. */
enum PlanningStep {
    CONTENT,
    RECIPIENTS,
    SENDER,
    TIME,
    CHECK;

    private static final List<PlanningStep> ALL = List.of(values());

    /** From 1, as a person counts. */
    int number() {
        return ALL.indexOf(this) + 1;
    }

    /** So many steps further; the first or the last where there are no more. */
    PlanningStep further(int steps) {
        return ALL.get(Math.max(0, Math.min(ALL.size() - 1, ALL.indexOf(this) + steps)));
    }

    /** Where a person mends what was found; the last step where no field would mend it. */
    static PlanningStep mending(PlanFinding.Code code) {
        return switch (code) {
            case TITLE_EMPTY,
                    SAME_TITLE,
                    RECENT_TWIN,
                    TEMPLATE_GONE,
                    TEMPLATE_PROBLEM,
                    TEMPLATE_MISTAKES,
                    TEMPLATE_CHECKS,
                    SUBJECT_EMPTY,
                    UNSUBSCRIBE_MISSING,
                    UNSUBSCRIBE_BY_BUTTON,
                    ATTACHMENT_REFUSED,
                    ATTACHMENT_TOO_LARGE,
                    ATTACHMENT_LARGE -> CONTENT;
            case LIST_GONE,
                    LIST_EMPTY,
                    LIST_CHANGING,
                    LIST_MARKS,
                    NOBODY_LEFT,
                    COLUMN_MISSING,
                    VALUE_MISSING,
                    VALUE_UNFIT -> RECIPIENTS;
            case FROM_INVALID,
                    REPLY_TO_INVALID,
                    SENDER_NOT_VERIFIED,
                    SENDERS_UNKNOWN,
                    DKIM_MISSING,
                    DMARC_MISSING,
                    DMARC_SEVERAL,
                    DNS_UNKNOWN -> SENDER;
            case ZONE_INVALID, TIME_PAST, QUOTA_SMALLER, TRACKING_BY_AMAZON, COUNTED_TWICE, NOBODY_COUNTS -> TIME;
            case MODE_CHANGED,
                    QUOTA_UNKNOWN,
                    SANDBOX,
                    ACCOUNT_PAUSED,
                    ONE_CLICK_MISSING,
                    NOT_TRACKED,
                    AGAIN_NOBODY,
                    AGAIN_MODE_CHANGED,
                    AGAIN_COLUMN_MISSING,
                    AGAIN_VALUE_MISSING,
                    AGAIN_VALUE_UNFIT -> CHECK;
        };
    }
}
