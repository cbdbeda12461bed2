package app.mailroom.ui.mailings;

import app.mailroom.model.Plan;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.SendingRules;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.event.ActionEvent;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Changes when a mailing begins, as long as it has not begun, and its hours and caps. */
final class TimingDialog {
    private static final double WIDTH = 600;

    private TimingDialog() {}

    /** Opens it, and hands over what was typed when the person agrees. */
    static void show(Node where, Texts texts, Plan plan, Instant now, Consumer<PlanTiming> changed) {
        TimingModel model = new TimingModel(now);
        model.fill(plan.timing(), now);
        boolean begun = plan.startedAt() != null;
        model.later.set(!begun);
        TimingFields fields = new TimingFields(texts, model);
        Label wrong = new Label();
        wrong.setId("timing-wrong");
        wrong.setWrapText(true);
        wrong.setMinHeight(Region.USE_PREF_SIZE);
        wrong.setMaxWidth(Double.MAX_VALUE);
        wrong.getStyleClass().addAll("finding", "finding-blocks");
        wrong.managedProperty().bind(wrong.visibleProperty());
        wrong.setVisible(false);
        VBox form = new VBox(16);
        form.setPadding(new Insets(16));
        form.getChildren().add(begun ? Look.muted(texts.get("timing.begun", plan.zone())) : fields.when());
        form.getChildren().addAll(fields.rules(), wrong);
        Dialog<PlanTiming> dialog = new Dialog<>();
        dialog.setTitle(texts.get("timing.title"));
        dialog.setHeaderText(plan.title());
        dialog.setGraphic(null);
        dialog.initOwner(where.getScene().getWindow());
        ButtonType keep = new ButtonType(texts.get("timing.keep"), ButtonData.OK_DONE);
        ButtonType leave = new ButtonType(texts.get("action.cancel"), ButtonData.CANCEL_CLOSE);
        dialog.getDialogPane().getButtonTypes().setAll(keep, leave);
        dialog.getDialogPane().setContent(form);
        dialog.getDialogPane().setPrefWidth(WIDTH);
        dialog.getDialogPane().setMinHeight(Region.USE_PREF_SIZE);
        if (dialog.getDialogPane().lookupButton(keep) instanceof Button button) {
            button.setId("timing-keep");
            button.addEventFilter(ActionEvent.ACTION, event -> {
                List<Objection> objections = new ArrayList<>();
                timing(model, plan, now, objections);
                if (!objections.isEmpty()) {
                    event.consume();
                    wrong.setText(objections.stream()
                            .map(objection ->
                                    (texts.code("finding", objection.code()) + " " + objection.detail()).strip())
                            .collect(Collectors.joining("\n")));
                    wrong.setVisible(true);
                    dialog.getDialogPane().getScene().getWindow().sizeToScene();
                }
            });
        }
        model.hours.addListener((property, before, on) ->
                dialog.getDialogPane().getScene().getWindow().sizeToScene());
        dialog.setResultConverter(type -> type == keep ? timing(model, plan, now, new ArrayList<>()) : null);
        dialog.showAndWait().ifPresent(changed);
    }

    private static PlanTiming timing(TimingModel model, Plan plan, Instant now, List<Objection> objections) {
        if (plan.startedAt() == null) {
            return model.timing(now, objections);
        }
        SendingRules rules = model.rules(objections);
        return new PlanTiming(plan.notBefore(), ZoneId.of(plan.zone()).getId(), rules);
    }
}
