package app.mailroom.ui.sheet;

import app.mailroom.ui.sheet.SheetContent.Cell;
import app.mailroom.ui.sheet.SheetContent.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.collections.ObservableList;
import javafx.collections.ObservableListBase;
import org.controlsfx.control.spreadsheet.SpreadsheetCell;
import org.controlsfx.control.spreadsheet.SpreadsheetCellBase;
import org.controlsfx.control.spreadsheet.SpreadsheetCellType;
import org.jspecify.annotations.Nullable;

/**
 * The cells that exist as objects: those of the rows that were asked for last. The control holds on to the cells that it
 * shows and compares them by what they say, so a cell is changed in place and never exchanged for one of the same place.
 */
final class SheetCells {
    /** More than any screen shows. */
    private static final int KEPT_ROWS = 400;

    private static final int SELECTED = 1;
    private static final int ACTIVE = 1 << 1;
    private static final int TOP = 1 << 2;
    private static final int RIGHT = 1 << 3;
    private static final int BOTTOM = 1 << 4;
    private static final int LEFT = 1 << 5;
    private static final int UNUSED = 1 << 6;

    private static final Map<Integer, String> CLASSES = Map.of(
            SELECTED, "sheet-selected",
            ACTIVE, "sheet-active",
            TOP, "sheet-edge-top",
            RIGHT, "sheet-edge-right",
            BOTTOM, "sheet-edge-bottom",
            LEFT, "sheet-edge-left",
            UNUSED, "sheet-unused");

    private final SheetContent content;
    private final SheetSelection selection;
    private final Map<Integer, Row> kept = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Row> eldest) {
            return size() > KEPT_ROWS;
        }
    };
    private List<SheetContent.Column> columns = List.of();

    SheetCells(SheetContent content, SheetSelection selection) {
        this.content = content;
        this.selection = selection;
    }

    /** As many rows as the content has now. Its size does not change later. */
    ObservableList<ObservableList<SpreadsheetCell>> rows(int count) {
        return new Rows(count);
    }

    /** The columns are these now. All cells are read anew. */
    void columns(List<SheetContent.Column> now) {
        columns = List.copyOf(now);
        refresh(0, Integer.MAX_VALUE);
    }

    /** Reads cells again; those of rows that are not held are read when they are needed. */
    void refresh(int from, int to) {
        int rows = content.rowCount();
        kept.keySet().removeIf(row -> row >= rows);
        kept.forEach((index, row) -> {
            if (index >= from && index <= to) {
                row.made.forEach(SheetCell::read);
            }
        });
    }

    /** Shows what is selected. */
    void paint() {
        kept.values().forEach(row -> row.made.forEach(SheetCell::paint));
    }

    /** Shows a text before the content knows it. */
    void foretell(int row, int column, String text) {
        Row there = kept.get(row);
        if (there != null && column < there.made.size()) {
            there.made.get(column).setItem(oneLine(text));
        }
    }

    /** A text with line breaks in one line. */
    static String oneLine(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').replace('\n', '↵');
    }

    private final class Rows extends ObservableListBase<ObservableList<SpreadsheetCell>> {
        private final int count;

        private Rows(int count) {
            this.count = count;
        }

        @Override
        public ObservableList<SpreadsheetCell> get(int index) {
            return kept.computeIfAbsent(index, Row::new);
        }

        @Override
        public int size() {
            return count;
        }
    }

    private final class Row extends ObservableListBase<SpreadsheetCell> {
        private final int index;
        private final List<SheetCell> made = new ArrayList<>();

        private Row(int index) {
            this.index = index;
        }

        @Override
        public SpreadsheetCell get(int column) {
            while (made.size() <= column) {
                made.add(new SheetCell(index, made.size()));
            }
            return made.get(column);
        }

        @Override
        public int size() {
            return columns.size();
        }

        // The control asks whether a row is still the same one: reading all its cells for that would be slow.
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private final class SheetCell extends SpreadsheetCellBase {
        private String hint = "";
        private Mark mark = Mark.NONE;
        private Mark wornMark = Mark.NONE;
        private int worn;

        private SheetCell(int row, int column) {
            super(row, column, 1, 1, SpreadsheetCellType.STRING);
            read();
        }

        private void read() {
            Cell cell = getColumn() < columns.size() ? content.cell(getRow(), getColumn()) : Cell.EMPTY;
            setItem(oneLine(cell.text()));
            hint = cell.hint();
            mark = cell.mark();
            paint();
        }

        private void paint() {
            int wanted = 0;
            boolean used =
                    getColumn() < columns.size() && columns.get(getColumn()).kind() != SheetContent.Kind.UNUSED;
            if (!used) {
                wanted |= UNUSED;
            }
            Optional<SheetDeeds.Area> area = selection.area();
            if (area.isPresent() && selection.contains(getRow(), getColumn())) {
                wanted |= edges(area.get());
            }
            if (wanted != worn) {
                dress(wanted);
            }
            if (mark != wornMark) {
                getStyleClass().remove(styleClass(wornMark));
                if (mark != Mark.NONE) {
                    getStyleClass().add(styleClass(mark));
                }
                wornMark = mark;
            }
        }

        private int edges(SheetDeeds.Area area) {
            boolean active = getRow() == selection.row() && getColumn() == selection.column();
            return (active ? ACTIVE : SELECTED)
                    | (getRow() == area.top() ? TOP : 0)
                    | (getRow() == area.bottom() ? BOTTOM : 0)
                    | (getColumn() == area.left() ? LEFT : 0)
                    | (getColumn() == area.right() ? RIGHT : 0);
        }

        private void dress(int wanted) {
            int changed = wanted ^ worn;
            CLASSES.forEach((bit, name) -> {
                if ((changed & bit) != 0) {
                    if ((wanted & bit) != 0) {
                        getStyleClass().add(name);
                    } else {
                        getStyleClass().remove(name);
                    }
                }
            });
            worn = wanted;
        }

        private static String styleClass(Mark mark) {
            return "sheet-" + mark.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Optional<String> getTooltip() {
            return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
        }
    }
}
