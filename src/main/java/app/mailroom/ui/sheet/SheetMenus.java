package app.mailroom.ui.sheet;

import app.mailroom.ui.common.Texts;
import app.mailroom.ui.sheet.SheetDeeds.Area;
import app.mailroom.ui.sheet.SheetDeeds.Order;
import java.util.List;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.Modifier;
import org.kordamp.ikonli.javafx.FontIcon;

/** The menus of cells and of columns. Made anew each time, because what can be done depends on what is selected. */
final class SheetMenus {
    private final Texts texts;
    private final SheetContent content;
    private final SheetDeeds deeds;
    private final Runnable paste;

    SheetMenus(Texts texts, SheetContent content, SheetDeeds deeds, Runnable paste) {
        this.texts = texts;
        this.content = content;
        this.deeds = deeds;
        this.paste = paste;
    }

    /** What can be done with the selected cells. */
    ContextMenu cells(Area area) {
        ContextMenu menu = new ContextMenu();
        int rows = area.height();
        MenuItem fill = item(texts.get("sheet.menu.fill_down"), "fth-corner-right-down", () -> deeds.fillDown(area));
        keys(fill, KeyCode.D);
        fill.setDisable(rows < 2);
        MenuItem cut = item(texts.get("sheet.menu.cut"), "fth-scissors", () -> deeds.copy(area, true));
        keys(cut, KeyCode.X);
        MenuItem copy = item(texts.get("sheet.menu.copy"), "fth-copy", () -> deeds.copy(area, false));
        keys(copy, KeyCode.C);
        MenuItem pasting = item(texts.get("sheet.menu.paste"), "fth-clipboard", paste);
        keys(pasting, KeyCode.V);
        MenuItem clear = item(texts.get("sheet.menu.clear"), "fth-delete", () -> deeds.clear(List.of(area)));
        clear.setAccelerator(new KeyCodeCombination(KeyCode.DELETE));
        MenuItem delete = item(
                texts.get("sheet.menu.delete_rows", rows),
                "fth-trash-2",
                () -> deeds.deleteRows(area.top(), area.bottom()));
        keys(delete, KeyCode.MINUS);
        MenuItem above = item(
                texts.get("sheet.menu.insert_above", rows), "fth-arrow-up", () -> deeds.insertRows(area.top(), rows));
        MenuItem below = item(
                texts.get("sheet.menu.insert_below", rows),
                "fth-arrow-down",
                () -> deeds.insertRows(area.bottom() + 1, rows));
        menu.getItems().addAll(cut, copy, pasting, fill, clear, new SeparatorMenuItem(), above, below, delete);
        changes(List.of(cut, pasting, fill, clear, above, below, delete));
        add(menu, deeds.cellMenu(area));
        return menu;
    }

    /** What can be done with a column. */
    ContextMenu column(int column) {
        boolean address = kind(column) == SheetContent.Kind.ADDRESS;
        ContextMenu menu = new ContextMenu();
        MenuItem left =
                item(texts.get("sheet.menu.move_left"), "fth-arrow-left", () -> deeds.moveColumn(column, column - 1));
        left.setDisable(column == 0 || address || kind(column - 1) == SheetContent.Kind.ADDRESS);
        MenuItem right =
                item(texts.get("sheet.menu.move_right"), "fth-arrow-right", () -> deeds.moveColumn(column, column + 1));
        right.setDisable(address || column + 1 >= content.columns().size());
        MenuItem before =
                item(texts.get("sheet.menu.insert_left"), "fth-chevrons-left", () -> deeds.insertColumn(column));
        before.setDisable(address);
        MenuItem after =
                item(texts.get("sheet.menu.insert_right"), "fth-chevrons-right", () -> deeds.insertColumn(column + 1));
        MenuItem rename = item(texts.get("sheet.menu.rename"), "fth-edit-2", () -> deeds.renameColumn(column));
        rename.setDisable(address);
        MenuItem delete = item(texts.get("sheet.menu.delete_column"), "fth-trash-2", () -> deeds.deleteColumn(column));
        delete.setDisable(address);
        menu.getItems()
                .addAll(
                        order(column, Order.ASCENDING, "fth-arrow-up"),
                        order(column, Order.DESCENDING, "fth-arrow-down"),
                        order(column, Order.AS_THEY_STAND, "fth-list"),
                        new SeparatorMenuItem(),
                        before,
                        after,
                        left,
                        right,
                        new SeparatorMenuItem(),
                        rename,
                        delete);
        changes(List.of(left, right, before, after, rename, delete));
        add(menu, deeds.columnMenu(column));
        return menu;
    }

    /** What changes the sheet cannot be chosen where that may not be changed. */
    private void changes(List<MenuItem> items) {
        if (!content.mayChange()) {
            items.forEach(item -> item.setDisable(true));
        }
    }

    private SheetContent.Kind kind(int column) {
        return content.columns().get(column).kind();
    }

    private MenuItem order(int column, Order order, String icon) {
        return item(texts.code("sheet.order", order), icon, () -> deeds.sort(column, order));
    }

    private static MenuItem item(String text, String icon, Runnable deed) {
        MenuItem item = new MenuItem(text, new FontIcon(icon));
        item.setMnemonicParsing(false);
        item.setOnAction(event -> deed.run());
        return item;
    }

    private static void keys(MenuItem item, KeyCode code) {
        Modifier shortcut = KeyCombination.SHORTCUT_DOWN;
        item.setAccelerator(new KeyCodeCombination(code, shortcut));
    }

    private static void add(ContextMenu menu, List<MenuItem> more) {
        if (!more.isEmpty()) {
            menu.getItems().add(new SeparatorMenuItem());
            menu.getItems().addAll(more);
        }
    }
}
