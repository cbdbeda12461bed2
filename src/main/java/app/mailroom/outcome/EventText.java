package app.mailroom.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;

/** How texts, times and fingerprints are read from events, whoever wrote them. */
final class EventText {
    private EventText() {}

    /** A field's text, unless it is missing, blank or no text. */
    static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.asText().isBlank() ? Optional.of(value.asText()) : Optional.empty();
    }

    /**
     * A time in ISO 8601 with an offset.
     *
     * @throws DateTimeException when it is none, or none that can be stored
     */
    static Instant instant(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text);
        if (time.getYear() < 1970 || time.getYear() > 9999) {
            throw new DateTimeException("not a time at which a mail can be sent: " + text);
        }
        return time.toInstant();
    }

    /** The same for the same text, and for no other. */
    static String fingerprint(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
