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
 * Composes the mail that a mail service would make of what it is given, in ASCII: multipart/alternative of text and HTML;
 * around it multipart/related when the HTML shows images; around that multipart/mixed when files are attached. So mail
 * programs count the images to the letter, and list nothing as files but what is attached.
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
        List<Attachment> images =
                mail.attachments().stream().filter(Attachment::isInline).toList();
        List<Attachment> files =
                mail.attachments().stream().filter(file -> !file.isInline()).toList();
        MimeMultipart letter = images.isEmpty() ? body : with(images, new Related(), body);
        message.setContent(files.isEmpty() ? letter : with(files, new MimeMultipart("mixed"), letter));
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

    /** The outer multipart, with the inner one as its first part and a part for each of the files. */
    private static MimeMultipart with(List<Attachment> files, MimeMultipart outer, MimeMultipart inner)
            throws MessagingException {
        MimeBodyPart first = new MimeBodyPart();
        first.setContent(inner);
        outer.addBodyPart(first);
        for (Attachment file : files) {
            outer.addBodyPart(file(file));
        }
        return outer;
    }

    /** The name stands in both places where programs look for it, as RFC 2231 writes it. */
    private static MimeBodyPart file(Attachment file) throws MessagingException {
        ContentType type = new ContentType(file.contentType());
        ParameterList parameters = type.getParameterList() == null ? new ParameterList() : type.getParameterList();
        parameters.set("name", file.fileName(), UTF_8);
        type.setParameterList(parameters);
        ContentDisposition disposition =
                new ContentDisposition(file.isInline() ? Part.INLINE : Part.ATTACHMENT, new ParameterList());
        disposition.getParameterList().set("filename", file.fileName(), UTF_8);
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.content(), file.contentType())));
        part.setHeader("Content-Type", type.toString());
        part.setHeader("Content-Disposition", disposition.toString());
        if (file.isInline()) {
            part.setHeader("Content-ID", "<" + file.contentId() + ">");
        }
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    /** RFC 2387 asks for the type of the part that the others belong to. */
    private static final class Related extends MimeMultipart {
        Related() throws MessagingException {
            super("related");
            ContentType type = new ContentType(contentType);
            type.setParameter("type", "multipart/alternative");
            contentType = type.toString();
        }
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
