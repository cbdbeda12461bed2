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
    private final Texts texts;
    private final ListView<TemplateFinding> list = new ListView<>();
    private final Node clear;
    private final StackPane node;
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
        badge.managedProperty().bind(badge.visibleProperty());
        badge.setVisible(false);
        list.setVisible(false);
        clear.setVisible(false);
        node = new StackPane(clear, list);
        node.getStyleClass().add("tab-body");
        node.setMinWidth(0);
    }

    /** How many there are, for the tab. */
    Node badge() {
        return badge;
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
        badge.setVisible(!none);
        badge.setText(texts.number(sorted.size()));
        boolean blocks = !none && sorted.get(0).blocks();
        badge.getStyleClass().setAll("label", "badge", blocks ? "badge-danger" : "badge-warning");
    }

    Node node() {
        return node;
    }

    private final class FindingCell extends ListCell<TemplateFinding> {
        FindingCell() {
            // Lines are to wrap at the width of the list, not to make it wider.
            setPrefWidth(0);
            getStyleClass().add("clickable");
        }

        @Override
        protected void updateItem(@Nullable TemplateFinding finding, boolean empty) {
            super.updateItem(finding, empty);
            setText(null);
            setGraphic(empty || finding == null ? null : line(finding));
        }
    }

    private Node line(TemplateFinding finding) {
        FontIcon icon = new FontIcon(finding.blocks() ? "fth-alert-octagon" : "fth-alert-triangle");
        icon.getStyleClass().add(finding.blocks() ? "mark-danger" : "mark-warning");
        Label title = new Label(texts.code("check", finding.code()));
        title.getStyleClass().add(Styles.TEXT_BOLD);
        title.setWrapText(true);
        Label where = Look.muted(where(finding.spot()));
        where.setWrapText(false);
        where.setMinWidth(Region.USE_PREF_SIZE);
        where.getStyleClass().add(Styles.TEXT_SMALL);
        HBox head = new HBox(8, title, Look.gap(), where);
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
        return line;
    }

    private String where(Spot spot) {
        String part = texts.code("part", spot.part());
        return spot.part() == TemplateProblem.Part.BODY ? texts.get("checks.where", part, spot.line()) : part;
    }
}
