package app.mailroom.ui.mailings;

import app.mailroom.plan.PlanFinding;

/** The steps in which a mailing is planned, in their order. */
enum PlanningStep {
    CONTENT,
    RECIPIENTS,
    SENDER,
    TIME,
    CHECK;

    /** From 1, as a person counts. */
    int number() {
        return ordinal() + 1;
    }

    /** So many steps further; the first or the last where there are no more. */
    PlanningStep further(int steps) {
        return values()[Math.max(0, Math.min(values().length - 1, ordinal() + steps))];
    }

    /** Where a person mends what was found; the last step where no field would mend it. */
    static PlanningStep mending(PlanFinding.Code code) {
        return switch (code) {
            case TITLE_EMPTY,
                    TEMPLATE_GONE,
                    TEMPLATE_PROBLEM,
                    SUBJECT_EMPTY,
                    ATTACHMENT_REFUSED,
                    ATTACHMENT_TOO_LARGE,
                    ATTACHMENT_LARGE -> CONTENT;
            case LIST_GONE, LIST_EMPTY, LIST_CHANGING, COLUMN_MISSING, VALUE_MISSING, VALUE_UNFIT -> RECIPIENTS;
            case FROM_INVALID, REPLY_TO_INVALID, SENDER_NOT_VERIFIED, SENDERS_UNKNOWN -> SENDER;
            case ZONE_INVALID, TIME_PAST, QUOTA_SMALLER -> TIME;
            case MODE_CHANGED, QUOTA_UNKNOWN, SANDBOX, ACCOUNT_PAUSED -> CHECK;
        };
    }
}
