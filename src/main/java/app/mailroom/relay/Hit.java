package app.mailroom.relay;

import app.mailroom.model.HitSign;
import app.mailroom.tracking.HitLink;
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
@SuppressWarnings("DoNotCallSuggester")
public record Hit(String id, HitLink link, Instant at, String agent, Set<HitSign> signs, Optional<String> reader) {
    /** The event as it is reported, JSON on one line. See {@code app.mailroom.outcome.RelayEventParser}. */
    public String event() {
        throw new UnsupportedOperationException();
    }
}
