package app.mailroom.ui.mailings;

import app.mailroom.model.Message;
import app.mailroom.model.Right;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.mailings.MessagesViewModel.Chosen;
import atlantafx.base.theme.Styles;
import java.time.Duration;
import java.time.Instant;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** Of a message of which nobody knows whether it went out: what happened, and what a person may decide. */
final class UncertainCard {
    /** The longest that Amazon SES goes on trying to deliver a mail before it gives it up and reports that. */
    private static final Duration REPORTED_WITHIN = Duration.ofHours(14);

    private final Texts texts;
    private final ScreenContext context;
    private final MessagesViewModel model;
    private final Chosen chosen;
    private final long uncertain;
    private final VBox node = new VBox(10);

    /**
     * Of this message.
     *
     * @param uncertain how many of the mailing are like it, this one among them
     * @param now when it is looked at
     * @param zone by whose clocks times are said
     */
    UncertainCard(
            ScreenContext context, MessagesViewModel model, Chosen chosen, long uncertain, Instant now, String zone) {
        this.context = context;
        this.texts = context.texts();
        this.model = model;
        this.chosen = chosen;
        this.uncertain = uncertain;
        node.setId("uncertain-card");
        node.getStyleClass().addAll("card-box", "uncertain-card");
        Label head = new Label(texts.get("uncertain.title"), new FontIcon("fth-help-circle"));
        head.getStyleClass().add(Styles.TEXT_BOLD);
        head.setWrapText(true);
        Message message = chosen.message();
        Instant until = message.updatedAt().plus(REPORTED_WITHIN);
        node.getChildren()
                .addAll(
                        head,
                        wrapped(happened(message, zone)),
                        choice(
                                "uncertain.wait",
                                until.isAfter(now)
                                        ? texts.get("uncertain.wait.hint", Timings.moment(texts, until, zone))
                                        : texts.get("uncertain.wait.past", Timings.moment(texts, until, zone))),
                        choice("uncertain.mark", texts.get("uncertain.mark.hint"), mark()),
                        choice("uncertain.again", texts.get("uncertain.again.hint"), again()));
        if (uncertain > 1) {
            node.getChildren().add(forAll());
        }
    }

    Node node() {
        return node;
    }

    private String happened(Message message, String zone) {
        String when = Timings.stamp(texts, message.updatedAt(), zone);
        String why = texts.code("reason", message.reason());
        return chosen.process()
                .map(process -> texts.get("uncertain.happened.by", why, when, process))
                .orElseGet(() -> texts.get("uncertain.happened", why, when));
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private Node choice(String key, String hint, Button... buttons) {
        Label name = new Label(texts.get(key));
        name.getStyleClass().add(Styles.TEXT_BOLD);
        Label words = Look.muted(hint);
        words.setMinHeight(Region.USE_PREF_SIZE);
        VBox box = new VBox(4, name, words);
        if (buttons.length > 0) {
            HBox line = new HBox(8, buttons);
            line.setAlignment(Pos.CENTER_LEFT);
            box.getChildren().add(line);
        }
        return box;
    }

    private Button mark() {
        Button mark = Look.button(
                texts.get("uncertain.mark"), "fth-check", () -> model.markSent(chosen.message(), this::told));
        mark.setId("mark-sent");
        return context.permits().need(Right.SEND_MAILINGS, mark);
    }

    private Button again() {
        Button again = Look.button(texts.get("message.send_again"), "fth-repeat", () -> {
            if (Ask.confirm(
                    node,
                    texts,
                    texts.get("message.send_again"),
                    texts.get("message.send_again.question", chosen.message().address()),
                    texts.get("message.send_again.deed"),
                    true)) {
                model.sendAgain(chosen.message(), this::told);
            }
        });
        again.setId("send-uncertain");
        return context.permits().need(Right.SEND_MAILINGS, again);
    }

    private void told(boolean changed) {
        if (!changed) {
            context.notices().warn(texts.get("message.send_again.late"));
        }
    }

    private Node forAll() {
        Button mark = new Button(texts.get("uncertain.mark.all", uncertain));
        mark.setId("mark-all-sent");
        mark.setOnAction(event -> {
            if (Ask.confirm(
                    node,
                    texts,
                    texts.get("uncertain.mark"),
                    texts.get("uncertain.mark.all.question", uncertain),
                    texts.get("uncertain.mark"),
                    true)) {
                model.markAllSent(count -> context.notices().done(texts.get("uncertain.mark.all.done", count)));
            }
        });
        Button again = new Button(texts.get("uncertain.again.all", uncertain));
        again.setId("send-all-uncertain");
        again.setOnAction(event -> {
            if (Ask.confirm(
                    node,
                    texts,
                    texts.get("uncertain.again"),
                    texts.get("uncertain.again.all.question", uncertain),
                    texts.get("message.send_again.deed"),
                    true)) {
                model.sendAllAgain(count -> context.notices().done(texts.get("uncertain.again.all.done", count)));
            }
        });
        for (Button button : new Button[] {mark, again}) {
            context.permits().need(Right.SEND_MAILINGS, button);
            button.getStyleClass().addAll(Styles.SMALL, Styles.FLAT, Styles.ACCENT);
        }
        FlowPane both = new FlowPane(4, 4, mark, again);
        return both;
    }
}
