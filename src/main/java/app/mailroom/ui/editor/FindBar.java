package app.mailroom.ui.editor;

import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.fxmisc.richtext.CodeArea;

/** Find and replace over a source text. Hidden until it is opened. JavaFX thread only. */
final class FindBar {
    private final Texts texts;
    private final CodeArea area;
    private final TextField wanted = new TextField();
    private final TextField replacement = new TextField();
    private final ToggleButton matchCase = new ToggleButton("Aa");
    private final Label count = new Label();
    private final VBox node;

    /** A stretch of the text. */
    private record Found(int start, int end) {}

    FindBar(Texts texts, CodeArea area) {
        this.texts = texts;
        this.area = area;
        wanted.setId("source-find");
        wanted.setPromptText(texts.get("editor.find.text"));
        replacement.setId("source-replacement");
        replacement.setPromptText(texts.get("editor.find.replacement"));
        matchCase.setId("source-case");
        matchCase.setTooltip(new Tooltip(texts.get("editor.find.case")));
        matchCase.setAccessibleText(texts.get("editor.find.case"));
        matchCase.getStyleClass().addAll(Styles.SMALL, Styles.FLAT);
        count.setId("source-count");
        count.getStyleClass().addAll(Styles.TEXT_MUTED, "text-small");
        count.setMinWidth(96);
        HBox find = row(
                wanted,
                matchCase,
                small(Look.iconButton(texts.get("editor.find.previous"), "fth-chevron-up", () -> step(false))),
                small(Look.iconButton(texts.get("editor.find.next"), "fth-chevron-down", () -> step(true))),
                count,
                small(Look.iconButton(texts.get("editor.find.close"), "fth-x", this::close)));
        HBox replace = row(
                replacement,
                named(
                        "source-replace",
                        small(Look.button(texts.get("editor.find.replace"), "fth-edit-2", this::replace))),
                named(
                        "source-replace-all",
                        small(Look.button(texts.get("editor.find.replace.all"), "fth-repeat", this::replaceAll))));
        node = new VBox(8, find, replace);
        node.getStyleClass().add("find-bar");
        node.setVisible(false);
        node.setManaged(false);
        node.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        wanted.textProperty().addListener(change -> nearest());
        matchCase.selectedProperty().addListener(change -> nearest());
    }

    /** What is shown. */
    Node node() {
        return node;
    }

    /** Opens it, with what is selected. */
    void open() {
        String selected = area.getSelectedText();
        node.setVisible(true);
        node.setManaged(true);
        if (!selected.isEmpty() && selected.indexOf('\n') < 0) {
            wanted.setText(selected);
        }
        wanted.requestFocus();
        wanted.selectAll();
        tell();
    }

    private void close() {
        node.setVisible(false);
        node.setManaged(false);
        area.requestFocus();
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            event.consume();
            close();
        } else if (event.getCode() == KeyCode.ENTER && event.getTarget() == wanted) {
            event.consume();
            step(!event.isShiftDown());
        } else if (event.getCode() == KeyCode.ENTER && event.getTarget() == replacement) {
            event.consume();
            replace();
        }
    }

    private List<Found> all() {
        if (wanted.getText().isEmpty()) {
            return List.of();
        }
        int flags = Pattern.LITERAL | (matchCase.isSelected() ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        Matcher matcher = Pattern.compile(wanted.getText(), flags).matcher(area.getText());
        List<Found> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(new Found(matcher.start(), matcher.end()));
        }
        return found;
    }

    /** Goes to the first from where the selection begins, so that typing on does not run ahead. */
    private void nearest() {
        List<Found> found = all();
        int from = area.getSelection().getStart();
        found.stream()
                .filter(one -> one.start() >= from)
                .findFirst()
                .or(() -> found.stream().findFirst())
                .ifPresent(this::show);
        tell(found);
    }

    private void step(boolean forward) {
        List<Found> found = all();
        if (!found.isEmpty()) {
            int start = area.getSelection().getStart();
            int end = area.getSelection().getEnd();
            Found next = found.get(forward ? 0 : found.size() - 1);
            if (forward) {
                next = found.stream()
                        .filter(one -> one.start() >= end)
                        .findFirst()
                        .orElse(next);
            } else {
                for (Found one : found) {
                    next = one.end() <= start ? one : next;
                }
            }
            show(next);
        }
        tell(found);
    }

    private void replace() {
        Found here =
                new Found(area.getSelection().getStart(), area.getSelection().getEnd());
        if (all().contains(here)) {
            area.replaceText(here.start(), here.end(), replacement.getText());
            area.moveTo(here.start() + replacement.getLength());
        }
        step(true);
    }

    /** All at once, as one step to undo. */
    private void replaceAll() {
        List<Found> found = all();
        if (found.isEmpty()) {
            return;
        }
        String text = area.getText();
        int first = found.get(0).start();
        int last = found.get(found.size() - 1).end();
        StringBuilder made = new StringBuilder();
        int at = first;
        for (Found one : found) {
            made.append(text, at, one.start()).append(replacement.getText());
            at = one.end();
        }
        area.replaceText(first, last, made.toString());
        tell();
    }

    private void show(Found found) {
        area.selectRange(found.start(), found.end());
        area.requestFollowCaret();
    }

    private void tell() {
        tell(all());
    }

    private void tell(List<Found> found) {
        if (wanted.getText().isEmpty()) {
            count.setText("");
            return;
        }
        int place = found.indexOf(new Found(
                        area.getSelection().getStart(), area.getSelection().getEnd()))
                + 1;
        count.setText(
                found.isEmpty()
                        ? texts.get("editor.find.none")
                        : texts.get("editor.find.count", texts.number(place), texts.number(found.size())));
    }

    private static HBox row(TextField field, Node... others) {
        HBox row = new HBox(4, field);
        row.getChildren().addAll(others);
        row.setAlignment(Pos.CENTER_LEFT);
        field.setMaxWidth(360);
        HBox.setHgrow(field, Priority.ALWAYS);
        return row;
    }

    private static <N extends Region> N small(N button) {
        button.getStyleClass().add(Styles.SMALL);
        return button;
    }

    private static <N extends Node> N named(String id, N node) {
        node.setId(id);
        return node;
    }
}
