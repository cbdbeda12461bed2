package app.mailroom.model;

/**
 * What the mail service allows.
 *
 * @param ratePerSecond recipients a second
 * @param quota24h recipients in any 24 hours; negative for no limit
 * @param sentLast24h how many of those are used
 * @param sandbox whether it mails verified addresses only
 * @param sendingEnabled whether it sends at all at present
 */
public record MailAccount(
        double ratePerSecond, long quota24h, long sentLast24h, boolean sandbox, boolean sendingEnabled) {
    /** How many recipients are left of the 24-hour quota; {@link Long#MAX_VALUE} when there is no limit. */
    public long left() {
        return quota24h < 0 ? Long.MAX_VALUE : Math.max(0, quota24h - sentLast24h);
    }
}
