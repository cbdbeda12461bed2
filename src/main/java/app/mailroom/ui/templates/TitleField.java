package app.mailroom.ui.templates;

import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.function.Consumer;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;

/** A page's title that can be changed in place. */
final class TitleField {
    private final Label title = new Label();
    private final TextField field = new TextField();
    private final StackPane node;
    private final Consumer<String> renamed;

    TitleField(Texts texts, StringProperty name, Consumer<String> renamed) {
        this.renamed = renamed;
        title.textProperty().bind(name);
        title.getStyleClass().addAll(Styles.TITLE_2, "clickable");
        title.setMinWidth(0);
        title.setId("template-title");
        title.setTooltip(new Tooltip(texts.get("editor.rename")));
        title.setOnMouseClicked(event -> begin());
        title.visibleProperty().bind(field.visibleProperty().not());
        field.setId("template-name");
        field.setVisible(false);
        field.managedProperty().bind(field.visibleProperty());
        field.setPrefColumnCount(24);
        field.setAccessibleText(texts.get("editor.rename"));
        field.setOnAction(event -> end(true));
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                end(false);
            }
        });
        field.focusedProperty().addListener((property, before, now) -> {
            if (!now) {
                end(true);
            }
        });
        node = new StackPane(title, field);
        node.setMinWidth(0);
        node.setAlignment(Pos.CENTER_LEFT);
    }

    /** Lets the person write another. */
    void begin() {
        field.setText(title.getText());
        field.setVisible(true);
        field.requestFocus();
        field.selectAll();
    }

    /** Takes what is being written, as when the person goes elsewhere. */
    void finish() {
        end(true);
    }

    private void end(boolean take) {
        if (field.isVisible()) {
            field.setVisible(false);
            if (take) {
                renamed.accept(field.getText());
            }
        }
    }

    Node node() {
        return node;
    }
}
