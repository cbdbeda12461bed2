package app.mailroom.ui.sheet;

import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.TextArea;
import javafx.scene.text.Text;

/**
 * Where a cell is typed. It lies over the active cell and has the keyboard all the time, unseen until the first letter
 * comes: so the first key of a Hangul syllable, too, goes to a field that can compose it. What the sheet does in the
 * meantime does not touch what is typed.
 */
final class TypingField {
    private static final PseudoClass TYPING = PseudoClass.getPseudoClass("typing");
    private static final double LINE = 20;
    private static final double AROUND = 8;

    private final TextArea area = new TextArea();
    private final Text measure = new Text();
    private boolean typing;
    private boolean overtyping;
    private String before = "";

    /** Begun is run when the first letter replaces what was there. */
    TypingField(Runnable begun) {
        area.setManaged(false);
        area.getStyleClass().add("sheet-typing");
        area.setWrapText(true);
        area.setId("sheet-typing");
        rest();
        area.textProperty().addListener((property, old, now) -> {
            if (!typing && !now.isEmpty()) {
                overtyping = true;
                wake();
                begun.run();
            }
        });
    }

    TextArea node() {
        return area;
    }

    boolean isTyping() {
        return typing;
    }

    /** Typing began by a letter, not by a key that opens the cell: then arrows leave the cell. */
    boolean isOvertyping() {
        return typing && overtyping;
    }

    /** Opens with a text, the caret behind it. */
    void open(String text) {
        before = text;
        overtyping = false;
        wake();
        area.setText(text);
        area.end();
    }

    /** What the cell held before, so that nothing is written when nothing was changed. */
    void replaces(String text) {
        before = text;
    }

    boolean changed() {
        return !area.getText().equals(before);
    }

    String text() {
        return area.getText();
    }

    void breakLine() {
        area.replaceSelection("\n");
    }

    /** Is unseen and empty again. */
    void rest() {
        typing = false;
        area.clear();
        area.setOpacity(0);
        area.setMouseTransparent(true);
        area.pseudoClassStateChanged(TYPING, false);
    }

    private void wake() {
        typing = true;
        area.setOpacity(1);
        area.setMouseTransparent(false);
        area.pseudoClassStateChanged(TYPING, true);
    }

    /** Lies over a cell; as large as its text needs, as far as there is room. */
    void place(Bounds cell, Rectangle2D room) {
        double width = cell.getWidth() + 1;
        double height = cell.getHeight() + 1;
        if (typing) {
            measure.setFont(area.getFont());
            measure.setText(area.getText());
            measure.setWrappingWidth(0);
            double widest = Math.max(width, room.getMaxX() - cell.getMinX());
            width = Math.min(widest, Math.max(width, measure.getLayoutBounds().getWidth() + 28));
            measure.setWrappingWidth(Math.max(1, width - 24));
            double lines = Math.max(1, Math.round(measure.getLayoutBounds().getHeight() / LINE));
            double breaks = area.getText().chars().filter(c -> c == '\n').count();
            double tallest = Math.max(height, room.getMaxY() - cell.getMinY());
            height = Math.min(tallest, Math.max(height, Math.max(lines, breaks + 1) * LINE + AROUND));
        }
        if (area.getWidth() != width || area.getHeight() != height) {
            area.resize(width, height);
        }
        if (area.getLayoutX() != cell.getMinX() - 1 || area.getLayoutY() != cell.getMinY() - 1) {
            area.relocate(cell.getMinX() - 1, cell.getMinY() - 1);
        }
    }
}
