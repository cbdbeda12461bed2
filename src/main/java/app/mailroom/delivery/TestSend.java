package app.mailroom.delivery;

import app.mailroom.model.SendResult;
import app.mailroom.model.TemplateContent;
import app.mailroom.template.RenderException;
import app.mailroom.template.TemplateException;
import java.util.List;
import java.util.Map;

/**
 * Sends a template to addresses of one's own before any mailing is made of it, through the same gateway and at the same
 * pace as mailings. In practice mode nothing leaves the computer.
 */
public final class TestSend {
    /**
     * What is to be sent.
     *
     * @param values by {@link app.mailroom.template.Variables#key}, those of the row as which it is sent
     * @param fromName display name, may be empty
     * @param replyTo a mailbox, or empty for none
     * @param to addresses, each gets a mail of its own
     */
    public record Request(
            TemplateContent content,
            Map<String, String> values,
            String fromAddress,
            String fromName,
            String replyTo,
            List<String> to) {}

    /**
     * What became of one mail.
     *
     * @param eml the mail as it was handed over when it went to the practice world, empty otherwise
     */
    public record Sent(String to, SendResult result, String eml) {}

    /**
     * Sends one mail to each address and returns what the mail service answered, in the same order. Takes as long as the
     * service does; not for the JavaFX thread.
     *
     * @throws TemplateException when the template cannot be made into a mail
     * @throws RenderException when the values do not fill it
     */
    public List<Sent> send(Request request) throws TemplateException, RenderException {
        throw new UnsupportedOperationException();
    }
}
