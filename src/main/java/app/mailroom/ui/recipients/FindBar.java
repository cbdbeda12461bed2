package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.Right;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetRow;
import app.mailroom.recipients.FindText;
import app.mailroom.recipients.SheetEditing.Replacement;
import app.mailroom.store.SheetStore;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.sheet.SheetDeeds.Area;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Looks for text in the cells that are shown, and puts other text in its place. Hidden until it is wanted. */
final class FindBar {
    private static final int READ_AT_ONCE = 200;
    private static final double WIDE = 260;

    /** In which column is looked; in all of them where there is none. */
    private record Within(Optional<RecipientColumn> column) {}

    /** A cell by where it is shown. */
    private record Spot(int row, int column) {}

    private final ScreenContext context;
    private final Texts texts;
    private final SheetViewModel model;
    private final Supplier<Optional<Area>> selected;
    private final Consumer<Area> select;
    private final Runnable closed;
    private final TextField find = new TextField();
    private final TextField put = new TextField();
    private final CheckBox matchCase;
    private final CheckBox wholeCell;
    private final ComboBox<Within> within = new ComboBox<>();
    private final Label outcome = Look.muted("");
    private final VBox node;

    /**
     * A closed one.
     *
     * @param selected what is selected in the sheet
     * @param select selects something there
     * @param closed is run when the person has closed it
     */
    FindBar(
            ScreenContext context,
            SheetViewModel model,
            Supplier<Optional<Area>> selected,
            Consumer<Area> select,
            Runnable closed) {
        this.context = context;
        this.texts = context.texts();
        this.model = model;
        this.selected = selected;
        this.select = select;
        this.closed = closed;
        this.matchCase = new CheckBox(texts.get("sheet.find.case"));
        this.wholeCell = new CheckBox(texts.get("sheet.find.whole"));
        find.setId("find-text");
        find.setPromptText(texts.get("sheet.find.prompt"));
        find.setAccessibleText(texts.get("sheet.find.prompt"));
        find.setPrefWidth(WIDE);
        put.setId("find-put");
        put.setPromptText(texts.get("sheet.find.put"));
        put.setAccessibleText(texts.get("sheet.find.put"));
        put.setPrefWidth(WIDE);
        matchCase.setMinWidth(Region.USE_PREF_SIZE);
        wholeCell.setMinWidth(Region.USE_PREF_SIZE);
        outcome.setWrapText(false);
        outcome.setId("find-outcome");
        within.setId("find-within");
        within.setPrefWidth(180);
        within.setAccessibleText(texts.get("sheet.find.within"));
        within.setConverter(new Naming<>(where ->
                where.column().map(RecipientColumn::name).orElseGet(() -> texts.get("sheet.find.everywhere"))));
        node = new VBox(6, findLine(), putLine());
        node.getStyleClass().add("find-bar");
        node.setVisible(false);
        node.managedProperty().bind(node.visibleProperty());
        keys();
        model.shape.addListener((property, before, now) -> fillColumns());
        find.textProperty().addListener((property, before, now) -> outcome.setText(""));
    }

