package app.mailroom.ui.results;

import app.mailroom.recipients.WholeFile;
import app.mailroom.results.ResultTable;
import app.mailroom.results.ResultsExport;
import app.mailroom.results.TableText;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.RowActions.Action;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.ResultFiles.Kind;
import app.mailroom.ui.sheet.TabSeparated;
import atlantafx.base.theme.Styles;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.transform.Transform;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A chart or a table with a title and a menu (also by right click) that copies it as a picture or as a table, and saves it as
 * PNG, CSV or XLSX. JavaFX thread only.
 */
final class ResultCard {
    /** How many pixels of a picture stand for one of the window, so that it is sharp on paper. */
    static final int SHARPNESS = 2;

    private final ScreenContext context;
    private final Texts texts;
    private final String title;
    private final Supplier<ResultTable> table;
    private final ResultFiles files;
    private final MenuButton menu = new MenuButton(null, new FontIcon("fth-more-horizontal"));
    private final VBox face;
    private final VBox node;
    private Supplier<String> subject = () -> "";

    /**
     * Around a chart or a table.
     *
     * @param hint a line under the title that says what is counted, or empty
     * @param table its figures, asked for on the JavaFX thread when they are copied or saved
     */
    ResultCard(ScreenContext context, String title, String hint, Node content, Supplier<ResultTable> table) {
        this.context = context;
        this.texts = context.texts();
        this.title = title;
        this.table = table;
        this.files = new ResultFiles(context);
        Label name = new Label(title);
        name.getStyleClass().add("result-title");
        name.setMinWidth(0);
        HBox head = new HBox(8, name, Look.gap(), menu);
        head.setAlignment(Pos.CENTER_LEFT);
        face = new VBox(4, head);
        if (!hint.isEmpty()) {
            Label words = Look.hint(hint);
            face.getChildren().add(words);
        }
        face.getChildren().add(content);
        VBox.setVgrow(content, Priority.ALWAYS);
        face.getStyleClass().add("result-face");
        VBox.setVgrow(face, Priority.ALWAYS);
        node = new VBox(face);
        node.getStyleClass().add("result-card");
        buildMenu();
    }

    private void buildMenu() {
        menu.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL, "no-arrow", "result-menu");
        menu.setMinWidth(Region.USE_PREF_SIZE);
        menu.setTooltip(new Tooltip(texts.get("card.menu")));
        menu.setAccessibleText(texts.get("card.menu.of", title));
        menu.getItems().setAll(items());
        node.setOnContextMenuRequested(event -> {
            event.consume();
            ContextMenu here = new ContextMenu();
            here.getItems().setAll(items());
            here.show(node, event.getScreenX(), event.getScreenY());
        });
    }

    private List<MenuItem> items() {
        return List.of(
                new Action(texts.get("card.copy_picture"), "fth-image", this::copyPicture).item("copy-picture"),
                new Action(texts.get("card.save_picture"), "fth-download", this::savePicture).item("save-picture"),
                new SeparatorMenuItem(),
                new Action(texts.get("card.copy_table"), "fth-copy", this::copyTable).item("copy-table"),
                new Action(texts.get("card.save_table"), "fth-download", this::saveTable).item("save-table"));
    }

    /** Names what the card is about, a mailing for instance; the names of its files begin with that. */
    ResultCard of(Supplier<String> subject) {
        this.subject = subject;
        return this;
    }

    /** The card. */
    Node node() {
        return node;
    }

    /** The card without its menu, as it stands in the window. */
    WritableImage picture() {
        SnapshotParameters how = new SnapshotParameters();
        how.setTransform(Transform.scale(SHARPNESS, SHARPNESS));
        how.setFill(paper());
        // Made invisible, it would lose the focus.
        menu.setOpacity(0);
        try {
            return face.snapshot(how, null);
        } finally {
            menu.setOpacity(1);
        }
    }

    private Paint paper() {
        return face.getBackground() == null || face.getBackground().getFills().isEmpty()
                ? Color.WHITE
                : face.getBackground().getFills().get(0).getFill();
    }

    private void copyPicture() {
        ClipboardContent content = new ClipboardContent();
        content.putImage(picture());
        Clipboard.getSystemClipboard().setContent(content);
        context.notices().done(texts.get("card.copied"));
    }

    private void savePicture() {
        WritableImage picture = picture();
        files.save(
                node,
                texts.get("card.save_picture"),
                name(),
                List.of(Kind.PNG),
                (file, kind, progress) -> exports()
                        .inAnotherWay(
                                name(),
                                "PNG",
                                () -> WholeFile.write(file, stream -> {
                                    PngPicture.write(picture, stream);
                                    return 0L;
                                })));
    }

    private ResultsExport exports() {
        return new ResultsExport(context.access(), context.features().account().audit(), ZoneId.systemDefault());
    }

    private void copyTable() {
        copy(table.get());
        context.notices().done(texts.get("card.copied"));
    }

    /** Puts a table into the clipboard, for spreadsheets and for letters. */
    static void copy(ResultTable table) {
        // Spreadsheets read numbers as the system writes them, in whatever language this window is.
        TableText text = new TableText(Locale.getDefault(Locale.Category.FORMAT), ZoneId.systemDefault());
        ClipboardContent content = new ClipboardContent();
        content.putString(TabSeparated.format(text.cells(table)));
        content.putHtml(text.html(table));
        Clipboard.getSystemClipboard().setContent(content);
    }

    private void saveTable() {
        ResultTable now = table.get();
        ResultsExport exports = exports();
        files.save(node, texts.get("card.save_table"), name(), List.of(Kind.XLSX, Kind.CSV), (file, kind, progress) -> {
            if (kind == Kind.CSV) {
                exports.toText(name(), now, true, file, progress);
            } else {
                exports.toWorkbook(name(), List.of(now), file, progress);
            }
        });
    }

    private String name() {
        String of = subject.get();
        return of.isBlank() ? title : of + " – " + title;
    }
}
