package app.mailroom.ui.help;

import app.mailroom.ui.common.Background;
import java.awt.Desktop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows folders in the program that this computer has for them. */
public final class Folders implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Folders.class);

    private final Background background =
            new Background("show-folder", 1, failure -> log.warn("The folder could not be shown", failure));

    /** Shows the folder; where the computer has no program for it, does the other thing on the JavaFX thread. */
    public void show(Path folder, Runnable otherwise) {
        background.get(
                () -> {
                    Files.createDirectories(folder);
                    return opened(folder);
                },
                opened -> {
                    if (!opened) {
                        otherwise.run();
                    }
                },
                failure -> {
                    background.tell(failure);
                    otherwise.run();
                });
    }

    private static boolean opened(Path folder) {
        try {
            Desktop.getDesktop().open(folder.toFile());
            return true;
        } catch (IOException | UnsupportedOperationException | LinkageError e) {
            log.warn("The folder could not be shown", e);
            return false;
        }
    }

    @Override
    public void close() {
        background.close();
    }
}
