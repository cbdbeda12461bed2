package app.mailroom.ui.recipients;

import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetQuery.ColumnFilter;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.javafx.FontIcon;

/** Which rows are shown, as chips that can be taken away, and what can be done to all of them. Hidden while all are. */
final class FilterBar {
    private final Texts texts;
    private final SheetViewModel model;
    private final Consumer<SheetMark> settle;
    private final FlowPane node = new FlowPane(8, 4);

    /** settle does what a mark asks for to all rows that have it. */
    FilterBar(Texts texts, SheetViewModel model, Consumer<SheetMark> settle) {
        this.texts = texts;
        this.model = model;
        this.settle = settle;
        node.setAlignment(Pos.CENTER_LEFT);
        node.managedProperty().bind(node.visibleProperty());
        node.setId("filters");
        model.query.addListener((property, before, now) -> show());
        model.rowsShown.addListener((property, before, now) -> show());
        model.counts.addListener((property, before, now) -> show());
        show();
    }

    private void show() {
        SheetQuery query = model.query.get();
        node.getChildren().clear();
        for (ColumnFilter filter : query.filters()) {
            String column =
                    model.shape().map(shape -> shape.columnName(filter.slot())).orElse("");
            node.getChildren().add(chip(SheetWords.of(texts, filter, column), () -> model.unfilter(filter)));
        }
        Optional<SheetMark> mark = query.mark();
        if (mark.isPresent()) {
            deed(mark.get()).ifPresent(node.getChildren()::add);
        }
        if (!query.showsAll()) {
            node.getChildren().add(Look.muted(texts.get("sheet.filter.shown", model.rowsShown.get())));
            Button all = new Button(texts.get("sheet.filter.all"));
            all.setId("show-all");
            all.getStyleClass().addAll(Styles.FLAT, Styles.SMALL, Styles.ACCENT);
            all.setOnAction(event -> model.showAll());
            node.getChildren().add(all);
        }
        node.setVisible(!query.showsAll());
    }

    private static Button chip(String text, Runnable away) {
        Button chip = new Button(text, new FontIcon("fth-x"));
        chip.setContentDisplay(ContentDisplay.RIGHT);
        chip.getStyleClass().add("filter-chip");
        chip.setMaxWidth(360);
        chip.setMnemonicParsing(false);
        chip.setOnAction(event -> away.run());
        return chip;
    }

    /** What can be done to all rows with a mark. */
    private Optional<Node> deed(SheetMark mark) {
        long count = model.counts.get().getOrDefault(mark, 0L);
        Optional<String> text = switch (mark) {
            case DUPLICATE -> Optional.of(texts.get("sheet.settle.duplicates", count));
            case SUPPRESSED -> Optional.of(texts.get("sheet.settle.suppressed", count));
            case MISTYPED -> Optional.of(texts.get("sheet.settle.mistyped", count));
            case INVALID, MISSING -> Optional.empty();
        };
        return text.filter(any -> count > 0).map(words -> {
            Button button = Look.button(
                    words, mark == SheetMark.MISTYPED ? "fth-check" : "fth-trash-2", () -> settle.accept(mark));
            button.setId("settle");
            button.getStyleClass().add(Styles.SMALL);
            return button;
        });
    }

    Node node() {
        return node;
    }
}
