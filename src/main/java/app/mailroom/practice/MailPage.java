package app.mailroom.practice;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTML of a mail as a page that stands for itself: its own images are in it as data, and links and what it fetches are as they
 * were sent. Nothing in it runs, as in mail programs.
 */
final class MailPage {
    /** A policy holds for what comes after it, so it comes first; a head begins by itself where one of its elements stands. */
    private static final String HEAD = "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\""
            + " content=\"script-src 'none'; object-src 'none'; frame-src 'none'\">";

    private static final Pattern DOCTYPE = Pattern.compile("\\A\\s*(?:<!doctype[^>]*>)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CID = Pattern.compile("cid:([^\"')\\s>,]+)", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> images = new HashMap<>();
    private String html = "";

    private MailPage() {}

    /** Reads a mail that {@link MimeMail} composed; empty if it has no HTML. */
    static Optional<String> of(String eml) throws MessagingException, IOException {
        MailPage page = new MailPage();
        page.read(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(eml.getBytes(StandardCharsets.US_ASCII))));
        return page.html.isEmpty() ? Optional.empty() : Optional.of(page.written());
    }

    private void read(Part part) throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                read(parts.getBodyPart(i));
            }
        } else if (part.isMimeType("text/html") && html.isEmpty()) {
            html = String.valueOf(part.getContent());
        } else if (part instanceof BodyPart image && part.isMimeType("image/*")) {
            readImage(image);
        }
    }

    private void readImage(BodyPart image) throws MessagingException, IOException {
        String[] id = image.getHeader("Content-ID");
        if (id != null && id.length > 0) {
            try (InputStream in = image.getInputStream()) {
                images.put(
                        id[0].replaceAll("[<>\\s]", ""),
                        "data:" + new ContentType(image.getContentType()).getBaseType() + ";base64,"
                                + Base64.getEncoder().encodeToString(in.readAllBytes()));
            }
        }
    }

    private String written() {
        String shown = CID.matcher(html)
                .replaceAll(found -> Matcher.quoteReplacement(images.getOrDefault(found.group(1), found.group())));
        return DOCTYPE.matcher(shown).replaceFirst(found -> Matcher.quoteReplacement(found.group() + HEAD));
    }
}
