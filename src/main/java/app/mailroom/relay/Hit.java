package app.mailroom.relay;

import app.mailroom.model.HitSign;
import app.mailroom.tracking.HitLink;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a reader's program asked the relay for.
 *
 * @param id different for every hit; by it the workspace knows one that is reported twice
 * @param agent what the program calls itself, shortened; empty if it does not say
 * @param reader the address from which it came; empty unless readers' addresses are kept
 */
public record Hit(String id, HitLink link, Instant at, String agent, Set<HitSign> signs, Optional<String> reader) {
    /**
     * ASCII only: a queue refuses some characters of Unicode (SendMessage, Amazon SQS API Reference), and one hit that is never
     * taken would hold up all that come after it.
     */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final int USUAL_LENGTH = 512;

    /**
     * The event as it is reported, JSON on one line of ASCII, at most some 10 KB long. See
     * {@code app.mailroom.outcome.RelayEventParser}.
     */
    public String event() {
        ByteArrayOutputStream text = new ByteArrayOutputStream(USUAL_LENGTH);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField(
                    "mailroomEvent",
                    switch (link.kind()) {
                        case OPEN -> "Open";
                        case CLICK -> "Click";
                        case UNSUBSCRIBE -> "Unsubscribe";
                    });
            json.writeStringField("id", id);
            json.writeStringField("tag", link.tag());
            json.writeStringField("timestamp", at.toString());
            if (link.kind() == HitLink.Kind.CLICK) {
                json.writeStringField("link", link.target());
                json.writeNumberField("number", link.link());
            }
            if (!agent.isEmpty()) {
                json.writeStringField("userAgent", agent);
            }
            json.writeArrayFieldStart("signs");
            for (HitSign sign : signs) {
                json.writeString(sign.name());
            }
            json.writeEndArray();
            if (reader.isPresent()) {
                json.writeStringField("reader", reader.get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory took no text", e);
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }
}
