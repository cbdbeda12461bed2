package app.mailroom.ui.settings;

import app.mailroom.model.BackupCopy;
import app.mailroom.model.Right;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.help.Folders;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Where the workspace lies, its backups, and the way into another. */
final class WorkspaceSection {
    private static final double MEGABYTE = 1e6;

    private final ScreenContext context;
    private final Texts texts;
    private final Folders folders;
    private final Label backups = Look.hint("");
    private final ProgressBar making = new ProgressBar(ProgressIndicator.INDETERMINATE_PROGRESS);
    private final Button make;
    private final VBox node;

    /** folders shows them to the person. */
    WorkspaceSection(ScreenContext context, Folders folders) {
        this.context = context;
        this.texts = context.texts();
        this.folders = folders;
        backups.setId("backups-state");
        make = Look.button(texts.get("settings.backups.make"), "fth-archive", this::make);
        make.setId("backup-make");
        make.setMinWidth(Region.USE_PREF_SIZE);
        context.permits().need(Right.CHANGE_SETTINGS, make);
        making.setMaxWidth(Double.MAX_VALUE);
        making.setVisible(false);
        making.managedProperty().bind(making.visibleProperty());
        node = new VBox(16, folder(), backups());
    }

    private Node folder() {
        Path workspace = context.features().workspace();
        TextField path = new TextField(workspace.toString());
        path.setId("setting-folder");
        path.setEditable(false);
        HBox.setHgrow(path, Priority.ALWAYS);
        Label name = new Label(texts.get("settings.folder"));
        name.setLabelFor(path);
        Button another = Look.button(
                texts.get("settings.folder.other"),
                "fth-external-link",
                () -> OtherWorkspaceWindow.show(context, path.getScene().getWindow()));
        another.setId("open-other");
        HBox line = new HBox(8, path, shows("folder-show", workspace), another);
        line.setAlignment(Pos.CENTER_LEFT);
        return new VBox(8, new VBox(2, name, Look.hint(texts.get("settings.folder.hint"))), line);
    }

    private Node backups() {
        VBox words = new VBox(
                2,
                new Label(texts.get("settings.backups")),
                Look.hint(texts.get("settings.backups.hint")),
                backups,
                making);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox buttons = new HBox(8, make, shows("backups-show", copies()));
        buttons.setAlignment(Pos.CENTER_RIGHT);
        HBox line = new HBox(24, words, buttons);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private Path copies() {
        return context.features().keeping().backups().folder().folder();
    }

    private Button shows(String id, Path folder) {
        Button show = Look.button(
                texts.get("settings.folder.show"),
                "fth-folder",
                () -> folders.show(folder, () -> context.notices().warn(texts.get("help.no_folder", folder))));
        show.setId(id);
        show.setMinWidth(Region.USE_PREF_SIZE);
        return show;
    }

    Node node() {
        return node;
    }

    /** Looks anew what backups there are. */
    void refresh() {
        context.background()
                .get(() -> context.features().keeping().backups().folder().copies(), this::say);
    }

    private void say(List<BackupCopy> copies) {
        backups.setText(
                copies.isEmpty()
                        ? texts.get("settings.backups.none")
                        : texts.get(
                                "settings.backups.last",
                                texts.time(copies.get(0).madeAt()),
                                texts.rate(copies.get(0).bytes() / MEGABYTE),
                                texts.number(copies.size())));
    }

    private void make() {
        make.setDisable(true);
        making.setVisible(true);
        context.background()
                .get(
                        () -> context.features().keeping().backups().make(),
                        made -> {
                            context.notices().done(texts.get("settings.backups.made", made.name()));
                            over();
                        },
                        failure -> {
                            context.background().tell(failure);
                            over();
                        });
    }

    private void over() {
        making.setVisible(false);
        make.setDisable(false);
        refresh();
    }
}
