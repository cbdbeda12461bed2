package app.mailroom.ui.amazon;

import app.mailroom.aws.ChainProof.State;
import app.mailroom.aws.ChainProof.Step;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.SenderBox;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** The links of the event chain one under the other, and at which of them a proof stopped. */
final class ProofCard {
    private final Texts texts;
    private final ProofViewModel model;
    private final StepCard card;
    private final VBox links = new VBox();

    ProofCard(Texts texts, ProofViewModel model) {
        this.texts = texts;
        this.model = model;
        links.getStyleClass().add("lines");
        links.setId("proof-links");
        ComboBox<String> from = SenderBox.of(model.choices, model.from);
        from.setId("proof-from");
        from.setPromptText(texts.get("form.from.prompt"));
        VBox field = Look.field(texts.get("mailing.from_address"), from);
        field.setMaxWidth(320);
        Button prove = Look.primary(texts.get("amazon.prove"), "fth-activity", model::prove);
        prove.setId("proof-run");
        HBox line = new HBox(8, field, prove);
        line.setAlignment(Pos.BOTTOM_LEFT);
        this.card = new StepCard(texts, StepCard.Name.PROOF, model.step);
        card.fill(line, card.status(), links);
        card.whileIdle(prove);
        card.standard(prove);
        card.marks(from, "PROOF_SENDER", "SENDER_NOT_COVERED");
        model.links.addListener((ListChangeListener<Step>) change -> show());
        model.step.stateProperty().addListener((property, before, now) -> show());
        model.provenAt.addListener((property, before, at) ->
                card.summary(at == null ? "" : texts.get("amazon.proof.summary", texts.time(at))));
        show();
    }

    StepCard card() {
        return card;
    }

    private void show() {
        List<Node> lines = new ArrayList<>();
        boolean working = model.step.working();
        boolean waited = false;
        for (Step link : model.links) {
            // The first one that waits is the one that is being tried.
            boolean now = working && !waited && link.state() == State.WAITING;
            waited |= now;
            lines.add(line(link, now));
        }
        StepCard.lines(links, lines);
    }

    private Node line(Step link, boolean now) {
        Label name = new Label(texts.code("amazon.link", link.link()));
        name.setMinWidth(0);
        HBox head = new HBox(8, now ? StepCard.spinner() : icon(link.state()), name, Look.gap());
        if (link.state() != State.WAITING || now) {
            head.getChildren().add(Look.badge(texts.code("amazon.link.state", link.state()), tone(link.state())));
        }
        head.setAlignment(Pos.CENTER_LEFT);
        return StepCard.line(head, link.detail());
    }

    private static Node icon(State state) {
        FontIcon icon = new FontIcon(
                switch (state) {
                    case WAITING -> "fth-circle";
                    case PROVEN -> "fth-check-circle";
                    case FAILED -> "fth-x-circle";
                    case SKIPPED -> "fth-minus-circle";
                });
        icon.getStyleClass().add("mark-" + (state == State.WAITING ? "neutral" : tone(state)));
        return icon;
    }

    private static String tone(State state) {
        return switch (state) {
            case WAITING -> "accent";
            case SKIPPED -> "neutral";
            case PROVEN -> "success";
            case FAILED -> "danger";
        };
    }
}
