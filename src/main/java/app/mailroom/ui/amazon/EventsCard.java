package app.mailroom.ui.amazon;

import app.mailroom.aws.AwsSetup.Finding;
import app.mailroom.aws.AwsSetup.State;
import app.mailroom.ui.amazon.EventsViewModel.Row;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** What carries events from SES to this program: made here, or by an administrator and named here. */
final class EventsCard {
    private static final double FIELD = 656;

    private final Texts texts;
    private final EventsViewModel model;
    private final StepCard card;
    private final VBox parts = new VBox();
    private final Button remove;

    EventsCard(Texts texts, EventsViewModel model) {
        this.texts = texts;
        this.model = model;
        parts.getStyleClass().add("lines");
        parts.setId("event-parts");
        Button apply = Look.primary(texts.get("amazon.events.apply"), "fth-tool", model::apply);
        apply.setId("events-apply");
        Button look = Look.button(texts.get("amazon.events.look"), "fth-refresh-cw", model::inspect);
        look.setId("events-look");
        remove = Look.button(texts.get("amazon.events.remove"), "fth-trash-2", this::remove);
        remove.setId("events-remove");
        HBox buttons = new HBox(8, apply, look, Look.gap(), remove);
        this.card = new StepCard(texts, StepCard.Name.EVENTS, model.step);
        card.fill(parts, buttons, card.status(), options(), byHand());
        card.whileIdle(apply, look);
        model.rows.addListener((ListChangeListener<Row>) change -> show());
        model.step.stateProperty().addListener((property, before, now) -> show());
        model.chain.addListener((property, before, now) -> show());
        show();
    }

    StepCard card() {
        return card;
    }

    private void show() {
        StepCard.lines(parts, model.rows.stream().map(this::line).toList());
        remove.setDisable(model.step.working() || !model.somethingThere());
        card.summary(
                model.chain.get().complete()
                        ? texts.get("amazon.events.summary", model.chain.get().configurationSet())
                        : "");
    }

    private Node line(Row row) {
        Finding found = row.found();
        Label name = new Label(texts.code("amazon.part", row.part()));
        name.setMinWidth(Region.USE_PREF_SIZE);
        HBox head = new HBox(8, icon(row), name);
        if (found != null && !found.name().isBlank()) {
            Label id = new Label(found.name());
            id.setMinWidth(0);
            id.getStyleClass().addAll("code", Styles.TEXT_MUTED);
            head.getChildren().add(id);
        }
        head.getChildren().addAll(Look.gap(), badge(row));
        head.setAlignment(Pos.CENTER_LEFT);
        boolean told = found != null && found.state() != State.MISSING;
        return StepCard.line(head, told && found != null ? found.detail() : "");
    }

    private static Node icon(Row row) {
        if (row.working()) {
            return StepCard.spinner();
        }
        Finding found = row.found();
        FontIcon icon = new FontIcon(
                found == null
                        ? "fth-circle"
                        : switch (found.state()) {
                            case MISSING -> "fth-plus-circle";
                            case DIFFERS, BY_HAND -> "fth-alert-triangle";
                            case PRESENT -> "fth-check-circle";
                        });
        icon.getStyleClass().add("mark-" + tone(found));
        return icon;
    }

    private Node badge(Row row) {
        Finding found = row.found();
        return found == null
                ? Look.badge(texts.get("amazon.part.unknown"), "neutral")
                : Look.badge(texts.code("amazon.part.state", found.state()), tone(found));
    }

    private static String tone(@Nullable Finding found) {
        if (found == null) {
            return "neutral";
        }
        return switch (found.state()) {
            case MISSING -> "accent";
            case DIFFERS, BY_HAND -> "warning";
            case PRESENT -> "success";
        };
    }

    private void remove() {
        if (Ask.confirm(
                card.node(),
                texts.get("amazon.events.remove.title"),
                texts.get("amazon.events.remove.question"),
                new Ask.Answers(texts.get("amazon.events.remove.deed"), texts.get("amazon.events.keep"), true))) {
            model.remove();
        }
    }

    private Node options() {
        ToggleSwitch tracking = new ToggleSwitch();
        tracking.setId("events-tracking");
        tracking.selectedProperty().bindBidirectional(model.tracking);
        // What is on can always be switched off.
        tracking.disableProperty().bind(model.relayCounts.and(model.tracking.not()));
        ToggleSwitch sync = new ToggleSwitch();
        sync.setId("events-sync");
        sync.selectedProperty().bindBidirectional(model.sync);
        Button compare = Look.button(texts.get("amazon.sync.now"), "fth-repeat", model::compare);
        compare.setId("events-compare");
        compare.visibleProperty().bind(model.sync);
        compare.managedProperty().bind(compare.visibleProperty());
        compare.disableProperty().bind(model.step.doing.isNotEmpty());
        Label compared = Look.muted("");
        compared.visibleProperty().bind(model.compared.isNotNull().and(model.sync));
        compared.managedProperty().bind(compared.visibleProperty());
        model.compared.addListener((property, before, now) -> compared.setText(
                now == null
                        ? ""
                        : texts.get(
                                "amazon.sync.done",
                                texts.number(now.takenIn()),
                                texts.number(now.handedOut()),
                                texts.number(now.lifted()),
                                texts.number(now.failed()))));
        HBox round = new HBox(8, compare, compared);
        round.setAlignment(Pos.CENTER_LEFT);
        round.visibleProperty().bind(model.sync);
        round.managedProperty().bind(round.visibleProperty());
        return new VBox(
                12,
                StepCard.option(
                        texts.get("amazon.tracking"),
                        Bindings.when(model.relayCounts)
                                .then(texts.get("amazon.tracking.relay"))
                                .otherwise(texts.get("amazon.tracking.hint")),
                        tracking),
                StepCard.option(
                        texts.get("amazon.sync"), new SimpleStringProperty(texts.get("amazon.sync.hint")), sync),
                round);
    }

    private Node byHand() {
        TextField set = new TextField();
        set.setId("events-set");
        set.textProperty().bindBidirectional(model.configurationSet);
        TextField queue = new TextField();
        queue.setId("events-queue");
        queue.setPromptText("https://sqs.eu-central-1.amazonaws.com/123456789012/mailroom-…");
        queue.textProperty().bindBidirectional(model.queueUrl);
        mark(set);
        mark(queue);
        set.setOnAction(event -> model.useByHand());
        queue.setOnAction(event -> model.useByHand());
        Label hint = Look.hint(texts.get("amazon.byhand.hint"));
        Button use = Look.button(texts.get("amazon.byhand.use"), "fth-check", model::useByHand);
        use.setId("events-use");
        use.disableProperty().bind(model.step.doing.isNotEmpty());
        VBox first = Look.field(texts.get("amazon.byhand.set"), set);
        VBox second = Look.field(texts.get("amazon.byhand.queue"), queue);
        first.setMaxWidth(FIELD);
        second.setMaxWidth(FIELD);
        TitledPane pane = new TitledPane(texts.get("amazon.byhand"), new VBox(12, hint, first, second, use));
        pane.setId("events-by-hand");
        pane.setExpanded(false);
        pane.setAnimated(false);
        pane.getStyleClass().addAll(Styles.DENSE, "fold");
        return pane;
    }

    private void mark(TextField field) {
        model.step.trouble.addListener((property, before, now) -> field.pseudoClassStateChanged(
                Styles.STATE_DANGER,
                now != null
                        && now.code().equals("CHAIN_INCOMPLETE")
                        && field.getText().isBlank()));
    }
}
