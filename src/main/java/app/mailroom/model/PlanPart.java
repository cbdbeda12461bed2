package app.mailroom.model;

/** A part of what goes out of a mailing. Whoever approves it has seen them all, and a change of any takes the approval away. */
public enum PlanPart {
    /** The mailing's title, by which people know it. */
    TITLE,
    /** The template, in the version that is sent. */
    TEMPLATE,
    /** Address and name of the sender, and where answers go. */
    SENDER,
    /** When it begins, on the clocks of which zone. */
    TIME,
    /** Hours in which it may send, and caps. */
    RULES,
    /** Whether openings and clicks are counted, and whether it really goes out. */
    COUNTING,
    /** The files that go with each mail. */
    FILES,
    /** The links that are counted. */
    LINKS,
    /** Which value of a recipient fills which variable. */
    COLUMNS,
    /** To whom it goes, and with which values. */
    MESSAGES
}
