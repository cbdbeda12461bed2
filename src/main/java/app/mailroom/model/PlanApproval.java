package app.mailroom.model;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether somebody else has to say that a mailing may go out, and whether they did.
 *
 * @param needed whether it has to be approved; decided when it is planned
 * @param plannedBy who planned it
 * @param changedBy who last changed what goes out of it
 * @param at since when it is approved, if it is
 * @param by who approved it last, even if that was taken away since
 * @param changed what was changed since then; nothing while it was never approved
 * @param note why somebody did not approve it, until somebody does
 */
public record PlanApproval(
        boolean needed,
        Actor plannedBy,
        Actor changedBy,
        Optional<Instant> at,
        Optional<Actor> by,
        Set<PlanPart> changed,
        Optional<Note> note) {
    /** Words to whoever planned a mailing that was not approved. */
    public record Note(String words, String by, Instant at) {}

    /** Keeps a copy of the set. */
    public PlanApproval {
        changed = changed.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(changed));
    }

    /** Whether nothing goes out before somebody approves it. */
    public boolean missing() {
        return needed && at.isEmpty();
    }

    /** Whether it was approved and changed since. */
    public boolean lapsed() {
        return missing() && by.isPresent() && !changed.isEmpty();
    }

    /** Whether somebody planned it or changed it last. */
    public boolean isOwnOf(Actor somebody) {
        return same(plannedBy, somebody) || same(changedBy, somebody);
    }

    /** Members are known by their number, for an address may be given to somebody else. */
    private static boolean same(Actor one, Actor other) {
        boolean members = one.memberId().isPresent() && other.memberId().isPresent();
        return members ? one.memberId().equals(other.memberId()) : one.name().equals(other.name());
    }
}
