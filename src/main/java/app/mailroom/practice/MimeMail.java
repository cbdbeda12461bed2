package app.mailroom.practice;

import app.mailroom.delivery.OutgoingMail;
import app.mailroom.model.Attachment;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;

/**
 * Composes the mail that a mail service would make of what it is given, in ASCII: multipart/alternative, and around it
 * multipart/mixed when files go with it.
 */
final class MimeMail {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private MimeMail() {}

    static String compose(OutgoingMail mail, String providerId, Instant now) throws MessagingException, IOException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties())) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + providerId + "@practice.mailroom.invalid>");
            }
        };
        message.setFrom(address(mail.from()));
        message.setRecipient(Message.RecipientType.TO, address(mail.to()));
        if (!mail.replyTo().isEmpty()) {
            message.setReplyTo(new InternetAddress[] {address(mail.replyTo())});
        }
        message.setSubject(mail.subject(), UTF_8);
        message.setSentDate(Date.from(now));
        for (OutgoingMail.Header header : mail.headers()) {
            message.addHeader(header.name(), MimeUtility.encodeText(header.value(), UTF_8, null));
        }
        MimeMultipart body = new MimeMultipart("alternative", text(mail.text(), "plain"), text(mail.html(), "html"));
        message.setContent(mail.attachments().isEmpty() ? body : withFiles(body, mail.attachments()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static MimeBodyPart text(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    private static MimeMultipart withFiles(MimeMultipart body, List<Attachment> files) throws MessagingException {
        MimeBodyPart first = new MimeBodyPart();
        first.setContent(body);
        MimeMultipart mixed = new MimeMultipart("mixed", first);
        for (Attachment file : files) {
            mixed.addBodyPart(file(file));
        }
        return mixed;
    }

    /** The name stands in both places where programs look for it, as RFC 2231 writes it. */
    private static MimeBodyPart file(Attachment file) throws MessagingException {
        ContentType type = new ContentType(file.contentType());
        ParameterList parameters = type.getParameterList() == null ? new ParameterList() : type.getParameterList();
        parameters.set("name", file.fileName(), UTF_8);
        type.setParameterList(parameters);
        ContentDisposition disposition = new ContentDisposition(Part.ATTACHMENT, new ParameterList());
        disposition.getParameterList().set("filename", file.fileName(), UTF_8);
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.content(), file.contentType())));
        part.setHeader("Content-Type", type.toString());
        part.setHeader("Content-Disposition", disposition.toString());
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    private static InternetAddress address(String mailbox) throws MessagingException {
        InternetAddress parsed = new InternetAddress(mailbox, true);
        try {
            parsed.setPersonal(parsed.getPersonal(), UTF_8);
        } catch (java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java has UTF-8", e);
        }
        return parsed;
    }
}
