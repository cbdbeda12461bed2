package app.mailroom.model;

import static app.mailroom.model.Role.EDITOR;
import static app.mailroom.model.Role.OWNER;
import static app.mailroom.model.Role.SENDER;
import static app.mailroom.model.Role.VIEWER;

import java.util.EnumSet;
import java.util.Set;

/**
 * What can be done in a workspace, and who may: the only table of rights. A person's own language, theme and sign-in need no
 * right. That nobody approves a mailing which they planned themselves is no matter of roles, and so does not stand here.
 */
public enum Right {
    /** Looking at mailings, templates, lists, results and suppressions. */
    VIEW,
    /** Writing, changing and deleting templates. */
    EDIT_TEMPLATES,
    /** Making, importing, changing and deleting lists of recipients. */
    EDIT_RECIPIENTS,
    /** Writing lists, results or suppressions into files or the clipboard, by which addresses leave the program. */
    EXPORT,
    /** Drafts of mailings, checks, and test mails. */
    PREPARE_MAILINGS,
    /** Planning a mailing, which sends it at its time, sending again, and pausing, resuming and cancelling. */
    SEND_MAILINGS,
    /** Saying that a mailing of somebody else may go out as it is. */
    APPROVE_MAILINGS,
    /** Adding suppressions and lifting them. */
    EDIT_SUPPRESSIONS,
    /** Erasing all that is kept of a recipient, which nobody can undo. */
    ERASE_PERSONS,
    /** The workspace's settings, the switch between practice and live among them. */
    CHANGE_SETTINGS,
    /** Keys and set-up at Amazon, senders, and the relay. */
    SET_UP_SENDING,
    /** Inviting people, giving roles, taking them away, and how one signs in. */
    MANAGE_PEOPLE,
    /** Reading who did what and when, and exporting that. */
    READ_AUDIT;

    /** The roles that have this right. */
    public Set<Role> holders() {
        return switch (this) {
            case VIEW -> EnumSet.of(OWNER, SENDER, EDITOR, VIEWER);
            case EDIT_TEMPLATES, EDIT_RECIPIENTS, EXPORT, PREPARE_MAILINGS -> EnumSet.of(OWNER, SENDER, EDITOR);
            case SEND_MAILINGS, APPROVE_MAILINGS, EDIT_SUPPRESSIONS -> EnumSet.of(OWNER, SENDER);
            case ERASE_PERSONS, CHANGE_SETTINGS, SET_UP_SENDING, MANAGE_PEOPLE, READ_AUDIT -> EnumSet.of(OWNER);
        };
    }
}
