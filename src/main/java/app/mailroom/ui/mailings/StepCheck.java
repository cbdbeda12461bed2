package app.mailroom.ui.mailings;

import app.mailroom.model.RecipientList;
import app.mailroom.model.Template;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** What was found, what will be frozen, how long it takes, and the first mails as they will arrive. */
final class StepCheck implements StepPage {
    private static final double LEFT = 400;

    private final Texts texts;
    private final NewMailingViewModel model;
    private final FindingList findings;
    private final Label state = new Label();
    private final Button check;
    private final Button stop;
    private final Label frozen = new Label();
    private final Label duration = new Label();
    private final Label approval = new Label();
    private final SampleMails mails;
    private final HBox node;

    /**
     * Over a form.
     *
     * @param go brings the person to another step
     * @param test sends a mail to try it
     * @param links where links are looked at
     */
    StepCheck(
            Texts texts, NewMailingViewModel model, Consumer<PlanningStep> go, Consumer<SampleMails> test, Node links) {
        this.texts = texts;
        this.model = model;
        this.findings = new FindingList(texts, PlanningStep.CHECK, go);
        findings.node().setId("form-findings");
        check = Look.button(texts.get("planning.check.again"), "fth-refresh-cw", model.check::run);
        check.setId("check-again");
        check.getStyleClass().add(Styles.SMALL);
        stop = Look.button(texts.get("action.cancel"), "fth-x", model.check::stop);
        stop.setId("check-stop");
        stop.getStyleClass().add(Styles.SMALL);
        stop.managedProperty().bind(stop.visibleProperty());
        check.managedProperty().bind(check.visibleProperty());
        Button try1 = Look.button(texts.get("planning.test"), "fth-send", () -> {});
        try1.setId("form-test");
        try1.getStyleClass().add(Styles.SMALL);
        mails = new SampleMails(texts, try1);
        SampleMails shown = mails;
        try1.setOnAction(event -> test.accept(shown));
        Tab first = new Tab(texts.get("planning.samples"), mails.node());
        Tab linked = new Tab(texts.get("planning.links"), links);
        first.setGraphic(new FontIcon("fth-mail"));
        linked.setGraphic(new FontIcon("fth-link"));
        linked.setId("tab-links");
        TabPane tabs = new TabPane(first, linked);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().addAll(Styles.DENSE, "side-tabs", "check-tabs");
        tabs.setMinWidth(0);
        HBox.setHgrow(tabs, Priority.ALWAYS);
        node = new HBox(24, left(), tabs);
        model.check.standing.addListener((property, before, now) -> show());
        model.check.findings.addListener((property, before, now) -> show());
        model.check.samples.addListener((property, before, now) -> mails.show(now));
        model.forecast.foretold.addListener((property, before, now) -> show());
        model.audience.addListener((property, before, now) -> show());
        model.approvalAsked.addListener((property, before, now) -> show());
        mails.show(model.check.samples.get());
        show();
    }

    private Node left() {
        state.setId("check-state");
        state.setWrapText(true);
        state.setMinHeight(Region.USE_PREF_SIZE);
        state.getStyleClass().add(Styles.TITLE_4);
        HBox head = new HBox(8, state, Look.gap(), stop, check);
        HBox.setHgrow(state, Priority.SOMETIMES);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox box = new VBox(
                12,
                head,
                model.check.work.node(),
                nameless(),
                findings.node(),
                said("planning.frozen.title", "fth-lock", frozen),
                said("planning.duration.title", "fth-clock", duration),
                said("approval.planning.title", "fth-user-check", approval));
        model.check.work.node().managedProperty().bind(model.check.work.node().visibleProperty());
        frozen.setId("check-frozen");
        approval.setId("check-approval");
        ScrollPane scroll = new ScrollPane(box);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("bare");
        scroll.setPrefWidth(LEFT);
        scroll.setMinWidth(LEFT);
        return scroll;
    }

    /** Before the last button, for there it would only be refused. */
    private Node nameless() {
        Label words = new Label(texts.get("planning.nameless"), new FontIcon("fth-user"));
        words.setId("check-nameless");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        Button signIn = Look.button(texts.get("person.sign_in"), "fth-log-in", model::signIn);
        signIn.setId("check-sign-in");
        VBox finding = new VBox(8, words, signIn);
        finding.getStyleClass().addAll("finding", "finding-blocks");
        // Among the findings only while it is one.
        VBox place = new VBox();
        place.managedProperty().bind(model.nameless);
        Runnable show = () -> place.getChildren().setAll(model.nameless.get() ? List.of(finding) : List.of());
        model.nameless.addListener((property, before, now) -> show.run());
        show.run();
        return place;
    }

    private Node said(String title, String icon, Label words) {
        Label name = new Label(texts.get(title), new FontIcon(icon));
        name.getStyleClass().add("check-section");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        VBox box = new VBox(4, name, words);
        box.visibleProperty().bind(words.textProperty().isNotEmpty());
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    private void show() {
        CheckModel.Standing standing = model.check.standing.get();
        List<Objection> found = model.check.findings.get();
        boolean checking = standing == CheckModel.Standing.CHECKING;
        findings.show(checking ? List.of() : found);
        stop.setVisible(checking);
        check.setVisible(!checking);
        state.setText(summary());
        Template template = model.form.template.chosen.get();
        RecipientList list = model.form.list.chosen.get();
        String sender = model.form.fromAddress.get().strip();
        frozen.setText(
                template == null || list == null || sender.isEmpty()
                        ? ""
                        : texts.get(
                                "planning.frozen",
                                template.name(),
                                texts.number(template.newest().number()),
                                list.name(),
                                model.people(),
                                sender));
        duration.setText(model.forecast.inWords(texts));
        approval.setText(model.approvalAsked.get() ? texts.get("approval.planning") : "");
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Node first() {
        return check.isVisible() ? check : stop;
    }

    @Override
    public String summary() {
        return summary(texts, model.check);
    }

    /** How far the check is, or what it came to. */
    static String summary(Texts texts, CheckModel check) {
        long blocking = check.findings.get().stream().filter(Objection::blocks).count();
        return switch (check.standing.get()) {
            case UNKNOWN -> "";
            case CHECKING -> texts.get("planning.check.checking");
            case STOPPED -> texts.get("planning.check.stopped");
            case BLOCKED -> texts.get("planning.check.blocked", blocking);
            case FREE ->
                check.findings.get().isEmpty()
                        ? texts.get("planning.check.free")
                        : texts.get(
                                "planning.check.warned", check.findings.get().size());
        };
    }

    @Override
    public boolean fills() {
        return true;
    }
}
