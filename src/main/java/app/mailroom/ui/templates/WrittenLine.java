package app.mailroom.ui.templates;

import app.mailroom.ui.common.Texts;
import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.javafx.FontIcon;

/** A field for a line that takes variables, with its length and a menu that inserts one. */
final class WrittenLine {
    private final CustomTextField field = new CustomTextField();
    private final HBox node;

    /**
     * A field beside its name.
     *
     * @param variables the names to offer, asked for each time the menu opens
     */
    WrittenLine(Texts texts, String name, StringProperty text, Supplier<List<String>> variables) {
        field.textProperty().bindBidirectional(text);
        Label label = new Label(name);
        label.getStyleClass().add("field-name");
        label.setMinWidth(92);
        label.setLabelFor(field);
        Label length = new Label();
        length.getStyleClass().addAll(Styles.TEXT_SMALL, Styles.TEXT_SUBTLE);
        length.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.number(
                                text.get().codePointCount(0, text.get().length())),
                        text));
        length.setTooltip(new Tooltip(texts.get("editor.length")));
        MenuButton insert = new MenuButton(null, new FontIcon("fth-plus"));
        insert.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL, "insert-variable");
        insert.setTooltip(new Tooltip(texts.get("editor.insert_variable")));
        insert.setAccessibleText(texts.get("editor.insert_variable"));
        insert.setFocusTraversable(false);
        insert.getItems().add(new MenuItem());
        insert.setOnShowing(event -> insert.getItems()
                .setAll(variables.get().stream().map(this::item).toList()));
        HBox right = new HBox(4, length, insert);
        right.setAlignment(Pos.CENTER_RIGHT);
        field.setRight(right);
        field.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(field, Priority.ALWAYS);
        node = new HBox(8, label, field);
        node.setAlignment(Pos.CENTER_LEFT);
    }

    private MenuItem item(String variable) {
        MenuItem item = new MenuItem("{{" + variable + "}}");
        item.setMnemonicParsing(false);
        item.setOnAction(event -> insert(variable));
        return item;
    }

    /** Puts a variable where the caret is, in place of what is selected. */
    void insert(String variable) {
        field.replaceSelection("{{" + variable + "}}");
        int caret = field.getCaretPosition();
        field.requestFocus();
        field.positionCaret(caret);
    }

    TextField field() {
        return field;
    }

    Node node() {
        return node;
    }
}
