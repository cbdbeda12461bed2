package app.mailroom.ui.sheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.control.MenuItem;

/** A sheet in memory: what is typed stands in it, and everything that was done is written down. */
final class FakeSheet implements SheetContent, SheetDeeds {
    final List<String> deeds = new CopyOnWriteArrayList<>();
    final List<List<List<String>>> pasted = new CopyOnWriteArrayList<>();
    final Map<Long, Cell> marked = new HashMap<>();
    private final Map<Long, String> typed = new HashMap<>();
    private List<Column> columns;
    private int rows;
    private int above;
    private String names = "user";
    long asked;

    FakeSheet(int rows, int columns) {
        this.rows = rows;
        List<Column> made = new ArrayList<>();
        made.add(new Column(0, "email", "", Kind.ADDRESS));
        for (int i = 1; i < columns; i++) {
            made.add(new Column(i, "field" + i, "", Kind.USED));
        }
        this.columns = List.copyOf(made);
    }

    void size(int newRows) {
        rows = newRows;
    }

    void columns(List<Column> now) {
        columns = List.copyOf(now);
    }

    void names(String now) {
        names = now;
    }

    void put(int row, int column, String text) {
        typed.put(key(row, column), text);
    }

    String text(int row, int column) {
        return cell(row, column).text();
    }

    private static long key(int row, int column) {
        return ((long) row << 16) | column;
    }

    @Override
    public int rowCount() {
        return rows;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public Cell cell(int row, int column) {
        asked++;
        Cell mark = marked.get(key(row, column));
        String usual = column == 0 ? names + (row + 1) + "@example.com" : "값 " + (row + 1) + "." + column;
        String text = typed.getOrDefault(key(row, column), mark == null ? usual : mark.text());
        return mark == null ? new Cell(text, Mark.NONE, "") : new Cell(text, mark.mark(), mark.hint());
    }

    void mark(int row, int column, String text, Mark mark, String hint) {
        marked.put(key(row, column), new Cell(text, mark, hint));
    }

    /** So many rows come to stand above all others. */
    void push(int down) {
        above += down;
        rows += down;
    }

    @Override
    public long rowKey(int row) {
        return (long) row - above;
    }

    @Override
    public OptionalInt rowOf(long key) {
        long row = key + above;
        return row >= 0 && row < rows ? OptionalInt.of((int) row) : OptionalInt.empty();
    }

    @Override
    public void typeUnseen(long rowKey, int columnId, String text) {
        deeds.add("type unseen " + rowKey + " " + columnId + " " + text);
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public String rowHeader(int row) {
        return Integer.toString(row + 1);
    }

    @Override
    public void type(int row, int column, String text) {
        put(row, column, text);
        deeds.add("type " + row + " " + column + " " + text);
    }

    @Override
    public void clear(List<Area> areas) {
        deeds.add("clear " + shown(areas.get(0)));
    }

    @Override
    public void copy(Area area, boolean cut) {
        deeds.add((cut ? "cut " : "copy ") + shown(area));
    }

    @Override
    public void paste(Area target, List<List<String>> block) {
        pasted.add(block);
        deeds.add("paste " + shown(target));
    }

    @Override
    public void fillDown(Area area) {
        deeds.add("fill " + shown(area));
    }

    @Override
    public void insertRows(int above, int count) {
        deeds.add("insert rows " + above + " " + count);
    }

    @Override
    public void deleteRows(int from, int to) {
        deeds.add("delete rows " + from + " " + to);
    }

    @Override
    public void insertColumn(int before) {
        deeds.add("insert column " + before);
    }

    @Override
    public void renameColumn(int column) {
        deeds.add("rename column " + column);
    }

    @Override
    public void deleteColumn(int column) {
        deeds.add("delete column " + column);
    }

    @Override
    public void moveColumn(int from, int to) {
        deeds.add("move column " + from + " " + to);
    }

    @Override
    public void sort(int column, Order order) {
        deeds.add("sort " + column + " " + order);
    }

    @Override
    public List<MenuItem> cellMenu(Area selected) {
        return List.of(new MenuItem("Of the page"));
    }

    @Override
    public List<MenuItem> columnMenu(int column) {
        return List.of(new MenuItem("Of the page"));
    }

    @Override
    public void undo() {
        deeds.add("undo");
    }

    @Override
    public void redo() {
        deeds.add("redo");
    }

    static String shown(Area area) {
        return area.top() + " " + area.left() + " " + area.bottom() + " " + area.right();
    }
}
