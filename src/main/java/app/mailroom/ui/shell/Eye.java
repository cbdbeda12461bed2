package app.mailroom.ui.shell;

import app.mailroom.ui.common.UiThread;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody is on a page: what has the focus, by its id, and how far what is around it was scrolled. Gone where it has none.
 *
 * @param id of what has the focus
 * @param scrolled from 0 for the top to 1 for the foot
 */
record Eye(String id, double scrolled) {
    /** Where it is now. */
    static Optional<Eye> on(Scene scene) {
        Node owner = scene.getFocusOwner();
        if (owner == null || owner.getId() == null) {
            return Optional.empty();
        }
        ScrollPane around = around(owner);
        return Optional.of(new Eye(owner.getId(), around == null ? 0 : around.getVvalue()));
    }

    /** Brings it back to a page that was made anew, once that has settled. */
    void goBackTo(Parent page) {
        UiThread.later(() -> {
            if (page.getScene() == null) {
                return;
            }
            // What scrolls takes its content in when it is first drawn, and before that nothing in it can be found.
            page.applyCss();
            page.layout();
            Node owner = page.lookup("#" + id);
            if (owner != null && !owner.isDisabled()) {
                owner.requestFocus();
                ScrollPane around = around(owner);
                if (around != null) {
                    around.setVvalue(scrolled);
                }
            }
        });
    }

    private static @Nullable ScrollPane around(Node inner) {
        for (Node node = inner; node != null; node = node.getParent()) {
            if (node instanceof ScrollPane scroll) {
                return scroll;
            }
        }
        return null;
    }
}
