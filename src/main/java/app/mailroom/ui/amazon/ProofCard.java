package app.mailroom.ui.amazon;

import app.mailroom.aws.ChainProof.Step;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.SenderBox;
import app.mailroom.ui.common.Texts;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The links of the event chain one under the other, and at which of them a proof stopped. */
final class ProofCard {
    private final Texts texts;
    private final ProofViewModel model;
    private final StepCard card;
    private final ProofLines lines;

    ProofCard(Texts texts, ProofViewModel model) {
        this.texts = texts;
        this.model = model;
        this.lines = new ProofLines(texts, "proof-links");
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
        card.fill(line, card.status(), lines.node());
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
        lines.show(
                model.links.stream()
                        .map(link -> new ProofLines.Link(
                                texts.code("amazon.link", link.link()), link.state(), link.detail()))
                        .toList(),
                model.step.working());
    }
}
