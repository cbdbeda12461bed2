package app.mailroom.model;

/** What somebody is in a workspace. What follows from it stands in {@link Right}. */
public enum Role {
    /** Runs the workspace: all rights, those over people and settings among them. */
    OWNER,
    /** Prepares mailings and sends them. */
    SENDER,
    /** Prepares mailings, which somebody else sends. */
    EDITOR,
    /** Looks, and changes nothing. */
    VIEWER;

    /** Whether somebody in this role may do that. */
    public boolean may(Right right) {
        return right.holders().contains(this);
    }
}