    private Node findLine() {
        Button back = Look.iconButton(texts.get("sheet.find.previous"), "fth-chevron-up", () -> look(false));
        Button forth = Look.iconButton(texts.get("sheet.find.next"), "fth-chevron-down", () -> look(true));
        forth.setId("find-next");
        Button close = Look.iconButton(texts.get("sheet.find.close"), "fth-x", this::close);
        HBox line = new HBox(8, find, back, forth, within, matchCase, wholeCell, outcome, Look.gap(), close);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private Node putLine() {
        Button one = Look.button(texts.get("sheet.find.replace"), "fth-edit-2", this::replace);
        one.setId("find-replace");
        one.setTooltip(new Tooltip(texts.get("sheet.find.replace.hint")));
        Button all = Look.button(texts.get("sheet.find.replace_all"), "fth-repeat", this::replaceAll);
        all.setId("find-replace-all");
        all.setTooltip(new Tooltip(texts.get("sheet.find.replace_all.hint")));
        List.of(put, one, all).forEach(part -> context.permits().need(Right.EDIT_RECIPIENTS, part));
        HBox line = new HBox(8, put, one, all);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void keys() {
        node.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                close();
            }
        });
        find.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                look(!event.isShiftDown());
            }
        });
        put.setOnAction(event -> replace());
    }

    private void fillColumns() {
        Optional<RecipientColumn> chosen =
                Optional.ofNullable(within.getValue()).flatMap(Within::column);
        List<Within> offered = new ArrayList<>();
        offered.add(new Within(Optional.empty()));
        model.shape()
                .ifPresent(shape -> shape.columns().forEach(column -> offered.add(new Within(Optional.of(column)))));
        within.getItems().setAll(offered);
        within.setValue(offered.stream()
                .filter(one -> one.column().isPresent()
                        && chosen.isPresent()
                        && one.column().get().slot() == chosen.get().slot())
                .findFirst()
                .orElse(offered.get(0)));
    }

    /** Shows it, looking in all columns. */
    void open() {
        node.setVisible(true);
        find.requestFocus();
        find.selectAll();
    }

    /** Shows it, looking in one column. */
    void open(int column) {
        if (column + 1 < within.getItems().size()) {
            within.getSelectionModel().select(column + 1);
        }
        open();
    }

    boolean isOpen() {
        return node.isVisible();
    }

    void close() {
        node.setVisible(false);
        outcome.setText("");
        closed.run();
    }

    Node node() {
        return node;
    }

    private Optional<FindText> wanted() {
        return find.getText().isEmpty()
                ? Optional.empty()
                : Optional.of(new FindText(find.getText(), matchCase.isSelected(), wholeCell.isSelected()));
    }

    /** The slots in which is looked, from the left. */
    private List<Integer> slots(SheetShape shape) {
        return Optional.ofNullable(within.getValue())
                .flatMap(Within::column)
                .map(column -> List.of(column.slot()))
                .orElseGet(() ->
                        shape.columns().stream().map(RecipientColumn::slot).toList());
    }

    private List<Integer> narrowTo() {
        return Optional.ofNullable(within.getValue())
                .flatMap(Within::column)
                .map(column -> List.of(column.slot()))
                .orElse(List.of());
    }

    /** Selects the next cell with the text, or the one before; goes on at the other end. */
    private void look(boolean forward) {
        Optional<FindText> text = wanted();
        SheetShape shape = model.shape.get();
        if (text.isEmpty() || shape == null) {
            return;
        }
        Optional<Area> from = selected.get();
        Spot start = from.map(area -> new Spot(area.top(), area.left())).orElse(new Spot(0, -1));
        Search search = new Search(shape, slots(shape), text.get(), model.rows.ids(), start, forward);
        SheetQuery narrowed = text.get().narrowed(model.query.get(), narrowTo());
        model.queue.add(
                new Doing(texts.get("sheet.find.looking"), true),
                doing -> search.run(
                        context.features().stores().sheets(),
                        narrowed.equals(model.query.get()) ? Optional.empty() : Optional.of(sortedIds(shape, narrowed)),
                        doing),
                spot -> {
                    outcome.setText(spot.isPresent() ? "" : texts.get("sheet.find.nothing"));
                    spot.ifPresent(
                            found -> select.accept(new Area(found.row(), found.column(), found.row(), found.column())));
                },
                context.background()::tell);
    }

    private long[] sortedIds(SheetShape shape, SheetQuery narrowed) {
        long[] ids = context.features().stores().sheets().ids(model.listId, narrowed, shape.situation(model.world()));
        Arrays.sort(ids);
        return ids;
    }

    /** Goes through the rows that are shown, beginning with a cell. */
    private final class Search {
        private final SheetShape shape;
        private final List<Integer> slots;
        private final FindText text;
        private final long[] ids;
        private final Spot start;
        private final boolean forward;

        Search(SheetShape shape, List<Integer> slots, FindText text, long[] ids, Spot start, boolean forward) {
            this.shape = shape;
            this.slots = slots;
            this.text = text;
            this.ids = ids;
            this.start = new Spot(Math.min(start.row(), Math.max(0, ids.length - 1)), start.column());
            this.forward = forward;
        }

        /** among holds the ids of rows that may have the text, in rising order; all may where there is none. */
        Optional<Spot> run(SheetStore sheets, Optional<long[]> among, Doing doing) {
            int inAll = ids.length;
            List<Integer> some = new ArrayList<>();
            // The first row comes up twice: what stands behind the cell, and at last what stands before it.
            for (int step = 0; step <= inAll && inAll > 0; step++) {
                int row = Math.floorMod(start.row() + (forward ? step : -step), inAll);
                if (ids[row] >= 0 && (among.isEmpty() || Arrays.binarySearch(among.get(), ids[row]) >= 0)) {
                    some.add(step);
                }
                if (some.size() == READ_AT_ONCE || step == inAll) {
                    if (doing.cancelled()) {
                        return Optional.empty();
                    }
                    doing.at(step, step, inAll);
                    Optional<Spot> found = in(sheets, some, inAll);
                    if (found.isPresent()) {
                        return found;
                    }
                    some.clear();
                }
            }
            return Optional.empty();
        }

        private Optional<Spot> in(SheetStore sheets, List<Integer> steps, int inAll) {
            List<Long> asked = steps.stream()
                    .map(step -> ids[Math.floorMod(start.row() + (forward ? step : -step), inAll)])
                    .distinct()
                    .toList();
            Map<Long, SheetRow> rows = new HashMap<>();
            sheets.rows(model.listId, asked, model.world()).forEach(row -> rows.put(row.id(), row));
            for (int step : steps) {
                int at = Math.floorMod(start.row() + (forward ? step : -step), inAll);
                SheetRow row = rows.get(ids[at]);
                for (int i = 0; row != null && i < slots.size(); i++) {
                    int slot = slots.get(forward ? i : slots.size() - 1 - i);
                    int column = shape.place(slot);
                    boolean behind = forward ? column > start.column() : column < start.column();
                    boolean due = step == 0 ? behind : step < inAll || !behind;
                    if (due && text.isIn(row.value(slot))) {
                        return Optional.of(new Spot(at, column));
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** Replaces the text in the selected cell, if it is there, and goes to the next. */
    private void replace() {
        Optional<FindText> text = wanted();
        Optional<Area> area = selected.get();
        SheetShape shape = model.shape.get();
        if (text.isEmpty() || shape == null) {
            return;
        }
        if (area.isPresent() && area.get().top() < model.rows.count()) {
            int row = area.get().top();
            int column = area.get().left();
            int slot = shape.columns().get(column).slot();
            model.rows
                    .row(row)
                    .map(there -> there.value(slot))
                    .filter(value -> slots(shape).contains(slot) && text.get().isIn(value))
                    .ifPresent(value -> model.type(row, column, text.get().replacedIn(value, put.getText())));
        }
        look(true);
    }

    private void replaceAll() {
        Optional<FindText> text = wanted();
        SheetShape shape = model.shape.get();
        if (text.isEmpty() || shape == null) {
            return;
        }
        Replacement replacement = new Replacement(text.get(), put.getText(), narrowTo());
        SheetQuery query = model.query.get();
        model.change(
                new Doing(texts.get("sheet.find.replacing"), true),
                doing -> model.editing()
                        .replaceAll(model.listId, query, shape.situation(model.world()), replacement, doing),
                SheetViewModel.After.CELLS,
                edit -> {
                    long rows = edit.map(SheetEdit::rows).orElse(0L);
                    outcome.setText(
                            rows == 0 ? texts.get("sheet.find.nothing") : texts.get("sheet.find.replaced", rows));
                    if (rows > 0) {
                        model.tell(texts.get("sheet.find.replaced", rows), edit);
                    }
                });
    }
}
