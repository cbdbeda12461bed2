package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import app.mailroom.model.Right;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.recipients.RecipientsViewModel.Shown;
import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Beside the table: what is known of the chosen list, its first rows, and what its import left out. */
final class ListPane {
    private static final double ROW = 32;

    /** What can be done here besides opening. */
    record Deeds(Runnable open, Runnable mend, Runnable showProblems, Runnable takeIn) {}

    private final Texts texts;
    private final Permits permits;
    private final Deeds deeds;
    private final Label name = new Label();
    private final GridPane facts = new GridPane();
    private final TableView<RecipientRow> first = Look.table();
    private final VBox preview;
    private final VBox problems = new VBox(8);
    private final VBox mends = new VBox(8);
    private final VBox content;
    private final Label instead = Look.muted("");
    private final StackPane node;

    /**
     * Nothing is shown in it yet.
     *
     * @param more what can be done to the chosen list besides
     */
    ListPane(Texts texts, Permits permits, Deeds deeds, List<MenuItem> more) {
        this.texts = texts;
        this.permits = permits;
        this.deeds = deeds;
        name.getStyleClass().add(Styles.TITLE_4);
        name.setId("list-name");
        name.setMinWidth(0);
        Button open = Look.button(texts.get("recipients.open"), "fth-edit-3", deeds.open());
        open.setId("open-list");
        MenuButton menu = new MenuButton(texts.get("recipients.more"));
        menu.setId("list-more");
        menu.setMinWidth(Region.USE_PREF_SIZE);
        menu.getItems().setAll(more);
        VBox head = new VBox(8, name, new HBox(8, open, menu));
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(104);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        values.setHalignment(HPos.LEFT);
        facts.getColumnConstraints().setAll(names, values);
        facts.setHgap(16);
        facts.setVgap(4);
        first.setFixedCellSize(ROW);
        first.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        first.setId("first-rows");
        first.getStyleClass().add("first-rows");
        first.setFocusTraversable(false);
        first.setPlaceholder(Look.muted(texts.get("recipients.no_rows")));
        VBox.setVgrow(first, Priority.SOMETIMES);
        first.setMinHeight(ROW * 4);
        first.setMaxHeight(ROW * (RecipientsViewModel.FIRST_ROWS + 1) + 32);
        preview = Look.field(texts.get("recipients.first"), first);
        first.setMaxWidth(Double.MAX_VALUE);
        VBox.setVgrow(preview, Priority.SOMETIMES);
        problems.managedProperty().bind(problems.visibleProperty());
        mends.managedProperty().bind(mends.visibleProperty());
        problems.setMinHeight(Region.USE_PREF_SIZE);
        content = new VBox(16, head, facts, mends, problems, preview);
        instead.setAlignment(Pos.CENTER);
        node = new StackPane(content, instead);
        node.getStyleClass().add("pane");
        node.setMinWidth(320);
        nothing(texts.get("recipients.choose"));
    }

    Node node() {
        return node;
    }

    /** Shows a text in place of a list. */
    void nothing(String why) {
        content.setVisible(false);
        instead.setText(why);
        instead.setVisible(true);
    }

    void show(Shown look) {
        RecipientList list = look.line().list();
        name.setText(list.name());
        facts.getChildren().clear();
        fact("recipients.column.mailed", texts.number(list.rowCount()));
        fact("recipients.column.rows", texts.number(list.sheetCount()));
        fact("recipients.column.template", look.line().template().orElse(texts.get("recipients.no_template")));
        fact("recipients.from", list.source().isBlank() ? texts.get("recipients.from.hand") : list.source());
        fact("recipients.created", texts.time(list.createdAt()));
        fact("recipients.column.changed", texts.time(list.changedAt()));
        mends.setVisible(look.mends().isPresent());
        mends.getChildren().clear();
        look.mends().ifPresent(this::mends);
        problems.setVisible(!look.problems().isEmpty());
        problems.getChildren().clear();
        if (!look.problems().isEmpty()) {
            problems(look);
        }
        rows(look);
        content.setVisible(true);
        instead.setVisible(false);
    }

    private void fact(String key, String value) {
        Label said = new Label(value);
        said.setMinWidth(0);
        Label of = Look.muted(texts.get(key));
        of.setWrapText(false);
        facts.addRow(facts.getRowCount(), of, said);
    }

    private void mends(RecipientList list) {
        Label note = new Label(texts.get("recipients.mends", list.name()));
        note.setWrapText(true);
        note.setMaxWidth(Double.MAX_VALUE);
        note.setMinHeight(Region.USE_PREF_SIZE);
        note.getStyleClass().addAll("finding", "finding-warns");
        Button take = Look.button(texts.get("recipients.take_in"), "fth-corner-up-left", deeds.takeIn());
        take.setId("take-in");
        mends.getChildren().setAll(note, permits.need(Right.EDIT_RECIPIENTS, take));
    }

    private void problems(Shown look) {
        Label head = new Label(
                texts.get("recipients.left_out", texts.number(look.line().list().problemCount())));
        head.getStyleClass().add(Styles.TEXT_BOLD);
        GridPane reasons = new GridPane();
        reasons.setHgap(16);
        reasons.setVgap(4);
        look.problems().forEach((reason, count) -> {
            Label number = new Label(texts.number(count));
            GridPane.setHalignment(number, HPos.RIGHT);
            number.setMinWidth(Region.USE_PREF_SIZE);
            Label why = new Label(texts.code("address", reason));
            why.setMinWidth(0);
            reasons.addRow(reasons.getRowCount(), number, why);
        });
        Button mend = Look.button(
                texts.get(look.mending().isPresent() ? "recipients.mend.go_on" : "recipients.mend"),
                "fth-tool",
                deeds.mend());
        mend.setId("mend-list");
        permits.need(Right.EDIT_RECIPIENTS, mend);
        Button lines = Look.button(texts.get("recipients.lines"), "fth-list", deeds.showProblems());
        lines.setId("show-problems");
        problems.getChildren().setAll(head, reasons, new HBox(8, mend, lines));
    }

    private void rows(Shown look) {
        List<TableColumn<RecipientRow, String>> columns = look.columns().stream()
                .map(column -> column(column, look.columns().get(0).equals(column)))
                .toList();
        first.getColumns().setAll(columns);
        first.getItems().setAll(look.first());
    }

    private static TableColumn<RecipientRow, String> column(RecipientColumn column, boolean wide) {
        int slot = column.slot();
        TableColumn<RecipientRow, String> made = Look.column(
                column.name(),
                wide ? 200 : 120,
                row -> slot < row.values().size() ? row.values().get(slot) : "");
        made.setReorderable(false);
        return made;
    }
}
