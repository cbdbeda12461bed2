package app.mailroom.ui.amazon;

import app.mailroom.aws.Amazon;
import app.mailroom.aws.AmazonException.Code;
import app.mailroom.model.MailAccount;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.PasswordField;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Region and keys, and what Amazon says to them. */
final class AccessCard {
    private static final double FIELD = 320;

    private final Texts texts;
    private final AccessViewModel model;
    private final StepCard card;
    private final VBox answer = new VBox(4);

    AccessCard(Texts texts, AccessViewModel model) {
        this.texts = texts;
        this.model = model;
        Button check = Look.primary(texts.get("amazon.check"), "fth-check", model::check);
        check.setId("access-check");
        answer.setId("access-answer");
        answer.managedProperty().bind(answer.visibleProperty());
        this.card = new StepCard(texts, StepCard.Name.ACCESS, model.step);
        card.fill(region(), keys(), advanced(), new HBox(8, check), card.status(), answer);
        card.whileIdle(check);
        card.standard(check);
        model.checked.addListener((property, before, now) -> show(now));
        show(null);
    }

    StepCard card() {
        return card;
    }

    private Node region() {
        ComboBox<String> box = new ComboBox<>(FXCollections.observableArrayList(Regions.IDS));
        box.setId("access-region");
        box.setEditable(true);
        box.setVisibleRowCount(12);
        box.setPromptText(texts.get("amazon.region.prompt"));
        box.setCellFactory(list -> new ListCell<>() {
            @Override
            protected void updateItem(@Nullable String id, boolean empty) {
                super.updateItem(id, empty);
                setText(empty || id == null ? null : Regions.shown(texts, id));
            }
        });
        box.setConverter(new javafx.util.StringConverter<>() {
            @Override
            public String toString(@Nullable String id) {
                return id == null ? "" : Regions.shown(texts, id);
            }

            @Override
            public String fromString(@Nullable String typed) {
                return typed == null ? "" : Regions.read(texts, typed);
            }
        });
        box.getEditor()
                .textProperty()
                .addListener((property, before, typed) -> model.region.set(Regions.read(texts, typed)));
        model.region.addListener((property, before, id) -> {
            if (!Regions.read(texts, box.getEditor().getText()).equals(id)) {
                box.setValue(id);
            }
        });
        VBox field = Look.field(texts.get("amazon.region"), box);
        field.setMaxWidth(FIELD);
        return field;
    }

    private Node keys() {
        ToggleGroup group = new ToggleGroup();
        RadioButton computer = new RadioButton(texts.get("amazon.keys.computer"));
        RadioButton typed = new RadioButton(texts.get("amazon.keys.typed"));
        computer.setId("keys-computer");
        typed.setId("keys-typed");
        computer.setToggleGroup(group);
        typed.setToggleGroup(group);
        computer.setSelected(true);
        typed.selectedProperty().bindBidirectional(model.typedKeys);
        // The one that is not bound follows, so that exactly one is always chosen.
        model.typedKeys.addListener((property, before, now) -> computer.setSelected(!now));
        Label label = new Label(texts.get("amazon.keys"));
        label.getStyleClass().add("field-name");
        return new VBox(8, label, computer, chain(), typed, pair());
    }

    private Node chain() {
        TextField profile = new TextField();
        profile.setId("access-profile");
        profile.setPromptText(texts.get("amazon.profile.prompt"));
        profile.textProperty().bindBidirectional(model.profile);
        VBox field = Look.field(texts.get("amazon.profile"), profile);
        field.setMaxWidth(FIELD);
        return under(texts.get("amazon.keys.computer.hint"), field, false);
    }

