package app.mailroom.ui.sheet;

import app.mailroom.ui.common.Look;
import app.mailroom.ui.sheet.SheetContent.Kind;
import app.mailroom.ui.sheet.SheetDeeds.Order;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.javafx.FontIcon;

/** What stands in the head of a column: its name, whether the rows are in its order, and the way to its menu. */
final class SheetHeader {
    /** Style class of the part that opens the menu. */
    static final String MENU = "sheet-header-menu";

    private static final double BESIDE = 10;

    private final Label name = new Label();
    private final FontIcon order = new FontIcon("fth-arrow-up");
    private final HBox box;
    private final Tooltip hint = new Tooltip();
    private boolean hinted;

    SheetHeader() {
        name.getStyleClass().add("sheet-header-name");
        name.setMinWidth(0);
        order.getStyleClass().add("sheet-header-order");
        StackPane menu = new StackPane(new FontIcon("fth-chevron-down"));
        menu.getStyleClass().add(MENU);
        box = new HBox(4, name, order, Look.gap(), menu);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().add("sheet-header");
        hint.setWrapText(true);
        hint.setMaxWidth(400);
        showOrder(Order.AS_THEY_STAND);
    }

    Node node() {
        return box;
    }

    void show(SheetContent.Column column) {
        name.setText(column.header());
        box.getStyleClass().removeIf(style -> style.startsWith("sheet-kind-"));
        box.getStyleClass().add("sheet-kind-" + kind(column.kind()));
        hint.setText(column.hint());
        boolean wanted = !column.hint().isEmpty();
        if (wanted && !hinted) {
            Tooltip.install(box, hint);
        } else if (!wanted && hinted) {
            Tooltip.uninstall(box, hint);
        }
        hinted = wanted;
    }

    void showOrder(Order by) {
        boolean shown = by != Order.AS_THEY_STAND;
        order.setIconLiteral(by == Order.DESCENDING ? "fth-arrow-down" : "fth-arrow-up");
        order.setVisible(shown);
        order.setManaged(shown);
    }

    void fill(double width) {
        double inside = Math.max(0, width - BESIDE);
        box.setMinWidth(inside);
        box.setPrefWidth(inside);
        box.setMaxWidth(inside);
    }

    /** How wide it would like to be. */
    double wishedWidth() {
        return name.prefWidth(-1) + 56;
    }

    private static String kind(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
