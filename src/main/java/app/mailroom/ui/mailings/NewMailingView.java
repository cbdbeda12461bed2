package app.mailroom.ui.mailings;

import app.mailroom.model.Right;
import app.mailroom.model.UsualSender;
import app.mailroom.plan.MailSamples;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import app.mailroom.ui.templates.TestSendDialog;
import atlantafx.base.theme.Styles;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The page on which a mailing is planned, step by step. What is typed is kept as a draft. */
public final class NewMailingView implements Screen {
    private static final double FORM_WIDTH = 680;
    private static final KeyCombination PLAN = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);

    private final Texts texts;
    private final ScreenContext context;
    private final Runnable back;
    private final NewMailingViewModel model;
    private final Map<PlanningStep, StepPage> pages = new EnumMap<>(PlanningStep.class);
    private final StepBar bar;
    private final FindingList lacking;
    private final StackPane center = new StackPane();
    private final Button previous;
    private final Button next;
    private final Button plan;
    private final LinkAnswers links;
    /** Whether nothing may be typed before a draft is in the form. */
    private final boolean opensDraft;

    private final VBox node;
    private boolean held;

    /**
     * An empty form, or one that is filled from a draft.
     *
     * @param draft the draft to open; nothing for a new mailing
     * @param back leads to where the person came from
     */
    public NewMailingView(ScreenContext context, OptionalLong draft, Runnable back) {
        this.context = context;
        this.texts = context.texts();
        this.back = back;
        this.opensDraft = draft.isPresent();
        this.model = new NewMailingViewModel(context, draft);
        this.links = new LinkAnswers(
                context, () -> model.check.samples.get().stream().findFirst());
        StepContent content = new StepContent(texts, model, this::leave);
        pages.put(PlanningStep.CONTENT, content);
        pages.put(PlanningStep.RECIPIENTS, new StepRecipients(texts, model, this::leave));
        pages.put(PlanningStep.SENDER, new StepSender(texts, model, this::leave));
        pages.put(
                PlanningStep.TIME, new StepTime(texts, model, context.features().clock()::instant));
        bar = new StepBar(texts, model.step::set);
        lacking = new FindingList(texts, PlanningStep.CONTENT, model.step::set);
        previous = Look.button(texts.get("planning.previous"), "fth-arrow-left", () -> move(-1));
        previous.setId("form-previous");
        previous.setTooltip(new Tooltip(texts.get("planning.previous.keys")));
        next = Look.primary("", "fth-arrow-right", () -> move(1));
        next.setId("form-next");
        next.setTooltip(new Tooltip(texts.get("planning.next.keys")));
        next.setDefaultButton(true);
        next.setContentDisplay(ContentDisplay.RIGHT);
        plan = Look.primary("", "fth-send", model::plan);
        plan.setId("form-plan");
        plan.setTooltip(new Tooltip(texts.get("planning.plan.keys")));
        context.permits().need(Right.SEND_MAILINGS, plan);
        VBox.setVgrow(center, Priority.ALWAYS);
        node = Look.page(head(), bar.node(), center, foot());
        content.takeDroppedFiles(node);
        keys();
        model.onChange(this::changed);
        model.step.addListener((property, before, now) -> {
            open(now);
            focus();
        });
        model.check.standing.addListener((property, before, now) -> changed());
        model.approvalAsked.addListener((property, before, now) -> changed());
        model.nameless.addListener((property, before, now) -> changed());
        model.check.planning.addListener((property, before, now) -> {
            changed();
            focus();
        });
        model.loaded.addListener((property, before, now) -> {
            changed();
            if (opensDraft) {
                // What cannot be typed into yet does not take the focus.
                focus();
            }
        });
        model.audience.addListener((property, before, now) -> changed());
        open(model.step.get());
    }

    private Node head() {
        HBox head = Look.header(texts.get("mailings.new"));
        Label kept = new Label();
        kept.setId("draft-kept");
        kept.getStyleClass().addAll(Styles.TEXT_SMALL, Styles.TEXT_MUTED);
        kept.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> switch (model.keeping.standing().get()) {
                            case NOTHING -> "";
                            case KEPT -> texts.get("planning.draft.kept");
                            case NOT_KEPT -> texts.get("planning.draft.not_kept");
                        },
                        model.keeping.standing()));
        Button away = Look.iconButton(texts.get("planning.draft.away"), "fth-trash-2", this::throwAway);
        away.setId("draft-away");
        away.visibleProperty().bind(model.keeping.standing().isEqualTo(DraftKeeping.Standing.KEPT));
        head.getChildren().add(0, Look.iconButton(texts.get("action.back"), "fth-arrow-left", back));
        head.getChildren()
                .add(
                        2,
                        Look.badge(
                                texts.get(model.sender.live ? "status.live" : "status.practice"),
                                model.sender.live ? "success" : "accent"));
        head.getChildren().addAll(kept, away);
        return head;
    }

    private Node foot() {
        ProgressBar busy = new ProgressBar(-1);
        busy.setPrefWidth(120);
        busy.visibleProperty().bind(model.check.planning);
        busy.managedProperty().bind(busy.visibleProperty());
        Button stop = Look.button(context.texts().get("action.cancel"), "fth-x", model.check::stopPlanning);
        stop.setId("stop-planning");
        stop.visibleProperty().bind(model.check.planning);
        stop.managedProperty().bind(stop.visibleProperty());
        HBox foot = new HBox(8, previous, Look.gap(), busy, stop, next, plan);
        foot.setAlignment(Pos.CENTER_LEFT);
        foot.getStyleClass().add("planning-foot");
        return foot;
    }

    private void keys() {
        node.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean control = event.isControlDown() && !event.isShiftDown() && !event.isAltDown();
            if (control && event.getCode() == KeyCode.PAGE_DOWN) {
                event.consume();
                move(1);
            } else if (control && event.getCode() == KeyCode.PAGE_UP) {
                event.consume();
                move(-1);
            } else if (PLAN.match(event)) {
                event.consume();
                planOrCheck();
            } else if (event.getCode() == KeyCode.CONTROL || event.getCode() == KeyCode.COMMAND) {
                held = false;
            }
        });
        node.addEventFilter(KeyEvent.KEY_RELEASED, event -> held &= event.getCode() != KeyCode.ENTER);
        // Asked after the fields, because on a Mac these keys go from word to word.
        node.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.isAltDown() && !event.isControlDown() && !event.isShiftDown()) {
                if (event.getCode() == KeyCode.LEFT) {
                    event.consume();
                    move(-1);
                } else if (event.getCode() == KeyCode.RIGHT) {
                    event.consume();
                    move(1);
                }
            }
        });
    }

    private void move(int steps) {
        model.step.set(model.step.get().further(steps));
    }

    /** A key that is held down repeats itself: what led to the check must not plan as well, before anybody has read it. */
    private void planOrCheck() {
        if (model.step.get() != PlanningStep.CHECK) {
            held = true;
            model.step.set(PlanningStep.CHECK);
        } else if (!held && !plan.isDisabled()) {
            model.plan();
        }
    }

    private StepPage page(PlanningStep step) {
        // The preview of mails takes a moment to start, so it is made when it is looked at.
        return pages.computeIfAbsent(
                step, any -> new StepCheck(texts, model, model.step::set, this::test, links.node()));
    }

    private void open(PlanningStep step) {
        StepPage page = page(step);
        if (page.fills()) {
            center.getChildren().setAll(page.node());
        } else {
            VBox form = new VBox(16, page.node(), lacking.node());
            form.setMaxWidth(FORM_WIDTH);
            form.getStyleClass().add("planning-form");
            HBox aligned = new HBox(form);
            HBox.setHgrow(form, Priority.ALWAYS);
            ScrollPane scroll = new ScrollPane(aligned);
            scroll.setFitToWidth(true);
            scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
            scroll.getStyleClass().add("bare");
            center.getChildren().setAll(scroll);
        }
        boolean last = step == PlanningStep.CHECK;
        previous.setVisible(step != PlanningStep.CONTENT);
        next.setVisible(!last);
        next.setManaged(!last);
        next.setText(texts.get("planning.next", texts.code("planning.step", step.further(1))));
        plan.setVisible(last);
        plan.setManaged(last);
        changed();
    }

    private void focus() {
        UiThread.later(() -> {
            // What scrolls takes its content in when it is first drawn, and before that nothing in it can have the
            // focus.
            center.applyCss();
            center.layout();
            page(model.step.get()).first().requestFocus();
        });
    }

    /** Shows what holds now. */
    private void changed() {
        PlanningStep here = model.step.get();
        bar.show(here, model::mark, step -> {
            StepPage page = pages.get(step);
            return page == null ? "" : page.summary();
        });
        lacking.show(
                here == PlanningStep.TIME || model.mark(here) == NewMailingViewModel.Mark.LACKING
                        ? model.missing().stream()
                                .filter(objection -> objection.mendedOn() == here)
                                .toList()
                        : List.of());
        plan.setText(deed());
        plan.setDisable(model.check.standing.get() != CheckModel.Standing.FREE
                || model.check.planning.get()
                || model.nameless.get());
        center.setDisable(model.check.planning.get() || (opensDraft && !model.loaded.get()));
    }

    /** What the primary button does. */
    private String deed() {
        if (model.check.planning.get()) {
            return texts.get("planning.making");
        }
        if (model.approvalAsked.get()) {
            // It goes out when somebody else says so, whatever the time.
            return texts.get("approval.plan");
        }
        return model.beginsAt()
                .map(at -> texts.get("planning.plan.later", Timings.exactly(texts, at, model.form.timing.zone.get())))
                .orElseGet(() -> texts.get("planning.plan.now", model.people()));
    }

    private void test(SampleMails mails) {
        UsualSender sender = new UsualSender(
                model.form.fromAddress.get().strip(),
                model.form.fromName.get().strip(),
                model.form.replyTo.get().strip());
        String address = mails.shown().map(MailSamples.Sample::address).orElse("");
        model.testMail(
                address, mail -> TestSendDialog.show(node, context, mail.content(), mail.row(), Optional.of(sender)));
    }

    /** Goes elsewhere in the middle of planning, so that the way back leads to the draft. */
    private void leave(Place place) {
        model.keeping.thenWith(draft -> context.go().accept(place));
    }

    private void throwAway() {
        model.keeping.thenWith(draft -> {
            model.keeping.end();
            back.run();
            draft.ifPresent(id -> new DraftDeeds(context).throwAway(List.of(id), () -> {}));
        });
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        model.load();
        model.sender.load();
        focus();
    }

    @Override
    public void refresh() {
        model.refresh();
        model.sender.load();
    }

    @Override
    public void pulse() {
        model.pulse();
    }

    @Override
    public Optional<Place> comesBackTo(Place opened) {
        return model.keeping.draft().map(Place.Draft::new);
    }

    @Override
    public void keepNow() {
        model.keeping.now();
    }

    @Override
    public void left() {
        links.stop();
        model.check.stop();
        model.keeping.now();
    }
}
