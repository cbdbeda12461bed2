package app.mailroom.delivery;

import app.mailroom.model.MailAccount;

/**
 * How many more recipients the mail service takes within its 24 hours: by its last word, less what this process has
 * sent since. Other processes on the same account are seen only when the service is asked again; should the quota
 * run out in between, the service says so, and that harms no message.
 */
final class DailyQuota {
    private long left = Long.MAX_VALUE;
    private long acceptedThen;

    /** The service has said what it allows, at a time when this process had sent so many. */
    synchronized void heard(MailAccount account, long acceptedSoFar) {
        left = account.left();
        acceptedThen = acceptedSoFar;
    }

    /** How many are left, now that this process has sent so many; {@link Long#MAX_VALUE} when nothing limits it. */
    synchronized long left(long acceptedSoFar) {
        return left == Long.MAX_VALUE ? left : Math.max(0, left - (acceptedSoFar - acceptedThen));
    }
}
