package app.mailroom.model;

/**
 * What is counted of the messages of a mailing beside their states. Each message counts once, by what is known of it now:
 * when more becomes known, it may cease to count.
 */
public enum Measure {
    /** The mail service took it. */
    TAKEN,
    /** The receiving server took it, and did not send it back later. What is opened or clicked has arrived. */
    ARRIVED,
    /** Refused by the receiving server, at once or later. */
    BOUNCED,
    /** Called spam by its recipient. */
    COMPLAINED,
    /** A person is taken to have opened it. Who reads without images is never seen opening. */
    OPENED,
    /** Only machines opened it, as far as is known. */
    OPENED_BY_MACHINES,
    /** A person is taken to have followed a link in it. */
    CLICKED,
    /** Only machines followed a link in it, as far as is known. */
    CLICKED_BY_MACHINES,
    /** Its recipient wants no more mail. */
    UNSUBSCRIBED,
    /** It arrived, and no person is known to have opened it or followed a link in it. Counted for the mailing only. */
    UNOPENED,
    /** It arrived, and no person is known to have followed a link in it. Counted for the mailing only. */
    UNCLICKED;

    /** Whether it is known only of mailings whose openings and clicks may be counted; of others it is unknown, not zero. */
    public boolean needsTracking() {
        return switch (this) {
            case OPENED, OPENED_BY_MACHINES, CLICKED, CLICKED_BY_MACHINES, UNOPENED, UNCLICKED -> true;
            case TAKEN, ARRIVED, BOUNCED, COMPLAINED, UNSUBSCRIBED -> false;
        };
    }
}
