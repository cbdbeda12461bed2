package app.mailroom.ui.amazon;

import app.mailroom.model.Right;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The guide that sets up Amazon SES: its steps one under the other, of which the next one is open. */
public final class AmazonView implements Screen {
    private static final double WIDTH = 880;
    private static final double ROOM = 24;

    private final AmazonViewModel model;
    private final List<StepCard> cards;
    private final ScrollPane scroll = new ScrollPane();
    private final VBox node;
    private boolean opened;

    /**
     * The guide, which asks Amazon nothing before it is opened.
     *
     * @param back leads to where the person came from
     */
    public AmazonView(ScreenContext context, Runnable back) {
        Texts texts = context.texts();
        this.model = new AmazonViewModel(context);
        this.cards = List.of(
                new AccessCard(texts, model.access).card(),
                new SendersCard(texts, model.senders).card(),
                new EventsCard(texts, model.events).card(),
                new ProofCard(texts, model.proof).card(),
                new LiveCard(texts, model.live).card(),
                new RelayCard(texts, model.relay).card());
        cards.forEach(card -> card.need(context.permits(), Right.SET_UP_SENDING));
        Label intro = Look.muted(texts.get("amazon.intro"));
        intro.setMinHeight(Region.USE_PREF_SIZE);
        VBox steps = new VBox(16, intro);
        steps.getChildren().addAll(cards.stream().map(StepCard::node).toList());
        steps.setMaxWidth(WIDTH);
        steps.setPadding(new Insets(0, 16, 24, 0));
        HBox aligned = new HBox(steps);
        HBox.setHgrow(steps, Priority.ALWAYS);
        scroll.setContent(aligned);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("bare");
        scroll.setId("amazon-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        HBox head = Look.header(texts.get("amazon.title"));
        head.getChildren().add(0, Look.iconButton(texts.get("action.back"), "fth-arrow-left", back));
        node = Look.page(head, scroll);
        node.setId("amazon");
        for (StepCard card : cards) {
            card.step().trouble.addListener((property, before, now) -> {
                if (now != null) {
                    UiThread.later(() -> reveal(card.status()));
                }
            });
            if (card.optional()) {
                continue;
            }
            card.step().stateProperty().addListener((property, before, now) -> {
                // Only when all have settled is it known which is next; one that is being asked may be done already.
                if (before == GuideStep.State.WORKING) {
                    UiThread.later(() -> {
                        if (cards.stream()
                                .noneMatch(any -> !any.optional() && any.step().working())) {
                            openNext();
                        }
                    });
                }
            });
        }
    }

    /** Opens the first step that is still to be done; what nobody has to do is left to the person. */
    private void openNext() {
        cards.stream()
                .filter(card -> !card.optional())
                .filter(card -> card.step().state() != GuideStep.State.DONE)
                .findFirst()
                .ifPresent(card -> card.open.set(true));
    }

    /** Scrolls as far as needed to see something whole. */
    private void reveal(Node part) {
        Node content = scroll.getContent();
        Bounds view = scroll.getViewportBounds();
        scroll.layout();
        Bounds place = content.sceneToLocal(part.localToScene(part.getLayoutBounds()));
        double hidden = content.getLayoutBounds().getHeight() - view.getHeight();
        double top = hidden * scroll.getVvalue();
        if (hidden <= 0 || (place.getMinY() >= top && place.getMaxY() <= top + view.getHeight())) {
            return;
        }
        double wanted = place.getMaxY() + ROOM - view.getHeight();
        scroll.setVvalue(Math.max(0, Math.min(1, wanted / hidden)));
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        boolean first = !opened;
        opened = true;
        model.load(() -> {
            if (first) {
                openNext();
            }
        });
    }

    @Override
    public void refresh() {
        model.load(() -> {});
    }

    @Override
    public void pulse() {
        model.live.look();
    }
}
