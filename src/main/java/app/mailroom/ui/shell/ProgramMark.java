package app.mailroom.ui.shell;

import com.sun.glass.ui.Application;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By what the system tells the program's windows from those of others: their icon, and the name they are grouped under. */
final class ProgramMark {
    /** What the menu entry of the installed program names as its window class. */
    private static final String NAME = "Mailroom";

    private static final Logger log = LoggerFactory.getLogger(ProgramMark.class);
    private static final int[] SIZES = {16, 32, 48, 64, 128, 256};

    private ProgramMark() {}

    /** Before the first window, on the JavaFX thread: otherwise all programs of JavaFX are one to a task bar, called java. */
    static void name() {
        try {
            Application.GetApplication().setName(NAME);
        } catch (IllegalAccessError e) {
            // Where JavaFX lies in modules that keep this to themselves. The windows are as good without.
            log.debug("The windows are called by the name that JavaFX gives them", e);
        }
    }

    /** Gives a window the program's icon, in the sizes among which the system chooses. */
    static void put(Stage stage) {
        IntStream.of(SIZES)
                .mapToObj(size -> "/app/mailroom/ui/icons/mailroom-" + size + ".png")
                .map(path -> Objects.requireNonNull(ProgramMark.class.getResourceAsStream(path), path))
                .map(Image::new)
                .forEach(stage.getIcons()::add);
    }
}
