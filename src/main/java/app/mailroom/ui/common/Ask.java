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
        return confirm(where, title, question, new Answers(deed, texts.get("action.cancel"), grave));
    }

    /**
     * What the two buttons of a question say.
     *
     * @param deed what will be done
     * @param otherwise what happens if not
     * @param grave whether it cannot be undone
     */
    public record Answers(String deed, String otherwise, boolean grave) {}

    /** The same where “Cancel” could be taken for the deed itself. */
    public static boolean confirm(Node where, String title, String question, Answers answers) {
        ButtonType yes = new ButtonType(answers.deed(), ButtonData.OK_DONE);
        ButtonType no = new ButtonType(answers.otherwise(), ButtonData.CANCEL_CLOSE);
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, question, yes, no);
        alert.setTitle(title);
        alert.setHeaderText(title);
        alert.setGraphic(null);
        alert.initOwner(window(where));
        alert.getDialogPane().setMinHeight(Region.USE_PREF_SIZE);
        alert.getDialogPane().setPrefWidth(440);
        if (answers.grave() && alert.getDialogPane().lookupButton(yes) instanceof Button button) {
            button.setDefaultButton(false);
            button.getStyleClass().add("danger");
            // A key that is pressed without reading must not do what cannot be undone.
            alert.setOnShown(event -> alert.getDialogPane().lookupButton(no).requestFocus());
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
