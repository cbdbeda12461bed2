package app.mailroom.ui.sheet;

import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import app.mailroom.ui.sheet.SheetDeeds.Area;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiConsumer;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import org.jspecify.annotations.Nullable;

/**
 * A spreadsheet of any number of rows. It holds no text of its own: cells are asked for when they come into view, and
 * what a person does is handed on. JavaFX thread only.
 */
public final class SheetGrid {
    /** A text from the clipboard that is longer than this is taken apart in the background. */
    private static final int LONG_TEXT = 200_000;

    private final SheetContent content;
    private final SheetDeeds deeds;
    private final SheetSelection selection = new SheetSelection();
    private final TypingField typing = new TypingField(this::begun);
    private final SheetSurface surface;
    private final SheetMouse mouse;
    private final SheetMenus menus;
    private final List<Runnable> listeners = new ArrayList<>();
    private final Runnable afterLayout = this::follow;
    private @Nullable ContextMenu open;
    private @Nullable Area told;
    private int typedRow;
    private int typedColumn;
    private long typedKey;
    private int typedId;

    /** Empty until {@link #reset}. */
    public SheetGrid(Texts texts, SheetContent content, SheetDeeds deeds) {
        this.content = content;
        this.deeds = deeds;
        typing.node().setEditable(content.mayChange());
        surface = new SheetSurface(content, selection, typing.node());
        menus = new SheetMenus(texts, content, deeds, this::paste);
        Hands hands = new Hands();
        mouse = new SheetMouse(surface, hands, typing.node());
        SheetKeys keys = new SheetKeys(hands);
        Pane pane = surface.pane();
        pane.addEventFilter(KeyEvent.KEY_PRESSED, keys::pressed);
        pane.addEventFilter(KeyEvent.KEY_TYPED, keys::typed);
        pane.addEventFilter(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menuRequested);
        // The control would zoom.
        pane.addEventFilter(ScrollEvent.ANY, event -> {
            if (event.isShortcutDown()) {
                event.consume();
            }
        });
        surface.takesFocus().addListener((property, before, focused) -> {
            if (focused) {
                typing.node().requestFocus();
            }
        });
        typing.node().focusedProperty().addListener((property, before, focused) -> {
            if (!focused) {
                commit();
            }
        });
        pane.sceneProperty().addListener((property, before, scene) -> {
            if (before != null) {
                before.removePostLayoutPulseListener(afterLayout);
            }
            if (scene != null) {
                scene.addPostLayoutPulseListener(afterLayout);
            }
        });
    }

    /** The control. */
    public Node node() {
        return surface.pane();
    }

    /** Takes the keyboard. */
    public void requestFocus() {
        typing.node().requestFocus();
    }

    /** Rows or columns are not what they were: shows them anew, at the same place as far as there is one. */
    public void reset() {
        if (open != null) {
            // It speaks of rows that may be others now.
            open.hide();
        }
        surface.reset();
        if (typing.isTyping()) {
            followTyped();
        }
        surface.paint();
        tell();
    }

    /** What is being typed stays with its row and column, wherever they are now. */
    private void followTyped() {
        OptionalInt row = content.rowOf(typedKey);
        int column = 0;
        while (column < surface.columnCount() && surface.column(column).id() != typedId) {
            column++;
        }
        if (row.isPresent() && column < surface.columnCount()) {
            if (row.getAsInt() != typedRow || column != typedColumn) {
                typedRow = row.getAsInt();
                typedColumn = column;
                selection.go(typedRow, typedColumn);
            }
            return;
        }
        boolean changed = typing.changed();
        String text = typing.text();
        typing.rest();
        if (changed) {
            deeds.typeUnseen(typedKey, typedId, text);
        }
    }

    /** Whether a cell is open for typing. */
    public boolean isTyping() {
        return typing.isTyping();
    }

    /** The cells of these rows may have changed. */
    public void refresh(int fromRow, int toRow) {
        surface.refresh(fromRow, toRow);
    }

    /** What is selected: the smallest block around it. Nothing when nothing is. */
    public Optional<Area> selected() {
        return selection.area();
    }

    /** Is run when the selection changed. */
    public void onSelection(Runnable listener) {
        listeners.add(listener);
    }

    /** Selects a block and brings its top left corner into view. */
    public void select(Area area) {
        commit();
        selection.select(area);
        surface.reveal(selection.row(), selection.column());
        shown();
    }

    /** Shows by which column the rows are ordered. */
    public void showOrder(int column, SheetDeeds.Order order) {
        surface.showOrder(column, order);
    }

    /** The widths of columns by id, as remembered. */
    public void setWidths(Map<Integer, Double> widths) {
        surface.setWidths(widths);
    }

    /** Is told the id and width of a column that a person made wider or narrower. */
    public void onWidth(BiConsumer<Integer, Double> listener) {
        surface.onWidth(listener);
    }

    /** Opens the cell that has the focus for typing. */
    public void edit() {
        if (!content.mayChange()
                || selection.isNothing()
                || content.cell(selection.row(), selection.column()).mark() == SheetContent.Mark.PENDING) {
            // Nobody can go on from a text that is not there yet.
            return;
        }
        keepPlace();
        surface.reveal(typedRow, typedColumn);
        typing.open(content.cell(typedRow, typedColumn).text());
        typing.node().requestFocus();
        follow();
    }

    /** Takes in what is being typed, if anything, so that it is not lost when the person goes elsewhere. */
    public void commit() {
        if (!typing.isTyping()) {
            return;
        }
        boolean changed = typing.changed();
        String text = typing.text();
        typing.rest();
        if (changed) {
            surface.foretell(typedRow, typedColumn, text);
            deeds.type(typedRow, typedColumn, text);
        }
    }

