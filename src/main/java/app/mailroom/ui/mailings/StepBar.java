package app.mailroom.ui.mailings;

import app.mailroom.ui.common.Texts;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** The steps side by side: what each is, what was chosen on it, and whether something is missing. */
final class StepBar {
    private static final PseudoClass HERE = PseudoClass.getPseudoClass("here");

    private final Texts texts;
    private final GridPane node = new GridPane();
    private final Map<PlanningStep, Item> items = new EnumMap<>(PlanningStep.class);

    private record Item(Button button, StackPane circle, Label summary) {}

    StepBar(Texts texts, Consumer<PlanningStep> go) {
        this.texts = texts;
        node.getStyleClass().add("step-bar");
        for (PlanningStep step : PlanningStep.values()) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / PlanningStep.values().length);
            node.getColumnConstraints().add(column);
            Item item = item(step, go);
            items.put(step, item);
            node.add(item.button(), step.number() - 1, 0);
        }
    }

    private Item item(PlanningStep step, Consumer<PlanningStep> go) {
        StackPane circle = new StackPane();
        circle.getStyleClass().add("step-circle");
        Label name = new Label(texts.code("planning.step", step));
        name.getStyleClass().add("step-name");
        Label summary = new Label();
        summary.getStyleClass().add("step-summary");
        summary.setMinWidth(0);
        summary.visibleProperty().bind(summary.textProperty().isNotEmpty());
        summary.managedProperty().bind(summary.visibleProperty());
        VBox words = new VBox(name, summary);
        words.setMinWidth(0);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox content = new HBox(10, circle, words);
        content.setAlignment(Pos.CENTER_LEFT);
        content.setMinWidth(0);
        Button button = new Button(null, content);
        button.setId("step-" + step.name().toLowerCase(Locale.ROOT));
        button.getStyleClass().add("step-button");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setMinWidth(0);
        // A button gives its picture the width it likes, so a long summary would push it out of its column.
        content.maxWidthProperty().bind(button.widthProperty().subtract(24));
        content.prefWidthProperty().bind(button.widthProperty().subtract(24));
        button.setOnAction(event -> go.accept(step));
        return new Item(button, circle, summary);
    }

    Node node() {
        return node;
    }

    /** Shows what holds now. */
    void show(
            PlanningStep here,
            Function<PlanningStep, NewMailingViewModel.Mark> marks,
            Function<PlanningStep, String> summaries) {
        items.forEach((step, item) -> {
            NewMailingViewModel.Mark mark = marks.apply(step);
            String summary = summaries.apply(step);
            item.summary().setText(summary);
            item.button().pseudoClassStateChanged(HERE, step == here);
            item.circle()
                    .getStyleClass()
                    .setAll("step-circle", "step-" + mark.name().toLowerCase(Locale.ROOT));
            item.circle()
                    .getChildren()
                    .setAll(
                            switch (mark) {
                                case OPEN -> new Label(Integer.toString(step.number()));
                                case DONE -> new FontIcon("fth-check");
                                case LACKING -> new FontIcon("fth-alert-circle");
                            });
            item.button()
                    .setAccessibleText(texts.get(
                            "planning.step.said",
                            step.number(),
                            texts.code("planning.step", step),
                            texts.code("planning.mark", mark),
                            summary));
        });
    }
}
