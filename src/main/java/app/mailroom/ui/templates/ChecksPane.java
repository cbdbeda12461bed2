package app.mailroom.ui.templates;

import app.mailroom.template.Spot;
import app.mailroom.template.TemplateFinding;
import app.mailroom.template.TemplateProblem;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tab;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** What the checks found, what blocks sending first; each one leads to its place. */
final class ChecksPane {
    /** Left and right of a line, with room for the scroll bar. */
    private static final double MARGINS = 40;

    private final Texts texts;
    private final ListView<TemplateFinding> list = new ListView<>();
    private final Node clear;
    private final StackPane node;
    private final Tab tab = new Tab();
    private final Label badge = Look.badge("", "neutral");

    ChecksPane(Texts texts, Consumer<Spot> goTo) {
        this.texts = texts;
        clear = Look.empty("fth-check-circle", texts.get("checks.clear"), texts.get("checks.clear.hint"));
        clear.getStyleClass().add("all-clear");
        list.setId("checks");
        list.getStyleClass().addAll("side-list", "checks");
        list.setCellFactory(any -> new FindingCell());
        list.setOnMouseClicked(event -> {
            TemplateFinding finding = list.getSelectionModel().getSelectedItem();
            if (finding != null && event.getTarget() != list) {
                goTo.accept(finding.spot());
            }
        });
        list.setOnKeyPressed(event -> {
            TemplateFinding finding = list.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && finding != null) {
                event.consume();
                goTo.accept(finding.spot());
            }
        });
        badge.setId("checks-count");
        list.setVisible(false);
        clear.setVisible(false);
        node = new StackPane(clear, list);
        node.getStyleClass().add("tab-body");
        node.setMinWidth(0);
    }

    /** The tab that holds this, which says how many there are. */
    Tab tab(String name) {
        tab.setText(name);
        tab.setContent(node);
        return tab;
    }

    void show(List<TemplateFinding> findings) {
        List<TemplateFinding> sorted = findings.stream()
                .sorted(Comparator.comparing((TemplateFinding finding) -> !finding.blocks()))
                .toList();
        if (!sorted.equals(list.getItems())) {
            list.getItems().setAll(sorted);
        }
        boolean none = sorted.isEmpty();
        list.setVisible(!none);
        clear.setVisible(none);
        tab.setGraphic(none ? null : badge);
        badge.setText(texts.number(sorted.size()));
        boolean blocks = !none && sorted.get(0).blocks();
        badge.getStyleClass().setAll("label", "badge", blocks ? "badge-danger" : "badge-warning");
    }

    /** A list asks its cells for their height without saying how wide they are, so that lines would not wrap. */
    private final class FindingCell extends ListCell<TemplateFinding> {
        FindingCell() {
            setPrefWidth(0);
            getStyleClass().add("clickable");
        }

        @Override
        protected void updateItem(@Nullable TemplateFinding finding, boolean empty) {
            super.updateItem(finding, empty);
            setText(null);
            if (empty || finding == null) {
                setGraphic(null);
            } else {
                HBox line = line(finding);
                line.prefWidthProperty().bind(list.widthProperty().subtract(MARGINS));
                setGraphic(line);
            }
        }

        @Override
        protected double computePrefHeight(double width) {
            Node line = getGraphic();
            return line == null
                    ? super.computePrefHeight(width)
                    : snappedTopInset() + line.prefHeight(list.getWidth() - MARGINS) + snappedBottomInset();
        }
    }

    private HBox line(TemplateFinding finding) {
        FontIcon icon = new FontIcon(finding.blocks() ? "fth-alert-octagon" : "fth-alert-triangle");
        icon.getStyleClass().add(finding.blocks() ? "mark-danger" : "mark-warning");
        Label title = new Label(texts.code("check", finding.code()));
        title.getStyleClass().add(Styles.TEXT_BOLD);
        title.setWrapText(true);
        title.setMinWidth(0);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        Label where = Look.muted(where(finding.spot()));
        where.setWrapText(false);
        where.setMinWidth(Region.USE_PREF_SIZE);
        where.getStyleClass().add(Styles.TEXT_SMALL);
        HBox head = new HBox(8, title, where);
        head.setAlignment(Pos.TOP_LEFT);
        VBox words = new VBox(4, head);
        if (!finding.detail().isBlank()) {
            Label detail = new Label(finding.detail());
            detail.getStyleClass().addAll("code", "finding-detail");
            words.getChildren().add(detail);
        }
        Label hint = Look.muted(texts.code("check.hint", finding.code()));
        hint.getStyleClass().add(Styles.TEXT_SMALL);
        words.getChildren().add(hint);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = new HBox(8, icon, words);
        line.setAlignment(Pos.TOP_LEFT);
        line.setMinWidth(0);
        return line;
    }

    private String where(Spot spot) {
        String part = texts.code("part", spot.part());
        return spot.part() == TemplateProblem.Part.BODY ? texts.get("checks.where", part, spot.line()) : part;
    }
}
