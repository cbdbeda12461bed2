package app.mailroom.ui.templates;

import app.mailroom.model.Template;
import app.mailroom.ui.common.ChoiceTable;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import java.util.Comparator;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.layout.HBox;

/** The table of templates. */
final class TemplateTable extends ChoiceTable<Template> {
    private final Texts texts;

    /**
     * An empty one.
     *
     * @param open is run by a double click on a row, and by Enter
     */
    TemplateTable(Texts texts, Runnable open) {
        super("templates", Template::id, texts.locale(), open);
        this.texts = texts;
        columns();
    }

    private void columns() {
        column(texts.get("templates.name"), 260, this::name, alphabetically(Template::name))
                .setMinWidth(208);
        column(
                texts.get("templates.subject"),
                280,
                template -> new Label(template.newest().subject()),
                alphabetically(template -> template.newest().subject()));
        TableColumn<Template, String> version = Look.numbers(
                texts.get("templates.version"),
                72,
                template -> texts.number(template.newest().number()));
        version.setMinWidth(72);
        node().getColumns().add(version);
        column(
                        texts.get("templates.changed"),
                        184,
                        template -> new Label(texts.time(template.updatedAt())),
                        Comparator.comparing(Template::updatedAt))
                .setMinWidth(184);
    }

    private Node name(Template template) {
        HBox name = named(template.name());
        if (template.hasDraft()) {
            name.getChildren().add(Look.badge(texts.get("templates.draft"), "accent"));
        }
        return name;
    }
}
