package app.mailroom.ui.recipients;

import app.mailroom.model.Right;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.sheet.SheetDeeds;
import java.util.List;
import javafx.scene.control.MenuItem;

/** What somebody does in a sheet that they may only look at: ordering and finding are done, changes are refused with a word. */
final class SheetReading implements SheetDeeds {
    private final ScreenContext context;
    private final SheetActions actions;

    SheetReading(ScreenContext context, SheetActions actions) {
        this.context = context;
        this.actions = actions;
    }

    private void refuse() {
        context.notices().warn(context.permits().reason(Right.EDIT_RECIPIENTS));
    }

    @Override
    public void type(int row, int column, String text) {
        refuse();
    }

    @Override
    public void typeUnseen(long rowKey, int columnId, String text) {
        refuse();
    }

    @Override
    public void clear(List<Area> areas) {
        refuse();
    }

    @Override
    public void copy(Area area, boolean cut) {
        if (cut) {
            refuse();
        } else {
            context.ifAllowed(Right.EXPORT, () -> actions.copy(area, false)).run();
        }
    }

    @Override
    public void paste(Area target, List<List<String>> block) {
        refuse();
    }

    @Override
    public void fillDown(Area area) {
        refuse();
    }

    @Override
    public void insertRows(int above, int count) {
        refuse();
    }

    @Override
    public void deleteRows(int from, int to) {
        refuse();
    }

    @Override
    public void insertColumn(int before) {
        refuse();
    }

    @Override
    public void renameColumn(int column) {
        refuse();
    }

    @Override
    public void deleteColumn(int column) {
        refuse();
    }

    @Override
    public void moveColumn(int from, int to) {
        refuse();
    }

    @Override
    public void sort(int column, Order order) {
        actions.sort(column, order);
    }

    @Override
    public List<MenuItem> cellMenu(Area selected) {
        return actions.cellMenu(selected);
    }

    @Override
    public List<MenuItem> columnMenu(int column) {
        return actions.columnMenu(column);
    }

    @Override
    public void undo() {
        refuse();
    }

    @Override
    public void redo() {
        refuse();
    }
}
