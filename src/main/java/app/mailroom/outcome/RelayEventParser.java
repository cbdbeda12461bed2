package app.mailroom.outcome;

import static app.mailroom.outcome.EventText.fingerprint;
import static app.mailroom.outcome.EventText.instant;
import static app.mailroom.outcome.EventText.text;

import app.mailroom.model.HitSign;
import app.mailroom.model.Outcome;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.WorkspaceId;
import app.mailroom.outcome.SesEventParser.Foreign;
import app.mailroom.outcome.SesEventParser.Harmless;
import app.mailroom.outcome.SesEventParser.Reading;
import app.mailroom.outcome.SesEventParser.Understood;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads what our own tracking relay reports: {@code {"mailroomEvent":"Open"|"Click"|"Unsubscribe","id":…,"tag":…,
 * "timestamp":…,"link":…,"number":…,"userAgent":…,"signs":[…]}}. The id is that of the hit, so that the relay may report a hit
 * twice. Hits of a probe, whose tag is {@code <workspace>-probe-<probe>}, are signs of life at {@code RELAY_OPEN},
 * {@code RELAY_CLICK} and {@code RELAY_UNSUBSCRIBE}.
 */
final class RelayEventParser {
    private static final String EVENT = "mailroomEvent";
    private static final Map<String, OutcomeKind> KINDS =
            Map.of("Open", OutcomeKind.OPEN, "Click", OutcomeKind.CLICK, "Unsubscribe", OutcomeKind.UNSUBSCRIBE);

    private static final String PROBED = "RELAY_";

    private final WorkspaceId workspace;
    private final ProbeParser probes;

    RelayEventParser(WorkspaceId workspace, ProbeParser probes) {
        this.workspace = workspace;
        this.probes = probes;
    }

    /** Whether the relay wrote this. */
    static boolean isRelayEvent(JsonNode root) {
        return root.has(EVENT);
    }

    /**
     * Reads one event.
     *
     * @param body the event as it was published, without an envelope
     * @throws DateTimeException when it has no time
     */
    Reading read(JsonNode root, String body) {
        OutcomeKind kind = KINDS.get(root.path(EVENT).asText());
        Optional<String> hit = text(root, "id");
        if (kind == null || hit.isEmpty()) {
            return new Foreign("UNKNOWN_EVENT", fingerprint(body));
        }
        Optional<String> tag = text(root, "tag");
        if (tag.isEmpty()) {
            return new Foreign("NO_MESSAGE_ID", fingerprint(body));
        }
        if (probes.isOfProbe(tag.get())) {
            return probes.read(tag.get(), PROBED + kind.name(), body);
        }
        if (workspace.isTestTag(tag.get())) {
            return new Harmless();
        }
        OptionalLong message = workspace.id(tag.get());
        if (message.isEmpty()) {
            return new Foreign("OTHER_WORKSPACE", fingerprint(body));
        }
        return new Understood(new Outcome(
                kind,
                message,
                "",
                fingerprint("relay\n" + hit.get()),
                instant(root.path("timestamp").asText("")),
                kind == OutcomeKind.UNSUBSCRIBE,
                null,
                text(root, "userAgent").orElse(null),
                kind == OutcomeKind.CLICK ? text(root, "link").orElse(null) : null,
                kind == OutcomeKind.CLICK ? root.path("number").asInt(0) : 0,
                signs(root.path("signs")),
                body));
    }

    /** Those that this program knows; a newer relay may tell more. */
    private static Set<HitSign> signs(JsonNode named) {
        Set<HitSign> signs = EnumSet.noneOf(HitSign.class);
        for (JsonNode name : named) {
            for (HitSign sign : HitSign.values()) {
                if (sign.name().equals(name.asText())) {
                    signs.add(sign);
                }
            }
        }
        return signs;
    }
}
