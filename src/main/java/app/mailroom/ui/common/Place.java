package app.mailroom.ui.common;

import java.util.List;

/** Where in the window a person can be. */
public sealed interface Place {
    /** One of the pages of the sidebar. */
    record Page(PageId id) implements Place {}

    /** The page of one mailing. */
    record Mailing(long planId) implements Place {}

    /** The form for a new mailing. */
    record NewMailing() implements Place {}

    /** The form for a new mailing, with what was typed into it before. */
    record Draft(long draftId) implements Place {}

    /** Mailings side by side, in this order. */
    record Compare(List<Long> planIds) implements Place {
        /** Keeps a copy of the ids. */
        public Compare {
            planIds = List.copyOf(planIds);
        }
    }

    /** The page on which one template is written. */
    record Template(long id) implements Place {}

    /** The sheet of one recipient list. */
    record Sheet(long listId) implements Place {}

    /** The guide that sets up Amazon SES. */
    record Amazon() implements Place {}

    /** What whoever sits in front of the window has of their own. */
    record Me() implements Place {}

    /** The dialog for signing in, over wherever the person is: for what takes a name and was refused without one. */
    record SignIn() implements Place {}

    /** Who works with the workspace, and how people come in. */
    record People() implements Place {}

    /** Who did what, when. */
    record Audit() implements Place {}

    /** The events that could not be matched. */
    record Quarantine() implements Place {}
}
