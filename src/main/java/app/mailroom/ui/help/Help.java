package app.mailroom.ui.help;

import app.mailroom.support.CrashReport;
import app.mailroom.support.Manual;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.stage.Window;
import org.kordamp.ikonli.javafx.FontIcon;

/** The menu of what helps with the program, and the windows behind it. */
public final class Help implements AutoCloseable {
    private final ScreenContext context;
    private final Texts texts;
    private final Supplier<Window> owner;
    private final boolean dark;
    private final Folders folders = new Folders();
    private final MenuButton button;

    /**
     * A menu that is shown nowhere yet.
     *
     * @param owner of the windows that are opened
     * @param dark whether the window is
     */
    public Help(ScreenContext context, Supplier<Window> owner, boolean dark) {
        this.context = context;
        this.texts = context.texts();
        this.owner = owner;
        this.dark = dark;
        this.button = new MenuButton(texts.get("help.title"), new FontIcon("fth-help-circle"));
        button.setId("help");
        button.getStyleClass().setAll("nav-item", "person-foot", "help-menu");
        button.setContentDisplay(ContentDisplay.LEFT);
        button.setAlignment(Pos.CENTER_LEFT);
        button.setGraphicTextGap(12);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setPopupSide(Side.TOP);
        button.setTooltip(new Tooltip("F1"));
        MenuItem manual = item("manual", "fth-book", this::manual);
        manual.setAccelerator(new KeyCodeCombination(KeyCode.F1));
        button.getItems()
                .setAll(
                        manual,
                        item("shortcuts", "fth-command", this::shortcuts),
                        new SeparatorMenuItem(),
                        item("logs", "fth-folder", this::logs),
                        item("crashes", "fth-activity", () -> crashes(Optional.empty())),
                        item("updates", "fth-refresh-cw", this::updates),
                        new SeparatorMenuItem(),
                        item("about", "fth-info", this::about));
    }

    /** What opens the menu. */
    public Node node() {
        return button;
    }

    /** Opens the manual. */
    public void manual() {
        String elsewhere = System.getProperty(Manual.ELSEWHERE, "").strip();
        if (elsewhere.isEmpty()) {
            ManualWindow.open(context, owner.get(), dark);
        } else {
            String page =
                    elsewhere.replaceFirst("/+$", "") + "/" + texts.locale().getLanguage() + ".html";
            context.remote().run(() -> context.features().outside().browser().open(URI.create(page)), () -> {});
        }
    }

    /** Shows crash reports, with this one chosen if there is one. */
    public void crashes(Optional<CrashReport> chosen) {
        CrashWindow.open(context, owner.get(), folders, chosen);
    }

    private void shortcuts() {
        ShortcutsWindow.open(texts, owner.get());
    }

    private void logs() {
        folders.show(
                context.features().support().logs(),
                () -> context.notices()
                        .warn(texts.get(
                                "help.no_folder", context.features().support().logs())));
    }

    /** Opens the window that looks for a newer version. */
    public void updates() {
        UpdateWindow.open(context, owner.get());
    }

    private void about() {
        AboutWindow.open(context, owner.get());
    }

    private MenuItem item(String key, String icon, Runnable deed) {
        MenuItem item = new MenuItem(texts.code("help", key), new FontIcon(icon));
        item.setId("help-" + key);
        item.setOnAction(event -> deed.run());
        return item;
    }

    @Override
    public void close() {
        folders.close();
    }
}
