package app.mailroom.outcome;

import static app.mailroom.outcome.EventText.fingerprint;

import app.mailroom.model.WorkspaceId;
import app.mailroom.outcome.SesEventParser.Foreign;
import app.mailroom.outcome.SesEventParser.Probe;
import app.mailroom.outcome.SesEventParser.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * Recognises the signs of life that a proof of the event chain sends through it: those put on the queue or published on
 * the topic, {@code {"mailroomProbe":"<workspace>-probe-<probe>","link":"QUEUE"}}, and events of mails and of the relay that
 * carry such a tag.
 */
final class ProbeParser {
    private static final String PROBE = "mailroomProbe";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Pattern LINK = Pattern.compile("[A-Z_]{1,40}");

    private final String prefix;

    ProbeParser(WorkspaceId workspace) {
        this.prefix = workspace.probeTag("");
    }

    /** Whether this was put into the chain by itself, without a mail. */
    static boolean isProbe(JsonNode root) {
        return root.has(PROBE);
    }

    /** Whether a mail with this tag is a probe of this workspace. */
    boolean isOfProbe(String tag) {
        return tag.startsWith(prefix);
    }

    /** Reads a probe that came without a mail. */
    Reading read(JsonNode root, String body) {
        return read(root.path(PROBE).asText(), root.path("link").asText(), body);
    }

    /** Reads a probe from its tag and the link at which it went in. */
    Reading read(String tag, String link, String body) {
        if (!isOfProbe(tag)) {
            return new Foreign("OTHER_WORKSPACE", fingerprint(body));
        }
        String probe = tag.substring(prefix.length());
        return ID.matcher(probe).matches() && LINK.matcher(link).matches()
                ? new Probe(probe, link)
                : new Foreign("UNKNOWN_EVENT", fingerprint(body));
    }
}
