package app.mailroom.ui.recipients;

import app.mailroom.recipients.ImportResult;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.Comparator;
import java.util.Map;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** What an import came to: how many rows went in, and how many were left out for which reason. */
final class ImportReport {
    private final VBox node;

    ImportReport(Texts texts, ImportResult result, Node... actions) {
        FontIcon icon = new FontIcon("fth-check-circle");
        icon.getStyleClass().add("import-done-icon");
        Label head = new Label(
                result.updated() > 0
                        ? texts.get(
                                "import.result.updated", texts.number(result.added()), texts.number(result.updated()))
                        : texts.get("import.result.added", texts.number(result.added())));
        head.getStyleClass().add(Styles.TITLE_3);
        head.setWrapText(true);
        HBox title = new HBox(12, icon, head);
        title.setAlignment(Pos.CENTER_LEFT);
        Label leftOut = new Label(texts.get("import.result.left_out", texts.number(result.problems())));
        leftOut.getStyleClass().add(Styles.TEXT_BOLD);
        GridPane reasons = new GridPane();
        reasons.setId("import-reasons");
        reasons.setHgap(24);
        reasons.setVgap(6);
        int row = 0;
        for (Map.Entry<String, Long> reason : result.leftOut().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList()) {
            Label count = new Label(texts.number(reason.getValue()));
            count.getStyleClass().add("import-reason-count");
            reasons.add(count, 0, row);
            reasons.add(new Label(texts.code("address", reason.getKey())), 1, row++);
        }
        HBox buttons = new HBox(8, Look.gap());
        buttons.getChildren().addAll(actions);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        node = result.problems() > 0
                ? new VBox(
                        16, title, leftOut, reasons, Look.muted(texts.get("import.result.hint")), Look.gap(), buttons)
                : new VBox(16, title, Look.gap(), buttons);
        node.setPadding(new Insets(24));
        node.getStyleClass().add("page");
        node.setId("import-report");
    }

    Node node() {
        return node;
    }
}
