package app.mailroom.ui.account;

import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/** What each role may do, out of the one table of rights. */
final class RightsGrid {
    private static final double COLUMN = 72;

    private final GridPane node = new GridPane();

    RightsGrid(Texts texts) {
        node.setId("rights-grid");
        node.setVgap(6);
        node.setPadding(new Insets(8, 0, 0, 0));
        ColumnConstraints words = new ColumnConstraints();
        words.setHgrow(Priority.ALWAYS);
        node.getColumnConstraints().add(words);
        int line = 0;
        int place = 1;
        for (Role role : Role.values()) {
            ColumnConstraints column = new ColumnConstraints(COLUMN);
            column.setHalignment(HPos.CENTER);
            node.getColumnConstraints().add(column);
            Label head = new Label(texts.code("role", role));
            head.getStyleClass().add("field-name");
            node.add(head, place++, line);
        }
        for (Right right : Right.values()) {
            String what = texts.code("right", right);
            Label name = new Label(what);
            name.getStyleClass().add(Styles.TEXT_SMALL);
            name.setWrapText(true);
            name.setMinHeight(Region.USE_PREF_SIZE);
            place = 0;
            node.add(name, place++, ++line);
            for (Role role : Role.values()) {
                boolean may = role.may(right);
                String key = may ? "people.rights.may" : "people.rights.may_not";
                node.add(mark(may, texts.get(key, texts.code("role", role), what)), place++, line);
            }
        }
    }

    private static Node mark(boolean may, String says) {
        FontIcon icon = new FontIcon(may ? "fth-check" : "fth-minus");
        icon.getStyleClass().add(may ? "mark-success" : "mark-neutral");
        Label mark = new Label(null, icon);
        mark.setAccessibleText(says);
        return mark;
    }

    Node node() {
        return node;
    }
}
