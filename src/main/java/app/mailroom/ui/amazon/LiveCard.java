package app.mailroom.ui.amazon;

import app.mailroom.model.World;
import app.mailroom.ui.amazon.LiveViewModel.Missing;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** The switch between practice and live. */
final class LiveCard {
    private final Texts texts;
    private final LiveViewModel model;
    private final StepCard card;
    private final Label mode = Look.badge("", "neutral");
    private final Label meaning = new Label();
    private final VBox missing = new VBox(4);
    private final Button live;
    private final Button practice;

    LiveCard(Texts texts, LiveViewModel model) {
        this.texts = texts;
        this.model = model;
        live = Look.primary(texts.get("amazon.live.go"), "fth-send", this::goLive);
        live.setId("go-live");
        practice =
                Look.button(texts.get("amazon.live.back"), "fth-corner-up-left", () -> model.switchTo(World.PRACTICE));
        practice.setId("go-practice");
        for (Button button : new Button[] {live, practice}) {
            button.managedProperty().bind(button.visibleProperty());
        }
        mode.setId("live-mode");
        meaning.setWrapText(true);
        meaning.setMinHeight(Region.USE_PREF_SIZE);
        HBox line = new HBox(12, mode, meaning);
        line.setAlignment(Pos.CENTER_LEFT);
        missing.setId("live-missing");
        missing.managedProperty().bind(missing.visibleProperty());
        this.card = new StepCard(texts, StepCard.Name.LIVE, model.step);
        card.fill(line, missing, new HBox(8, live, practice), card.status());
        card.whileIdle(practice);
        model.world.addListener((property, before, now) -> show());
        model.missing.addListener((ListChangeListener<Missing>) change -> show());
        model.step.stateProperty().addListener((property, before, now) -> show());
        show();
    }

    StepCard card() {
        return card;
    }

    private void show() {
        boolean on = model.world.get() == World.LIVE;
        mode.setText(texts.get(on ? "status.live" : "status.practice"));
        mode.getStyleClass().setAll("label", "badge", on ? "badge-success" : "badge-accent");
        meaning.setText(texts.get(on ? "amazon.live.on" : "amazon.live.off"));
        card.summary(texts.get(on ? "status.live" : "status.practice"));
        live.setVisible(!on);
        practice.setVisible(on);
        // Without access there is nothing to switch to; what else is missing is for the person to weigh.
        live.setDisable(model.step.working() || model.missing.contains(Missing.ACCESS));
        missing.setVisible(!on && !model.missing.isEmpty());
        missing.getChildren().clear();
        if (missing.isVisible()) {
            Label head = new Label(texts.get("amazon.missing"));
            head.getStyleClass().add("field-name");
            missing.getChildren().add(head);
            model.missing.forEach(what -> missing.getChildren().add(lacking(what)));
        }
    }

    private Node lacking(Missing what) {
        FontIcon icon = new FontIcon(what == Missing.ACCESS ? "fth-x-circle" : "fth-alert-triangle");
        icon.getStyleClass().add(what == Missing.ACCESS ? "mark-danger" : "mark-warning");
        Label words = new Label(texts.code("amazon.missing", what), icon);
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        return words;
    }

    private void goLive() {
        String question = texts.get("amazon.live.question");
        if (!model.missing.isEmpty()) {
            question += "\n\n" + texts.get("amazon.missing") + "\n"
                    + model.missing.stream()
                            .map(what -> "• " + texts.code("amazon.missing", what))
                            .collect(Collectors.joining("\n"));
        }
        if (Ask.confirm(
                card.node(),
                texts.get("amazon.live.title"),
                question,
                new Ask.Answers(texts.get("amazon.live.deed"), texts.get("amazon.live.stay"), true))) {
            model.switchTo(World.LIVE);
        }
    }
}
