package app.mailroom.ui.account;

/**
 * What whoever sits in front of the window can do about being there. All are run on the JavaFX thread and answer at once.
 *
 * @param lock hides everything until they say again who they are
 * @param signOut asks the screen in view, and ends the session
 * @param signIn opens the dialog for it
 */
public record AccountDeeds(Runnable lock, Runnable signOut, Runnable signIn) {}
