package app.mailroom.model;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a mailing to show: those that meet everything that is asked.
 *
 * @param states in any of these; none means all
 * @param reason in their state for this reason, or for any of a kind: one that ends with a dot, such as {@code Permanent.},
 *     stands for all that begin with it
 * @param mark of which this is known
 * @param search what their address contains, whatever the case; all for a blank one
 * @param fromStart whether the address must begin with what is searched
 */
public record MessageFilter(
        long planId,
        Set<MessageState> states,
        @Nullable String reason,
        @Nullable Mark mark,
        String search,
        boolean fromStart) {
    /** What readers or machines did with a message. */
    public enum Mark {
        /** A person opened it. */
        OPENED,
        /** Only machines opened it, as far as is known. */
        OPENED_BY_MACHINES,
        /** A person followed a link in it. */
        CLICKED,
        /** Only machines followed a link in it, as far as is known. */
        CLICKED_BY_MACHINES,
        /** It arrived, and no person is known to have opened it or followed a link in it. */
        NOT_OPENED,
        /** It arrived, and no person is known to have followed a link in it. */
        NOT_CLICKED,
        /** Its recipient left. */
        UNSUBSCRIBED
    }

    /** Keeps a copy of the states. */
    public MessageFilter {
        Set<MessageState> copy = EnumSet.noneOf(MessageState.class);
        copy.addAll(states);
        states = Set.copyOf(copy);
    }

    /** Every message of a mailing. */
    public static MessageFilter all(long planId) {
        return new MessageFilter(planId, Set.of(), null, null, "", false);
    }

    /** The same in one state. */
    public MessageFilter in(MessageState state) {
        return new MessageFilter(planId, Set.of(state), reason, mark, search, fromStart);
    }

    /** Whether a reason is asked for that stands for all that begin with it. */
    public boolean asksKindOfReason() {
        return reason != null && reason.endsWith(".");
    }

    /** Whether a message that is in its state for this reason has the one that is asked for. */
    public boolean admits(@Nullable String given) {
        if (reason == null) {
            return true;
        }
        return given != null && (asksKindOfReason() ? given.startsWith(reason) : given.equals(reason));
    }

    /** The same for one reason, or for a kind of reasons. */
    public MessageFilter because(String of) {
        return new MessageFilter(planId, states, of, mark, search, fromStart);
    }

    /** The same with a mark. */
    public MessageFilter marked(Mark as) {
        return new MessageFilter(planId, states, reason, as, search, fromStart);
    }

    /** The same where the address contains a text. */
    public MessageFilter containing(String text) {
        return new MessageFilter(planId, states, reason, mark, text, false);
    }

    /** The same where the address begins with a text. */
    public MessageFilter beginning(String text) {
        return new MessageFilter(planId, states, reason, mark, text, true);
    }
}
