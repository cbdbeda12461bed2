package app.mailroom.ui.mailings;

import app.mailroom.model.HitVerdict;
import app.mailroom.model.Message;
import app.mailroom.model.MessageEvent;
import app.mailroom.model.MessageState;
import app.mailroom.model.Right;
import app.mailroom.model.World;
import app.mailroom.practice.PracticeRelayStanding;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.MailPreview;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.mailings.MailingViewModel.Standing;
import app.mailroom.ui.mailings.MessagesViewModel.Chosen;
import atlantafx.base.theme.Styles;
import java.io.File;
import java.util.List;
import java.util.stream.Collectors;
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
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Modality;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Beside the table: everything known of one message. */
final class MessagePane {
    private final Texts texts;
    private final ScreenContext context;
    private final MailingViewModel mailing;
    private final MessagesViewModel model;
    private final VBox content = new VBox(12);
    private final ScrollPane node = new ScrollPane(content);

    MessagePane(ScreenContext context, MailingViewModel mailing, MessagesViewModel model) {
        this.context = context;
        this.texts = context.texts();
        this.mailing = mailing;
        this.model = model;
        content.setPadding(new Insets(4, 12, 12, 12));
        node.setFitToWidth(true);
        node.getStyleClass().add("bare");
        node.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        node.setMinWidth(300);
        node.setId("message-pane");
        model.chosen.addListener((property, before, chosen) -> {
            boolean another = before == null
                    || chosen == null
                    || before.message().id() != chosen.message().id();
            show(chosen);
            if (another) {
                node.setVvalue(0);
            }
        });
        show(model.chosen.get());
    }

    Node node() {
        return node;
    }

    private void show(@Nullable Chosen chosen) {
        Standing standing = mailing.standing.get();
        if (chosen == null || standing == null) {
            content.setAlignment(Pos.CENTER);
            content.getChildren().setAll(Look.muted(texts.get("message.choose")));
            return;
        }
        content.setAlignment(Pos.TOP_LEFT);
        Message message = chosen.message();
        String zone = standing.plan().zone();
        content.getChildren().setAll(head(message), state(message));
        if (message.state() == MessageState.UNCERTAIN) {
            long alike = Math.max(1, standing.totals().in(MessageState.UNCERTAIN));
            content.getChildren().add(new UncertainCard(context, model, chosen, alike, mailing.now(), zone).node());
        } else if (message.reason() != null || ReasonWords.hint(texts, message).isPresent()) {
            content.getChildren().add(why(message));
        }
        Button open = Look.primary(texts.get("message.open"), "fth-mail", () -> openMail(message));
        open.setId("open-mail");
        Button save = Look.button(texts.get("message.save_eml"), "fth-download", () -> saveEml(message));
        context.permits().need(Right.EXPORT, save);
        FlowPane buttons = new FlowPane(8, 8, open, save);
        content.getChildren().add(buttons);
        if (canBeInBrowser(message)) {
            Button browser =
                    Look.button(texts.get("message.browser"), "fth-external-link", () -> openInBrowser(message));
            browser.setId("open-in-browser");
            buttons.getChildren().add(browser);
            Label hint = Look.hint(browserHint());
            hint.setId("browser-hint");
            content.getChildren().add(hint);
        }
        content.getChildren().add(facts(message, zone));
        Label head = new Label(texts.get("events.title"));
        head.getStyleClass().add("section");
        content.getChildren().addAll(head, Look.hint(texts.get("events.zone", zone)));
        List<MessageEvent> events = chosen.events();
        if (events.isEmpty()) {
            content.getChildren().add(Look.muted(texts.get("events.none")));
        }
        for (MessageEvent event : events) {
            content.getChildren().add(event(event, zone));
        }
    }

    private Node head(Message message) {
        FlowPane address = address(message.address());
        HBox.setHgrow(address, Priority.ALWAYS);
        Button copy = Look.copyButton(texts.get("message.copy_address"), message::address);
        HBox head = new HBox(4, address, copy);
        head.setAlignment(Pos.TOP_LEFT);
        return head;
    }

    /** In pieces, so that a line ends behind an at sign or a dot and not in the middle of a name. */
    private static FlowPane address(String whole) {
        FlowPane pane = new FlowPane();
        pane.setAccessibleText(whole);
        pane.setMinWidth(0);
        for (String part : whole.split("(?<=[@.])", -1)) {
            Label label = new Label(part);
            label.getStyleClass().add(Styles.TITLE_4);
            label.setWrapText(true);
            pane.getChildren().add(label);
        }
        return pane;
    }

    private Node state(Message message) {
        VBox box = new VBox(6, Look.badge(texts.code("message", message.state()), States.tone(message.state())));
        if (message.state() != MessageState.UNCERTAIN) {
            box.getChildren().add(Look.muted(texts.code("message.hint", message.state())));
        }
        return box;
    }

