package app.mailroom.app;

import java.awt.Desktop;
import java.awt.HeadlessException;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/** The browser of this computer as commands open it, which have no JavaFX toolkit. */
final class BrowserOfCommands implements Consumer<URI> {
    /** Throws UnsupportedOperationException where no browser can be opened, as on a server. */
    @Override
    public void accept(URI page) {
        try {
            Desktop.getDesktop().browse(page);
        } catch (IOException | HeadlessException | LinkageError e) {
            throw new UnsupportedOperationException("this computer opens no browser", e);
        }
    }
}
