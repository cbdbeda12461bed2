package app.mailroom.delivery;

import app.mailroom.model.Attachment;
import java.util.List;

/**
 * One mail ready to be handed to the mail service. All parts are free of line breaks where a header needs it.
 *
 * @param messageTag travels with the mail and comes back with every event about it
 * @param from a mailbox with or without display name, RFC 5322
 * @param replyTo a mailbox, or empty for none
 * @param headers further headers, in this order
 * @param attachments the attached files in their order, then the images that the HTML shows by their content ids
 * @param tracked whether openings and clicks may be counted; if not, a gateway that cannot help counting them hands the
 *     mail to nobody. It promises no counting
 */
public record OutgoingMail(
        String messageTag,
        String planTag,
        String from,
        String to,
        String replyTo,
        String subject,
        String html,
        String text,
        List<Header> headers,
        List<Attachment> attachments,
        boolean tracked) {
    /** A header that the mail service does not set by itself, such as {@code List-Unsubscribe} (RFC 2369, RFC 8058). */
    public record Header(String name, String value) {}
}
