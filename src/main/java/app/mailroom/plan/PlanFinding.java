package app.mailroom.plan;

/** Something that a check before sending found. detail is in plain English and says where. */
public record PlanFinding(boolean blocks, Code code, String detail) {
    /** What was found. */
    public enum Code {
        TITLE_EMPTY,
        TEMPLATE_GONE,
        TEMPLATE_PROBLEM,
        SUBJECT_EMPTY,
        LIST_GONE,
        LIST_EMPTY,
        /** Somebody is changing the list in many steps, and it is only half of what it is to be. */
        LIST_CHANGING,
        FROM_INVALID,
        REPLY_TO_INVALID,
        ZONE_INVALID,
        COLUMN_MISSING,
        VALUE_MISSING,
        VALUE_UNFIT,
        TIME_PAST,
        ATTACHMENT_REFUSED,
        ATTACHMENT_TOO_LARGE,
        ATTACHMENT_LARGE,
        /** Practice was switched to live, or back, since the request was made. */
        MODE_CHANGED,
        /** The mailing is larger than what is left of the 24-hour quota. */
        QUOTA_SMALLER,
        /** The mail service did not say what is left. */
        QUOTA_UNKNOWN,
        /** Verified recipients only. */
        SANDBOX,
        SENDER_NOT_VERIFIED,
        SENDERS_UNKNOWN,
        ACCOUNT_PAUSED,
        /** Amazon counts openings and clicks of every mail, and this mailing's are not to be counted. */
        TRACKING_BY_AMAZON,
        /** Who opened or clicked was not counted, so nobody is known not to have. */
        NOT_TRACKED
    }
}