    private void begun() {
        if (selection.isNothing()) {
            typing.rest();
            return;
        }
        keepPlace();
        surface.reveal(typedRow, typedColumn);
        typing.replaces(content.cell(typedRow, typedColumn).text());
        follow();
    }

    private void keepPlace() {
        typedRow = selection.row();
        typedColumn = selection.column();
        typedKey = content.rowKey(typedRow);
        typedId = surface.column(typedColumn).id();
        selection.go(typedRow, typedColumn);
        shown();
    }

    private void shown() {
        surface.paint();
        tell();
    }

    private void tell() {
        Area now = selection.area().orElse(null);
        if (now == null ? told != null : !now.equals(told)) {
            told = now;
            List.copyOf(listeners).forEach(Runnable::run);
        }
    }

    /** Keeps the typing field over its cell, and the headers' highlights with what is seen. */
    private void follow() {
        int row = typing.isTyping() ? typedRow : selection.row();
        int column = typing.isTyping() ? typedColumn : selection.column();
        Optional<Bounds> cell = surface.place(row, column);
        Optional<Rectangle2D> room = surface.room();
        if (cell.isPresent() && room.isPresent()) {
            typing.place(cell.get(), room.get());
        }
        surface.markHeaders();
    }

    private void paste() {
        Area target = selection.area().orElse(null);
        String text = Clipboard.getSystemClipboard().getString();
        if (target == null || text == null || text.isEmpty()) {
            return;
        }
        if (text.length() > LONG_TEXT) {
            ForkJoinPool.commonPool().execute(() -> {
                List<List<String>> block = TabSeparated.parse(text);
                UiThread.run(() -> deeds.paste(target, block));
            });
        } else {
            deeds.paste(target, TabSeparated.parse(text));
        }
    }

    private void menuRequested(ContextMenuEvent event) {
        SheetMouse.Spot spot = event.isKeyboardTrigger()
                ? new SheetMouse.Blank()
                : mouse.spot(event.getPickResult().getIntersectedNode(), event.getSceneX(), event.getSceneY());
        if (spot instanceof SheetMouse.Foreign) {
            return;
        }
        event.consume();
        if (event.isKeyboardTrigger()) {
            menuAtCell();
            return;
        }
        mouse.selectForMenu(spot);
        if (spot instanceof SheetMouse.ColumnSpot column) {
            show(menus.column(column.column()), event.getScreenX(), event.getScreenY());
        } else if (!(spot instanceof SheetMouse.BorderSpot)) {
            selection.area().ifPresent(area -> show(menus.cells(area), event.getScreenX(), event.getScreenY()));
        }
    }

    private void menuAtCell() {
        Optional<Area> area = selection.area();
        Optional<Bounds> cell = surface.place(selection.row(), selection.column());
        if (area.isPresent() && cell.isPresent()) {
            Point2D corner = surface.pane()
                    .localToScreen(cell.get().getMinX() + 16, cell.get().getMaxY());
            show(menus.cells(area.get()), corner.getX(), corner.getY());
        }
    }

    private void show(ContextMenu menu, double screenX, double screenY) {
        if (open != null) {
            open.hide();
        }
        open = menu;
        menu.show(surface.pane(), screenX, screenY);
    }

    private final class Hands implements SheetKeys.Hands, SheetMouse.Hands {
        @Override
        public SheetSelection selection() {
            return selection;
        }

        @Override
        public void selected() {
            if (!selection.isNothing()) {
                shown();
            }
        }

        @Override
        public void moved() {
            if (!selection.isNothing()) {
                surface.reveal(selection.endRow(), selection.endColumn());
                shown();
            }
        }

        @Override
        public int rows() {
            return surface.rows();
        }

        @Override
        public int columns() {
            return surface.columnCount();
        }

        @Override
        public int page() {
            return surface.rowsInView();
        }

        @Override
        public void edit() {
            SheetGrid.this.edit();
        }

        @Override
        public void commit() {
            SheetGrid.this.commit();
        }

        @Override
        public void cancel() {
            typing.rest();
        }

        @Override
        public void breakLine() {
            typing.breakLine();
        }

        @Override
        public boolean isTyping() {
            return typing.isTyping();
        }

        @Override
        public boolean isOvertyping() {
            return typing.isOvertyping();
        }

        @Override
        public void takeFocus() {
            typing.node().requestFocus();
        }

        @Override
        public void columnMenu(int column, double screenX, double screenY) {
            show(menus.column(column), screenX, screenY);
        }

        @Override
        public void act(SheetKeys.Act act) {
            switch (act) {
                case UNDO -> deeds.undo();
                case REDO -> deeds.redo();
                case PASTE -> paste();
                case MENU -> menuAtCell();
                case CLEAR, COPY, CUT, FILL_DOWN, INSERT, DELETE ->
                    selection.area().ifPresent(area -> actOn(area, act));
            }
        }

        private void actOn(Area area, SheetKeys.Act act) {
            boolean columnOnly = selection.wholeColumns() && !selection.wholeRows();
            switch (act) {
                case CLEAR -> deeds.clear(List.of(area));
                case COPY -> deeds.copy(area, false);
                case CUT -> deeds.copy(area, true);
                case FILL_DOWN -> deeds.fillDown(area);
                case INSERT -> {
                    if (columnOnly) {
                        deeds.insertColumn(area.left());
                    } else {
                        deeds.insertRows(area.top(), area.height());
                    }
                }
                case DELETE -> {
                    if (!columnOnly) {
                        deeds.deleteRows(area.top(), area.bottom());
                    } else if (surface.column(area.left()).kind() != SheetContent.Kind.ADDRESS) {
                        deeds.deleteColumn(area.left());
                    }
                }
                case UNDO, REDO, PASTE, MENU -> throw new IllegalArgumentException(act.name());
            }
        }
    }
}
