package app.mailroom.ui.mailings;

import app.mailroom.model.Plan;
import app.mailroom.model.PlanState;
import app.mailroom.model.Resend;
import app.mailroom.model.Resend.Whom;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.mailings.SendAgainModel.Versions;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.event.ActionEvent;
import javafx.event.Event;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** Sends a mailing again, to those whom it did not reach or move, by a new mailing that is linked to it. */
final class SendAgainDialog {
    private static final double WIDTH = 620;

    private final Texts texts;
    private final ScreenContext context;
    private final Plan plan;
    private final SendAgainModel model;
    private final Dialog<Boolean> dialog = new Dialog<>();
    private final Label warning = said("finding-warns");
    private final Label wrong = said("finding-blocks");

    private SendAgainDialog(ScreenContext context, Plan plan, Resend chosen) {
        this.context = context;
        this.texts = context.texts();
        this.plan = plan;
        this.model = new SendAgainModel(context, plan, chosen, texts.get("again.title.proposal", plan.title()));
    }

    /** Whether a mailing can be sent again: not while it is on its way. */
    static boolean offeredFor(Plan plan) {
        return plan.state().isEnded() || plan.state() == PlanState.PAUSED;
    }

    /** Opens it with these chosen. */
    static void show(ScreenContext context, Node where, Plan plan, Resend chosen) {
        new SendAgainDialog(context, plan, chosen).show(where);
    }

    private void show(Node where) {
        VBox choices = new VBox(
                14,
                whom(),
                warning,
                Look.muted(texts.get("again.never")),
                title(),
                version(),
                new TimingFields(texts, model.timing).when());
        choices.disableProperty().bind(model.work.running());
        VBox form = new VBox(14, choices, wrong, busy());
        form.setPadding(new Insets(16));
        dialog.setTitle(texts.get("again.title"));
        dialog.setHeaderText(texts.get("again.head", plan.title()));
        dialog.setGraphic(null);
        dialog.initOwner(where.getScene().getWindow());
        ButtonType send = new ButtonType(texts.get("again.title"), ButtonData.OK_DONE);
        ButtonType leave = new ButtonType(texts.get("action.cancel"), ButtonData.CANCEL_CLOSE);
        dialog.getDialogPane().getButtonTypes().setAll(send, leave);
        dialog.getDialogPane().setContent(form);
        dialog.getDialogPane().setPrefWidth(WIDTH);
        dialog.getDialogPane().setMinHeight(Region.USE_PREF_SIZE);
        if (dialog.getDialogPane().lookupButton(send) instanceof Button button) {
            primary(button);
        }
        dialog.getDialogPane().lookupButton(leave).addEventFilter(ActionEvent.ACTION, this::stopFirst);
        dialog.setOnCloseRequest(this::stopFirst);
        InvalidationListener changed = any -> warn();
        model.resend.addListener(changed);
        warn();
        model.objections.addListener((InvalidationListener) any -> {
            wrong.setText(model.objections.stream().map(this::words).collect(Collectors.joining("\n")));
            fit();
        });
        model.load();
        dialog.show();
    }

    /** While the mailing is being made, leaving takes back what was made, and the dialog stays. */
    private void stopFirst(Event event) {
        if (model.work.running().get()) {
            event.consume();
            model.work.stop();
        }
    }

    private String words(Objection objection) {
        return (texts.code("finding", objection.code()) + " " + objection.detail()).strip();
    }

    private void fit() {
        if (dialog.getDialogPane().getScene() != null
                && dialog.getDialogPane().getScene().getWindow() != null) {
            dialog.getDialogPane().getScene().getWindow().sizeToScene();
        }
    }

