package app.mailroom.ui.recipients;

import app.mailroom.model.Template;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Tooltip;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Says which template gives a list its columns, and lets a person choose another, or none. */
final class TemplateBox {
    private final Texts texts;
    private final SheetViewModel model;
    private final ComboBox<Optional<Template>> box = new ComboBox<>();
    private boolean filling;

    TemplateBox(Texts texts, SheetViewModel model) {
        this.texts = texts;
        this.model = model;
        box.setId("sheet-template");
        box.setPrefWidth(220);
        box.setMinWidth(120);
        box.setTooltip(new Tooltip(texts.get("sheet.template.hint")));
        box.setAccessibleText(texts.get("sheet.template.hint"));
        box.setConverter(new StringConverter<>() {
            @Override
            @SuppressWarnings("NullableOptional")
            public String toString(@Nullable Optional<Template> template) {
                return template == null ? "" : name(template);
            }

            @Override
            public Optional<Template> fromString(String text) {
                return Optional.empty();
            }
        });
        model.templates.addListener((ListChangeListener<Template>) change -> fill());
        model.shape.addListener((property, before, now) -> fill());
        box.valueProperty().addListener((property, before, now) -> {
            if (!filling && now != null) {
                model.choose(now);
            }
        });
    }

    private String name(Optional<Template> template) {
        return template.map(Template::name).orElseGet(() -> texts.get("sheet.template.none"));
    }

    private void fill() {
        filling = true;
        Optional<Template> chosen = model.shape().flatMap(SheetShape::template);
        List<Optional<Template>> offered = new ArrayList<>();
        offered.add(Optional.empty());
        for (Template template : model.templates) {
            boolean mine = chosen.isPresent() && chosen.get().id() == template.id();
            if (!template.archived() && !mine) {
                offered.add(Optional.of(template));
            }
        }
        if (chosen.isPresent()) {
            offered.add(1, chosen);
        }
        box.getItems().setAll(offered);
        box.setValue(chosen);
        box.setDisable(model.shape.get() == null);
        filling = false;
    }

    Node node() {
        return box;
    }
}
