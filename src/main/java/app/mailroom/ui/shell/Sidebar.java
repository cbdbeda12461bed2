package app.mailroom.ui.shell;

import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.PageId;
import app.mailroom.ui.common.Texts;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** The pages, and at the foot help and the person. */
final class Sidebar {
    private final VBox node = new VBox(4);
    private final Map<PageId, ToggleButton> buttons = new EnumMap<>(PageId.class);

    Sidebar(Texts texts, Node help, Node person, Consumer<PageId> open) {
        node.getStyleClass().add("sidebar");
        Label name = new Label("Mailroom", new FontIcon("fth-mail"));
        name.getStyleClass().add("brand");
        VBox.setMargin(name, new Insets(0, 0, 16, 8));
        node.getChildren().add(name);
        ToggleGroup group = new ToggleGroup();
        for (PageId page : PageId.values()) {
            ToggleButton button = new ToggleButton(texts.code("page", page), new FontIcon(page.icon()));
            button.getStyleClass().setAll("nav-item");
            button.setId("nav-" + page.name().toLowerCase(java.util.Locale.ROOT));
            button.setAlignment(Pos.CENTER_LEFT);
            button.setContentDisplay(ContentDisplay.LEFT);
            button.setGraphicTextGap(12);
            button.setMaxWidth(Double.MAX_VALUE);
            button.setToggleGroup(group);
            button.setTooltip(new Tooltip("Ctrl+" + page.number()));
            button.setOnAction(event -> {
                // A second press on the open page must not unselect it.
                button.setSelected(true);
                open.accept(page);
            });
            buttons.put(page, button);
            node.getChildren().add(button);
        }
        node.getChildren().add(Look.gap());
        node.getChildren().addAll(help, person);
    }

    Node node() {
        return node;
    }

    void select(PageId page) {
        buttons.forEach((id, button) -> button.setSelected(id == page));
    }
}