    /** The error in plain words, what to do about it, and what the mail service called it. */
    private Node why(Message message) {
        VBox box = new VBox(4);
        box.getStyleClass().add("card-box");
        box.setId("message-why");
        String reason = message.reason();
        if (reason != null) {
            Label words = new Label(texts.code("reason", reason));
            words.getStyleClass().add(Styles.TEXT_BOLD);
            words.setWrapText(true);
            words.setMinHeight(Region.USE_PREF_SIZE);
            box.getChildren().add(words);
        }
        ReasonWords.hint(texts, message).ifPresent(hint -> {
            Label what = new Label(hint);
            what.setWrapText(true);
            what.setMinHeight(Region.USE_PREF_SIZE);
            box.getChildren().add(what);
        });
        if (message.detail() != null && !message.detail().isBlank()) {
            box.getChildren().add(Look.hint(message.detail()));
        }
        if (reason != null) {
            box.getChildren().add(Look.hint(texts.get("message.code", reason)));
        }
        return box;
    }

    private Node facts(Message message, String zone) {
        GridPane grid = new GridPane();
        grid.setHgap(12);
        grid.setVgap(4);
        fact(grid, "message.number", Long.toString(message.id()));
        fact(grid, "message.attempts", texts.number(message.attempts()));
        if (message.acceptedAt() != null) {
            fact(grid, "message.ACCEPTED", Timings.stamp(texts, message.acceptedAt(), zone));
        }
        fact(grid, "message.updated", Timings.stamp(texts, message.updatedAt(), zone));
        VBox box = new VBox(8, grid);
        if (message.providerId() != null) {
            Label id = Look.hint(texts.get("message.provider_id", message.providerId()));
            HBox.setHgrow(id, Priority.ALWAYS);
            String text = message.providerId();
            HBox line = new HBox(4, id, Look.copyButton(texts.get("message.copy_id"), () -> text));
            line.setAlignment(Pos.CENTER_LEFT);
            box.getChildren().add(line);
        }
        return box;
    }

    private void fact(GridPane grid, String key, String value) {
        Label name = Look.hint(texts.get(key));
        name.setMinWidth(Region.USE_PREF_SIZE);
        name.setWrapText(false);
        Label words = new Label(value);
        words.getStyleClass().add(Styles.TEXT_SMALL);
        grid.addRow(grid.getRowCount(), name, words);
    }

    private Node event(MessageEvent event, String zone) {
        Label kind = new Label(texts.code("event", event.kind()));
        kind.getStyleClass().add(Styles.TEXT_BOLD);
        kind.setWrapText(true);
        Label at = Look.muted(Timings.stamp(texts, event.occurredAt(), zone));
        at.setWrapText(false);
        at.getStyleClass().add(Styles.TEXT_SMALL);
        FlowPane top = new FlowPane(8, 2, kind, at);
        top.setAlignment(Pos.CENTER_LEFT);
        VBox box = new VBox(4, top);
        box.getStyleClass().add("event");
        HitVerdict verdict = event.verdict();
        if (verdict != null) {
            box.getChildren().add(verdict(verdict));
        }
        if (!event.signs().isEmpty()) {
            box.getChildren()
                    .add(Look.hint(event.signs().stream()
                            .sorted()
                            .map(sign -> texts.code("sign", sign))
                            .collect(Collectors.joining(", "))));
        }
        if (event.reason() != null) {
            Label words = new Label(texts.code("reason", event.reason()));
            words.setWrapText(true);
            box.getChildren().add(words);
        }
        if (event.detail() != null && !event.detail().isBlank()) {
            box.getChildren().add(Look.hint(event.detail()));
        }
        if (event.link() != null) {
            box.getChildren().add(Look.muted(event.link()));
        }
        TitledPane more = new TitledPane(texts.get("events.raw"), null);
        more.setExpanded(false);
        more.setAnimated(false);
        more.getStyleClass().add(Styles.DENSE);
        // There may be very many events, and a text area each would take long to make.
        more.expandedProperty().addListener((property, before, expanded) -> {
            if (expanded && more.getContent() == null) {
                more.setContent(raw(event));
            }
        });
        box.getChildren().add(more);
        return box;
    }

    /** Who is taken to have made an opening or a click, and by which rule. */
    private Node verdict(HitVerdict verdict) {
        Label who = Look.badge(
                texts.code("verdict", verdict.by()), verdict.by() == HitVerdict.By.PERSON ? "success" : "neutral");
        return new VBox(4, who, Look.hint(texts.code("rule.why", verdict.rule())));
    }

    private static TextArea raw(MessageEvent event) {
        TextArea raw = new TextArea(event.body());
        raw.setEditable(false);
        raw.setWrapText(true);
        raw.setPrefRowCount(8);
        raw.getStyleClass().add("code");
        return raw;
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

    /** Whether there is a mail whose links count nothing in earnest. */
    boolean canBeInBrowser(Message message) {
        Standing standing = mailing.standing.get();
        return standing != null && standing.plan().world() == World.PRACTICE && message.acceptedAt() != null;
    }

    /** Whether nobody is there to take what is opened and clicked in a practice mail. */
    private boolean unnoticed() {
        return context.features().outside().practiceRelay().get() == PracticeRelayStanding.NOT_REACHABLE;
    }

    private String browserHint() {
        return texts.get(unnoticed() ? "message.browser.unnoticed" : "message.browser.hint");
    }

    /** Hands a practice mail to the browser that the person uses. */
    void openInBrowser(Message message) {
        model.openInBrowser(message, there -> {
            if (there && unnoticed()) {
                context.notices().warn(texts.get("message.browser.unnoticed"));
            } else if (there) {
                context.notices().done(texts.get("message.browser.done", message.address()));
            } else {
                context.notices().warn(texts.get("message.no_eml"));
            }
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
