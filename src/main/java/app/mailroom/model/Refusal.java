package app.mailroom.model;

import java.util.Optional;

/**
 * Why something may not be done.
 *
 * @param right what it takes
 * @param role of whoever asked, if they have one
 */
public record Refusal(Code code, Right right, Optional<Role> role) {
    /** The reason; windows and commands have words for each. */
    public enum Code {
        /** The role of whoever is signed in does not have the right. */
        ROLE,
        /** This workspace has people, and none of them is signed in. */
        SIGNED_OUT,
        /** Nobody touched the program for a while, so it wants to know again who is there. */
        LOCKED,
        /** Whoever was signed in was taken out of the workspace. */
        REMOVED,
        /** Mails that reach somebody need a name: whoever sends them has to be signed in, or the workspace does without. */
        LIVE_NEEDS_SIGN_IN,
        /** Whoever planned a mailing, or changed it last, does not approve it. */
        OWN_MAILING
    }
}
