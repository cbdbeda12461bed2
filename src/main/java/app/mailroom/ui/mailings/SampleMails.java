package app.mailroom.ui.mailings;

import app.mailroom.plan.MailSamples;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.MailPreview;
import app.mailroom.ui.common.Texts;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The first mails as they will arrive, one at a time. */
final class SampleMails {
    private final Texts texts;
    private final MailPreview preview;
    private final Label whose = new Label();
    private final Label none;
    private final Button before;
    private final Button after;
    private final VBox node;
    private List<MailSamples.Sample> samples = List.of();
    private int at;

    /**
     * None yet.
     *
     * @param tools further things that can be done, beside turning to the next
     */
    SampleMails(Texts texts, Node... tools) {
        this.texts = texts;
        preview = new MailPreview(texts);
        whose.setId("sample-whose");
        whose.setMinWidth(0);
        HBox.setHgrow(whose, Priority.ALWAYS);
        whose.setMaxWidth(Double.MAX_VALUE);
        before = Look.iconButton(texts.get("planning.sample.before"), "fth-chevron-left", () -> turn(-1));
        before.setId("sample-before");
        after = Look.iconButton(texts.get("planning.sample.after"), "fth-chevron-right", () -> turn(1));
        after.setId("sample-after");
        HBox head = new HBox(8, before, after, whose);
        head.getChildren().addAll(tools);
        head.setAlignment(Pos.CENTER_LEFT);
        none = Look.muted(texts.get("planning.sample.none"));
        VBox.setVgrow(preview.node(), Priority.ALWAYS);
        StackPane body = new StackPane(preview.node(), none);
        VBox.setVgrow(body, Priority.ALWAYS);
        node = new VBox(8, head, body);
        show();
    }

    Node node() {
        return node;
    }

    /** Shows these, the first of them in view; the one in view stays there if only its words have changed. */
    void show(List<MailSamples.Sample> now) {
        at = now.size() == samples.size() ? at : 0;
        samples = now;
        show();
    }

    /** The one in view. */
    Optional<MailSamples.Sample> shown() {
        return samples.isEmpty() ? Optional.empty() : Optional.of(samples.get(at));
    }

    private void turn(int by) {
        at = Math.max(0, Math.min(samples.size() - 1, at + by));
        // What the person allowed for one mail does not hold for the next.
        preview.closeNetwork();
        show();
    }

    private void show() {
        before.setDisable(at == 0);
        after.setDisable(at + 1 >= samples.size());
        none.setVisible(samples.isEmpty());
        preview.node().setVisible(!samples.isEmpty());
        whose.setText("");
        shown().ifPresent(sample -> {
            whose.setText(texts.get("planning.sample.whose", at + 1, samples.size(), sample.address()));
            preview.show(sample.mail(), List.of());
        });
    }
}
