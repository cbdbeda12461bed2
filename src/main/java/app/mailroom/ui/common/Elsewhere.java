package app.mailroom.ui.common;

import java.io.IOException;
import java.nio.file.Path;

/** Other workspaces than the one of the window. */
@FunctionalInterface
public interface Elsewhere {
    /**
     * Opens the workspace in this folder in a window of its own, which is made if it is not there. Returns before the window shows;
     * where it has one already, that comes to the front. May take a moment.
     *
     * @throws IOException when no program can be started for it
     */
    void open(Path workspace) throws IOException;
}