    private void primary(Button button) {
        button.setId("again-send");
        button.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> {
                            Long count = model.counts.get(model.resend.get().whom());
                            return count == null ? texts.get("again.title") : texts.get("again.deed", count);
                        },
                        model.counts,
                        model.resend));
        button.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> {
                            Long count = model.counts.get(model.resend.get().whom());
                            return model.work.running().get() || count == null || count == 0;
                        },
                        model.counts,
                        model.resend,
                        model.work.running()));
        button.addEventFilter(ActionEvent.ACTION, event -> {
            event.consume();
            model.plan(made -> {
                dialog.setResult(Boolean.TRUE);
                dialog.close();
                context.notices().done(texts.get("again.done"));
                context.go().accept(new Place.Mailing(made));
            });
        });
    }

    private Node whom() {
        ToggleGroup group = new ToggleGroup();
        VBox rows = new VBox(8);
        for (Resend each : model.groups()) {
            rows.getChildren().add(row(each, group));
        }
        return Look.field(texts.get("again.whom"), rows);
    }

    private Node row(Resend of, ToggleGroup group) {
        RadioButton choice = new RadioButton(name(of));
        choice.setId("again-" + of.whom().name());
        choice.setToggleGroup(group);
        choice.setSelected(of.equals(model.resend.get()));
        choice.selectedProperty().addListener((property, before, now) -> {
            if (now) {
                model.resend.set(of);
            }
        });
        Label count = new Label();
        count.setId("again-count-" + of.whom().name());
        count.setMinWidth(Region.USE_PREF_SIZE);
        count.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> {
                            Long number = model.counts.get(of.whom());
                            return number == null ? "…" : texts.number(number);
                        },
                        model.counts));
        Label hint = Look.muted(texts.code("again.hint", of.whom()));
        hint.setPadding(new Insets(0, 0, 0, 26));
        HBox line = new HBox(8, choice, Look.gap(), count);
        line.setAlignment(Pos.CENTER_LEFT);
        return new VBox(2, line, hint);
    }

    private String name(Resend of) {
        if (of.whom() != Whom.SELECTION) {
            return texts.code("again.to", of.whom());
        }
        return of.meeting().isPresent()
                ? texts.get("again.to.meeting")
                : texts.get("again.to.chosen", of.messageIds().size());
    }

    private Node title() {
        TextField field = new TextField();
        field.setId("again-title");
        field.textProperty().bindBidirectional(model.title);
        return new VBox(
                4, Look.field(texts.get("mailing.title"), field), Look.muted(texts.get("again.linked", plan.title())));
    }

    /** Only where there is a newer version is there anything to choose. */
    private Node version() {
        ToggleGroup group = new ToggleGroup();
        RadioButton sent = new RadioButton();
        RadioButton newer = new RadioButton();
        sent.setToggleGroup(group);
        newer.setToggleGroup(group);
        newer.setId("again-newest");
        sent.setSelected(true);
        newer.selectedProperty().bindBidirectional(model.newest);
        Node field = Look.field(texts.get("mailing.template"), new VBox(6, sent, newer));
        field.managedProperty().bind(field.visibleProperty());
        field.setVisible(false);
        model.versions.addListener((property, before, now) -> {
            Optional<Versions> both = now.filter(one -> one.newest().isPresent());
            both.ifPresent(one -> {
                sent.setText(texts.get("again.version.sent", one.sent().number()));
                one.newest()
                        .ifPresent(version -> newer.setText(
                                texts.get("again.version.newest", version.number(), texts.time(version.createdAt()))));
            });
            field.setVisible(both.isPresent());
            fit();
        });
        return field;
    }

    private void warn() {
        String words = switch (model.resend.get().whom()) {
            case NOT_OPENED -> texts.get("again.warn.opens");
            case SELECTION -> texts.get("again.warn.chosen");
            case FAILED, NOT_REACHED, NOT_CLICKED -> "";
        };
        warning.setText(words);
        fit();
    }

    private Node busy() {
        VBox box = new VBox(4, Look.muted(texts.get("again.busy")), model.work.node());
        box.managedProperty().bind(box.visibleProperty());
        box.visibleProperty().bind(model.work.running());
        model.work.running().addListener(any -> fit());
        return box;
    }

    private static Label said(String style) {
        Label label = new Label();
        label.setId("again-" + style);
        label.setGraphic(new FontIcon("fth-alert-triangle"));
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setMaxWidth(Double.MAX_VALUE);
        label.getStyleClass().addAll("finding", style);
        label.visibleProperty().bind(Bindings.isNotEmpty(label.textProperty()));
        label.managedProperty().bind(label.visibleProperty());
        HBox.setHgrow(label, Priority.ALWAYS);
        return label;
    }
}
