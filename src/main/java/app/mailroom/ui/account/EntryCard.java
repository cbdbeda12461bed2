package app.mailroom.ui.account;

import app.mailroom.model.Right;
import app.mailroom.ui.account.PeopleViewModel.Entry;
import app.mailroom.ui.account.PeopleViewModel.Source;
import app.mailroom.ui.account.PeopleViewModel.Standing;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** How people come in: Google's client, the lock, approval, and whether anybody signs in at all. */
final class EntryCard {
    private static final List<Long> MINUTES = List.of(5L, 15L, 30L, 60L, 240L, 0L);

    private final Texts texts;
    private final Permits permits;
    private final PeopleViewModel model;
    private final Label client = new Label();
    private final Label clientHint = Look.hint("");
    private final Button copyClient;
    private final Button set;
    private final Button forget;
    private final TextField id = new TextField();
    private final PasswordField secret = new PasswordField();
    private final Label problem = finding("finding-blocks");
    private final VBox form;
    private final ComboBox<Long> idle = new ComboBox<>();
    private final ToggleSwitch approval = new ToggleSwitch();
    private final Label approvalState = Look.hint("");
    private final Label fewApprovers = finding("finding-warns");
    private final Label signIn = Look.hint("");
    private final Label signInOff = finding("finding-warns");
    private final Label refused = Look.hint("");
    private final Button switchOff;
    private final Button switchOn;
    private final VBox node;
    private boolean filling;
    private boolean owned;

    EntryCard(ScreenContext context, PeopleViewModel model) {
        this.texts = context.texts();
        this.permits = context.permits();
        this.model = model;
        copyClient = Look.copyButton(texts.get("people.google.copy"), client::getText);
        set = Look.button(texts.get("people.google.set"), "fth-edit-2", this::edit);
        set.setId("google-set");
        forget = Look.button(texts.get("people.google.forget"), "fth-trash-2", this::forget);
        forget.setId("google-forget");
        form = form();
        switchOff = Look.button(texts.get("people.sign_in.off"), "fth-unlock", this::switchOff);
        switchOff.setId("sign-in-off");
        switchOn = Look.primary(texts.get("people.sign_in.on"), "fth-lock", () -> model.askWho(true, () -> {}));
        switchOn.setId("sign-in-on");
        node = new VBox(20, google(), idle(), approval(), signIn());
        node.getStyleClass().add("card-box");
        model.standing.addListener((property, before, now) -> {
            if (now != null) {
                show(now);
            }
        });
        List.of(set, forget, idle, switchOff, switchOn).forEach(control -> permits.need(Right.MANAGE_PEOPLE, control));
        permits.need(Right.MANAGE_PEOPLE, approval);
    }

    Node node() {
        return node;
    }

    /** Opens the fields for Google's client. */
    void edit() {
        problem.setText("");
        id.setText(model.standing.get() == null ? "" : client.getText());
        secret.clear();
        form.setVisible(true);
        (id.getText().isEmpty() ? id : secret).requestFocus();
    }

    private Node google() {
        client.getStyleClass().add("code");
        client.setId("google-client");
        client.setMinWidth(0);
        clientHint.setId("google-hint");
        HBox shown = new HBox(4, client, copyClient);
        shown.setAlignment(Pos.CENTER_LEFT);
        shown.visibleProperty().bind(client.textProperty().isNotEmpty());
        shown.managedProperty().bind(shown.visibleProperty());
        HBox buttons = new HBox(8, forget, set);
        return new VBox(12, line("people.google", new VBox(4, shown, clientHint), buttons), form);
    }

    private VBox form() {
        id.setId("google-id");
        id.setPromptText("1234-abc.apps.googleusercontent.com");
        secret.setId("google-secret");
        problem.setId("google-problem");
        for (TextInputControl field : List.of(id, secret)) {
            field.textProperty().addListener((property, before, now) -> {
                field.pseudoClassStateChanged(Styles.STATE_DANGER, false);
                problem.setText("");
            });
        }
        Button save = Look.primary(texts.get("action.save"), "fth-check", this::save);
        save.setId("google-save");
        Button cancel = Look.button(texts.get("action.cancel"), "fth-x", () -> closeForm());
        id.setOnAction(event -> secret.requestFocus());
        secret.setOnAction(event -> save.fire());
        HBox fields = new HBox(
                12,
                Look.field(texts.get("people.google.id"), id),
                Look.field(texts.get("people.google.secret"), secret));
        VBox all = new VBox(8, fields, Look.hint(texts.get("people.google.where")), problem, new HBox(8, save, cancel));
        all.setVisible(false);
        all.managedProperty().bind(all.visibleProperty());
        return all;
    }

    private void closeForm() {
        secret.clear();
        form.setVisible(false);
        set.requestFocus();
    }

