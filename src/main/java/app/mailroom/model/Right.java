package app.mailroom.model;

import static app.mailroom.model.Role.EDITOR;
import static app.mailroom.model.Role.OWNER;
import static app.mailroom.model.Role.SENDER;
import static app.mailroom.model.Role.VIEWER;

import java.util.Set;

/**
 * What can be done in a workspace, and who may: the only table of rights. A person's own language, theme and sign-in need no
 * right. That nobody approves a mailing which they planned themselves is no matter of roles, and so does not stand here.
 */
public enum Right {
    /** Looking at mailings, templates, lists, results and suppressions. */
    VIEW(OWNER, SENDER, EDITOR, VIEWER),
    /** Writing, changing and deleting templates. */
    EDIT_TEMPLATES(OWNER, SENDER, EDITOR),
    /** Making, importing, changing and deleting lists of recipients. */
    EDIT_RECIPIENTS(OWNER, SENDER, EDITOR),
    /** Writing lists, results or suppressions into files or the clipboard, by which addresses leave the program. */
    EXPORT(OWNER, SENDER, EDITOR),
    /** Drafts of mailings, checks, and test mails. */
    PREPARE_MAILINGS(OWNER, SENDER, EDITOR),
    /** Planning a mailing, which sends it at its time, sending again, and pausing, resuming and cancelling. */
    SEND_MAILINGS(OWNER, SENDER),
    /** Saying that a mailing of somebody else may go out as it is. */
    APPROVE_MAILINGS(OWNER, SENDER),
    /** Adding suppressions and lifting them. */
    EDIT_SUPPRESSIONS(OWNER, SENDER),
    /** Erasing all that is kept of a recipient, which nobody can undo. */
    ERASE_PERSONS(OWNER),
    /** The workspace's settings, the switch between practice and live among them. */
    CHANGE_SETTINGS(OWNER),
    /** Keys and set-up at Amazon, senders, and the relay. */
    SET_UP_SENDING(OWNER),
    /** Inviting people, giving roles, taking them away, and how one signs in. */
    MANAGE_PEOPLE(OWNER),
    /** Reading who did what and when, and exporting that. */
    READ_AUDIT(OWNER);

    private final Set<Role> holders;

    Right(Role... holders) {
        this.holders = Set.of(holders);
    }

    /** The roles that have this right. */
    public Set<Role> holders() {
        return holders;
    }
}
