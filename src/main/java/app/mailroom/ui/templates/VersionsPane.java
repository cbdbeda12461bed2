package app.mailroom.ui.templates;

import app.mailroom.model.Right;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateVersion;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.templates.VersionsViewModel.Row;
import atlantafx.base.theme.Styles;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** The versions of a template: look at one, compare it as text with what is being written or with another, restore it. */
final class VersionsPane {
    private final ScreenContext context;
    private final Texts texts;
    private final VersionsViewModel model;
    private final Consumer<TemplateContent> restore;
    private final ListView<Row> list = new ListView<>();
    private final VBox node;

    /**
     * The versions of one template.
     *
     * @param now what is being written at the moment
     * @param restore takes an earlier version into the editor, as a change that is not saved yet
     */
    VersionsPane(
            ScreenContext context, long templateId, Supplier<TemplateContent> now, Consumer<TemplateContent> restore) {
        this.context = context;
        this.texts = context.texts();
        this.model = new VersionsViewModel(context, templateId, now);
        this.restore = restore;
        list.setId("versions");
        list.setItems(model.rows);
        list.getStyleClass().add("side-list");
        list.setCellFactory(any -> new VersionCell());
        list.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                look();
            }
        });
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                look();
            }
        });
        model.rows.addListener((ListChangeListener<Row>) change -> {
            if (list.getSelectionModel().isEmpty() && !model.rows.isEmpty()) {
                list.getSelectionModel().select(0);
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        node = new VBox(8, unsaved(), list, buttons());
        node.setPadding(new Insets(8, 0, 0, 0));
        node.setMinWidth(0);
    }

    /** What stands over the list while something is not saved. */
    private Node unsaved() {
        Label label = new Label(texts.get("versions.unsaved"), new FontIcon("fth-edit-3"));
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        label.getStyleClass().addAll("finding", "finding-says");
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.visibleProperty().bind(model.unsaved);
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    private Node buttons() {
        BooleanBinding none = list.getSelectionModel().selectedItemProperty().isNull();
        Button look = Look.button(texts.get("versions.look"), "fth-eye", this::look);
        look.setId("version-look");
        look.disableProperty().bind(none);
        MenuItem withNow = new MenuItem(texts.get("versions.compare.now"));
        withNow.setId("version-compare-now");
        withNow.setOnAction(event -> compareWithNow());
        MenuItem withBefore = new MenuItem(texts.get("versions.compare.before"));
        withBefore.setId("version-compare-before");
        withBefore.setOnAction(event -> compareWithBefore());
        withBefore
                .disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> {
                            Row row = list.getSelectionModel().getSelectedItem();
                            return row == null || row.before().isEmpty();
                        },
                        list.getSelectionModel().selectedItemProperty()));
        MenuButton compare = new MenuButton(texts.get("versions.compare"), null, withNow, withBefore);
        compare.setId("version-compare");
        compare.disableProperty().bind(none);
        Button back = Look.button(texts.get("versions.restore"), "fth-rotate-ccw", this::restore);
        back.setId("version-restore");
        back.disableProperty().bind(none);
        context.permits().need(Right.EDIT_TEMPLATES, back);
        return new FlowPane(8, 8, look, compare, back);
    }

    Node node() {
        return node;
    }

    /** Reads them anew, as after saving. */
    void reload() {
        model.reload();
    }

    /** Says anew whether anything is unsaved, as after typing. */
    void written(TemplateContent text) {
        model.compareWithNewest(text);
    }

    private void look() {
        Row row = list.getSelectionModel().getSelectedItem();
        if (row != null) {
            model.sample(
                    row.version(),
                    sample -> SamplePreview.window(node, texts, title(row.version()), sample, Look.muted(facts(row))));
        }
    }

    private void compareWithNow() {
        Row row = list.getSelectionModel().getSelectedItem();
        if (row != null) {
            model.withNow(
                    row.version(),
                    pair -> CompareDialog.show(
                            node,
                            context,
                            new CompareDialog.Side(title(row.version()), pair.before()),
                            new CompareDialog.Side(texts.get("versions.now"), pair.after())));
        }
    }

    private void compareWithBefore() {
        Row row = list.getSelectionModel().getSelectedItem();
        if (row != null) {
            row.before()
                    .ifPresent(before -> model.between(
                            before,
                            row.version(),
                            pair -> CompareDialog.show(
                                    node,
                                    context,
                                    new CompareDialog.Side(title(before), pair.before()),
                                    new CompareDialog.Side(title(row.version()), pair.after()))));
        }
    }

    private void restore() {
        Row row = list.getSelectionModel().getSelectedItem();
        if (row == null) {
            return;
        }
        model.compareWithNewest();
        if (model.unsaved.get()
                && !Ask.confirm(
                        node,
                        texts,
                        texts.get("versions.restore.title", row.version().number()),
                        texts.get("versions.restore.question"),
                        texts.get("versions.restore"),
                        true)) {
            return;
        }
        model.content(row.version(), content -> {
            restore.accept(content);
            model.compareWithNewest();
            context.notices().done(texts.get("versions.restored", row.version().number()));
        });
    }

    private String title(TemplateVersion version) {
        return texts.get("versions.number", version.number());
    }

    private String facts(Row row) {
        return texts.get(
                "versions.facts",
                texts.time(row.version().createdAt()),
                row.version().createdBy());
    }

    private final class VersionCell extends ListCell<Row> {
        @Override
        protected void updateItem(@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            setText(null);
            setGraphic(empty || row == null ? null : lines(row));
        }

        private Node lines(Row row) {
            HBox head = new HBox(8, new Label(title(row.version())));
            head.setAlignment(Pos.CENTER_LEFT);
            if (row.newest()) {
                head.getChildren().add(Look.badge(texts.get("versions.newest"), "neutral"));
            }
            VBox lines = new VBox(2, head, small(facts(row)));
            if (!row.mailings().isEmpty()) {
                String first = row.mailings().get(0);
                lines.getChildren()
                        .add(small(
                                row.mailings().size() == 1
                                        ? texts.get("versions.mailing", first)
                                        : texts.get(
                                                "versions.mailings",
                                                first,
                                                texts.number(row.mailings().size() - 1))));
            }
            lines.setMinWidth(0);
            lines.setPrefWidth(0);
            return lines;
        }

        private Label small(String text) {
            Label label = Look.muted(text);
            label.getStyleClass().add(Styles.TEXT_SMALL);
            return label;
        }
    }
}
