package app.mailroom.ui.templates;

import app.mailroom.model.RecipientList;
import app.mailroom.template.TemplateProblem;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.MailPreview;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** What is written, as a mail to a recipient that the person chooses. Keeps the last good mail while there are problems. */
final class PreviewPane {
    private static final int PROBLEMS = 3;

    private final Texts texts;
    private final SampleRows rows;
    private final MailPreview preview;
    private final ComboBox<Choice> lists = new ComboBox<>();
    private final Label place = new Label();
    private final Label who = Look.muted("");
    private final TextField search;
    private final Label notFound;
    private final VBox problems = new VBox(4);
    private final HBox steps;
    private final Button back;
    private final Button forth;
    private final VBox node;
    private boolean filling;

    /** A list, or none. */
    private record Choice(@Nullable RecipientList list) {}

    /** Pictures may be fetched for this preview only, so each page makes its own. */
    PreviewPane(Texts texts, SampleRows rows, Runnable full) {
        this.texts = texts;
        this.rows = rows;
        preview = new MailPreview(texts);
        preview.hideSubject();
        preview.keepPlace();
        Button wide = Look.iconButton(texts.get("editor.preview.full"), "fth-maximize-2", full);
        wide.setId("preview-full");
        preview.addTool(wide);
        VBox.setVgrow(preview.node(), Priority.ALWAYS);
        back = Look.iconButton(texts.get("editor.row.back"), "fth-chevron-left", () -> rows.step(-1));
        forth = Look.iconButton(texts.get("editor.row.forth"), "fth-chevron-right", () -> rows.step(1));
        back.setId("row-back");
        forth.setId("row-forth");
        search = Look.searchField(texts.get("editor.row.search"));
        search.setId("row-search");
        search.setPrefWidth(150);
        search.setMaxWidth(Double.MAX_VALUE);
        search.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                find();
            }
        });
        notFound = new Label(null, new FontIcon("fth-x-circle"));
        notFound.setTooltip(new Tooltip(texts.get("editor.row.none")));
        notFound.setAccessibleText(texts.get("editor.row.none"));
        notFound.getStyleClass().add("not-found");
        notFound.managedProperty().bind(notFound.visibleProperty());
        notFound.setVisible(false);
        search.textProperty().addListener((property, before, now) -> notFound.setVisible(false));
        who.setWrapText(false);
        who.setMinWidth(0);
        who.setId("row-address");
        place.setId("row-place");
        place.setMinWidth(Region.USE_PREF_SIZE);
        steps = new HBox(4, back, place, forth, search, notFound);
        HBox.setHgrow(search, Priority.ALWAYS);
        steps.setAlignment(Pos.CENTER_LEFT);
        steps.managedProperty().bind(steps.visibleProperty());
        who.managedProperty().bind(who.visibleProperty());
        who.visibleProperty().bind(steps.visibleProperty());
        problems.setMinHeight(Region.USE_PREF_SIZE);
        problems.managedProperty().bind(problems.visibleProperty());
        problems.setVisible(false);
        problems.setId("preview-problems");
        node = new VBox(8, chooser(), steps, who, problems, preview.node());
        node.getStyleClass().add("tab-body");
        node.setMinWidth(0);
        rows.lists.addListener((javafx.collections.ListChangeListener<RecipientList>) change -> fillLists());
        rows.list.addListener((property, before, now) -> {
            choose();
            showRow();
        });
        rows.row.addListener((property, before, now) -> showRow());
        rows.position.addListener((property, before, now) -> showRow());
        fillLists();
        showRow();
    }

    private Node chooser() {
        lists.setId("row-list");
        lists.setMaxWidth(Double.MAX_VALUE);
        lists.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Choice choice) {
                RecipientList list = choice == null ? null : choice.list();
                return list == null
                        ? texts.get("editor.list.none")
                        : texts.get("editor.list.choice", list.name(), texts.number(list.rowCount()));
            }

            @Override
            public @Nullable Choice fromString(String text) {
                return null;
            }
        });
        lists.setOnAction(event -> {
            Choice choice = lists.getValue();
            if (!filling && choice != null) {
                rows.choose(choice.list());
            }
        });
        Label label = new Label(texts.get("editor.list"));
        label.getStyleClass().add("field-name");
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.setLabelFor(lists);
        HBox.setHgrow(lists, Priority.ALWAYS);
        HBox line = new HBox(8, label, lists);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void fillLists() {
        filling = true;
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(null));
        rows.lists.forEach(list -> choices.add(new Choice(list)));
        lists.getItems().setAll(choices);
        filling = false;
        choose();
    }

    private void choose() {
        RecipientList chosen = rows.list.get();
        filling = true;
        lists.getItems().stream()
                .filter(choice -> Objects.equals(id(choice.list()), id(chosen)))
                .findFirst()
                .ifPresent(lists::setValue);
        filling = false;
    }

    private static @Nullable Long id(@Nullable RecipientList list) {
        return list == null ? null : list.id();
    }

    private void showRow() {
        steps.setVisible(rows.list.get() != null);
        long position = rows.position.get();
        place.setText(texts.get("editor.row.place", texts.number(position), texts.number(rows.count())));
        who.setText(rows.row.get().map(SampleRow::label).orElse(""));
        back.setDisable(position <= 1);
        forth.setDisable(position >= rows.count());
    }

    private void find() {
        rows.find(search.getText(), found -> notFound.setVisible(!found));
    }

    /** Shows what the text comes to now. */
    void show(SampleMail mail) {
        mail.mail().ifPresent(rendered -> preview.show(rendered, mail.images()));
        preview.stale(mail.mail().isEmpty());
        problems.getChildren().clear();
        problems.setVisible(!mail.problems().isEmpty());
        mail.problems().stream()
                .limit(PROBLEMS)
                .forEach(problem -> problems.getChildren().add(line(problem)));
        int more = mail.problems().size() - PROBLEMS;
        if (more > 0) {
            problems.getChildren().add(Look.muted(texts.get("editor.problems.more", more)));
        }
    }

    private Label line(TemplateProblem problem) {
        Label label = new Label(
                texts.get(
                        "templates.problem",
                        texts.code("part", problem.part()),
                        problem.line(),
                        texts.code("template", problem.code()),
                        problem.detail()),
                new FontIcon("fth-alert-octagon"));
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll("finding", "finding-blocks");
        return label;
    }

    Node node() {
        return node;
    }
}
