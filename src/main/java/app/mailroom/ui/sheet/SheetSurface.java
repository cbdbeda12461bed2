package app.mailroom.ui.sheet;

import app.mailroom.ui.sheet.SheetDeeds.Area;
import app.mailroom.ui.sheet.SheetDeeds.Order;
import impl.org.controlsfx.spreadsheet.GridViewSkin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableListBase;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.controlsfx.control.spreadsheet.GridBase;
import org.controlsfx.control.spreadsheet.SpreadsheetCell;
import org.controlsfx.control.spreadsheet.SpreadsheetView;

/**
 * The ControlsFX control, and where things are in it. The control's own grid has columns but no rows: it copies and scans
 * every row it is given several times. The rows are handed to the table inside it, which asks only for those that come
 * into view. Its own selection and its editors stay unused, because they hold an object for each selected cell and lose
 * what is typed when rows change.
 */
final class SheetSurface {
    /** Height of a row in pixels. */
    static final double ROW = 28;

    private static final double USUAL_WIDTH = 160;
    private static final double ADDRESS_WIDTH = 240;
    private static final double LEAST_WIDTH = 48;
    private static final double MOST_WIDTH = 600;
    private static final double NUMBERS_WIDTH = 72;
    private static final int LONGEST_SCROLL = 60;

    private final SheetContent content;
    private final SheetSelection selection;
    private final SheetCells cells;
    private final SpreadsheetView view;
    private final TableView<ObservableList<SpreadsheetCell>> table;
    private final Pane pane;
    private final List<SheetHeader> headers = new ArrayList<>();
    private final Map<Integer, Double> widths = new HashMap<>();
    private List<SheetContent.Column> columns = List.of();
    private int rows;
    private int orderColumn = -1;
    private Order order = Order.AS_THEY_STAND;
    private BiConsumer<Integer, Double> widthListener = (id, width) -> {};
    private Marked marked = new Marked(List.of(), List.of());

    /** What the control was last told to highlight in its headers. */
    private record Marked(List<Integer> rows, List<Integer> columns) {}

    SheetSurface(SheetContent content, SheetSelection selection, Node over) {
        this.content = content;
        this.selection = selection;
        cells = new SheetCells(content, selection);
        view = new SpreadsheetView(new Columns(0));
        view.setEditable(false);
        view.setContextMenu(null);
        view.setRowHeaderWidth(NUMBERS_WIDTH);
        view.setFocusTraversable(false);
        table = tableInside(view);
        table.setFixedCellSize(ROW);
        table.setFocusTraversable(false);
        // The skin looks at every cell of the rows that it finds when it is made: it finds none.
        table.skinProperty().addListener((property, before, skin) -> table.setItems(cells.rows(rows)));
        pane = new Pane(view, over) {
            @Override
            protected void layoutChildren() {
                view.resizeRelocate(0, 0, getWidth(), getHeight());
            }
        };
        pane.getStyleClass().add("sheet-grid");
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(pane.widthProperty());
        clip.heightProperty().bind(pane.heightProperty());
        pane.setClip(clip);
        pane.setMinSize(0, 0);
        view.prefWidthProperty().bind(pane.widthProperty());
    }

    @SuppressWarnings("unchecked")
    private static TableView<ObservableList<SpreadsheetCell>> tableInside(SpreadsheetView view) {
        return (TableView<ObservableList<SpreadsheetCell>>)
                view.getChildrenUnmodifiable().get(0);
    }

    Pane pane() {
        return pane;
    }

    /** Becomes true when the control takes the keyboard for itself, which it does when its scroll bars are used. */
    ObservableValue<Boolean> takesFocus() {
        return table.focusedProperty();
    }

    int rows() {
        return rows;
    }

    int columnCount() {
        return columns.size();
    }

    SheetContent.Column column(int index) {
        return columns.get(index);
    }

