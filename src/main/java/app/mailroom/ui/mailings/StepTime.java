package app.mailroom.ui.mailings;

import app.mailroom.model.PlanTiming;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** When a mailing begins, how it is spread over time, and whether openings and clicks are counted. */
final class StepTime implements StepPage {
    private final Texts texts;
    private final NewMailingViewModel model;
    private final Supplier<Instant> now;
    private final TimingFields fields;
    private final VBox node;

    StepTime(Texts texts, NewMailingViewModel model, Supplier<Instant> now) {
        this.texts = texts;
        this.model = model;
        this.now = now;
        fields = new TimingFields(texts, model.form.timing);
        Label summary = TimingFields.said("form-summary");
        summary.setText(model.forecast.inWords(texts));
        model.forecast.foretold.addListener(
                (property, before, after) -> summary.setText(model.forecast.inWords(texts)));
        node = new VBox(16, fields.when(), fields.rules(), summary, tracking());
    }

    private Node tracking() {
        CheckBox tracked = new CheckBox(texts.get("planning.tracked"));
        tracked.setId("form-tracked");
        tracked.selectedProperty().bindBidirectional(model.form.tracked);
        Label meaning = Look.muted("");
        meaning.setId("form-tracked-meaning");
        meaning.setMinHeight(Region.USE_PREF_SIZE);
        meaning.textProperty().bind(Bindings.createStringBinding(this::meaning, model.form.tracked, model.counting));
        Hyperlink guide = new Hyperlink(texts.get("planning.tracked.guide"));
        guide.setId("form-tracked-guide");
        guide.setOnAction(event -> model.openGuide());
        guide.visibleProperty().bind(model.form.tracked.and(model.counting.isEqualTo(Counting.NOBODY)));
        guide.managedProperty().bind(guide.visibleProperty());
        VBox.setMargin(meaning, new Insets(0, 0, 0, 28));
        VBox.setMargin(guide, new Insets(0, 0, 0, 28));
        VBox box = new VBox(4, tracked, meaning, guide);
        return Look.field(texts.get("planning.tracking"), box);
    }

    private String meaning() {
        return model.form.tracked.get()
                ? texts.code("planning.tracked.on", model.counting.get())
                : texts.get("planning.tracked.off");
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Node first() {
        return fields.first();
    }

    @Override
    public String summary() {
        List<Objection> wrong = new ArrayList<>();
        Instant at = now.get();
        PlanTiming typed = model.form.timing.timing(at, wrong);
        if (!wrong.isEmpty()) {
            return texts.get("planning.summary.time.wrong");
        }
        String begins = model.form.timing.later.get()
                ? Timings.moment(texts, typed.notBefore(), typed.zone())
                : texts.get("form.now");
        String rules = Timings.rules(texts, typed);
        return rules.isEmpty() ? begins : begins + " · " + rules;
    }
}
