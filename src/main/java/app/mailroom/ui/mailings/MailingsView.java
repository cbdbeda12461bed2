package app.mailroom.ui.mailings;

import app.mailroom.model.Plan;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanState;
import app.mailroom.model.Right;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.ChoiceTable;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.PageId;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.RowActions;
import app.mailroom.ui.common.RowActions.Action;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;

/** The list of mailings, with those that are being planned above them. */
public final class MailingsView implements Screen {
    private final ScreenContext context;
    private final Permits permits;
    private final Texts texts;
    private final MailingsViewModel model;
    private final DraftDeeds drafts;
    private final MailingTable table;
    private final TextField search;
    private final VBox node;

    /** An empty list until it is opened. */
    public MailingsView(ScreenContext context) {
        this.context = context;
        this.texts = context.texts();
        this.permits = context.permits();
        this.model = new MailingsViewModel(context);
        this.drafts = new DraftDeeds(context);
        this.table = new MailingTable(texts, this::openChosen);
        this.search = Look.searchField(texts.get("mailings.search"));
        search.setId("mailing-search");
        search.textProperty().bindBidirectional(model.search);
        search.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.ENTER) {
                event.consume();
                table.node().requestFocus();
            }
        });
        var create = Look.primary(texts.get("mailings.new"), "fth-plus", this::create);
        create.setId("new-mailing");
        permits.need(Right.PREPARE_MAILINGS, create);
        table.menu(menu());
        table.onKeys(RowActions.COPY, this::copyTitles);
        table.onKeys(
                ChoiceTable.DUPLICATE, context.ifAllowed(Right.PREPARE_MAILINGS, () -> table.withOne(this::another)));
        table.onKeys(ChoiceTable.DELETE, context.ifAllowed(Right.PREPARE_MAILINGS, this::throwAway));
        model.found.addListener((property, before, found) -> table.show(found));
        model.loaded.addListener((property, before, loaded) -> placeholder());
        model.all.addListener((property, before, all) -> {
            if (before.isEmpty() != all.isEmpty()) {
                placeholder();
            }
        });
        node = Look.page(Look.header(texts.get("page.MAILINGS"), search, create), table.node());
    }

    private void placeholder() {
        if (model.all.get().isEmpty()) {
            table.node()
                    .setPlaceholder(Look.empty(
                            "fth-send",
                            texts.get("mailings.empty.title"),
                            texts.get("mailings.empty.hint"),
                            Look.button(
                                    texts.get("mailings.empty.templates"),
                                    PageId.TEMPLATES.icon(),
                                    () -> context.go().accept(new Place.Page(PageId.TEMPLATES))),
                            Look.button(
                                    texts.get("mailings.empty.recipients"),
                                    PageId.RECIPIENTS.icon(),
                                    () -> context.go().accept(new Place.Page(PageId.RECIPIENTS))),
                            permits.need(
                                    Right.PREPARE_MAILINGS,
                                    Look.primary(texts.get("mailings.new"), "fth-plus", this::create))));
        } else {
            table.node()
                    .setPlaceholder(
                            Look.empty("fth-search", texts.get("search.nothing"), texts.get("search.nothing.hint")));
        }
    }

    private List<MenuItem> menu() {
        MenuItem open =
                new Action(texts.get("mailings.open"), "fth-edit-3", this::openChosen).item("mailing-menu-open");
        table.needsOne(open);
        MenuItem copy =
                new Action(texts.get("mailings.copy_title"), "fth-copy", this::copyTitles).item("mailing-menu-copy");
        copy.setAccelerator(RowActions.COPY);
        MenuItem another = new Action(texts.get("mailings.another"), "fth-plus", () -> table.withOne(this::another))
                .item("mailing-menu-another");
        another.setAccelerator(ChoiceTable.DUPLICATE);
        holdsFor(another, row -> row.planned().isPresent());
        MenuItem pause = new Action(
                        texts.get("mailing.pause"), "fth-pause", () -> withPlan(plan -> model.pause(plan.id())))
                .item("mailing-menu-pause");
        holdsFor(pause, row -> mayBecome(row, PlanState.PAUSED) && !missed(row));
        MenuItem resume = new Action(
                        texts.get("mailing.resume"), "fth-play", () -> withPlan(plan -> model.resume(plan.id())))
                .item("mailing-menu-resume");
        holdsFor(
                resume,
                row -> row.planned()
                                .map(overview -> overview.plan().state())
                                .filter(state -> state == PlanState.PAUSED || state == PlanState.PARKED)
                                .isPresent()
                        && !missed(row));
        MenuItem cancel = new Action(texts.get("mailing.cancel"), "fth-x", () -> table.withOne(this::cancel))
                .item("mailing-menu-cancel");
        holdsFor(cancel, row -> mayBecome(row, PlanState.CANCELLED));
        MenuItem away =
                new Action(texts.get("planning.draft.away"), "fth-trash-2", this::throwAway).item("mailing-menu-away");
        away.setAccelerator(ChoiceTable.DELETE);
        away.disableProperty()
                .bind(Bindings.createBooleanBinding(() -> chosenDrafts().isEmpty(), table.chosen()));
        List.of(another, away).forEach(item -> permits.need(Right.PREPARE_MAILINGS, item));
        List.of(pause, resume, cancel).forEach(item -> permits.need(Right.SEND_MAILINGS, item));
        return List.of(
                open, copy, another, new SeparatorMenuItem(), pause, resume, cancel, new SeparatorMenuItem(), away);
    }

    private void holdsFor(MenuItem item, Predicate<MailingRow> which) {
        item.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> table.chosen().get().size() != 1
                                || !which.test(table.chosen().get().get(0)),
                        table.chosen()));
    }

    private static boolean mayBecome(MailingRow row, PlanState state) {
        return row.planned()
                .filter(overview -> overview.plan().state().canBecome(state))
                .isPresent();
    }

    /** What missed its time asks on its own page what is to become of it. */
    private static boolean missed(MailingRow row) {
        return row.planned().filter(overview -> overview.plan().missed()).isPresent();
    }

    private void withPlan(Consumer<Plan> deed) {
        table.withOne(row -> row.planned().map(PlanOverview::plan).ifPresent(deed));
    }

    private void cancel(MailingRow row) {
        Optional<PlanOverview> planned = row.planned();
        if (planned.isPresent()
                && Ask.confirm(
                        node,
                        texts.get("mailing.cancel.title"),
                        texts.get(
                                "mailing.cancel.question",
                                texts.number(planned.get().totals().unsent())),
                        new Ask.Answers(texts.get("mailing.cancel.deed"), texts.get("mailing.cancel.keep"), true))) {
            model.cancel(planned.get().plan().id());
        }
    }

    private void another(MailingRow row) {
        row.planned().map(PlanOverview::plan).ifPresent(drafts::another);
    }

    private void copyTitles() {
        Look.copy(table.chosen().get().stream().map(MailingRow::title).collect(Collectors.joining("\n")));
    }

    private List<Long> chosenDrafts() {
        return table.chosen().get().stream()
                .filter(row -> row.planned().isEmpty())
                .map(row -> -row.id())
                .toList();
    }

    private void throwAway() {
        drafts.throwAway(chosenDrafts(), model::reload);
    }

    private void create() {
        context.go().accept(new Place.NewMailing());
    }

    private void openChosen() {
        table.withOne(row -> {
            if (row instanceof MailingRow.Draft draft) {
                Place form = new Place.Draft(draft.draft().id());
                context.ifAllowed(Right.PREPARE_MAILINGS, () -> context.go().accept(form))
                        .run();
            } else {
                context.go().accept(new Place.Mailing(row.id()));
            }
        });
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        refresh();
        // Later, because before the window is shown for the first time nothing takes the focus.
        UiThread.later(table.node()::requestFocus);
    }

    @Override
    public void refresh() {
        model.reload();
    }

    @Override
    public void pulse() {
        model.reload();
    }

    @Override
    public void search() {
        search.requestFocus();
        search.selectAll();
    }
}
