package app.mailroom.ui.common;

import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;

/** A field for a sender address that offers what may send. */
public final class SenderBox {
    private SenderBox() {}

    /**
     * A field over these choices. What is typed is in the property at once, not only when the field is left. A choice
     * that is only {@code @domain} is for the local part to be typed in front of it.
     */
    public static ComboBox<String> of(ObservableList<String> choices, StringProperty address) {
        ComboBox<String> box = new ComboBox<>(choices);
        box.setEditable(true);
        TextField editor = box.getEditor();
        editor.textProperty().bindBidirectional(address);
        box.valueProperty().addListener((property, before, chosen) -> {
            if (chosen != null && chosen.startsWith("@")) {
                UiThread.later(() -> {
                    editor.requestFocus();
                    editor.positionCaret(0);
                });
            }
        });
        return box;
    }
}
