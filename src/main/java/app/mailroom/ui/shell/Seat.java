package app.mailroom.ui.shell;

import app.mailroom.account.Session;
import app.mailroom.account.Session.Standing;
import app.mailroom.model.Member;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import java.util.Optional;

/**
 * Who sits in front of the window.
 *
 * @param removed whether whoever did was taken out of the workspace
 */
record Seat(Standing standing, Optional<Member> member, boolean removed) {
    /** As it is now. Reads the workspace. */
    static Seat of(Session session) {
        Standing standing = session.standing();
        boolean removed = standing == Standing.SIGNED_OUT
                && session.refusal(Right.VIEW)
                        .filter(refusal -> refusal.code() == Refusal.Code.REMOVED)
                        .isPresent();
        return new Seat(standing, session.member(), removed);
    }

    /** Whether somebody has to say who they are before anything is shown. */
    boolean barred() {
        return standing == Standing.SIGNED_OUT || standing == Standing.LOCKED;
    }

    /** Whether it is another person, rather than the same in another role or somebody who had no name before. */
    boolean isSomebodyElseThan(Seat before) {
        return member.isPresent()
                && before.member().isPresent()
                && member.get().id() != before.member().get().id();
    }

    /** Whether a window that was filled for one is right for the other. */
    boolean looksLike(Seat other) {
        return member.map(Member::id).equals(other.member.map(Member::id))
                && member.map(Member::role).equals(other.member.map(Member::role))
                && member.map(Member::name).equals(other.member.map(Member::name));
    }
}
