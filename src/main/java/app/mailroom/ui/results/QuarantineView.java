package app.mailroom.ui.results;

import app.mailroom.model.QuarantinedEvent;
import app.mailroom.model.Right;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.RowActions;
import app.mailroom.ui.common.RowActions.Action;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The events that could not be matched, each with why and as it was received. */
public final class QuarantineView implements Screen {
    private static final int EXCERPT = 160;

    private final Texts texts;
    private final ScreenContext context;
    private final QuarantineViewModel model;
    private final TableView<QuarantinedEvent> table = Look.table();
    private final TextArea body = new TextArea();
    private final VBox node;

    /**
     * Empty until opened.
     *
     * @param back leads to where the person came from
     */
    public QuarantineView(ScreenContext context, Runnable back) {
        this.context = context;
        this.texts = context.texts();
        this.model = new QuarantineViewModel(context);
        Button again = Look.primary(texts.get("quarantine.read_again"), "fth-refresh-cw", this::readAgain);
        again.setId("read-again");
        again.disableProperty().bind(model.busy.or(Bindings.isEmpty(model.events)));
        Button copy = Look.button(texts.get("action.copy"), "fth-copy", this::copy);
        Button dismiss = Look.button(texts.get("quarantine.dismiss"), "fth-eye-off", this::dismiss);
        dismiss.setId("dismiss");
        copy.disableProperty().bind(Bindings.isEmpty(table.getSelectionModel().getSelectedItems()));
        dismiss.disableProperty()
                .bind(Bindings.isEmpty(table.getSelectionModel().getSelectedItems()));
        List.of(dismiss, again).forEach(button -> context.permits().need(Right.SEND_MAILINGS, button));
        HBox head = Look.header(texts.get("quarantine.title"), copy, dismiss, again);
        head.getChildren().add(0, Look.iconButton(texts.get("action.back"), "fth-arrow-left", back));
        Label hint = Look.muted(texts.get("results.quarantined.hint"));
        hint.setMinHeight(Region.USE_PREF_SIZE);
        buildTable();
        body.setId("quarantine-body");
        body.setEditable(false);
        body.getStyleClass().add("code");
        body.setPromptText(texts.get("quarantine.choose"));
        VBox.setVgrow(body, Priority.ALWAYS);
        Label received = new Label(texts.get("results.body"));
        received.getStyleClass().add("field-name");
        received.setLabelFor(body);
        VBox beside = new VBox(4, received, body);
        beside.setAlignment(Pos.TOP_LEFT);
        SplitPane split = new SplitPane(new VBox(table), beside);
        split.setDividerPositions(0.55);
        VBox.setVgrow(split, Priority.ALWAYS);
        node = Look.page(head, hint, split);
    }

    private void buildTable() {
        table.setId("quarantine");
        table.setItems(model.events);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.getColumns().add(Look.column(texts.get("results.received"), 200, row -> texts.time(row.receivedAt())));
        table.getColumns()
                .add(Look.column(texts.get("message.reason"), 160, row -> texts.code("quarantine", row.reason())));
        table.getColumns().add(Look.column(texts.get("quarantine.excerpt"), 200, row -> excerpt(row.body())));
        table.setPlaceholder(new Label());
        model.loaded.addListener((property, before, loaded) -> table.setPlaceholder(Look.empty(
                "fth-check-circle", texts.get("results.quarantined.none"), texts.get("quarantine.none.hint"))));
        table.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> show(now));
        RowActions.copyAndTakeAway(
                table,
                new Action(texts.get("action.copy"), "fth-copy", this::copy),
                new Action(
                        texts.get("quarantine.dismiss"),
                        "fth-eye-off",
                        context.ifAllowed(Right.SEND_MAILINGS, this::dismiss)));
    }

    private static String excerpt(String body) {
        String line = body.replaceAll("\\s+", " ").strip();
        return line.length() > EXCERPT ? line.substring(0, EXCERPT) + "…" : line;
    }

    private void show(@Nullable QuarantinedEvent event) {
        body.setText(event == null ? "" : model.setOut(event.body()));
        body.setScrollTop(0);
    }

    private void readAgain() {
        model.readAgain(settled -> context.notices().done(texts.get("quarantine.read", texts.number(settled))));
    }

    /** Copies what was received, to the letter. */
    private void copy() {
        Look.copy(chosen().stream().map(QuarantinedEvent::body).collect(Collectors.joining("\n")));
    }

    private void dismiss() {
        List<QuarantinedEvent> chosen = chosen();
        if (!chosen.isEmpty()
                && Ask.confirm(
                        node,
                        texts,
                        texts.get("quarantine.dismiss"),
                        texts.get("quarantine.dismiss.question", texts.number(chosen.size())),
                        texts.get("quarantine.dismiss"),
                        true)) {
            model.dismiss(chosen);
        }
    }

    private List<QuarantinedEvent> chosen() {
        return List.copyOf(table.getSelectionModel().getSelectedItems());
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
    public void pulse() {
        model.reload();
    }
}
