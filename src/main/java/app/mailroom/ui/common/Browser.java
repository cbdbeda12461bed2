package app.mailroom.ui.common;

import java.net.URI;
import javafx.application.Application;
import javafx.stage.Stage;

/** The browser that the person uses, which is a program of its own. */
@FunctionalInterface
public interface Browser {
    /** Asks for a page to be shown. Whether it is shown, nobody says. May take a moment. */
    void open(URI page);

    /** The one that this computer opens web addresses with. */
    static Browser ofThisComputer() {
        // The toolkit is started without an application, which only lends its name to these services.
        Application nameless = new Application() {
            @Override
            public void start(Stage stage) {
                throw new IllegalStateException("this is never launched");
            }
        };
        return page -> nameless.getHostServices().showDocument(page.toString());
    }
}
