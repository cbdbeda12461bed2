package app.mailroom.ui.mailings;

import app.mailroom.ui.common.DateField;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The fields in which a person says when a mailing begins, in which hours it may send, and how much. */
final class TimingFields {
    private final Texts texts;
    private final TimingModel model;
    private final RadioButton now = new RadioButton();
    private final RadioButton later = new RadioButton();

    TimingFields(Texts texts, TimingModel model) {
        this.texts = texts;
        this.model = model;
    }

    /** Now, or a date and time with its zone. */
    Node when() {
        ToggleGroup group = new ToggleGroup();
        now.setText(texts.get("form.now"));
        later.setText(texts.get("form.later"));
        now.setId("form-now");
        later.setId("form-later");
        now.setToggleGroup(group);
        later.setToggleGroup(group);
        now.setSelected(!model.later.get());
        later.selectedProperty().bindBidirectional(model.later);
        model.later.addListener((property, before, on) -> now.setSelected(!on));
        DatePicker date = new DateField(model.date, model.unreadDate).node();
        date.setId("form-date");
        date.setPrefWidth(160);
        TextField time = clock(model.time);
        time.setId("form-time");
        HBox at = new HBox(8, date, time);
        at.disableProperty().bind(model.later.not());
        ComboBox<String> zone = new ComboBox<>(FXCollections.observableArrayList(
                ZoneId.getAvailableZoneIds().stream().sorted().toList()));
        zone.valueProperty().bindBidirectional(model.zone);
        zone.setAccessibleText(texts.get("timing.zone"));
        HBox.setHgrow(zone, Priority.ALWAYS);
        zone.setMaxWidth(Double.MAX_VALUE);
        // The zone is not only that of the time: the sending hours go by its clocks too.
        zone.disableProperty().bind(model.later.or(model.hours).not());
        HBox choice = new HBox(24, now, later);
        choice.setPadding(new Insets(4, 0, 4, 0));
        return Look.field(texts.get("form.when"), new VBox(8, choice, new HBox(8, at, zone)));
    }

    /** What takes the focus first. */
    Node first() {
        return model.later.get() ? later : now;
    }

    /** Sending hours and caps. */
    Node rules() {
        return new VBox(16, hours(), caps());
    }

    private Node hours() {
        CheckBox on = new CheckBox(texts.get("timing.hours"));
        on.setId("form-hours");
        on.selectedProperty().bindBidirectional(model.hours);
        HBox days = new HBox();
        List<DayOfWeek> week = List.of(DayOfWeek.values());
        for (DayOfWeek day : week) {
            ToggleButton button = new ToggleButton(Timings.day(texts, day));
            button.setId("form-day-" + day.getValue());
            button.getStyleClass()
                    .addAll(
                            "day",
                            day == DayOfWeek.MONDAY
                                    ? Styles.LEFT_PILL
                                    : day == DayOfWeek.SUNDAY ? Styles.RIGHT_PILL : Styles.CENTER_PILL);
            var chosen = model.days.get(day);
            if (chosen != null) {
                button.selectedProperty().bindBidirectional(chosen);
            }
            days.getChildren().add(button);
        }
        TextField from = clock(model.from);
        from.setId("form-hours-from");
        from.setAccessibleText(texts.get("timing.from"));
        TextField until = clock(model.until);
        until.setId("form-hours-until");
        until.setAccessibleText(texts.get("timing.until"));
        HBox line = new HBox(8, days, from, new Label("–"), until);
        line.setAlignment(Pos.CENTER_LEFT);
        line.managedProperty().bind(line.visibleProperty());
        line.visibleProperty().bind(model.hours);
        return Look.field(texts.get("timing.hours.title"), new VBox(8, on, line));
    }

    private Node caps() {
        VBox hour = Look.field(texts.get("timing.per_hour"), cap(model.perHour, "form-per-hour"));
        VBox day = Look.field(texts.get("timing.per_day"), cap(model.perDay, "form-per-day"));
        hour.setPrefWidth(Region.USE_COMPUTED_SIZE);
        return new HBox(16, hour, day);
    }

    private TextField cap(StringProperty text, String id) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(texts.get("timing.no_cap"));
        field.textProperty().bindBidirectional(text);
        return field;
    }

    private static TextField clock(StringProperty text) {
        TextField field = new TextField();
        field.textProperty().bindBidirectional(text);
        field.setPrefWidth(80);
        return field;
    }

    /** A line that stands where there is something to say. */
    static Label said(@Nullable String id) {
        Label label = Look.muted("");
        label.setId(id);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.visibleProperty().bind(Bindings.isNotEmpty(label.textProperty()));
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }
}
