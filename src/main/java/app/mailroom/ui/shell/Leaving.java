package app.mailroom.ui.shell;

import app.mailroom.ui.common.Texts;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.layout.Region;
import javafx.stage.Window;

/** What becomes of mail that is being sent when the window is closed. */
enum Leaving {
    /** The window stays open after all. */
    STAY,
    /** It goes on without the window. */
    IN_BACKGROUND,
    /** What is in hand comes to its end, and the rest goes out the next time. */
    STOP;

    /** Asks the person. */
    static Leaving ask(Window owner, Texts texts) {
        ButtonType goOn = new ButtonType(texts.get("leave.background"), ButtonData.OK_DONE);
        ButtonType stop = new ButtonType(texts.get("leave.stop"), ButtonData.OTHER);
        ButtonType stay = new ButtonType(texts.get("leave.stay"), ButtonData.CANCEL_CLOSE);
        Alert alert = new Alert(
                Alert.AlertType.CONFIRMATION,
                texts.get(Tray.isThere() ? "leave.question.tray" : "leave.question.small"),
                goOn,
                stop,
                stay);
        alert.setTitle(texts.get("leave.title"));
        alert.setHeaderText(texts.get("leave.title"));
        alert.setGraphic(null);
        alert.initOwner(owner);
        alert.getDialogPane().setMinHeight(Region.USE_PREF_SIZE);
        alert.getDialogPane().setPrefWidth(520);
        ButtonType answer = alert.showAndWait().orElse(stay);
        if (answer == goOn) {
            return IN_BACKGROUND;
        }
        return answer == stop ? STOP : STAY;
    }
}
