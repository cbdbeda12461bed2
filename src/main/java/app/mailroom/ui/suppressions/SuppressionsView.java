package app.mailroom.ui.suppressions;

import app.mailroom.model.Right;
import app.mailroom.model.Suppression;
import app.mailroom.model.World;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.RowActions;
import app.mailroom.ui.common.RowActions.Action;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.recipients.PersonDialog;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** The table of suppressed addresses. */
public final class SuppressionsView implements Screen {
    private final Texts texts;
    private final ScreenContext context;
    private final SuppressionsViewModel model;
    private final TextField search;
    private final TableView<Suppression> table = Look.table();
    private final VBox node;

    /** Empty until opened. */
    public SuppressionsView(ScreenContext context) {
        this.context = context;
        this.texts = context.texts();
        this.model = new SuppressionsViewModel(context);
        this.search = Look.searchField(texts.get("suppressions.search"));
        search.textProperty().bindBidirectional(model.search);
        table.setId("suppressions");
        table.setItems(model.found);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.getColumns().add(Look.column(texts.get("message.address"), 320, Suppression::address));
        table.getColumns()
                .add(Look.column(texts.get("message.reason"), 140, row -> texts.code("suppression", row.reason())));
        table.getColumns()
                .add(Look.drawn(
                        texts.get("suppressions.world"),
                        130,
                        row -> Look.badge(
                                texts.code("suppressions.world", row.world()),
                                row.world() == World.PRACTICE ? "accent" : "neutral")));
        table.getColumns().add(Look.column(texts.get("suppressions.detail"), 240, Suppression::detail));
        table.getColumns().add(Look.column(texts.get("suppressions.since"), 200, row -> texts.time(row.createdAt())));
        RowActions.copyAndTakeAway(
                table,
                new Action(texts.get("message.copy_address"), "fth-copy", context.ifAllowed(Right.EXPORT, this::copy)),
                new Action(
                        texts.get("suppressions.lift") + "…",
                        "fth-corner-up-left",
                        context.ifAllowed(Right.EDIT_SUPPRESSIONS, this::lift)));
        table.setPlaceholder(new Label());
        model.loaded.addListener((property, before, loaded) -> placeholder());
        search.textProperty().addListener((property, before, text) -> placeholder());
        Button add = Look.primary(texts.get("suppressions.add"), "fth-plus", this::add);
        add.setId("suppressions-add");
        Button lift = Look.button(texts.get("suppressions.lift"), "fth-corner-up-left", this::lift);
        lift.setId("suppressions-lift");
        lift.disableProperty().bind(Bindings.isEmpty(table.getSelectionModel().getSelectedItems()));
        List.of(add, lift).forEach(button -> context.permits().need(Right.EDIT_SUPPRESSIONS, button));
        Button person = Look.button(texts.get("recipients.person"), "fth-user", this::person);
        person.setId("suppressions-person");
        node = Look.page(Look.header(texts.get("page.SUPPRESSIONS"), search, person, lift, add), table);
    }

    private void copy() {
        Look.copy(table.getSelectionModel().getSelectedItems().stream()
                .map(Suppression::address)
                .collect(Collectors.joining("\n")));
    }

    private void placeholder() {
        table.setPlaceholder(
                search.getText().isBlank()
                        ? Look.empty(
                                "fth-slash",
                                texts.get("suppressions.empty.title"),
                                texts.get("suppressions.empty.hint"))
                        : Look.empty("fth-search", texts.get("search.nothing"), texts.get("search.nothing.hint")));
    }

    private void add() {
        Ask.line(node, texts, texts.get("suppressions.add"), texts.get("message.address"), "")
                .ifPresent(text -> model.add(text)
                        .ifPresent(fault -> context.notices()
                                .warn(texts.get("suppressions.no_address", text, texts.code("address", fault)))));
    }

    private void lift() {
        List<Suppression> chosen = List.copyOf(table.getSelectionModel().getSelectedItems());
        if (chosen.isEmpty()) {
            return;
        }
        String question = chosen.size() == 1
                ? texts.get("suppressions.lift.one", chosen.get(0).address())
                : texts.get("suppressions.lift.many", texts.number(chosen.size()));
        if (Ask.confirm(node, texts, texts.get("suppressions.lift"), question, texts.get("suppressions.lift"), true)) {
            model.lift(chosen);
        }
    }

    private void person() {
        List<Suppression> chosen = table.getSelectionModel().getSelectedItems();
        PersonDialog.open(
                context, node, chosen.size() == 1 ? Optional.of(chosen.get(0).address()) : Optional.empty());
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        refresh();
        table.requestFocus();
    }

    @Override
    public void refresh() {
        model.reload();
    }

    @Override
    public void search() {
        search.requestFocus();
    }
}
