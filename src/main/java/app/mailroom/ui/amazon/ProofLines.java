package app.mailroom.ui.amazon;

import app.mailroom.model.ProofState;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** The links of a proof one under the other, and at which of them it stopped. */
final class ProofLines {
    /** A link: what it is called, and what there is to say about it. */
    record Link(String name, ProofState state, String detail) {}

    private final Texts texts;
    private final VBox node = new VBox();

    ProofLines(Texts texts, String id) {
        this.texts = texts;
        node.getStyleClass().add("lines");
        node.setId(id);
    }

    Node node() {
        return node;
    }

    /** Shows them; while a proof runs, the first one that waits is the one that is being tried. */
    void show(List<Link> links, boolean running) {
        List<Node> lines = new ArrayList<>();
        boolean waited = false;
        for (Link link : links) {
            boolean now = running && !waited && link.state() == ProofState.WAITING;
            waited |= now;
            lines.add(line(link, now));
        }
        StepCard.lines(node, lines);
    }

    private Node line(Link link, boolean now) {
        Label name = new Label(link.name());
        name.setMinWidth(0);
        HBox head = new HBox(8, now ? StepCard.spinner() : icon(link.state()), name, Look.gap());
        if (link.state() != ProofState.WAITING || now) {
            head.getChildren().add(Look.badge(texts.code("amazon.link.state", link.state()), tone(link.state())));
        }
        head.setAlignment(Pos.CENTER_LEFT);
        return StepCard.line(head, link.detail());
    }

    private static Node icon(ProofState state) {
        FontIcon icon = new FontIcon(
                switch (state) {
                    case WAITING -> "fth-circle";
                    case PROVEN -> "fth-check-circle";
                    case FAILED -> "fth-x-circle";
                    case SKIPPED -> "fth-minus-circle";
                });
        icon.getStyleClass().add("mark-" + (state == ProofState.WAITING ? "neutral" : tone(state)));
        return icon;
    }

    private static String tone(ProofState state) {
        return switch (state) {
            case WAITING -> "accent";
            case SKIPPED -> "neutral";
            case PROVEN -> "success";
            case FAILED -> "danger";
        };
    }
}
