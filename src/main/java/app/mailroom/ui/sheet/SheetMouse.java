package app.mailroom.ui.sheet;

import impl.org.controlsfx.spreadsheet.VerticalHeader;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.skin.TableColumnHeader;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** The mouse in the sheet: what is pressed selects, what is dragged selects more, and beyond the edge it scrolls. */
final class SheetMouse {
    /** What the mouse does. */
    interface Hands {
        SheetSelection selection();

        /** Shows the selection, without scrolling. */
        void selected();

        void commit();

        void edit();

        void takeFocus();

        void columnMenu(int column, double screenX, double screenY);
    }

    /** What lies under the mouse. */
    sealed interface Spot {}

    record CellSpot(int row, int column) implements Spot {}

    record RowSpot(int row) implements Spot {}

    record ColumnSpot(int column, boolean menu) implements Spot {}

    /** Where a column is made wider. */
    record BorderSpot(int column) implements Spot {}

    /** The corner above the numbers of rows. */
    record Corner() implements Spot {}

    /** Part of the sheet, but nothing to select. */
    record Blank() implements Spot {}

    /** Not the sheet's: a scroll bar, or the cell that is typed. */
    record Foreign() implements Spot {}

    private enum Drag {
        NOTHING,
        CELLS,
        ROWS,
        COLUMNS
    }

    private static final Duration STEP = Duration.millis(50);

    private final SheetSurface surface;
    private final Hands hands;
    private final Node typing;
    private final Timeline scrolling = new Timeline(new KeyFrame(STEP, event -> scroll()));
    private Drag drag = Drag.NOTHING;
    private boolean sizing;
    private Point2D mouse = Point2D.ZERO;

    SheetMouse(SheetSurface surface, Hands hands, Node typing) {
        this.surface = surface;
        this.hands = hands;
        this.typing = typing;
        scrolling.setCycleCount(Animation.INDEFINITE);
        Pane pane = surface.pane();
        pane.addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
        pane.addEventFilter(MouseEvent.MOUSE_DRAGGED, this::dragged);
        pane.addEventFilter(MouseEvent.MOUSE_RELEASED, this::released);
        pane.addEventFilter(MouseEvent.DRAG_DETECTED, event -> {
            if (drag != Drag.NOTHING) {
                event.consume();
            }
        });
        pane.addEventFilter(MouseEvent.MOUSE_CLICKED, event -> {
            if (!(spot(event.getPickResult().getIntersectedNode(), event.getSceneX(), event.getSceneY())
                    instanceof Foreign)) {
                event.consume();
            }
        });
    }

    /** What is there. */
    Spot spot(@Nullable Node picked, double sceneX, double sceneY) {
        Point2D at = surface.pane().sceneToLocal(sceneX, sceneY);
        boolean menu = false;
        boolean border = picked instanceof Rectangle;
        for (Node node = picked; node != null && node != surface.pane(); node = node.getParent()) {
            if (node == typing || node instanceof ScrollBar) {
                return new Foreign();
            }
            menu |= node.getStyleClass().contains(SheetHeader.MENU);
            if (node instanceof TableCell<?, ?> cell) {
                int column = surface.indexOf(cell.getTableColumn());
                boolean exists = column >= 0 && cell.getIndex() < surface.rows();
                return exists ? new CellSpot(cell.getIndex(), column) : new Blank();
            }
            if (node instanceof TableRow<?>) {
                return new Blank();
            }
            if (node instanceof TableColumnHeader header
                    && header.getTableColumn() instanceof TableColumn<?, ?> column) {
                return new ColumnSpot(surface.indexOf(column), menu);
            }
            if (node instanceof TableColumnHeader && border) {
                // The handle belongs to the column that ends under it.
                return new BorderSpot(surface.columnAt(at.getX() - 4));
            }
            if (node instanceof VerticalHeader) {
                double top = surface.room().map(Rectangle2D::getMinY).orElse(0.0);
                int row = surface.rowAt(at.getY());
                return at.getY() < top ? new Corner() : row < surface.rows() ? new RowSpot(row) : new Blank();
            }
        }
        return new Blank();
    }

