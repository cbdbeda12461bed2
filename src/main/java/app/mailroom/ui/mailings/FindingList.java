package app.mailroom.ui.mailings;

import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** What speaks against planning, one below the other, each with a way to where it is mended. */
final class FindingList {
    private final Texts texts;
    private final PlanningStep here;
    private final Consumer<PlanningStep> go;
    private final VBox node = new VBox(8);

    /**
     * An empty one.
     *
     * @param here the step on which it stands, to which nothing needs to lead
     */
    FindingList(Texts texts, PlanningStep here, Consumer<PlanningStep> go) {
        this.texts = texts;
        this.here = here;
        this.go = go;
        node.managedProperty().bind(node.visibleProperty());
        node.setVisible(false);
    }

    Node node() {
        return node;
    }

    void show(List<Objection> findings) {
        node.getChildren().setAll(findings.stream().map(this::row).toList());
        node.setVisible(!findings.isEmpty());
    }

    private Node row(Objection finding) {
        Label words = new Label(texts.code("finding", finding.code()));
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        VBox said = new VBox(2, words);
        if (!finding.detail().isBlank()) {
            Label detail = new Label(finding.detail());
            detail.getStyleClass().add(Styles.TEXT_SMALL);
            detail.setWrapText(true);
            detail.setMinHeight(Region.USE_PREF_SIZE);
            said.getChildren().add(detail);
        }
        said.setMinWidth(0);
        said.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(said, Priority.ALWAYS);
        FontIcon icon = new FontIcon(finding.blocks() ? "fth-alert-circle" : "fth-alert-triangle");
        HBox row = new HBox(8, icon, said);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().addAll("finding", finding.blocks() ? "finding-blocks" : "finding-warns");
        PlanningStep there = finding.mendedOn();
        if (there != here) {
            Button mend = Look.button(texts.code("planning.step", there), "fth-arrow-right", () -> go.accept(there));
            mend.setId("mend-" + finding.code());
            mend.getStyleClass().add(Styles.SMALL);
            row.getChildren().add(mend);
        }
        return row;
    }
}
