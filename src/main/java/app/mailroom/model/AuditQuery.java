package app.mailroom.model;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries of the audit are wanted.
 *
 * @param text part of an actor, subject or detail, small and capital letters of English alike; blank for any
 * @param meant what the text finds as well: actions, by their names, whose words in the reader's language hold it
 * @param actors of whom; empty for all
 * @param actions of what, by the names of {@link AuditAction}; empty for all
 * @param from not before
 * @param until before
 */
public record AuditQuery(
        String text,
        Set<String> meant,
        Set<String> actors,
        Set<String> actions,
        Optional<Instant> from,
        Optional<Instant> until) {
    /** All entries. */
    public static final AuditQuery ALL =
            new AuditQuery("", Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty());

    /** Keeps copies of the sets. */
    public AuditQuery {
        meant = Set.copyOf(meant);
        actors = Set.copyOf(actors);
        actions = Set.copyOf(actions);
    }
}