    /** Shows the content anew, at the same place as far as there is one. */
    void reset() {
        VirtualFlow<?> before = flow().orElse(null);
        IndexedCell<?> first = before == null ? null : before.getFirstVisibleCell();
        int top = first == null ? 0 : first.getIndex();
        double hidden = first == null ? 0 : -first.getLayoutY();
        double aside = view.getHBarValue();
        keepWidths();
        List<SheetContent.Column> now = content.columns();
        boolean otherCount = now.size() != columns.size();
        boolean otherRows = content.rowCount() != rows;
        rows = content.rowCount();
        columns = List.copyOf(now);
        selection.resize(rows, columns.size());
        if (otherCount) {
            table.setItems(FXCollections.observableArrayList());
            view.setGrid(new Columns(columns.size()));
            fixFirst();
        }
        showHeaders();
        cells.columns(columns);
        if (table.getSkin() != null && (otherCount || otherRows)) {
            table.setItems(cells.rows(rows));
            view.layout();
            table.layout();
            scrollTo(top, hidden);
            view.setHBarValue(aside);
        }
        askForLayout(0, Integer.MAX_VALUE);
    }

    private void fixFirst() {
        if (!columns.isEmpty() && view.getFixedColumns().isEmpty()) {
            view.getFixedColumns().add(view.getColumns().get(0));
        }
    }

    private void showHeaders() {
        for (int i = 0; i < columns.size(); i++) {
            if (headers.size() <= i) {
                headers.add(new SheetHeader());
            }
            SheetHeader header = headers.get(i);
            SheetContent.Column column = columns.get(i);
            TableColumn<?, ?> head = table.getColumns().get(i);
            header.show(column);
            header.showOrder(i == orderColumn ? order : Order.AS_THEY_STAND);
            if (head.getGraphic() != header.node()) {
                head.setContextMenu(null);
                head.setMinWidth(LEAST_WIDTH);
                head.setGraphic(header.node());
                head.widthProperty().addListener((property, before, width) -> header.fill(width.doubleValue()));
            }
            head.setContextMenu(null);
            head.setText(column.header());
            double usual = column.kind() == SheetContent.Kind.ADDRESS ? ADDRESS_WIDTH : USUAL_WIDTH;
            head.setPrefWidth(widths.getOrDefault(column.id(), usual));
            header.fill(head.getWidth());
        }
    }

    /** Cells of these rows are read again. */
    void refresh(int from, int to) {
        cells.refresh(from, to);
        askForLayout(from, to);
    }

    /** Hints are taken over when a row is laid out. */
    private void askForLayout(int from, int to) {
        flow().ifPresent(flow -> {
            IndexedCell<?> first = flow.getFirstVisibleCell();
            IndexedCell<?> last = flow.getLastVisibleCell();
            if (first != null && last != null) {
                for (int i = Math.max(from, first.getIndex()); i <= Math.min(to, last.getIndex()); i++) {
                    flow.getCell(i).requestLayout();
                }
            }
        });
    }

    void foretell(int row, int column, String text) {
        cells.foretell(row, column, text);
    }

    void showOrder(int column, Order by) {
        orderColumn = column;
        order = by;
        for (int i = 0; i < headers.size(); i++) {
            headers.get(i).showOrder(i == column ? by : Order.AS_THEY_STAND);
        }
    }

    // ---- Selection

    /** Shows what is selected, in the cells and in the headers. */
    void paint() {
        cells.paint();
        markHeaders();
    }

    /** Tells the control's headers which of those in view are selected; all of them could be a million. */
    void markHeaders() {
        if (!(table.getSkin() instanceof GridViewSkin skin)) {
            return;
        }
        Optional<Area> area = selection.area();
        List<Integer> inRows = List.of();
        List<Integer> inColumns = List.of();
        VirtualFlow<?> flow = flow().orElse(null);
        if (area.isPresent() && flow != null && flow.getFirstVisibleCell() != null) {
            int from = Math.max(area.get().top(), flow.getFirstVisibleCell().getIndex() - 1);
            int to = Math.min(area.get().bottom(), flow.getLastVisibleCell().getIndex() + 1);
            inRows = IntStream.rangeClosed(from, to).boxed().toList();
            inColumns = IntStream.rangeClosed(area.get().left(), area.get().right())
                    .boxed()
                    .toList();
        }
        Marked now = new Marked(inRows, inColumns);
        if (!now.equals(marked)) {
            marked = now;
            skin.getSelectedRows().setAll(inRows);
            skin.getSelectedColumns().setAll(inColumns);
        }
    }

    // ---- Widths

