package app.mailroom.ui.editor;

import app.mailroom.ui.common.Texts;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.TwoDimensional.Bias;

/** The HTML of a template with its syntax coloured, line numbers, find and replace, undo. JavaFX thread only. */
public final class SourceEditor {
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);
    private static final String INDENT = "  ";

    private final CodeArea area = new CodeArea();
    private final SourceColors colors = new SourceColors(area);
    private final FindBar findBar;
    private final BorderPane node;
    private LineEnds ends = new LineEnds("");
    private Runnable changed = () -> {};
    private boolean filling;

    /** An empty one. */
    public SourceEditor(Texts texts) {
        findBar = new FindBar(texts, area);
        area.setId("source-editor");
        area.setParagraphGraphicFactory(SourceEditor::lineNumber);
        area.setAccessibleText(texts.get("editor.source.name"));
        area.setContextMenu(menu(texts));
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        area.plainTextChanges().subscribe(change -> {
            if (!filling) {
                changed.run();
            }
        });
        node = new BorderPane(new VirtualizedScrollPane<>(area));
        node.setTop(findBar.node());
        node.getStyleClass().add("source-editor");
    }

    /** What is shown. */
    public Node node() {
        return node;
    }

    /** Shows a text from its top, with nothing to undo. */
    public void show(String html) {
        filling = true;
        try {
            ends = new LineEnds(html);
            area.replaceText(ends.plain());
            area.getUndoManager().forgetHistory();
            area.moveTo(0);
            area.showParagraphAtTop(0);
            colors.read();
        } finally {
            filling = false;
        }
    }

    /** The text now, with the line ends that it had. */
    public String html() {
        return ends.restored(area.getText());
    }

    /** Is run after each change that the person makes. One listener. */
    public void onChange(Runnable listener) {
        changed = listener;
    }

    /** Selects chars of {@link #html} and scrolls to them. */
    public void select(int start, int end) {
        String html = html();
        int from = LineEnds.inPlain(html, Math.max(0, start));
        int to = LineEnds.inPlain(html, Math.max(start, end));
        area.selectRange(from, to);
        int line = area.offsetToPosition(from, Bias.Forward).getMajor();
        area.showParagraphAtTop(Math.max(0, line - 4));
        area.requestFollowCaret();
    }

    /** Puts a text where the caret is. */
    public void insert(String text) {
        area.replaceSelection(text);
        area.requestFollowCaret();
    }

    /** Opens find and replace. */
    public void find() {
        findBar.open();
    }

    /** Puts the caret into the text. */
    public void focus() {
        area.requestFocus();
    }

    private void key(KeyEvent event) {
        if (FIND.match(event)) {
            event.consume();
            find();
        } else if (event.isShortcutDown() || event.isAltDown()) {
            return;
        } else if (event.getCode() == KeyCode.TAB) {
            event.consume();
            indent(!event.isShiftDown());
        } else if (event.getCode() == KeyCode.ENTER) {
            event.consume();
            insert("\n" + indentOfLine());
        }
    }

    /** The white space with which the line of the caret begins, as far as it stands before the caret. */
    private String indentOfLine() {
        int start = area.getSelection().getStart();
        int line = area.offsetToPosition(start, Bias.Forward).getMajor();
        String before = area.getParagraph(line).getText().substring(0, start - area.getAbsolutePosition(line, 0));
        return before.substring(0, before.length() - before.stripLeading().length());
    }

    private void indent(boolean more) {
        int start = area.getSelection().getStart();
        int end = area.getSelection().getEnd();
        int first = area.offsetToPosition(start, Bias.Forward).getMajor();
        int last = area.offsetToPosition(end, Bias.Backward).getMajor();
        if (more && first == last) {
            insert(INDENT);
            return;
        }
        int from = area.getAbsolutePosition(first, 0);
        int to = area.getAbsolutePosition(last, area.getParagraphLength(last));
        String lines = area.getText(from, to);
        String moved = more ? INDENT + lines.replace("\n", "\n" + INDENT) : lines.replaceAll("(?m)^( {1,2}|\t)", "");
        if (!moved.equals(lines)) {
            area.replaceText(from, to, moved);
            area.selectRange(from, from + moved.length());
        }
    }

    private ContextMenu menu(Texts texts) {
        MenuItem undo = item(texts.get("editor.undo"), area::undo);
        MenuItem redo = item(texts.get("editor.redo"), area::redo);
        MenuItem cut = item(texts.get("editor.cut"), area::cut);
        MenuItem copy = item(texts.get("action.copy"), area::copy);
        ContextMenu menu = new ContextMenu(
                undo,
                redo,
                new SeparatorMenuItem(),
                cut,
                copy,
                item(texts.get("editor.paste"), area::paste),
                new SeparatorMenuItem(),
                item(texts.get("editor.all"), area::selectAll),
                item(texts.get("editor.find.text"), this::find));
        menu.setOnShowing(event -> {
            undo.setDisable(!area.isUndoAvailable());
            redo.setDisable(!area.isRedoAvailable());
            cut.setDisable(area.getSelection().getLength() == 0);
            copy.setDisable(area.getSelection().getLength() == 0);
        });
        return menu;
    }

    /** The library's own stumbles over lines that go while they are out of view. */
    private static Node lineNumber(int index) {
        Label number = new Label(Integer.toString(index + 1));
        number.getStyleClass().add("lineno");
        return number;
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(event -> action.run());
        return item;
    }
}
