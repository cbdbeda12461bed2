package app.mailroom.ui.templates;

import app.mailroom.authoring.TextComparison.Change;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.templates.Comparison.Row;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** A line of a comparison: both line numbers, a sign, and the text with what differs in it; or a fold. */
final class ComparisonCell extends ListCell<Row> {
    private static final PseudoClass ADDED = PseudoClass.getPseudoClass("added");
    private static final PseudoClass REMOVED = PseudoClass.getPseudoClass("removed");
    /** More of a line is not shown at once: an image as data may be a million characters long. */
    private static final int MOST = 600;

    private static final int LEAD = 80;

    private final Texts texts;
    private final Label before = number();
    private final Label after = number();
    private final Label sign = part("comparison-sign");
    private final Label head = part("comparison-text");
    private final Label differing = part("comparison-differing");
    private final Label tail = part("comparison-text");
    private final HBox line = new HBox(before, after, sign, head, differing, tail);
    private final Hyperlink open = new Hyperlink();
    private final HBox fold = new HBox(open);

    ComparisonCell(Texts texts, Consumer<Row.Fold> unfold) {
        this.texts = texts;
        line.setAlignment(Pos.CENTER_LEFT);
        fold.setAlignment(Pos.CENTER_LEFT);
        fold.getStyleClass().add("comparison-fold");
        open.setFocusTraversable(false);
        open.setOnAction(event -> {
            if (getItem() instanceof Row.Fold folded) {
                unfold.accept(folded);
            }
        });
    }

    @Override
    protected void updateItem(@Nullable Row row, boolean empty) {
        super.updateItem(row, empty);
        setText(null);
        Change change = !empty && row instanceof Row.Text text ? text.line().change() : Change.SAME;
        pseudoClassStateChanged(ADDED, change == Change.ADDED);
        pseudoClassStateChanged(REMOVED, change == Change.REMOVED);
        if (empty || row == null) {
            setGraphic(null);
        } else if (row instanceof Row.Fold folded) {
            open.setText(texts.get("compare.alike", texts.number(folded.lines().size())));
            setGraphic(fold);
        } else if (row instanceof Row.Text text) {
            fill(text);
            setGraphic(line);
        }
    }

    private void fill(Row.Text row) {
        String text = row.line().text();
        before.setText(
                row.line().before() == 0 ? "" : Integer.toString(row.line().before()));
        after.setText(row.line().after() == 0 ? "" : Integer.toString(row.line().after()));
        sign.setText(
                switch (row.line().change()) {
                    case SAME -> " ";
                    case ADDED -> "+";
                    case REMOVED -> "−";
                });
        boolean far = text.length() > MOST && row.from() > LEAD;
        head.setText(plain(far ? "…" + text.substring(row.from() - LEAD, row.from()) : text.substring(0, row.from())));
        differing.setText(cut(text.substring(row.from(), row.to())));
        differing.setVisible(row.to() > row.from());
        differing.setManaged(row.to() > row.from());
        tail.setText(cut(text.substring(row.to())));
    }

    private static String cut(String text) {
        return plain(text.length() <= MOST ? text : text.substring(0, MOST) + "…");
    }

    /** A tab has no width of its own in a label. */
    private static String plain(String text) {
        return text.replace("\t", "    ");
    }

    private static Label number() {
        Label label = part("comparison-number");
        label.setAlignment(Pos.CENTER_RIGHT);
        return label;
    }

    private static Label part(String style) {
        Label label = new Label();
        label.getStyleClass().add(style);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }
}