    private void pressed(MouseEvent event) {
        Spot spot = spot(event.getPickResult().getIntersectedNode(), event.getSceneX(), event.getSceneY());
        if (spot instanceof Foreign) {
            return;
        }
        hands.commit();
        hands.takeFocus();
        if (spot instanceof BorderSpot border) {
            sizing = true;
            if (event.getClickCount() == 2) {
                surface.fitWidth(border.column());
                event.consume();
            }
            return;
        }
        event.consume();
        boolean primary = event.getButton() == MouseButton.PRIMARY;
        if (spot instanceof ColumnSpot column && column.menu() && primary) {
            hands.columnMenu(column.column(), event.getScreenX(), event.getScreenY());
        } else if (primary) {
            select(spot, event.isShiftDown());
            if (spot instanceof CellSpot && event.getClickCount() == 2) {
                hands.edit();
            }
        } else if (event.getButton() == MouseButton.SECONDARY) {
            selectForMenu(spot);
        }
    }

    private void select(Spot spot, boolean more) {
        SheetSelection selection = hands.selection();
        if (spot instanceof CellSpot cell) {
            drag = Drag.CELLS;
            if (more) {
                selection.extend(cell.row(), cell.column());
            } else {
                selection.go(cell.row(), cell.column());
            }
        } else if (spot instanceof RowSpot row) {
            drag = Drag.ROWS;
            selection.selectRows(more ? selection.row() : row.row(), row.row());
        } else if (spot instanceof ColumnSpot column) {
            drag = Drag.COLUMNS;
            selection.selectColumns(more ? selection.column() : column.column(), column.column());
        } else if (spot instanceof Corner) {
            selection.selectAll();
        }
        hands.selected();
    }

    /** A menu is about what is selected already, if it was asked for there. */
    void selectForMenu(Spot spot) {
        SheetSelection selection = hands.selection();
        boolean within;
        if (spot instanceof CellSpot cell) {
            within = selection.contains(cell.row(), cell.column());
        } else if (spot instanceof RowSpot row) {
            within = selection.wholeRows() && selection.contains(row.row(), 0);
        } else {
            within = spot instanceof ColumnSpot column
                    && selection.wholeColumns()
                    && selection.contains(0, column.column());
        }
        if (!within) {
            select(spot, false);
            drag = Drag.NOTHING;
        }
    }

    private void dragged(MouseEvent event) {
        if (drag == Drag.NOTHING) {
            return;
        }
        event.consume();
        mouse = surface.pane().sceneToLocal(event.getSceneX(), event.getSceneY());
        extend();
        if (beyond().equals(Point2D.ZERO)) {
            scrolling.stop();
        } else {
            scrolling.play();
        }
    }

    private void extend() {
        SheetSelection selection = hands.selection();
        int row = surface.rowAt(mouse.getY());
        int column = surface.columnAt(mouse.getX());
        switch (drag) {
            case CELLS -> selection.extend(row, column);
            case ROWS -> selection.extend(row, selection.endColumn());
            case COLUMNS -> selection.extend(selection.endRow(), column);
            case NOTHING -> {
                return;
            }
        }
        hands.selected();
    }

    /** How far the mouse is outside of where cells are seen. */
    private Point2D beyond() {
        Rectangle2D room = surface.room().orElse(Rectangle2D.EMPTY);
        double x = drag == Drag.ROWS ? 0 : outside(mouse.getX(), room.getMinX(), room.getMaxX());
        double y = drag == Drag.COLUMNS ? 0 : outside(mouse.getY(), room.getMinY(), room.getMaxY());
        return new Point2D(x, y);
    }

    private static double outside(double at, double from, double to) {
        return at < from ? at - from : at > to ? at - to : 0;
    }

    private void scroll() {
        Point2D beyond = beyond();
        // The further out, the faster.
        surface.scrollBy(beyond.getX(), beyond.getY() * 2);
        extend();
    }

    private void released(MouseEvent event) {
        scrolling.stop();
        if (drag != Drag.NOTHING) {
            drag = Drag.NOTHING;
            event.consume();
        }
        if (sizing) {
            sizing = false;
            surface.reportWidths();
        }
    }
}
