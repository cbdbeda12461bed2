package app.mailroom.ui.mailings;

import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageFilter.Mark;
import app.mailroom.model.PlanResults.ReasonCount;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.mailings.MessagesViewModel.Counts;
import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** Asks for messages by address, reason and mark, and shows what is asked as chips that can be taken away. */
final class MessageFilterBar {
    private static final Duration TYPED = Duration.millis(150);

    /** What can be chosen in a box; null stands for anything. */
    private record Choice<T>(@Nullable T value, String words) {}

    private final Texts texts;
    private final MessagesViewModel model;
    private final TextField search;
    private final ComboBox<Choice<String>> reason = box("reason-box", 180);
    private final ComboBox<Choice<Mark>> mark = box("mark-box", 214);
    private final Label count = new Label();
    private final FlowPane chips = new FlowPane(8, 4);
    private final PauseTransition typed = new PauseTransition(TYPED);
    private boolean filling;
    private boolean tracked = true;

    MessageFilterBar(Texts texts, MessagesViewModel model) {
        this.texts = texts;
        this.model = model;
        search = Look.searchField(texts.get("messages.search"));
        search.setId("message-search");
        search.setPrefWidth(200);
        search.setText(model.filter.get().search());
        typed.setOnFinished(event -> model.search(search.getText().strip()));
        search.textProperty().addListener((property, before, now) -> {
            if (!now.strip().equals(model.filter.get().search())) {
                typed.playFromStart();
            }
        });
        search.setOnAction(event -> {
            typed.stop();
            model.search(search.getText().strip());
        });
        reason.setAccessibleText(texts.get("message.reason"));
        reason.valueProperty().addListener((property, before, now) -> {
            if (!filling && now != null) {
                model.because(now.value());
            }
        });
        mark.setAccessibleText(texts.get("messages.mark"));
        mark.valueProperty().addListener((property, before, now) -> {
            if (!filling && now != null) {
                model.marked(now.value());
            }
        });
        count.setId("message-count");
        count.getStyleClass().add(Styles.TEXT_BOLD);
        chips.setAlignment(Pos.CENTER_LEFT);
        chips.setId("message-chips");
        chips.setMinHeight(Region.USE_PREF_SIZE);
        chips.managedProperty().bind(chips.visibleProperty());
        chips.visibleProperty().bind(Bindings.isNotEmpty(chips.getChildren()));
        count.setMinWidth(Region.USE_PREF_SIZE);
        model.filter.addListener((property, before, now) -> show());
        model.counts.addListener((property, before, now) -> show());
        show();
    }

    /** The fields. */
    Node fields() {
        HBox fields = new HBox(8, search, reason, mark);
        fields.setAlignment(Pos.CENTER_LEFT);
        return fields;
    }

    /** How many there are. */
    Node count() {
        return count;
    }

    /** What is asked for; takes no room where that is everything. */
    Node chips() {
        return chips;
    }

    /** Puts the cursor into the search field. */
    void search() {
        search.requestFocus();
        search.selectAll();
    }

    /** Whether openings and clicks of the mailing are counted; what is not counted cannot be asked for. */
    void tracked(boolean now) {
        if (tracked != now) {
            tracked = now;
            show();
        }
    }

    private void show() {
        MessageFilter now = model.filter.get();
        filling = true;
        if (!search.isFocused() && !search.getText().strip().equals(now.search())) {
            search.setText(now.search());
        }
        fill(reason, reasons(now), now.reason());
        reason.setDisable(reason.getItems().size() < 2);
        fill(mark, marks(now), now.mark());
        filling = false;
        Counts counted = model.counts.get();
        if (counted != null && counted.of().equals(now)) {
            long messages = counted.found().messages();
            count.setText(texts.get(
                    counted.found().exact() ? "messages.count" : "messages.count.least",
                    messages,
                    texts.number(messages)));
        }
        chips(now);
    }