    void setWidths(Map<Integer, Double> remembered) {
        widths.putAll(remembered);
        for (int i = 0; i < columns.size(); i++) {
            Double width = remembered.get(columns.get(i).id());
            if (width != null) {
                table.getColumns().get(i).setPrefWidth(width);
            }
        }
    }

    void onWidth(BiConsumer<Integer, Double> listener) {
        widthListener = listener;
    }

    /** Tells of the columns that were made wider or narrower since this was called last. */
    void reportWidths() {
        for (int i = 0; i < columns.size(); i++) {
            int id = columns.get(i).id();
            double width = table.getColumns().get(i).getWidth();
            Double known = widths.put(id, width);
            double before = known == null ? usual(i) : known;
            if (Math.abs(before - width) > 0.5) {
                widthListener.accept(id, width);
            }
        }
    }

    private double usual(int column) {
        return columns.get(column).kind() == SheetContent.Kind.ADDRESS ? ADDRESS_WIDTH : USUAL_WIDTH;
    }

    private void keepWidths() {
        for (int i = 0; i < columns.size() && i < table.getColumns().size(); i++) {
            widths.put(columns.get(i).id(), table.getColumns().get(i).getWidth());
        }
    }

    /** Makes a column as wide as what is seen of it needs. */
    void fitWidth(int column) {
        double wanted = headers.get(column).wishedWidth();
        Optional<VirtualFlow<?>> flow = flow();
        if (flow.isPresent() && flow.get().getFirstVisibleCell() != null) {
            Text measure = new Text();
            int last = Math.min(rows() - 1, flow.get().getLastVisibleCell().getIndex());
            for (int row = flow.get().getFirstVisibleCell().getIndex(); row <= last; row++) {
                measure.setText(SheetCells.oneLine(content.cell(row, column).text()));
                wanted = Math.max(
                        wanted,
                        measure.getLayoutBounds().getWidth()
                                        * 14
                                        / measure.getFont().getSize()
                                + 24);
            }
        }
        table.getColumns().get(column).setPrefWidth(Math.ceil(Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, wanted))));
        reportWidths();
    }

    // ---- Places

    /** The scrolling part; nothing before the control has been shown. */
    @SuppressWarnings("rawtypes")
    private Optional<VirtualFlow<?>> flow() {
        Node node = table.lookup(".virtual-flow");
        return node instanceof VirtualFlow found ? Optional.of((VirtualFlow<?>) found) : Optional.empty();
    }

    private Bounds viewport(VirtualFlow<?> flow) {
        Node inside = flow.lookup(".clipped-container");
        Bounds bounds = inside == null ? flow.getLayoutBounds() : inside.getLayoutBounds();
        Point2D corner = pane.sceneToLocal(flow.localToScene(0, 0));
        return new BoundingBox(corner.getX(), corner.getY(), bounds.getWidth(), bounds.getHeight());
    }

    /** Where cells are seen, in the pane's coordinates; nothing before the control has been shown. */
    Optional<Rectangle2D> room() {
        return flow().map(this::viewport)
                .map(view -> new Rectangle2D(view.getMinX(), view.getMinY(), view.getWidth(), view.getHeight()));
    }

    /** Where a cell is, in the pane's coordinates; it may be out of sight. */
    Optional<Bounds> place(int row, int column) {
        VirtualFlow<?> flow = flow().orElse(null);
        if (flow == null || flow.getFirstVisibleCell() == null || column >= columns.size()) {
            return Optional.empty();
        }
        IndexedCell<?> first = flow.getFirstVisibleCell();
        Bounds port = viewport(flow);
        double y = port.getMinY() + first.getLayoutY() + (double) (row - first.getIndex()) * ROW;
        double x = port.getMinX() + left(column) - (column == 0 ? 0 : view.getHBarValue());
        return Optional.of(new BoundingBox(x, y, width(column), ROW));
    }

    private double left(int column) {
        double x = 0;
        for (int i = 0; i < column; i++) {
            x += width(i);
        }
        return x;
    }

    private double width(int column) {
        return table.getColumns().get(column).getWidth();
    }

    /** The row at a height of the pane; the nearest when there is none. */
    int rowAt(double y) {
        VirtualFlow<?> flow = flow().orElse(null);
        if (flow == null || flow.getFirstVisibleCell() == null) {
            return 0;
        }
        IndexedCell<?> first = flow.getFirstVisibleCell();
        double below = y - viewport(flow).getMinY() - first.getLayoutY();
        return first.getIndex() + (int) Math.floor(below / ROW);
    }

    /** The column there; the nearest when there is none. */
    int columnAt(double x) {
        VirtualFlow<?> flow = flow().orElse(null);
        if (flow == null || columns.isEmpty()) {
            return 0;
        }
        double along = x - viewport(flow).getMinX();
        if (along < width(0)) {
            return 0;
        }
        double wanted = along + view.getHBarValue();
        double right = width(0);
        int column = 0;
        while (column + 1 < columns.size() && wanted >= right) {
            column++;
            right += width(column);
        }
        return column;
    }

    int indexOf(TableColumn<?, ?> column) {
        return table.getColumns().indexOf(column);
    }

    // ---- Scrolling

    int rowsInView() {
        return flow().map(flow -> Math.max(1, (int) (viewport(flow).getHeight() / ROW)))
                .orElse(1);
    }

    /** Brings a cell into view, with as little scrolling as possible. */
    void reveal(int row, int column) {
        flow().ifPresent(flow -> {
            if (flow.getFirstVisibleCell() == null) {
                return;
            }
            Bounds port = viewport(flow);
            place(row, column).ifPresent(cell -> {
                double up = port.getMinY() - cell.getMinY();
                double down = cell.getMaxY() - port.getMaxY();
                if (Math.max(up, down) > LONGEST_SCROLL * ROW) {
                    scrollTo(up > 0 ? row : Math.max(0, row - rowsInView() + 1), 0);
                    place(row, column)
                            .map(there -> there.getMaxY() - viewport(flow).getMaxY())
                            .filter(over -> over > 0 && over < 2 * ROW)
                            .ifPresent(flow::scrollPixels);
                } else if (up > 0) {
                    flow.scrollPixels(-up);
                } else if (down > 0) {
                    flow.scrollPixels(down);
                }
                revealColumn(port, column);
            });
        });
    }

    private void revealColumn(Bounds port, int column) {
        if (column == 0) {
            return;
        }
        double from = left(column) - width(0);
        double to = left(column + 1) - port.getWidth();
        double now = view.getHBarValue();
        if (from < now) {
            view.setHBarValue(from);
        } else if (to > now) {
            view.setHBarValue(Math.min(to, from));
        }
    }

    private void scrollTo(int row, double hidden) {
        flow().ifPresent(flow -> {
            flow.scrollTo(Math.max(0, Math.min(row, rows() - 1)));
            // Without it the rows are still where they were.
            flow.layout();
            if (hidden > 0 && row < rows()) {
                flow.scrollPixels(hidden);
            }
        });
    }

    /** One step further, for a mouse that is held beyond the edge. */
    void scrollBy(double x, double y) {
        flow().ifPresent(flow -> {
            if (y != 0) {
                flow.scrollPixels(y);
            }
            if (x != 0) {
                double most =
                        bar(flow, Orientation.HORIZONTAL).map(ScrollBar::getMax).orElse(0.0);
                view.setHBarValue(Math.max(0, Math.min(most, view.getHBarValue() + x)));
            }
        });
    }

    private static Optional<ScrollBar> bar(VirtualFlow<?> flow, Orientation orientation) {
        return flow.lookupAll(".scroll-bar").stream()
                .map(ScrollBar.class::cast)
                .filter(bar -> bar.getOrientation() == orientation)
                .findFirst();
    }

    /** The grid as the control knows it: heads of columns and of rows, and no rows. */
    private final class Columns extends GridBase {
        private final ObservableList<String> numbers = new ObservableListBase<>() {
            @Override
            public String get(int row) {
                return content.rowHeader(row);
            }

            @Override
            public int size() {
                return content.rowCount();
            }
        };

        private Columns(int count) {
            super(0, count);
        }

        @Override
        public double getRowHeight(int row) {
            return ROW;
        }

        @Override
        public ObservableList<String> getRowHeaders() {
            return numbers == null ? FXCollections.observableArrayList() : numbers;
        }
    }

    /** The control itself, for tests of what it is made of. */
    Region view() {
        return view;
    }
}
