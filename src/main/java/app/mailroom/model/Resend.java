package app.mailroom.model;

import java.util.List;
import java.util.Optional;

/**
 * Whom of an earlier mailing another one is to reach.
 *
 * <p>Never those whose address bounced for good, who complained, who left or who are suppressed now; nor those of whom
 * nobody knows whether they got it, for they have a decision of their own; nor, unless they are chosen one by one, those
 * whom another mailing has reached since that was made like this of that one, of one made of it, or of the one it was made
 * of.
 *
 * @param messageIds the messages chosen for {@link Whom#SELECTION}; ignored otherwise
 * @param meeting instead of them all messages that meet this, for {@link Whom#SELECTION}
 */
public record Resend(long planId, Whom whom, List<Long> messageIds, Optional<MessageFilter> meeting) {
    /** Keeps a copy of the ids. */
    public Resend {
        messageIds = List.copyOf(messageIds);
    }

    /** To a group. */
    public Resend(long planId, Whom whom) {
        this(planId, whom, List.of());
    }

    /** To these messages, if the group is {@link Whom#SELECTION}. */
    public Resend(long planId, Whom whom, List<Long> messageIds) {
        this(planId, whom, messageIds, Optional.empty());
    }

    /** To all whose messages meet a filter. */
    public static Resend toAllMeeting(MessageFilter filter) {
        return new Resend(filter.planId(), Whom.SELECTION, List.of(), Optional.of(filter));
    }

    /** The groups. */
    public enum Whom {
        /** Refused by the mail service, or bounced for a reason that may pass. */
        FAILED,
        /** The same, those whose message was cancelled, and those who were suppressed and are not any more. */
        NOT_REACHED,
        /** It arrived, and no person is known to have opened it or followed a link. */
        NOT_OPENED,
        /** It arrived, and no person is known to have followed a link. */
        NOT_CLICKED,
        /** Chosen one by one or by what they have in common; they may have got it. */
        SELECTION;

        /** Whether it is known only of a mailing whose openings and clicks were counted; of others it holds nobody. */
        public boolean needsHits() {
            return this == NOT_OPENED || this == NOT_CLICKED;
        }
    }
}
