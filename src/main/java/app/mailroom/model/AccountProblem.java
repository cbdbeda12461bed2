package app.mailroom.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why nothing can be sent at the moment although nothing is wrong with the messages. Such a problem parks mailings
 * and never burns a message.
 */
public enum AccountProblem {
    /** The mail service cannot be reached. */
    OFFLINE(Duration.ofSeconds(5), Duration.ofMinutes(5), true),
    /** The 24-hour quota is used up. */
    QUOTA_USED(Duration.ofMinutes(15), Duration.ofHours(1), true),
    /** The mail service has paused or suspended the account. */
    ACCOUNT_PAUSED(null, null, true),
    /** The credentials are missing, wrong or expired. */
    CREDENTIALS(null, null, true),
    /** The sender's address or domain is not verified. */
    SENDER_NOT_VERIFIED(null, null, false),
    /** Something the mailing needs at the mail service does not exist or is set wrongly. */
    CONFIGURATION(null, null, false),
    /** The mail service counts openings and clicks of every mail, and those of this mailing are not to be counted. */
    COUNTS_HITS(null, null, false),
    /** The mail service counts openings and clicks of every mail, and so does the relay that the mailing's links lead through. */
    COUNTED_TWICE(null, null, false);

    private final @Nullable Duration firstRetry;
    private final @Nullable Duration longestRetry;
    private final boolean wholeAccount;

    AccountProblem(@Nullable Duration firstRetry, @Nullable Duration longestRetry, boolean wholeAccount) {
        this.firstRetry = firstRetry;
        this.longestRetry = longestRetry;
        this.wholeAccount = wholeAccount;
    }

    /** Whether it stops every mailing, not only the one that met it. */
    public boolean stopsEveryPlan() {
        return wholeAccount;
    }

    /**
     * How long to wait before trying again by itself: doubling with every time in sequence, up to a bound. Empty when
     * only a person can mend it.
     */
    public Optional<Duration> retryAfter(int timesInSequence) {
        if (firstRetry == null || longestRetry == null) {
            return Optional.empty();
        }
        Duration wait = firstRetry.multipliedBy(1L << Math.min(timesInSequence, 20));
        return Optional.of(wait.compareTo(longestRetry) < 0 ? wait : longestRetry);
    }
}
