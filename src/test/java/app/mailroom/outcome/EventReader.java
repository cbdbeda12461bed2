package app.mailroom.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.evidence.InputReader;
import app.mailroom.model.WorkspaceId;
import app.mailroom.outcome.SesEventParser.Foreign;
import app.mailroom.outcome.SesEventParser.Harmless;
import app.mailroom.outcome.SesEventParser.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Events from the queue: whatever a body is, it is read the same each time, and nothing that is not understood gets lost. */
public final class EventReader implements InputReader {
    private static final int DEEP = 200_000;

    private final SesEventParser parser = new SesEventParser(new WorkspaceId("workspace1"));

    @Override
    public String name() {
        return "event JSON";
    }

    @Override
    public List<byte[]> corpus() {
        Stream<String> records = Stream.of(
                        "Send", "Delivery", "Bounce", "Complaint", "Reject", "Open", "Click", "DeliveryDelay")
                .map(type -> SesEvents.record(
                        type,
                        type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1),
                        "workspace1-42",
                        "0100018f-ses"));
        List<String> plain = records.toList();
        Stream<String> relay = Stream.of("Open", "Click", "Unsubscribe").map(kind -> """
                {"mailroomEvent":"%s","id":"0000-1","tag":"workspace1-42","timestamp":"2026-03-01T09:00:00Z",\
                "link":"https://example.com/a?b=c","number":3,"userAgent":"Mail/1","signs":["HEAD"]}""".formatted(kind));
        return Stream.of(plain.stream(), plain.stream().map(SesEvents::enveloped), relay)
                .flatMap(bodies -> bodies)
                .map(EventReader::bytes)
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of(
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\"",
                "\\",
                "\\u0000",
                "\\ud800",
                "null",
                "true",
                "-1",
                "1e999",
                "9999999999999999999",
                "\"eventType\":\"Bounce\"",
                "\"mail\":{}",
                "\"tags\":[]",
                "\"mailroom-message\":[[]]",
                "workspace1-",
                "\"Type\":",
                "\"Notification\"",
                "\"Message\":\"{}\"",
                "9999-99-99T99:99:99Z",
                "+1000000000-01-01T00:00:00Z",
                "\0",
                "\uFEFF",
                "한글");
    }

    @Override
    public List<byte[]> extremes() {
        String digits = "9".repeat(DEEP);
        return Stream.of(
                        "[".repeat(DEEP),
                        "{\"a\":".repeat(DEEP),
                        "\"" + "a".repeat(8 << 20) + "\"",
                        "{\"eventType\":\"Bounce\",\"mail\":{\"messageId\":" + digits + "}}",
                        SesEvents.record("Delivery", "delivery", "workspace1-" + digits, "x"),
                        SesEvents.record("Delivery", "delivery", "workspace1-42", "x".repeat(1 << 20)),
                        "")
                .map(EventReader::bytes)
                .toList();
    }

    @Override
    public String read(byte[] input) {
        String body = new String(input, StandardCharsets.UTF_8);
        Reading reading = parser.read(body);
        assertThat(parser.read(body)).as("read a second time").isEqualTo(reading);
        if (reading instanceof Foreign foreign) {
            assertThat(foreign.fingerprint()).isNotBlank();
            return foreign.reason();
        }
        if (reading instanceof Harmless) {
            assertThat(body).as("passed over").containsPattern("Confirmation|Successfully|Succeeded");
        }
        return reading.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
