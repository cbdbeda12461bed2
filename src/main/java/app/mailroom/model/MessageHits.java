package app.mailroom.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The openings and clicks of one message, which are judged together: what follows tells what came before.
 *
 * @param deliveredAt when the receiving server reported that it has the mail, if it did
 */
public record MessageHits(Optional<Instant> deliveredAt, List<Hit> hits) {
    /** Keeps a copy of the hits. */
    public MessageHits {
        hits = List.copyOf(hits);
    }

    /**
     * One of them.
     *
     * @param kind {@link OutcomeKind#OPEN} or {@link OutcomeKind#CLICK}
     * @param agent what the program that made it calls itself, if that is known
     * @param link where a click leads
     * @param signs what it says of itself beside its agent
     */
    public record Hit(
            OutcomeKind kind,
            Instant at,
            @Nullable String agent,
            @Nullable String link,
            Set<HitSign> signs) {
        /** Keeps a copy of the signs. */
        public Hit {
            signs = Set.copyOf(signs);
        }

        /** Whether a link was followed. */
        public boolean isClick() {
            return kind == OutcomeKind.CLICK;
        }
    }
}
