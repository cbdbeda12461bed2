package app.mailroom.ui.settings;

import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.SideWindow;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.WorkspaceFolder;
import atlantafx.base.theme.Styles;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.Stage;
import javafx.stage.Window;

/** Asks for the folder of another workspace, says what is there, and opens it in a window of its own. */
final class OtherWorkspaceWindow {
    private static final String ID = "other-workspace";
    private static final double WIDTH = 600;
    private static final double HEIGHT = 300;

    private final ScreenContext context;
    private final Texts texts;
    private final TextField folder = new TextField();
    private final Label standing = new Label();
    private final Button open;
    private final Stage stage;

    private OtherWorkspaceWindow(ScreenContext context, Window owner) {
        this.context = context;
        this.texts = context.texts();
        folder.setId("other-folder");
        folder.setPromptText(texts.get("other.folder.prompt"));
        HBox.setHgrow(folder, Priority.ALWAYS);
        Button choose = Look.button(texts.get("other.choose"), "fth-folder", this::choose);
        choose.setId("other-choose");
        choose.setMinWidth(Region.USE_PREF_SIZE);
        standing.setId("other-standing");
        standing.setWrapText(true);
        standing.setMinHeight(Region.USE_PREF_SIZE);
        open = Look.primary(texts.get("other.open"), "fth-external-link", this::open);
        open.setId("other-open");
        open.setDefaultButton(true);
        Label name = new Label(texts.get("settings.folder"));
        name.setLabelFor(folder);
        HBox line = new HBox(8, folder, choose);
        line.setAlignment(Pos.CENTER_LEFT);
        HBox foot = new HBox(8, Look.gap(), open);
        VBox content = Look.page(
                Look.header(texts.get("other.title")),
                Look.hint(texts.get("other.hint")),
                new VBox(4, name, line, standing),
                Look.gap(),
                foot);
        acceptFolders(content);
        folder.textProperty().addListener((property, before, now) -> look());
        stage = SideWindow.of(owner, ID, texts.get("other.title"), content, WIDTH, HEIGHT);
        look();
    }

    static void show(ScreenContext context, Window owner) {
        SideWindow.close(ID);
        OtherWorkspaceWindow window = new OtherWorkspaceWindow(context, owner);
        window.stage.show();
        window.folder.requestFocus();
    }

    private void acceptFolders(VBox content) {
        content.setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.LINK, TransferMode.COPY);
                event.consume();
            }
        });
        content.setOnDragDropped(event -> {
            Optional<File> first = event.getDragboard().getFiles().stream().findFirst();
            first.ifPresent(file -> folder.setText(file.getPath()));
            event.setDropCompleted(first.isPresent());
            event.consume();
        });
    }

    private void choose() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(texts.get("other.title"));
        Optional.ofNullable(context.features().workspace().getParent())
                .map(Path::toFile)
                .filter(File::isDirectory)
                .ifPresent(chooser::setInitialDirectory);
        Optional.ofNullable(chooser.showDialog(stage)).ifPresent(chosen -> folder.setText(chosen.getPath()));
    }

    /** Says what is in the folder. Looking at one is quick, unless it lies behind a network that hangs; hence not here. */
    private void look() {
        String typed = folder.getText();
        open.setDisable(true);
        context.background()
                .get(() -> WorkspaceFolder.of(typed, context.features().workspace()), found -> {
                    if (typed.equals(folder.getText())) {
                        say(found);
                    }
                });
    }

    private void say(WorkspaceFolder found) {
        standing.setText(found == WorkspaceFolder.UNNAMED ? "" : texts.code("other.standing", found));
        standing.getStyleClass().setAll("label", Styles.TEXT_SMALL, found.opens() ? Styles.TEXT_MUTED : Styles.DANGER);
        folder.pseudoClassStateChanged(Styles.STATE_DANGER, !found.opens() && found != WorkspaceFolder.UNNAMED);
        open.setDisable(!found.opens());
    }

    private void open() {
        Path chosen = Path.of(folder.getText().strip());
        context.background().run(() -> context.features().keeping().elsewhere().open(chosen), () -> {
            stage.close();
            context.notices().done(texts.get("other.opening", chosen));
        });
    }
}
