package app.mailroom.ui.common;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.TextInputDialog;
import javafx.scene.layout.Region;
import javafx.stage.Window;

/** Questions that a person has to answer before anything happens. */
public final class Ask {
    private Ask() {}

    /** Asks whether to go on; the button says what will be done. Closing the question means no. */
    public static boolean confirm(Node where, Texts texts, String title, String question, String deed, boolean grave) {
        ButtonType yes = new ButtonType(deed, ButtonData.OK_DONE);
        ButtonType no = new ButtonType(texts.get("action.cancel"), ButtonData.CANCEL_CLOSE);
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, question, yes, no);
        alert.setTitle(title);
        alert.setHeaderText(title);
        alert.setGraphic(null);
        alert.initOwner(window(where));
        alert.getDialogPane().setMinHeight(Region.USE_PREF_SIZE);
        alert.getDialogPane().setPrefWidth(440);
        if (grave && alert.getDialogPane().lookupButton(yes) instanceof Button button) {
            button.setDefaultButton(false);
            button.getStyleClass().add("danger");
        }
        return alert.showAndWait().filter(yes::equals).isPresent();
    }

    /** Asks for a line of text, which must not be blank. */
    public static Optional<String> line(Node where, Texts texts, String title, String label, String proposal) {
        TextInputDialog dialog = new TextInputDialog(proposal);
        dialog.setTitle(title);
        dialog.setHeaderText(title);
        dialog.setGraphic(null);
        dialog.setContentText(label);
        dialog.initOwner(window(where));
        dialog.getDialogPane().setPrefWidth(440);
        if (dialog.getDialogPane().lookupButton(ButtonType.OK) instanceof Button ok) {
            ok.setText(texts.get("action.ok"));
        }
        if (dialog.getDialogPane().lookupButton(ButtonType.CANCEL) instanceof Button cancel) {
            cancel.setText(texts.get("action.cancel"));
        }
        return dialog.showAndWait().map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Window window(Node where) {
        return where.getScene().getWindow();
    }
}
