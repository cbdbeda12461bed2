package app.mailroom.ui.mailings;

import javafx.scene.Node;

/** What is shown of one step in which a mailing is planned. */
interface StepPage {
    /** The step's fields. */
    Node node();

    /** What takes the focus when the step comes into view. */
    Node first();

    /** What was chosen, in a line; empty where nothing was. */
    String summary();

    /** Whether it needs all the room there is and scrolls by itself. */
    default boolean fills() {
        return false;
    }
}
