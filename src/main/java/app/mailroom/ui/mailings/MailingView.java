package app.mailroom.ui.mailings;

import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.Resend;
import app.mailroom.model.Right;
import app.mailroom.model.SendingRules;
import app.mailroom.model.World;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.mailings.MailingMemory.Side;
import app.mailroom.ui.mailings.MailingViewModel.Standing;
import app.mailroom.ui.results.MailingResults;
import atlantafx.base.theme.Styles;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** The page of one mailing: how far it is, what became of its messages, and each message. */
public final class MailingView implements Screen {
    private static final KeyCombination NEXT = new KeyCodeCombination(KeyCode.TAB, KeyCombination.CONTROL_DOWN);
    private static final KeyCombination BEFORE =
            new KeyCodeCombination(KeyCode.TAB, KeyCombination.CONTROL_DOWN, KeyCombination.SHIFT_DOWN);

    private final Texts texts;
    private final ScreenContext context;
    private final MailingViewModel model;
    private final MessagesViewModel messages;
    private final long planId;
    private final Label title = new Label();
    private final Label state = Look.badge("", "neutral");
    private final Label facts = Look.muted("");
    private final ProgressBar bar = new ProgressBar(0);
    private final Label done = new Label();
    private final Label pace = Look.muted("");
    private final Label problem = new Label();
    private final Label practice;
    private final Button guide;
    private final Button pause;
    private final Button resume;
    private final Button cancel;
    private final Button edit;
    private final Button start;
    private final Button again;
    private final HBox uncertain;
    private final Label uncertainWords = new Label();
    private final HBox missed;
    private final ApprovalCard approval;
    private final Label missedWords = new Label();
    private final Label waiting = new Label();
    private final Label rules = TimingFields.said("mailing-rules");
    private final TabPane tabs = new TabPane();
    private final Map<Side, Tab> tabOf = new EnumMap<>(Side.class);
    private final Map<Side, Screen> screens = new EnumMap<>(Side.class);
    private final MailingMemory memory;
    private @Nullable Side side;
    private final VBox node;

    /** The page of the mailing with this id. */
    public MailingView(ScreenContext context, long planId, MailingMemory memory, Runnable back) {
        this.context = context;
        this.texts = context.texts();
        this.planId = planId;
        this.memory = memory;
        this.model = new MailingViewModel(context, planId);
        this.messages = new MessagesViewModel(context, planId, memory);
        practice = Look.badge(texts.get("status.practice"), "accent");
        guide = Look.button(
                texts.get("mailing.open_guide"), "fth-cloud", () -> context.go().accept(new Place.Amazon()));
        guide.setId("open-guide");
        pause = Look.button(texts.get("mailing.pause"), "fth-pause", model::pause);
        resume = Look.primary(texts.get("mailing.resume"), "fth-play", model::resume);
        cancel = Look.button(texts.get("mailing.cancel"), "fth-x", this::cancel);
        start = Look.primary(texts.get("mailing.start"), "fth-play", model::start);
        start.setId("start-mailing");
        edit = Look.button(texts.get("timing.edit"), "fth-clock", this::edit);
        edit.setId("edit-timing");
        again = Look.button(
                texts.get("message.send_again"),
                "fth-repeat",
                () -> sendAgain(new Resend(planId, Resend.Whom.NOT_REACHED)));
        again.setId("send-again");
        missed = missed();
        approval = new ApprovalCard(texts, context.permits(), this::review, model::withdrawApproval);
        uncertain = uncertain();
        pause.setId("pause");
        resume.setId("resume");
        cancel.setId("cancel-mailing");
        for (Button button : new Button[] {again, start, edit, pause, resume, cancel}) {
            button.managedProperty().bind(button.visibleProperty());
            button.setVisible(false);
            context.permits().need(Right.SEND_MAILINGS, button);
        }
        buildTabs();
        node = Look.page(head(back), progress(), tabs);
        node.setSpacing(12);
        node.addEventFilter(KeyEvent.KEY_PRESSED, this::turn);
        model.standing.addListener((property, before, now) -> {
            if (now != null) {
                show(now);
            }
        });
    }