    private Node pair() {
        TextField id = new TextField();
        id.setId("access-key-id");
        id.setPromptText("AKIA…");
        id.textProperty().bindBidirectional(model.keyId);
        PasswordField secret = new PasswordField();
        secret.setId("access-secret");
        secret.textProperty().bindBidirectional(model.secret);
        secret.promptTextProperty()
                .bind(Bindings.createStringBinding(
                        () -> model.keptKeyId.get().isEmpty() ? "" : texts.get("amazon.secret.kept"), model.keptKeyId));
        mark(id, secret);
        VBox left = Look.field(texts.get("amazon.key_id"), id);
        VBox right = Look.field(texts.get("amazon.secret"), secret);
        left.setPrefWidth(FIELD);
        right.setPrefWidth(FIELD);
        HBox fields = new HBox(16, left, right);
        fields.setMaxWidth(2 * FIELD + 16);
        Label where = Look.hint("");
        where.setId("access-keychain");
        where.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get(model.lasting.get() ? "amazon.keychain" : "amazon.keychain.none"),
                        model.lasting));
        Hyperlink forget = new Hyperlink();
        forget.setId("access-forget");
        forget.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get("amazon.forget", model.keptKeyId.get()), model.keptKeyId));
        forget.setOnAction(event -> model.forget());
        forget.visibleProperty().bind(model.keptKeyId.isNotEmpty());
        forget.managedProperty().bind(forget.visibleProperty());
        return under(texts.get("amazon.keys.typed.hint"), new VBox(8, fields, where, forget), true);
    }

    private void mark(TextField id, PasswordField secret) {
        for (TextField field : new TextField[] {id, secret}) {
            // What is being mended is not wrong any more.
            field.textProperty()
                    .addListener((property, before, now) -> field.pseudoClassStateChanged(Styles.STATE_DANGER, false));
        }
        model.step.trouble.addListener((property, before, now) -> {
            boolean bad = now != null && now.code().equals(AccessViewModel.KEYS_MISSING);
            boolean refused = now != null && now.code().equals(Code.CREDENTIALS_REFUSED.name());
            id.pseudoClassStateChanged(
                    Styles.STATE_DANGER, refused || (bad && id.getText().isBlank()));
            secret.pseudoClassStateChanged(
                    Styles.STATE_DANGER, refused || (bad && secret.getText().isBlank()));
        });
    }

    /** What belongs to a choice stands indented under it, and only while it is chosen. */
    private Node under(String hint, Node content, boolean typed) {
        Label words = Look.hint(hint);
        VBox box = new VBox(8, words, content);
        box.setPadding(new Insets(0, 0, 8, 24));
        box.visibleProperty().bind(typed ? model.typedKeys : model.typedKeys.not());
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    private Node advanced() {
        TextField endpoint = new TextField();
        endpoint.setId("access-endpoint");
        endpoint.promptTextProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get(
                                model.severalEndpoints.get() ? "amazon.endpoint.several" : "amazon.endpoint.prompt"),
                        model.severalEndpoints));
        endpoint.textProperty().bindBidirectional(model.endpoint);
        Label hint = Look.hint(texts.get("amazon.endpoint.hint"));
        VBox field = Look.field(texts.get("amazon.endpoint"), endpoint);
        field.setMaxWidth(2 * FIELD + 16);
        TitledPane pane = new TitledPane(texts.get("amazon.advanced"), new VBox(8, field, hint));
        pane.setId("access-advanced");
        pane.setExpanded(false);
        pane.setAnimated(false);
        pane.getStyleClass().addAll(Styles.DENSE, "fold");
        // An address that is in force must not be out of sight.
        model.endpoint.addListener((property, before, now) -> {
            if (before.isEmpty() && !now.isEmpty()) {
                pane.setExpanded(true);
            }
        });
        return pane;
    }

    private void show(Amazon.@Nullable Check check) {
        answer.setVisible(check != null);
        answer.getChildren().clear();
        if (check == null) {
            card.summary("");
            return;
        }
        MailAccount mail = check.mail();
        String quota = mail.quota24h() < 0
                ? texts.get("status.quota.unlimited", texts.number(mail.sentLast24h()))
                : texts.get("status.quota", texts.number(mail.sentLast24h()), texts.number(mail.quota24h()));
        Label mode = Look.badge(
                texts.get(mail.sandbox() ? "amazon.sandbox" : "amazon.production"),
                mail.sandbox() ? "warning" : "success");
        Label sending = Look.badge(
                texts.get(mail.sendingEnabled() ? "amazon.sending.on" : "amazon.sending.off"),
                mail.sendingEnabled() ? "success" : "danger");
        answer.getChildren()
                .addAll(
                        StepCard.fact(
                                texts.get("amazon.account"),
                                StepCard.value(check.account()),
                                Look.copyButton(texts.get("action.copy"), check::account)),
                        StepCard.fact(
                                texts.get("amazon.caller"),
                                StepCard.value(check.caller()),
                                Look.copyButton(texts.get("action.copy"), check::caller)),
                        StepCard.fact(texts.get("amazon.mode"), mode, sending),
                        StepCard.fact(texts.get("amazon.quota"), StepCard.value(quota)),
                        StepCard.fact(
                                texts.get("amazon.rate"),
                                StepCard.value(texts.get("status.rate", texts.rate(mail.ratePerSecond())))));
        if (!mail.sendingEnabled()) {
            answer.getChildren().add(note("amazon.sending.off.hint", "finding-blocks"));
        }
        if (mail.sandbox()) {
            answer.getChildren().add(note("amazon.sandbox.hint", "finding-warns"));
        }
        card.summary(texts.get("amazon.access.summary", check.account(), Regions.shown(texts, model.region.get())));
    }

    private Node note(String key, String style) {
        Label label = new Label(texts.get(key));
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setMaxWidth(Double.MAX_VALUE);
        label.setAlignment(Pos.CENTER_LEFT);
        label.getStyleClass().addAll("finding", style);
        return label;
    }
}
