package app.mailroom.ui.results;

import app.mailroom.model.MessageFilter;
import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanResults.ReasonCount;
import app.mailroom.results.ResultTable;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Why messages did not arrive or were not wanted, in words, each reason with a bar and leading to its messages. */
final class ReasonBars {
    private static final double BAR = 96;

    private final Texts texts;
    private final long planId;
    private final Consumer<MessageFilter> showMessages;
    private final VBox bars = new VBox(0);
    private final Node node;
    private List<ReasonCount> shown = List.of();

    ReasonBars(MailingCards cards) {
        this.texts = cards.texts();
        this.planId = cards.planId();
        this.showMessages = cards.showMessages();
        bars.setId("reasons");
        node = cards.card("reasons.title", "reasons.hint", bars, this::table);
        bars.getChildren().setAll(Look.muted(texts.get("reasons.none")));
    }

    Node node() {
        return node;
    }

    void show(PlanResults now) {
        List<ReasonCount> reasons =
                now.reasons().stream().filter(count -> !group(count).isEmpty()).toList();
        if (reasons.equals(shown)) {
            return;
        }
        shown = reasons;
        bars.getChildren().clear();
        if (reasons.isEmpty()) {
            bars.getChildren().setAll(Look.muted(texts.get("reasons.none")));
            return;
        }
        long most = reasons.stream().mapToLong(ReasonCount::messages).max().orElse(1);
        grouped().forEach((group, counts) -> {
            Label name = new Label(texts.get(group));
            name.getStyleClass().add("section");
            bars.getChildren().add(name);
            counts.forEach(count -> bars.getChildren().add(bar(count, most)));
        });
    }

    private Map<String, List<ReasonCount>> grouped() {
        Map<String, List<ReasonCount>> groups = new LinkedHashMap<>();
        List.of("reasons.hard", "reasons.soft", "reasons.bounced", "reasons.rejected", "reasons.suppressed")
                .forEach(group -> groups.put(group, new ArrayList<>()));
        List.of("reasons.complained", "reasons.uncertain").forEach(group -> groups.put(group, new ArrayList<>()));
        shown.forEach(count ->
                groups.computeIfAbsent(group(count), name -> new ArrayList<>()).add(count));
        groups.values().removeIf(List::isEmpty);
        return groups;
    }

    /** The key of the group's name; empty for reasons that say nothing of how a message ended. */
    private static String group(ReasonCount count) {
        return switch (count.state()) {
            case BOUNCED ->
                count.reason().startsWith(PlanResults.HARD)
                        ? "reasons.hard"
                        : count.reason().startsWith(PlanResults.SOFT) ? "reasons.soft" : "reasons.bounced";
            case REJECTED -> "reasons.rejected";
            case SUPPRESSED -> "reasons.suppressed";
            case COMPLAINED -> "reasons.complained";
            case UNCERTAIN -> "reasons.uncertain";
            default -> "";
        };
    }

    private Node bar(ReasonCount count, long most) {
        Label name = new Label(texts.code("reason", count.reason()));
        name.setMinWidth(0);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        Region filled = new Region();
        filled.getStyleClass().add("reason-bar");
        double width = Math.max(2, BAR * count.messages() / most);
        filled.setMinWidth(width);
        filled.setMaxWidth(width);
        HBox room = new HBox(filled);
        room.setAlignment(Pos.CENTER_LEFT);
        room.setMinWidth(BAR);
        room.setPrefWidth(BAR);
        Label messages = new Label(texts.number(count.messages()));
        messages.getStyleClass().addAll("figure-row-count", "reason-count");
        HBox line = new HBox(12, name, room, messages);
        line.setAlignment(Pos.CENTER_LEFT);
        Button button = new Button(null, line);
        button.getStyleClass().setAll("figure-row");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setId("reason-" + count.state() + "-" + count.reason());
        button.setAccessibleText(name.getText() + " " + messages.getText());
        button.setOnAction(event ->
                showMessages.accept(MessageFilter.all(planId).in(count.state()).because(count.reason())));
        return button;
    }

    private ResultTable table() {
        return new ResultTable(
                texts.get("reasons.title"),
                List.of(
                        texts.get("message.state"),
                        texts.get("message.reason"),
                        texts.get("reasons.code"),
                        texts.get("figures.column.messages")),
                shown.stream()
                        .map(count -> List.<Object>of(
                                texts.code("message", count.state()),
                                texts.code("reason", count.reason()),
                                count.reason(),
                                count.messages()))
                        .toList());
    }
}
