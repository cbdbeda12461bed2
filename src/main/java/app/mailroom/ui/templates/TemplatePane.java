package app.mailroom.ui.templates;

import app.mailroom.model.Template;
import app.mailroom.template.TemplateProblem;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Beside the list: the chosen template as its reader will see it, and what is known of it. */
final class TemplatePane {
    private final Texts texts;
    private final Label name = new Label();
    private final Label saved = Look.muted("");
    private final Label draft = Look.badge("", "accent");
    private final FlowPane variables = new FlowPane(4, 4);
    private final VBox problems = new VBox(4);
    private final SamplePreview preview;
    private final VBox content;
    private final Label instead = Look.muted("");
    private final StackPane node;

    /**
     * Nothing is shown in it yet.
     *
     * @param more what can be done to the chosen template besides opening it
     */
    TemplatePane(Texts texts, Runnable open, List<MenuItem> more) {
        this.texts = texts;
        this.preview = new SamplePreview(texts);
        name.getStyleClass().add(Styles.TITLE_4);
        name.setMinWidth(0);
        Button edit = Look.button(texts.get("templates.open"), "fth-edit-3", open);
        edit.setId("open-template");
        MenuButton menu = new MenuButton(texts.get("templates.more"));
        menu.setId("template-more");
        menu.setMinWidth(MenuButton.USE_PREF_SIZE);
        menu.getItems().setAll(more);
        HBox head = new HBox(8, name, Look.gap(), edit, menu);
        head.setAlignment(Pos.CENTER_LEFT);
        draft.setText(texts.get("templates.draft.long"));
        draft.managedProperty().bind(draft.visibleProperty());
        saved.setWrapText(true);
        problems.managedProperty().bind(problems.visibleProperty());
        VBox.setVgrow(preview.node(), Priority.ALWAYS);
        content = new VBox(8, head, saved, draft, variables, problems, preview.node());
        instead.setAlignment(Pos.CENTER);
        node = new StackPane(content, instead);
        node.getStyleClass().add("pane");
        node.setMinWidth(320);
        nothing(texts.get("templates.choose"));
    }

    Node node() {
        return node;
    }

    /** Shows a text in place of a template. */
    void nothing(String why) {
        content.setVisible(false);
        instead.setText(why);
        instead.setVisible(true);
    }

    void show(TemplatesViewModel.Shown look) {
        Template template = look.template();
        name.setText(template.name());
        saved.setText(texts.get(
                "templates.saved_by",
                template.newest().number(),
                texts.time(template.newest().createdAt()),
                template.newest().createdBy()));
        draft.setVisible(template.hasDraft());
        variables.getChildren().clear();
        if (look.variables().isEmpty()) {
            variables.getChildren().add(Look.muted(texts.get("templates.variables.none")));
        } else {
            variables.getChildren().add(Look.muted(texts.get("templates.variables")));
            look.variables().forEach(variable -> variables.getChildren().add(Look.badge(variable, "neutral")));
        }
        problems.getChildren().clear();
        look.problems().forEach(problem -> problems.getChildren().add(line(problem)));
        problems.setVisible(!look.problems().isEmpty());
        preview.node().setVisible(look.sample().isPresent());
        look.sample().ifPresent(preview::show);
        content.setVisible(true);
        instead.setVisible(false);
    }

    private Node line(TemplateProblem problem) {
        Label label = new Label(texts.get(
                "templates.problem",
                texts.code("part", problem.part()),
                problem.line(),
                texts.code("template", problem.code()),
                problem.detail()));
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        label.getStyleClass().addAll("finding", "finding-blocks");
        return label;
    }
}
