package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientList;
import app.mailroom.model.Right;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetQuery.ColumnOrder;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.TitleField;
import app.mailroom.ui.recipients.SheetViewModel.Standing;
import app.mailroom.ui.sheet.SheetDeeds.Area;
import app.mailroom.ui.sheet.SheetDeeds.Order;
import app.mailroom.ui.sheet.SheetGrid;
import atlantafx.base.theme.Styles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/** The page of one list: its sheet, what is wrong in it, and what can be done to it. */
public final class SheetView implements Screen {
    private static final KeyCombination SAVE = new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination REPLACE = new KeyCodeCombination(KeyCode.H, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination REDO = new KeyCodeCombination(KeyCode.Y, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination REDO_TOO =
            new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination BACK = new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN);
    private static final Duration TYPING = Duration.millis(200);

    private final ScreenContext context;
    private final Texts texts;
    private final SheetViewModel model;
    private final SheetCells cells;
    private final SheetActions actions;
    private final SheetDialogs dialogs;
    private final SheetGrid grid;
    private final FindBar findBar;
    private final TitleField title;
    private final Label standing = Look.muted("");
    private final TextField search;
    private final Button undo;
    private final Button redo;
    private final VBox bars = new VBox(8);
    private final Label rowsLine = new Label();
    private final Label selectedLine = new Label();
    private final VBox page;
    private final StackPane body = new StackPane();
    private final Node empty;
    private final PauseTransition typing = new PauseTransition(TYPING);
    private final Map<Integer, Double> widths = new HashMap<>();
    private boolean started;
    private int rowsLaidOut;

    /** The page of a list. */
    public SheetView(ScreenContext context, long listId, Runnable back) {
        this.context = context;
        this.texts = context.texts();
        this.model = new SheetViewModel(context, listId);
        this.cells = new SheetCells(texts, model, context.permits().may(Right.EDIT_RECIPIENTS));
        this.actions = new SheetActions(context, model, cells, body);
        this.dialogs = new SheetDialogs(context, model, body);
        this.grid = new SheetGrid(texts, cells, cells.mayChange() ? actions : new SheetReading(context, actions));
        this.title = new TitleField(texts.get("sheet.rename"), "sheet", model.name, model::rename);
        this.search = Look.searchField(texts.get("sheet.search"));
        this.undo = Look.iconButton(texts.get("sheet.undo"), "fth-corner-up-left", model::undo);
        this.redo = Look.iconButton(texts.get("sheet.redo"), "fth-corner-up-right", model::redo);
        this.findBar = new FindBar(context, model, grid::selected, grid::select, grid::requestFocus);
        this.empty = empty();
        this.page = Look.page(
                head(back),
                bars,
                tools(),
                new FilterBar(texts, model, actions::settle).node(),
                findBar.node(),
                sheet(),
                statusLine());
        page.setSpacing(8);
        page.setPadding(new Insets(16, 24, 8, 24));
        page.setId("sheet-page");
        bars.managedProperty().bind(Bindings.isNotEmpty(bars.getChildren()));
        Showing showing = new Showing();
        model.showIn(showing, remembered -> {
            widths.putAll(remembered);
            grid.setWidths(remembered);
        });
        actions.showIn(showing, findBar::open);
        dialogs.acceptFiles(page);
        listen(back);
        keys(back);
    }

    private final class Showing implements SheetViewModel.Shown {
        @Override
        public void anew() {
            rowsLaidOut = cells.rowCount();
            grid.reset();
            showOrder();
            showEmpty();
            showStatus();
            if (!started) {
                started = true;
                begin();
            }
        }

        @Override
        public void grown(int fromRow) {
            if (cells.rowCount() != rowsLaidOut) {
                anew();
            } else {
                grid.refresh(fromRow, model.rows.count());
                showEmpty();
                showStatus();
            }
        }

        @Override
        public void again(int fromRow, int toRow) {
            grid.refresh(fromRow, toRow);
        }

        @Override
        public void select(Area area) {
            // Whoever has begun to type elsewhere stays there.
            if (!grid.isTyping()) {
                grid.select(area);
            }
        }
    }

    /** The sheet is there for the first time. */
    private void begin() {
        if (grid.selected().isEmpty() && cells.rowCount() > 0) {
            grid.select(new Area(0, 0, 0, 0));
        }
        if (!(page.getScene() != null && page.getScene().getFocusOwner() instanceof TextField)) {
            grid.requestFocus();
        }
    }

    private Node head(Runnable back) {
        Button away = Look.iconButton(texts.get("action.back"), "fth-arrow-left", back);
        away.setId("sheet-back");
        standing.setWrapText(false);
        standing.setMinWidth(Region.USE_PREF_SIZE);
        standing.setId("sheet-standing");
        standing.getStyleClass().add(Styles.TEXT_SMALL);
        Label from = Look.muted(texts.get("sheet.template"));
        from.setWrapText(false);
        from.setMinWidth(Region.USE_PREF_SIZE);
        Node template = new TemplateBox(texts, model).node();
        from.setLabelFor(template);
        Button load = Look.button(texts.get("sheet.import"), "fth-upload", () -> {
            grid.commit();
            dialogs.importFile();
        });
        load.setId("sheet-import");
        Button export = Look.button(texts.get("sheet.export"), "fth-download", () -> {
            grid.commit();
            dialogs.export();
        });
        export.setId("sheet-export");
        Permits permits = context.permits();
        List.of(template, load).forEach(part -> permits.need(Right.EDIT_RECIPIENTS, part));
        if (!permits.may(Right.EDIT_RECIPIENTS)) {
            title.keep(permits.reason(Right.EDIT_RECIPIENTS));
        }
        permits.need(Right.EXPORT, export);
        HBox head = new HBox(8, away, title.node(), standing, Look.gap(), from, template, load, export, more());
        HBox.setMargin(standing, new Insets(0, 0, 0, 8));
        head.setAlignment(Pos.CENTER_LEFT);
        head.setMinHeight(40);
        return head;
    }

    private MenuButton more() {
        MenuButton more = new MenuButton(null, new FontIcon("fth-more-horizontal"));
        more.setId("sheet-more");
        more.getStyleClass().addAll(Styles.BUTTON_ICON, "no-arrow");
        more.setTooltip(new Tooltip(texts.get("sheet.more")));
        more.setAccessibleText(texts.get("sheet.more"));
        MenuItem test = item(
                "sheet.more.test", "fth-send", () -> grid.selected().ifPresent(area -> actions.sendTest(area.top())));
        MenuItem copy = item("sheet.more.copy_shown", "fth-filter", dialogs::copyShown);
        context.permits().need(Right.PREPARE_MAILINGS, test);
        context.permits().need(Right.EDIT_RECIPIENTS, copy);
        more.getItems()
                .addAll(
                        item("sheet.more.find", "fth-search", findBar::open),
                        test,
                        new SeparatorMenuItem(),
                        edit("sheet.more.duplicates", "fth-copy", () -> actions.settle(SheetMark.DUPLICATE)),
                        edit("sheet.more.suppressed", "fth-slash", () -> actions.settle(SheetMark.SUPPRESSED)),
                        edit("sheet.more.mistyped", "fth-check", () -> actions.settle(SheetMark.MISTYPED)),
                        new SeparatorMenuItem(),
                        edit("sheet.more.duplicate", "fth-copy", dialogs::duplicate),
                        copy,
                        edit(
                                "sheet.more.split",
                                "fth-git-branch",
                                () -> dialogs.split(grid.selected()
                                        .map(area -> model.slot(area.left()))
                                        .orElse(-1))),
                        edit("sheet.more.merge", "fth-git-merge", dialogs::merge),
                        new SeparatorMenuItem(),
                        edit(
                                "sheet.more.column",
                                "fth-plus",
                                () -> actions.insertColumn(cells.columns().size())),
                        edit("sheet.more.rename", "fth-edit-2", title::begin));
        more.setOnShowing(event -> {
            grid.commit();
            copy.setDisable(model.showsAll());
            test.setDisable(model.shape().flatMap(SheetShape::template).isEmpty()
                    || grid.selected()
                            .filter(area -> area.top() < model.rows.count())
                            .isEmpty());
        });
        return more;
    }

    private MenuItem item(String key, String icon, Runnable deed) {
        MenuItem item = new MenuItem(texts.get(key), new FontIcon(icon));
        item.setOnAction(event -> deed.run());
        return item;
    }

    /** The same of what changes the list. */
    private MenuItem edit(String key, String icon, Runnable deed) {
        return context.permits().need(Right.EDIT_RECIPIENTS, item(key, icon, deed));
    }

    private Node tools() {
        List.of(undo, redo).forEach(button -> context.permits().need(Right.EDIT_RECIPIENTS, button));
        undo.setId("sheet-undo");
        redo.setId("sheet-redo");
        search.setId("sheet-search");
        search.setPrefWidth(220);
        search.setMinWidth(120);
        HBox steps = new HBox(undo, redo);
        steps.setMinWidth(Region.USE_PREF_SIZE);
        HBox tools = new HBox(8, steps, new MarksBar(texts, model).node(), Look.gap(), search);
        tools.setAlignment(Pos.CENTER_LEFT);
        return tools;
    }

    private Node sheet() {
        body.getChildren().setAll(grid.node(), empty);
        body.setId("sheet");
        VBox.setVgrow(body, Priority.ALWAYS);
        return body;
    }

    private Node empty() {
        VBox box = Look.empty(
                "fth-users",
                texts.get("sheet.empty.title"),
                texts.get("sheet.empty.hint"),
                context.permits()
                        .need(
                                Right.EDIT_RECIPIENTS,
                                Look.button(texts.get("sheet.import"), "fth-upload", dialogs::importFile)));
        box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        box.getStyleClass().add("sheet-empty");
        box.setVisible(false);
        box.setId("sheet-empty");
        return box;
    }

    private Node statusLine() {
        rowsLine.setId("sheet-rows");
        selectedLine.setId("sheet-selected");
        ProgressBar bar = new ProgressBar();
        bar.setPrefWidth(160);
        Label what = new Label();
        Button stop = new Button(texts.get("action.cancel"));
        stop.setId("sheet-stop");
        stop.getStyleClass().addAll(Styles.SMALL, Styles.FLAT);
        HBox progress = new HBox(8, what, bar, stop);
        progress.setAlignment(Pos.CENTER);
        progress.setId("sheet-progress");
        progress.setVisible(false);
        model.queue.doing.addListener((property, before, now) -> {
            bar.progressProperty().unbind();
            progress.setVisible(now != null);
            if (now != null) {
                what.setText(now.title);
                bar.progressProperty().bind(now.share);
                stop.setVisible(now.canStop);
                stop.setOnAction(event -> now.stop());
            }
        });
        HBox line = new HBox(16, rowsLine, Look.gap(), progress, selectedLine);
        line.getStyleClass().add("sheet-status");
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void listen(Runnable back) {
        model.standing.addListener((property, before, now) -> {
            if (now == Standing.GONE) {
                context.notices().warn(texts.get("sheet.gone"));
                back.run();
            }
            showStanding();
        });
        model.list.addListener((property, before, now) -> {
            showStatus();
            showEmpty();
        });
        model.rowsShown.addListener((property, before, now) -> showStatus());
        model.shape.addListener((property, before, now) -> showBanner());
        model.undoable.addListener((property, before, now) -> showSteps());
        model.redoable.addListener((property, before, now) -> showSteps());
        model.query.addListener((property, before, now) -> {
            if (!now.search().equals(search.getText())) {
                search.setText(now.search());
            }
        });
        grid.onSelection(this::showStatus);
        grid.onWidth((column, width) -> {
            widths.put(column, width);
            model.keepWidth(widths);
        });
        typing.setOnFinished(event -> model.search(search.getText()));
        search.textProperty().addListener((property, before, now) -> typing.playFromStart());
        search.setOnAction(event -> {
            typing.stop();
            model.search(search.getText());
            grid.requestFocus();
        });
        search.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                typing.stop();
                search.clear();
                model.search("");
                grid.requestFocus();
            }
        });
        body.addEventFilter(KeyEvent.KEY_TYPED, event -> {
            if (empty.isVisible() && !event.getCharacter().isBlank()) {
                empty.setVisible(false);
            }
        });
        showStanding();
        showSteps();
    }

    private void keys(Runnable back) {
        page.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean inText = page.getScene().getFocusOwner() instanceof TextInputControl || body.isFocusWithin();
            if (SAVE.match(event)) {
                event.consume();
                grid.commit();
                model.saveAll(() -> context.notices().done(texts.get("sheet.saved.all")));
            } else if (REPLACE.match(event)) {
                event.consume();
                findBar.open();
            } else if (UNDO.match(event) && !inText) {
                event.consume();
                model.undo();
            } else if ((REDO.match(event) || REDO_TOO.match(event)) && !inText) {
                event.consume();
                model.redo();
            }
        });
        page.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            // In a spreadsheet Escape takes back what is being typed, and is pressed once too often.
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                grid.requestFocus();
            } else if (BACK.match(event)) {
                event.consume();
                back.run();
            }
        });
    }

    private void showStanding() {
        Standing now = model.standing.get();
        standing.setText(
                switch (now) {
                    case LOADING -> texts.get("sheet.standing.loading");
                    case SAVED -> texts.get("sheet.standing.saved");
                    case SAVING -> texts.get("sheet.standing.saving");
                    case FAILED -> texts.get("sheet.standing.failed");
                    case GONE -> "";
                });
        standing.getStyleClass().remove(Styles.DANGER);
        if (now == Standing.FAILED) {
            standing.getStyleClass().add(Styles.DANGER);
        }
    }

    private void showSteps() {
        step(undo, model.undoable.get(), "sheet.undo", texts.get("sheet.undo.of", words(model.undoable.get())));
        step(redo, model.redoable.get(), "sheet.redo", texts.get("sheet.redo.of", words(model.redoable.get())));
    }

    private String words(Optional<SheetEdit> edit) {
        return edit.map(one -> SheetWords.of(texts, one)).orElse("");
    }

    private void step(Button button, Optional<SheetEdit> edit, String plain, String what) {
        String text = edit.isPresent() ? what : texts.get(plain);
        button.setDisable(edit.isEmpty());
        button.setTooltip(new Tooltip(text));
        button.setAccessibleText(text);
    }

    private void showOrder() {
        Optional<ColumnOrder> order = model.query.get().order();
        SheetShape shape = model.shape.get();
        if (shape != null) {
            grid.showOrder(
                    order.map(by -> shape.place(by.slot())).orElse(-1),
                    order.map(by -> by.descending() ? Order.DESCENDING : Order.ASCENDING)
                            .orElse(Order.AS_THEY_STAND));
        }
    }

    private void showEmpty() {
        empty.setVisible(model.shape.get() != null && model.rows.count() == 0 && model.showsAll());
    }

    private void showStatus() {
        RecipientList list = model.list.get();
        rowsLine.setText(list == null ? "" : texts.get("sheet.status.rows", list.sheetCount(), list.rowCount()));
        Optional<Area> area = grid.selected();
        selectedLine.setText(area.filter(one -> one.height() > 1 || one.width() > 1)
                .map(one -> texts.get("sheet.status.selected", one.height(), one.width()))
                .orElse(""));
    }

    private void showBanner() {
        Optional<RecipientList> mends = model.shape().flatMap(SheetShape::mends);
        bars.getChildren().clear();
        if (mends.isPresent()) {
            Label words = new Label(texts.get("sheet.mends", mends.get().name()), new FontIcon("fth-alert-triangle"));
            words.setWrapText(true);
            Button take = Look.button(texts.get("sheet.mends.take_in"), "fth-corner-down-right", this::takeIn);
            take.setId("sheet-take-in");
            context.permits().need(Right.EDIT_RECIPIENTS, take);
            HBox banner = new HBox(8, words, Look.gap(), take);
            banner.setAlignment(Pos.CENTER_LEFT);
            banner.getStyleClass().addAll("finding", "finding-warns");
            bars.getChildren().add(banner);
        }
    }

    private void takeIn() {
        grid.commit();
        model.change(
                new Doing(texts.get("sheet.mends.taking"), true),
                doing -> context.features().lists().making().takeIn(model.listId, doing),
                SheetViewModel.After.ALL,
                taken -> context.notices().done(texts.get("sheet.mends.taken", taken.added())));
    }

    @Override
    public Node node() {
        return page;
    }

    @Override
    public void opened() {
        model.open();
    }

    @Override
    public void refresh() {
        grid.commit();
        model.reload();
    }

    @Override
    public void pulse() {
        model.pulse();
    }

    @Override
    public void search() {
        grid.commit();
        search.requestFocus();
        search.selectAll();
    }

    @Override
    public void keepNow() {
        grid.commit();
    }

    @Override
    public boolean holdsUnkept() {
        return model.hasUnsaved();
    }

    @Override
    public boolean mayLeave() {
        grid.commit();
        return !model.hasUnsaved()
                || Ask.confirm(
                        page,
                        texts,
                        texts.get("sheet.unsaved.title"),
                        texts.get("sheet.unsaved.question"),
                        texts.get("sheet.unsaved.leave"),
                        true);
    }

    @Override
    public void left() {
        grid.commit();
        title.finish();
        typing.stop();
        model.left();
    }
}
