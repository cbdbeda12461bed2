package app.mailroom.ui.mailings;

import app.mailroom.plan.PlanReview.Mail;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.MailPreview;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.mailings.ReviewModel.Mails;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** The mails of a mailing as they will arrive, one at a time: the first in order, all after them, or those to some address. */
final class ReviewMails {
    private static final Duration TYPING = Duration.millis(300);
    private static final double SEARCH = 220;

    private final Texts texts;
    private final ReviewModel model;
    private final MailPreview preview;
    private final Label whose = new Label();
    private final Label none;
    private final Button before;
    private final Button after;
    private final VBox node;
    private int at;

    ReviewMails(Texts texts, ReviewModel model) {
        this.texts = texts;
        this.model = model;
        preview = new MailPreview(texts);
        whose.setId("review-whose");
        whose.setMinWidth(0);
        whose.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(whose, Priority.ALWAYS);
        before = Look.iconButton(texts.get("planning.sample.before"), "fth-chevron-left", () -> turn(-1));
        before.setId("review-before");
        after = Look.iconButton(texts.get("planning.sample.after"), "fth-chevron-right", () -> turn(1));
        after.setId("review-after");
        HBox head = new HBox(8, before, after, whose, search());
        head.setAlignment(Pos.CENTER_LEFT);
        none = Look.muted(texts.get("approval.mails.none"));
        VBox.setVgrow(preview.node(), Priority.ALWAYS);
        StackPane body = new StackPane(preview.node(), none);
        VBox.setVgrow(body, Priority.ALWAYS);
        Label leaving = Look.hint(texts.get("approval.mails.hint"));
        node = new VBox(8, head, body, leaving);
        node.setMinWidth(0);
        model.mails.addListener((property, was, now) -> {
            at = 0;
            show(now);
        });
        show(null);
    }

    Node node() {
        return node;
    }

    private TextField search() {
        TextField field = Look.searchField(texts.get("approval.mails.search"));
        field.setId("review-search");
        field.setPrefWidth(SEARCH);
        field.setMinWidth(SEARCH);
        PauseTransition typing = new PauseTransition(TYPING);
        typing.setOnFinished(event -> model.search(field.getText()));
        field.textProperty().addListener((property, was, now) -> typing.playFromStart());
        return field;
    }

    private void turn(int by) {
        Mails mails = model.mails.get();
        if (mails == null) {
            return;
        }
        // What the person allowed for one mail does not hold for the next.
        preview.closeNetwork();
        if (at + by < 0) {
            model.first();
        } else if (at + by >= mails.mails().size()) {
            model.next();
        } else {
            at += by;
            show(mails);
        }
    }

    private void show(@Nullable Mails now) {
        List<Mail> mails = now == null ? List.of() : now.mails();
        before.setDisable(at == 0);
        after.setDisable(at + 1 >= mails.size() && (now == null || !now.more()));
        none.setVisible(now != null && mails.isEmpty());
        preview.node().setVisible(!mails.isEmpty());
        whose.setText(mails.isEmpty() ? "" : mails.get(at).address());
        if (!mails.isEmpty()) {
            preview.show(mails.get(at).mail(), List.of());
        }
    }
}
