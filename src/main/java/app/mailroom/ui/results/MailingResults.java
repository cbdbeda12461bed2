package app.mailroom.ui.results;

import app.mailroom.model.Measure;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanTotals;
import app.mailroom.store.ResultsStore.Family;
import app.mailroom.store.ResultsStore.Named;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.MailingResultsViewModel.Loaded;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The results of one mailing: what it is judged by in large, then every figure, how it went over time, who opened it, its
 * links and the mail on which they were clicked, domains and reasons.
 */
public final class MailingResults implements Screen {
    private static final double GAP = 16;

    private final Texts texts;
    private final ScreenContext context;
    private final MailingResultsViewModel model;
    private final MailingFigures figures;
    private final TimeChart time;
    private final HitRulesCard rules;
    private final LinksCard links;
    private final DomainTable domains;
    private final ReasonBars reasons;
    private final FlowPane family = new FlowPane(16, 0);
    private final Label untracked = new Label();
    private final GridPane clicks;
    private final GridPane why;
    private final Node empty;
    private final ScrollPane body;
    private final VBox node = new VBox();

    /**
     * Empty until opened.
     *
     * @param showMessages brings the person to the messages that a figure counts
     */
    public MailingResults(ScreenContext context, long planId, Consumer<MessageFilter> showMessages) {
        this.context = context;
        this.texts = context.texts();
        this.model = new MailingResultsViewModel(context, planId);
        MailingCards cards = new MailingCards(context, planId, showMessages, this::title);
        this.figures = new MailingFigures(cards);
        this.time = new TimeChart(cards);
        this.rules = new HitRulesCard(cards);
        this.links = new LinksCard(cards);
        this.domains = new DomainTable(cards);
        this.reasons = new ReasonBars(cards);
        clicks = beside(links.ranking(), links.map(), 54);
        why = beside(rules.node(), reasons.node(), 54);
        untracked.setText(texts.get("figures.untracked.long"));
        untracked.setId("untracked");
        untracked.setWrapText(true);
        untracked.setMinHeight(Region.USE_PREF_SIZE);
        untracked.setMaxWidth(Double.MAX_VALUE);
        untracked.setGraphic(new FontIcon("fth-eye-off"));
        untracked.getStyleClass().addAll("finding", "finding-says");
        for (Node part : List.of(family, untracked, clicks, rules.node())) {
            part.managedProperty().bind(part.visibleProperty());
            part.setVisible(false);
        }
        family.setId("family");
        family.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(family, Priority.ALWAYS);
        HBox top = new HBox(8, family, Look.gap(), new ReportAction(context, planId).node());
        top.setAlignment(Pos.CENTER_LEFT);
        VBox page =
                new VBox(GAP, top, untracked, figures.head(), time.node(), clicks, figures.all(), why, domains.node());
        page.setPadding(new Insets(12, 12, 24, 0));
        body = new ScrollPane(page);
        body.setFitToWidth(true);
        body.getStyleClass().add("bare");
        body.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        body.setId("mailing-results");
        body.setVisible(false);
        empty = Look.empty("fth-bar-chart-2", texts.get("results.empty.title"), texts.get("figures.empty.hint"));
        empty.setId("no-results");
        empty.setVisible(false);
        StackPane stack = new StackPane(body, empty);
        VBox.setVgrow(stack, Priority.ALWAYS);
        node.getChildren().setAll(stack);
        VBox.setVgrow(node, Priority.ALWAYS);
        model.loaded.addListener((property, before, now) -> {
            if (now != null) {
                show(now);
            }
        });
        model.hits.addListener((property, before, now) -> {
            if (now != null) {
                rules.show(now);
            }
        });
        model.mail.addListener((property, before, now) -> showLinks());
    }

    /** Two cards of equal height, the left one so many hundredths wide. */
    private static GridPane beside(Node left, Node right, double percent) {
        GridPane grid = new GridPane();
        grid.setHgap(GAP);
        grid.getColumnConstraints().addAll(column(percent), column(100 - percent));
        grid.addRow(0, left, right);
        for (Node part : List.of(left, right)) {
            GridPane.setVgrow(part, Priority.ALWAYS);
            if (part instanceof Region region) {
                region.setMaxHeight(Double.MAX_VALUE);
            }
        }
        return grid;
    }

    private static ColumnConstraints column(double percent) {
        ColumnConstraints column = new ColumnConstraints();
        column.setPercentWidth(percent);
        column.setMinWidth(0);
        return column;
    }

    private String title() {
        Loaded now = model.loaded.get();
        return now == null ? "" : now.plan().title();
    }

    private void show(Loaded now) {
        boolean some = hasResults(now);
        boolean tracked = now.plan().tracked();
        body.setVisible(some);
        empty.setVisible(!some);
        figures.show(now.whole());
        time.show(now.plan(), now.hours());
        reasons.show(now.whole());
        domains.show(now.domains(), tracked);
        untracked.setVisible(!tracked);
        clicks.setVisible(tracked);
        rules.node().setVisible(tracked);
        showLinks();
        show(now.family());
    }

    private void showLinks() {
        Loaded now = model.loaded.get();
        if (now != null && now.plan().tracked()) {
            links.show(now.links(), model.mail.get());
        }
    }

    /** Whether anything became of any message. */
    private static boolean hasResults(Loaded now) {
        PlanTotals totals = now.totals();
        return totals.of(Measure.TAKEN) > 0
                || Stream.of(MessageState.values())
                        .anyMatch(
                                state -> !state.isUnsent() && state != MessageState.CANCELLED && totals.in(state) > 0);
    }

    private void show(Family now) {
        List<Node> words = new ArrayList<>();
        now.first().ifPresent(first -> words.add(link("family.first", first)));
        now.later().forEach(later -> words.add(link("family.later", later)));
        family.getChildren().setAll(words);
        family.setVisible(!words.isEmpty());
    }

    private Hyperlink link(String key, Named mailing) {
        Hyperlink link = new Hyperlink(texts.get(key, mailing.title()), new FontIcon("fth-repeat"));
        link.setId("family-" + mailing.planId());
        link.setOnAction(event -> context.go().accept(new Place.Mailing(mailing.planId())));
        return link;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        model.opened();
    }

    @Override
    public void refresh() {
        model.opened();
    }

    @Override
    public void pulse() {
        model.pulse();
    }

    @Override
    public void left() {
        model.left();
    }
}
