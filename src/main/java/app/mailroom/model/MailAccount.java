package app.mailroom.model;

/**
 * What the mail service allows.
 *
 * @param ratePerSecond recipients a second
 * @param quota24h recipients in any 24 hours
 * @param sentLast24h how many of those are used
 * @param sandbox whether it mails verified addresses only
 */
public record MailAccount(double ratePerSecond, long quota24h, long sentLast24h, boolean sandbox) {}