    /**
     * Which side comes first is known with the first look at the mailing: until then the tabs show nothing. Of one that is
     * being sent, people want to see what goes wrong now; of one that is done, what came of it.
     */
    private void buildTabs() {
        for (Side each : Side.values()) {
            Tab tab = new Tab(texts.code("mailing.tab", each));
            tab.setId("tab-" + each.name());
            tab.setClosable(false);
            tabOf.put(each, tab);
            tabs.getTabs().add(tab);
        }
        tabs.setId("mailing-tabs");
        tabs.setVisible(false);
        tabs.getStyleClass().add("page-tabs");
        VBox.setVgrow(tabs, Priority.ALWAYS);
        tabs.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> {
            if (side != null) {
                for (Side each : Side.values()) {
                    if (tabOf.get(each) == now && each != side) {
                        memory.keep(planId, each);
                        choose(each);
                    }
                }
            }
        });
    }

    private void choose(Side to) {
        if (to == side) {
            return;
        }
        inView().ifPresent(Screen::left);
        side = to;
        Screen screen = screens.computeIfAbsent(to, this::screen);
        Tab tab = tabOf.get(to);
        if (tab != null) {
            tab.setContent(screen.node());
            tabs.getSelectionModel().select(tab);
        }
        tabs.setVisible(true);
        // Where the side that goes had the focus, it would leave the page, and the next key with it.
        tabs.requestFocus();
        screen.opened();
    }

    private Screen screen(Side of) {
        return switch (of) {
            case MESSAGES -> new MessagesTab(context, model, messages, this::sendAgain);
            case RESULTS -> new MailingResults(context, planId, this::showMessages);
        };
    }

    private Optional<Screen> inView() {
        return Optional.ofNullable(side).map(screens::get);
    }

    /** Shows these messages, as asked from the results. */
    private void showMessages(MessageFilter filter) {
        memory.keep(planId, Side.MESSAGES);
        messages.filter.set(filter);
        choose(Side.MESSAGES);
    }

    /** The keys that turn tabs everywhere; asked before a text area uses them. */
    private void turn(KeyEvent event) {
        if (side != null && (NEXT.match(event) || BEFORE.match(event))) {
            event.consume();
            List<Side> all = List.of(Side.values());
            Side next = all.get((all.indexOf(side) + (NEXT.match(event) ? 1 : all.size() - 1)) % all.size());
            memory.keep(planId, next);
            choose(next);
        }
    }

    private Node head(Runnable back) {
        title.getStyleClass().add(Styles.TITLE_2);
        title.setMinWidth(0);
        title.setId("mailing-title");
        practice.setId("mailing-practice");
        practice.setTooltip(new Tooltip(texts.get("mailing.practice.hint")));
        practice.managedProperty().bind(practice.visibleProperty());
        practice.setVisible(false);
        HBox head = new HBox(
                8,
                Look.iconButton(texts.get("action.back"), "fth-arrow-left", back),
                title,
                state,
                practice,
                Look.gap(),
                again,
                start,
                edit,
                pause,
                resume,
                cancel);
        head.setAlignment(Pos.CENTER_LEFT);
        head.setMinHeight(40);
        return head;
    }

    private Node progress() {
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.getStyleClass().add("big-bar");
        bar.managedProperty().bind(bar.visibleProperty());
        done.getStyleClass().add(Styles.TEXT_BOLD);
        done.setId("mailing-done");
        problem.setWrapText(true);
        problem.setGraphic(new FontIcon("fth-alert-triangle"));
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(problem, Priority.ALWAYS);
        guide.managedProperty().bind(guide.visibleProperty());
        HBox halted = new HBox(16, problem, guide);
        halted.setAlignment(Pos.CENTER_LEFT);
        halted.getStyleClass().addAll("finding", "finding-warns");
        halted.managedProperty().bind(halted.visibleProperty());
        halted.visibleProperty().bind(problem.visibleProperty());
        problem.setVisible(false);
        pace.setMinWidth(Region.USE_PREF_SIZE);
        done.setMinWidth(Region.USE_PREF_SIZE);
        facts.setWrapText(false);
        HBox line = new HBox(16, done, pace, Look.gap(), facts);
        line.setAlignment(Pos.CENTER_LEFT);
        waiting.setId("mailing-waiting");
        waiting.setWrapText(true);
        waiting.setGraphic(new FontIcon("fth-clock"));
        waiting.setMinHeight(Region.USE_PREF_SIZE);
        waiting.setMaxWidth(Double.MAX_VALUE);
        waiting.getStyleClass().addAll("finding", "finding-says");
        waiting.managedProperty().bind(waiting.visibleProperty());
        waiting.setVisible(false);
        VBox box = new VBox(8, bar, line, rules, halted, missed, approval.node(), waiting, uncertain);
        box.setMinHeight(Region.USE_PREF_SIZE);
        return box;
    }

    /** What stands where nobody knows of some messages whether they went out: the way to the first of them. */
    private HBox uncertain() {
        Button decide = Look.button(texts.get("uncertain.decide"), "fth-arrow-right", this::showUncertain);
        decide.setId("decide-uncertain");
        HBox box = banner(uncertainWords, "fth-help-circle", decide);
        box.setId("uncertain-banner");
        return box;
    }

    /** Words of warning, hidden until they are needed, and what a person may do about it. */
    private static HBox banner(Label words, String icon, Button... deeds) {
        words.setWrapText(true);
        words.setGraphic(new FontIcon(icon));
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox box = new HBox(8, words);
        box.getChildren().addAll(deeds);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().addAll("finding", "finding-warns");
        box.managedProperty().bind(box.visibleProperty());
        box.setVisible(false);
        return box;
    }

    private void showUncertain() {
        showMessages(MessageFilter.all(planId).in(MessageState.UNCERTAIN));
        messages.chooseFirst();
    }

    /** What stands where the time passed unseen: the three things that a person may want. */
    private HBox missed() {
        missedWords.setId("mailing-missed");
        Button now = Look.primary(texts.get("mailing.missed.now"), "fth-send", model::resume);
        now.setId("missed-now");
        Button later = Look.button(texts.get("mailing.missed.later"), "fth-clock", this::edit);
        later.setId("missed-later");
        Button never = Look.button(texts.get("mailing.cancel"), "fth-x", this::cancel);
        never.setId("missed-cancel");
        List.of(now, later, never).forEach(button -> context.permits().need(Right.SEND_MAILINGS, button));
        return banner(missedWords, "fth-alert-triangle", now, later, never);
    }

    private void show(Standing now) {
        Plan plan = now.plan();
        PlanTotals totals = now.totals();
        title.setText(plan.title());
        state.setText(States.name(texts, now.overview()));
        state.getStyleClass().setAll("label", "badge", "badge-" + States.tone(now.overview()));
        double share =
                totals.all() == 0 ? (plan.state() == PlanState.SENT ? 1 : 0) : (double) totals.done() / totals.all();
        bar.setProgress(share);
        bar.setVisible(!plan.state().isEnded() || share < 1);
        done.setText(texts.get("mailing.done", texts.number(totals.done()), texts.number(totals.all())));
        pace.setText(pace(now));
        facts.setText(texts.get("mailing.facts", plan.listName(), plan.fromAddress(), Timings.begins(texts, plan)));
        rules.setText(Timings.rules(texts, plan.timing()));
        boolean asks = plan.missed();
        start.setVisible(plan.state() == PlanState.DRAFT);
        edit.setVisible(!asks && !plan.state().isEnded());
        pause.setVisible(!asks && plan.state().canBecome(PlanState.PAUSED));
        resume.setVisible(!asks && (plan.state() == PlanState.PAUSED || plan.state() == PlanState.PARKED));
        cancel.setVisible(!asks && plan.state().canBecome(PlanState.CANCELLED));
        problem.setVisible(!asks
                && (plan.state() == PlanState.PARKED
                        || (plan.state() == PlanState.PAUSED && Plan.RESTORED.equals(plan.problem()))));
        missed.setVisible(asks);
        approval.show(now);
        missedWords.setText(texts.get("mailing.missed", Timings.begins(texts, plan)));
        String why = Timings.waiting(texts, now.overview());
        waiting.setVisible(!why.isEmpty());
        waiting.setText(why);
        problem.setText(problem(plan));
        again.setVisible(SendAgainDialog.offeredFor(plan) && totals.all() > 0);
        long unknown = totals.in(MessageState.UNCERTAIN);
        uncertain.setVisible(unknown > 0);
        uncertainWords.setText(texts.get("uncertain.banner", unknown));
        guide.setVisible(States.mendedInTheGuide(plan.problem()));
        practice.setVisible(plan.world() == World.PRACTICE);
        if (side == null) {
            choose(memory.side(planId).orElse(plan.state().isEnded() ? Side.RESULTS : Side.MESSAGES));
        }
    }

    private String pace(Standing now) {
        if (now.plan().state() != PlanState.RUNNING || now.perSecond() <= 0) {
            return "";
        }
        if (!now.plan().rules().equals(SendingRules.NONE)) {
            return now.end()
                    .map(end -> texts.get(
                            "mailing.pace.until",
                            texts.rate(now.perSecond()),
                            Timings.moment(texts, end, now.plan().zone())))
                    .orElse("");
        }
        long left = Math.round(now.totals().unsent() / now.perSecond());
        return texts.get("mailing.pace", texts.rate(now.perSecond()), texts.duration(left));
    }

    private String problem(Plan plan) {
        StringBuilder words = new StringBuilder(texts.code("problem", plan.problem()));
        if (plan.problemDetail() != null && !plan.problemDetail().isBlank()) {
            words.append('\n').append(plan.problemDetail());
        }
        if (plan.parkedUntil() != null) {
            words.append('\n').append(texts.get("mailing.parked_until", texts.clock(plan.parkedUntil())));
        }
        return words.toString();
    }

    private void edit() {
        Standing now = model.standing.get();
        if (now != null) {
            TimingDialog.show(node, texts, now.plan(), model.now(), model::edit);
        }
    }

    private void review() {
        Standing now = model.standing.get();
        if (now != null) {
            ReviewDialog.show(context, node, now.plan(), model::reload);
        }
    }

    private void sendAgain(Resend whom) {
        Standing now = model.standing.get();
        if (now != null) {
            SendAgainDialog.show(context, node, now.plan(), whom);
        }
    }

    private void cancel() {
        Standing now = model.standing.get();
        if (now == null) {
            return;
        }
        String question =
                texts.get("mailing.cancel.question", texts.number(now.totals().unsent()));
        if (Ask.confirm(
                node,
                texts.get("mailing.cancel.title"),
                question,
                new Ask.Answers(texts.get("mailing.cancel.deed"), texts.get("mailing.cancel.keep"), true))) {
            model.cancel();
        }
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        model.reload();
    }

    @Override
    public void refresh() {
        model.reload();
        inView().ifPresent(Screen::refresh);
    }

    @Override
    public void pulse() {
        model.reload();
        inView().ifPresent(Screen::pulse);
    }

    @Override
    public void search() {
        choose(Side.MESSAGES);
        inView().ifPresent(Screen::search);
    }

    @Override
    public void left() {
        inView().ifPresent(Screen::left);
    }
}
