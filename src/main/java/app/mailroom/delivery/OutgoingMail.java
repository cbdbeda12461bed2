package app.mailroom.delivery;

/**
 * One mail ready to be handed to the mail service. All parts are free of line breaks where a header needs it.
 *
 * @param messageTag travels with the mail and comes back with every event about it
 * @param from a mailbox with or without display name, RFC 5322
 * @param replyTo a mailbox, or empty for none
 */
public record OutgoingMail(
        String messageTag,
        String planTag,
        String from,
        String to,
        String replyTo,
        String subject,
        String html,
        String text) {}
