package app.mailroom.ui.common;

import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;

/** A page of the window. All methods are called on the JavaFX thread. */
public interface Screen {
    /** What is shown. */
    Node node();

    /** It has come into view. */
    default void opened() {
        refresh();
    }

    /** Shows what holds now. */
    default void refresh() {}

    /** Something may have changed; called at most twice a second while in view. */
    default void pulse() {}

    /** Puts the cursor into the search field, if there is one. */
    default void search() {}

    /** A file of this screen's kind was given to the program: it is to be imported here. */
    default void take(Path file) {}

    /** It has gone out of view, or the window is closing: what is not kept yet is to be kept now. */
    default void left() {}

    /** The window is about to be hidden until the person says again who they are: what can be kept is to be kept now. */
    default void keepNow() {}

    /** Whether something would be lost that is not kept, however often it was tried; asks nobody. */
    default boolean holdsUnkept() {
        return false;
    }

    /** Whether the person may go elsewhere; asks about unsaved changes. */
    default boolean mayLeave() {
        return true;
    }

    /**
     * Where a way back leads that begins elsewhere.
     *
     * @param opened the place at which this was opened
     * @return nothing where there is nothing to come back to, as after a form was handed in
     */
    default Optional<Place> comesBackTo(Place opened) {
        return Optional.of(opened);
    }
}
