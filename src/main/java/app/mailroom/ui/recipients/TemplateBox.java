package app.mailroom.ui.recipients;

import app.mailroom.model.Template;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Tooltip;

/** Says which template gives a list its columns, and lets a person choose another, or none. */
final class TemplateBox {
    /** A template, or none. */
    record Choice(Optional<Template> template) {}

    private final Texts texts;
    private final SheetViewModel model;
    private final ComboBox<Choice> box = new ComboBox<>();
    private boolean filling;

    TemplateBox(Texts texts, SheetViewModel model) {
        this.texts = texts;
        this.model = model;
        box.setId("sheet-template");
        box.setPrefWidth(180);
        box.setMinWidth(120);
        box.setTooltip(new Tooltip(texts.get("sheet.template.hint")));
        box.setAccessibleText(texts.get("sheet.template.hint"));
        box.setConverter(new Naming<>(choice -> name(choice.template())));
        model.templates.addListener((ListChangeListener<Template>) change -> fill());
        model.shape.addListener((property, before, now) -> fill());
        box.valueProperty().addListener((property, before, now) -> {
            if (!filling && now != null) {
                model.choose(now.template());
            }
        });
    }

    private String name(Optional<Template> template) {
        return template.map(Template::name).orElseGet(() -> texts.get("sheet.template.none"));
    }

    private void fill() {
        filling = true;
        Optional<Template> chosen = model.shape().flatMap(SheetShape::template);
        List<Choice> offered = new ArrayList<>();
        offered.add(new Choice(Optional.empty()));
        for (Template template : model.templates) {
            boolean mine = chosen.isPresent() && chosen.get().id() == template.id();
            if (!template.archived() && !mine) {
                offered.add(new Choice(Optional.of(template)));
            }
        }
        if (chosen.isPresent()) {
            offered.add(1, new Choice(chosen));
        }
        box.getItems().setAll(offered);
        box.setValue(new Choice(chosen));
        box.setDisable(model.shape.get() == null);
        filling = false;
    }

    Node node() {
        return box;
    }
}