    private void save() {
        boolean badId = !id.getText().strip().matches("\\S+");
        boolean badSecret = !secret.getText().strip().matches("\\S+");
        id.pseudoClassStateChanged(Styles.STATE_DANGER, badId);
        secret.pseudoClassStateChanged(Styles.STATE_DANGER, badSecret);
        if (badId || badSecret) {
            problem.setText(texts.get(badId ? "people.google.bad_id" : "people.google.bad_secret"));
            (badId ? id : secret).requestFocus();
            return;
        }
        model.keepClient(
                id.getText(),
                secret.getText(),
                this::closeForm,
                failure -> problem.setText(Failure.of(failure).in(texts)));
    }

    private void forget() {
        if (Ask.confirm(
                node,
                texts,
                texts.get("people.google.forget"),
                texts.get("people.google.forget.question"),
                texts.get("people.google.forget"),
                true)) {
            model.forgetClient(() -> {});
        }
    }

    private Node idle() {
        idle.setId("idle");
        idle.getItems().setAll(MINUTES);
        idle.setConverter(new Naming<>(this::minutes));
        idle.setPrefWidth(160);
        idle.valueProperty().addListener((property, before, now) -> {
            if (!filling && now != null) {
                model.idle(Duration.ofMinutes(now));
            }
        });
        return line("people.idle", Look.hint(texts.get("people.idle.hint")), idle);
    }

    private String minutes(long minutes) {
        if (minutes == 0) {
            return texts.get("people.idle.never");
        }
        return minutes % 60 == 0
                ? texts.get("people.idle.hours", minutes / 60)
                : texts.get("people.idle.minutes", minutes);
    }

    private Node approval() {
        approval.setId("approval");
        approval.selectedProperty().addListener((property, before, now) -> {
            if (!filling) {
                model.approval(now);
            }
        });
        fewApprovers.setId("few-approvers");
        return new VBox(
                8,
                line(
                        "people.approval",
                        new VBox(4, Look.hint(texts.get("people.approval.hint")), approvalState),
                        approval),
                fewApprovers);
    }

    private Node signIn() {
        signIn.setId("sign-in-state");
        signInOff.setId("sign-in-is-off");
        refused.setId("sign-in-refused");
        for (Label label : List.of(approvalState, refused)) {
            label.visibleProperty().bind(label.textProperty().isNotEmpty());
            label.managedProperty().bind(label.visibleProperty());
        }
        for (Button button : List.of(switchOff, switchOn)) {
            button.managedProperty().bind(button.visibleProperty());
        }
        return new VBox(
                8, line("people.sign_in", new VBox(4, signIn, refused), new HBox(switchOff, switchOn)), signInOff);
    }

    private void switchOff() {
        if (Ask.confirm(
                node,
                texts,
                texts.get("people.sign_in.off"),
                texts.get(owned ? "people.sign_in.off.question" : "people.sign_in.off.question.unowned"),
                texts.get("people.sign_in.off.deed"),
                true)) {
            model.askWho(false, () -> {});
        }
    }

    private void show(Standing now) {
        Entry entry = now.entry();
        owned = !now.members().isEmpty();
        filling = true;
        client.setText(entry.clientId());
        clientHint.setText(texts.code("people.google.source", entry.source()));
        set.setText(texts.get(entry.source() == Source.NONE ? "people.google.set" : "people.google.change"));
        forget.setVisible(entry.source() == Source.TYPED);
        forget.setManaged(forget.isVisible());
        long minutes = entry.idle().toMinutes();
        if (!idle.getItems().contains(minutes)) {
            List<Long> choices = new ArrayList<>(MINUTES);
            choices.add(0, minutes);
            idle.getItems().setAll(choices);
        }
        idle.setValue(minutes);
        approval.setSelected(entry.approval());
        boolean possible = entry.asksWho() || entry.approval();
        if (permits.may(Right.MANAGE_PEOPLE)) {
            approval.setDisable(!possible);
            switchOff.setDisable(entry.approval());
        }
        approvalState.setText(possible ? "" : texts.get("people.approval.no_names"));
        fewApprovers.setText(
                entry.approval() && now.approvers() < 2 ? texts.get("people.approval.few", now.approvers()) : "");
        signIn.setText(texts.get(
                !entry.asksWho()
                        ? "people.sign_in.is_off"
                        : owned ? "people.sign_in.is_on" : "people.sign_in.is_unowned"));
        signInOff.setText(entry.asksWho() ? "" : texts.get("people.sign_in.off.means"));
        refused.setText(entry.asksWho() && entry.approval() ? texts.get("people.sign_in.off.refused") : "");
        switchOff.setVisible(entry.asksWho());
        switchOn.setVisible(!entry.asksWho());
        filling = false;
    }

    private Node line(String key, Node hint, Node control) {
        Label name = new Label(texts.get(key));
        VBox words = new VBox(4, name, hint);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        if (control instanceof Region region) {
            region.setMinWidth(Region.USE_PREF_SIZE);
        }
        if (control instanceof HBox box) {
            box.setAlignment(Pos.CENTER_RIGHT);
        }
        HBox line = new HBox(24, words, control);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private static Label finding(String style) {
        Label label = new Label();
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll("finding", style);
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }
}