    /** Leaves a box alone that shows them already, for the person may have it open. */
    private static <T> void fill(ComboBox<Choice<T>> box, List<Choice<T>> choices, @Nullable T chosen) {
        if (!box.getItems().equals(choices)) {
            box.getItems().setAll(choices);
        }
        Choice<T> wanted = choices.stream()
                .filter(choice -> Objects.equals(choice.value(), chosen))
                .findFirst()
                .orElse(choices.get(0));
        if (!wanted.equals(box.getValue())) {
            box.setValue(wanted);
        }
    }

    /** The reasons of what is chosen among the states, most messages first; a reason that is asked for is always there. */
    private List<Choice<String>> reasons(MessageFilter now) {
        List<Choice<String>> choices = new ArrayList<>();
        choices.add(new Choice<>(null, texts.get("messages.reason.any")));
        Counts counted = model.counts.get();
        Map<String, Long> byReason = new LinkedHashMap<>();
        if (counted != null) {
            for (ReasonCount one : counted.reasons()) {
                if (now.states().isEmpty() || now.states().contains(one.state())) {
                    byReason.merge(one.reason(), one.messages(), Long::sum);
                }
            }
        }
        if (now.reason() != null) {
            long asked = byReason.entrySet().stream()
                    .filter(entry -> now.admits(entry.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            byReason.put(now.reason(), asked);
        }
        byReason.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> choices.add(new Choice<>(
                        entry.getKey(),
                        texts.get(
                                "messages.reason.count",
                                texts.code("reason", entry.getKey()),
                                texts.number(entry.getValue())))));
        return choices;
    }

    private List<Choice<Mark>> marks(MessageFilter now) {
        List<Choice<Mark>> choices = new ArrayList<>();
        choices.add(new Choice<>(null, texts.get("messages.mark.any")));
        for (Mark each : Mark.values()) {
            if (tracked || each == Mark.UNSUBSCRIBED || each == now.mark()) {
                choices.add(new Choice<>(each, texts.code("mark", each)));
            }
        }
        return choices;
    }

    private void chips(MessageFilter now) {
        List<Node> shown = new ArrayList<>();
        now.states().stream()
                .sorted()
                .forEach(state -> shown.add(
                        chip("chip-" + state.name(), texts.code("message", state), () -> model.without(state))));
        Optional.ofNullable(now.reason())
                .ifPresent(
                        code -> shown.add(chip("chip-reason", texts.code("reason", code), () -> model.because(null))));
        Optional.ofNullable(now.mark())
                .ifPresent(each -> shown.add(chip("chip-mark", texts.code("mark", each), () -> model.marked(null))));
        if (!now.search().isBlank()) {
            shown.add(chip(
                    "chip-search",
                    texts.get(now.fromStart() ? "messages.chip.begins" : "messages.chip.contains", now.search()),
                    () -> {
                        search.setText("");
                        typed.stop();
                        model.search("");
                    }));
        }
        if (shown.size() > 1) {
            Button all = new Button(texts.get("messages.show_all"));
            all.setId("chip-all");
            all.getStyleClass().addAll(Styles.FLAT, Styles.SMALL, Styles.ACCENT);
            all.setOnAction(event -> {
                search.setText("");
                typed.stop();
                model.showAll();
            });
            shown.add(all);
        }
        chips.getChildren().setAll(shown);
    }

    private Button chip(String id, String words, Runnable away) {
        Button chip = new Button(words, new FontIcon("fth-x"));
        chip.setId(id);
        chip.setContentDisplay(ContentDisplay.RIGHT);
        chip.getStyleClass().add("filter-chip");
        chip.setMaxWidth(320);
        chip.setMnemonicParsing(false);
        chip.setAccessibleText(texts.get("messages.chip.away", words));
        chip.setOnAction(event -> away.run());
        return chip;
    }

    private static <T> ComboBox<Choice<T>> box(String id, double width) {
        ComboBox<Choice<T>> box = new ComboBox<>(FXCollections.observableArrayList());
        box.setId(id);
        box.setPrefWidth(width);
        box.setVisibleRowCount(14);
        box.setConverter(new Naming<>(Choice::words));
        return box;
    }
}
