package app.mailroom.ui.recipients;

import app.mailroom.model.SheetMark;
import app.mailroom.ui.common.Texts;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** What is wrong in a sheet, counted: one chip for each mark, which shows the rows that have it. */
final class MarksBar {
    private static final PseudoClass QUIET = PseudoClass.getPseudoClass("quiet");

    private final Texts texts;
    private final SheetViewModel model;
    private final Map<SheetMark, ToggleButton> chips = new EnumMap<>(SheetMark.class);
    private final ToggleButton all;
    private final HBox node = new HBox(4);

    MarksBar(Texts texts, SheetViewModel model) {
        this.texts = texts;
        this.model = model;
        this.all = chip("all", texts.get("sheet.marks.all.hint"), model::showAll);
        node.getChildren().add(all);
        for (SheetMark mark : SheetMark.values()) {
            ToggleButton chip = chip(
                    mark.name().toLowerCase(Locale.ROOT),
                    SheetWords.meaning(texts, mark),
                    () -> model.mark(
                            model.query.get().mark().equals(Optional.of(mark)) ? Optional.empty() : Optional.of(mark)));
            chips.put(mark, chip);
            node.getChildren().add(chip);
        }
        node.setAlignment(Pos.CENTER_LEFT);
        node.setMinWidth(Region.USE_PREF_SIZE);
        model.counts.addListener((property, before, now) -> show());
        model.query.addListener((property, before, now) -> show());
        model.list.addListener((property, before, now) -> show());
        show();
    }

    private static ToggleButton chip(String name, String hint, Runnable deed) {
        ToggleButton chip = new ToggleButton();
        chip.setId("mark-" + name);
        chip.getStyleClass().addAll("mark-chip", "mark-chip-" + name);
        chip.setTooltip(new Tooltip(hint));
        chip.setMinWidth(Region.USE_PREF_SIZE);
        chip.setOnAction(event -> deed.run());
        return chip;
    }

    private void show() {
        long rows = model.list.get() == null ? 0 : model.list.get().sheetCount();
        all.setText(texts.get("sheet.marks.all", rows));
        all.setSelected(model.query.get().showsAll());
        chips.forEach((mark, chip) -> {
            long count = model.counts.get().getOrDefault(mark, 0L);
            boolean chosen = model.query.get().mark().equals(Optional.of(mark));
            chip.setText(SheetWords.of(texts, mark) + " " + texts.number(count));
            chip.setSelected(chosen);
            chip.pseudoClassStateChanged(QUIET, count == 0 && !chosen);
        });
    }

    Node node() {
        return node;
    }
}
