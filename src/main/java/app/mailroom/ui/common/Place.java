package app.mailroom.ui.common;

/** Where in the window a person can be. */
public sealed interface Place {
    /** One of the pages of the sidebar. */
    record Page(PageId id) implements Place {}

    /** The page of one mailing. */
    record Mailing(long planId) implements Place {}

    /** The form for a new mailing. */
    record NewMailing() implements Place {}

    /** The page on which one template is written. */
    record Template(long id) implements Place {}

    /** The sheet of one recipient list. */
    record Sheet(long listId) implements Place {}

    /** The guide that sets up Amazon SES. */
    record Amazon() implements Place {}

    /** The events that could not be matched. */
    record Quarantine() implements Place {}
}
