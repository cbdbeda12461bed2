package app.mailroom.ui.mailings;

import app.mailroom.model.RecipientList;
import app.mailroom.model.SheetMark;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.PageId;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** To whom a mailing goes: the list, whom it reaches and whom it leaves out. */
final class StepRecipients implements StepPage {
    private static final List<SheetMark> LEFT_OUT =
            List.of(SheetMark.INVALID, SheetMark.DUPLICATE, SheetMark.SUPPRESSED);

    private final Texts texts;
    private final NewMailingViewModel model;
    private final Consumer<Place> leave;
    private final ComboBox<RecipientList> list;
    private final VBox counts = new VBox(8);
    private final VBox node;

    /**
     * Over a form.
     *
     * @param leave brings the person elsewhere, and lets them come back to the form
     */
    StepRecipients(Texts texts, NewMailingViewModel model, Consumer<Place> leave) {
        this.texts = texts;
        this.model = model;
        this.leave = leave;
        list = ChoiceBoxes.of(
                model.form.list, value -> texts.get("form.list.choice", value.name(), texts.number(value.rowCount())));
        list.setId("form-list");
        list.setPromptText(texts.get("form.list.prompt"));
        VBox field = Look.field(texts.get("mailing.list"), list);
        field.getChildren()
                .addAll(
                        ChoiceBoxes.none(
                                texts.get("form.list.none"),
                                model.form.list,
                                model.loaded,
                                () -> leave.accept(new Place.Page(PageId.RECIPIENTS))),
                        ChoiceBoxes.lost(model.form.list, name -> texts.get("planning.list.lost", name)));
        counts.setId("form-audience");
        counts.getStyleClass().add("card-box");
        counts.managedProperty().bind(counts.visibleProperty());
        model.audience.addListener((property, before, now) -> show(now));
        show(model.audience.get());
        node = new VBox(16, field, counts);
    }

    private void show(@Nullable Audience audience) {
        RecipientList chosen = model.form.list.chosen.get();
        counts.setVisible(chosen != null);
        if (chosen == null) {
            return;
        }
        if (audience == null) {
            counts.getChildren().setAll(Look.muted(texts.get("planning.audience.counting")));
            return;
        }
        Label mailed = new Label(texts.get("planning.audience.mailed", audience.mailed()));
        mailed.setId("audience-mailed");
        mailed.getStyleClass().add(Styles.TITLE_4);
        Button open = Look.button(
                texts.get("planning.list.open"), "fth-users", () -> leave.accept(new Place.Sheet(chosen.id())));
        open.setId("open-list");
        open.getStyleClass().add(Styles.SMALL);
        HBox head = new HBox(8, mailed, Look.gap(), open);
        head.setAlignment(Pos.CENTER_LEFT);
        counts.getChildren().setAll(head);
        boolean all = true;
        for (SheetMark mark : LEFT_OUT) {
            if (audience.marked(mark) > 0) {
                all = false;
                line(mark, audience.marked(mark), "fth-user-x", "");
            }
        }
        if (all && audience.mailed() > 0) {
            counts.getChildren().add(Look.muted(texts.get("planning.audience.nobody_left_out")));
        }
        if (audience.marked(SheetMark.MISSING) > 0) {
            line(SheetMark.MISSING, audience.marked(SheetMark.MISSING), "fth-alert-circle", Styles.DANGER);
        }
        if (audience.marked(SheetMark.MISTYPED) > 0) {
            line(SheetMark.MISTYPED, audience.marked(SheetMark.MISTYPED), "fth-alert-triangle", Styles.WARNING);
        }
        if (!audience.missingColumns().isEmpty()) {
            said(
                    texts.get("planning.audience.columns", String.join(", ", audience.missingColumns())),
                    "fth-alert-circle",
                    Styles.DANGER);
        }
    }

    private void line(SheetMark mark, long rows, String icon, String tone) {
        String key = switch (mark) {
            case INVALID -> "planning.audience.invalid";
            case DUPLICATE -> "planning.audience.duplicate";
            case SUPPRESSED -> "planning.audience.suppressed";
            case MISSING -> "planning.audience.missing";
            case MISTYPED -> "planning.audience.mistyped";
        };
        said(texts.get(key, rows), icon, tone);
    }

    private void said(String words, String icon, String tone) {
        Label label = new Label(words, new FontIcon(icon));
        label.getStyleClass().add("audience-line");
        if (!tone.isEmpty()) {
            label.getStyleClass().add("audience-" + tone);
        }
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        counts.getChildren().add(label);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Node first() {
        return list;
    }

    @Override
    public String summary() {
        RecipientList chosen = model.form.list.chosen.get();
        return chosen == null ? "" : texts.get("planning.summary.list", chosen.name(), model.people());
    }
}
