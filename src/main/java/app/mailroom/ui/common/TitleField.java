package app.mailroom.ui.common;

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
public final class TitleField {
    private final Label title = new Label();
    private final TextField field = new TextField();
    private final StackPane node;
    private boolean kept;
    private final Consumer<String> renamed;

    /**
     * Shows a name.
     *
     * @param hint what is said when the mouse rests on it
     * @param id of the page: the title is id-title, the field in which it is changed id-name
     * @param renamed is told what was written
     */
    public TitleField(String hint, String id, StringProperty name, Consumer<String> renamed) {
        this.renamed = renamed;
        title.textProperty().bind(name);
        title.getStyleClass().addAll(Styles.TITLE_2, "clickable");
        title.setMinWidth(0);
        title.setId(id + "-title");
        title.setTooltip(new Tooltip(hint));
        title.setOnMouseClicked(event -> begin());
        title.visibleProperty().bind(field.visibleProperty().not());
        field.setId(id + "-name");
        field.setVisible(false);
        field.managedProperty().bind(field.visibleProperty());
        field.setPrefColumnCount(24);
        field.setAccessibleText(hint);
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

    /** Keeps it as it is from now on; the reason is said when the mouse rests on it. */
    public void keep(String reason) {
        kept = true;
        title.getStyleClass().remove("clickable");
        title.setTooltip(new Tooltip(reason));
    }

    /** Lets the person write another, unless it is kept as it is. */
    public void begin() {
        if (kept) {
            return;
        }
        field.setText(title.getText());
        field.setVisible(true);
        field.requestFocus();
        field.selectAll();
    }

    /** Takes what is being written, as when the person goes elsewhere. */
    public void finish() {
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

    /** The title. */
    public Node node() {
        return node;
    }
}
