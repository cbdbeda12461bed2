package app.mailroom.ui.mailings;

import app.mailroom.model.Message;
import app.mailroom.model.MessageEvent;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.MailPreview;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.mailings.MailingViewModel.Chosen;
import atlantafx.base.theme.Styles;
import java.io.File;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Modality;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Beside the table: everything known of one message. */
final class MessagePane {
    private final Texts texts;
    private final ScreenContext context;
    private final MailingViewModel model;
    private final VBox content = new VBox(12);
    private final ScrollPane node = new ScrollPane(content);

    MessagePane(ScreenContext context, MailingViewModel model) {
        this.context = context;
        this.texts = context.texts();
        this.model = model;
        content.setPadding(new Insets(16));
        node.setFitToWidth(true);
        node.getStyleClass().add("bare");
        node.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        node.setMinWidth(280);
        model.chosen.addListener((property, before, chosen) -> show(chosen));
        show(null);
    }

    Node node() {
        return node;
    }

    private void show(@Nullable Chosen chosen) {
        if (chosen == null) {
            content.setAlignment(Pos.CENTER);
            content.getChildren().setAll(Look.muted(texts.get("message.choose")));
            return;
        }
        content.setAlignment(Pos.TOP_LEFT);
        Message message = chosen.message();
        Label address = new Label(message.address());
        address.getStyleClass().add(Styles.TITLE_4);
        address.setWrapText(true);
        Button open = Look.primary(texts.get("message.open"), "fth-mail", () -> openMail(message));
        open.setId("open-mail");
        Button save = Look.button(texts.get("message.save_eml"), "fth-download", () -> saveEml(message));
        content.getChildren()
                .setAll(
                        address,
                        Look.badge(texts.code("message", message.state()), States.tone(message.state())),
                        Look.muted(texts.code("message.hint", message.state())));
        if (message.reason() != null) {
            content.getChildren().add(reason(message.reason(), message.detail()));
        }
        content.getChildren().add(new FlowPane(8, 8, open, save));
        if (message.providerId() != null) {
            Label id = Look.muted(texts.get("message.provider_id", message.providerId()));
            id.getStyleClass().add(Styles.TEXT_SMALL);
            content.getChildren().add(id);
        }
        Label head = new Label(texts.get("events.title"));
        head.getStyleClass().add("section");
        content.getChildren().add(head);
        List<MessageEvent> events = chosen.events();
        if (events.isEmpty()) {
            content.getChildren().add(Look.muted(texts.get("events.none")));
        }
        for (MessageEvent event : events) {
            content.getChildren().add(event(event));
        }
    }

    private Label reason(String code, @Nullable String detail) {
        String words = texts.code("reason", code);
        Label label = new Label(detail == null || detail.isBlank() ? words : words + "\n" + detail);
        label.setWrapText(true);
        return label;
    }

    private Node event(MessageEvent event) {
        Label kind = new Label(texts.code("event", event.kind()));
        kind.getStyleClass().add(Styles.TEXT_BOLD);
        Label at = Look.muted(texts.stamp(event.occurredAt()));
        at.setWrapText(false);
        at.getStyleClass().add(Styles.TEXT_SMALL);
        kind.setWrapText(true);
        VBox box = new VBox(4, kind, at);
        box.getStyleClass().add("event");
        if (event.reason() != null) {
            box.getChildren().add(reason(event.reason(), event.detail()));
        }
        if (event.link() != null) {
            box.getChildren().add(Look.muted(event.link()));
        }
        TextArea raw = new TextArea(event.body());
        raw.setEditable(false);
        raw.setWrapText(true);
        raw.setPrefRowCount(8);
        raw.getStyleClass().add("code");
        TitledPane more = new TitledPane(texts.get("events.raw"), raw);
        more.setExpanded(false);
        more.setAnimated(false);
        more.getStyleClass().add(Styles.DENSE);
        box.getChildren().add(more);
        return box;
    }

    /** Shows the mail in a window of its own. */
    void openMail(Message message) {
        model.render(message, mail -> {
            MailPreview preview = new MailPreview(texts);
            preview.show(mail, List.of());
            VBox.setVgrow(preview.node(), Priority.ALWAYS);
            Button save = Look.button(texts.get("message.save_eml"), "fth-download", () -> saveEml(message));
            HBox foot = new HBox(8, Look.muted(texts.get("message.as_sent", message.address())), Look.gap(), save);
            foot.setAlignment(Pos.CENTER_LEFT);
            VBox box = Look.page(preview.node(), foot);
            Stage stage = new Stage();
            stage.initOwner(node.getScene().getWindow());
            stage.initModality(Modality.NONE);
            stage.setTitle(mail.subject());
            Scene scene = new Scene(box, 760, 720);
            scene.getStylesheets().setAll(node.getScene().getStylesheets());
            scene.setOnKeyPressed(event -> {
                if (event.getCode() == KeyCode.ESCAPE) {
                    stage.close();
                }
            });
            stage.setScene(scene);
            stage.show();
        });
    }

    private void saveEml(Message message) {
        FileChooser chooser = new FileChooser();
        chooser.setInitialFileName(message.address().replaceAll("[^A-Za-z0-9._-]", "_") + ".eml");
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(texts.get("file.eml"), "*.eml"));
        File file = chooser.showSaveDialog(node.getScene().getWindow());
        if (file != null) {
            model.saveEml(message, file.toPath(), saved -> {
                if (saved) {
                    context.notices().done(texts.get("message.saved", file.getName()));
                } else {
                    context.notices().warn(texts.get("message.no_eml"));
                }
            });
        }
    }
}
