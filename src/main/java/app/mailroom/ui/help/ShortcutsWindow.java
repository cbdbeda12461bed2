package app.mailroom.ui.help;

import app.mailroom.ui.common.SideWindow;
import app.mailroom.ui.common.Texts;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;

/** The keys that do something, by where they do. */
final class ShortcutsWindow {
    private static final String ID = "shortcuts";
    private static final double WIDTH = 600;
    private static final double HEIGHT = 640;
    private static final double KEYS = 250;

    private record Key(String keys, String does) {}

    private record Group(String where, List<Key> keys) {}

    private static final List<Group> GROUPS = List.of(
            new Group(
                    "everywhere",
                    List.of(
                            new Key("F1", "manual"),
                            new Key("Ctrl+N", "new"),
                            new Key("Ctrl+1 … Ctrl+6", "pages"),
                            new Key("Ctrl+F", "search"),
                            new Key("F5", "refresh"),
                            new Key("Ctrl+L", "lock"),
                            new Key("Esc", "back"))),
            new Group("templates", List.of(new Key("Ctrl+S", "version"), new Key("F2", "rename"))),
            new Group(
                    "sheet",
                    List.of(
                            new Key("Ctrl+Z, Ctrl+Y", "undo"),
                            new Key("Ctrl+H", "replace"),
                            new Key("Ctrl+D", "fill"),
                            new Key("Ctrl++, Ctrl+-", "rows"),
                            new Key("Ctrl+S", "saved"))),
            new Group(
                    "mailing",
                    List.of(
                            new Key("Ctrl+PageDown, Ctrl+PageUp", "steps"),
                            new Key("Ctrl+Enter", "plan"),
                            new Key("Ctrl+D", "twin"),
                            new Key("Ctrl+Tab", "tab"))));

    private ShortcutsWindow() {}

    static void open(Texts texts, Window owner) {
        SideWindow.close(ID);
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
        VBox groups = new VBox(20);
        groups.setPadding(new Insets(24));
        for (Group group : GROUPS) {
            Label where = new Label(texts.code("keys.where", group.where()));
            where.getStyleClass().add("title-4");
            GridPane grid = new GridPane();
            grid.setVgap(6);
            grid.setHgap(16);
            ColumnConstraints keys = new ColumnConstraints(KEYS);
            grid.getColumnConstraints().setAll(keys, new ColumnConstraints());
            int row = 0;
            for (Key key : group.keys()) {
                Label name = new Label(mac ? key.keys().replace("Ctrl", "Cmd") : key.keys());
                name.getStyleClass().add("key-cap");
                Label does = new Label(texts.code("keys.does", group.where() + "." + key.does()));
                does.setWrapText(true);
                does.setMinHeight(Region.USE_PREF_SIZE);
                grid.addRow(row++, name, does);
            }
            groups.getChildren().add(new VBox(8, where, grid));
        }
        groups.setId("shortcuts");
        ScrollPane scroll = new ScrollPane(groups);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().addAll("bare", "page");
        Stage stage = SideWindow.of(owner, ID, texts.get("help.shortcuts"), new VBox(scroll), WIDTH, HEIGHT);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        stage.show();
    }
}
