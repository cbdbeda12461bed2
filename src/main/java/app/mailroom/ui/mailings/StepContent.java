package app.mailroom.ui.mailings;

import app.mailroom.model.Attachment;
import app.mailroom.model.Template;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.PageId;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.io.File;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** What is sent: the mailing's title, its template, and files that go with it. */
final class StepContent implements StepPage {
    private final Texts texts;
    private final NewMailingViewModel model;
    private final Consumer<Place> leave;
    private final TextField title = new TextField();
    private final VBox node;

    /**
     * Over a form.
     *
     * @param leave brings the person elsewhere, and lets them come back to the form
     */
    StepContent(Texts texts, NewMailingViewModel model, Consumer<Place> leave) {
        this.texts = texts;
        this.model = model;
        this.leave = leave;
        title.setId("form-title");
        title.setPromptText(texts.get("form.title.prompt"));
        title.textProperty().bindBidirectional(model.form.title);
        VBox named = Look.field(texts.get("mailing.title"), title);
        Label hint = Look.muted(texts.get("planning.title.hint"));
        hint.getStyleClass().add(Styles.TEXT_SMALL);
        named.getChildren().add(hint);
        node = new VBox(16, named, template(), files());
    }

    private Node template() {
        ComboBox<Template> box = ChoiceBoxes.of(model.form.template, Template::name);
        box.setId("form-template");
        box.setPromptText(texts.get("form.template.prompt"));
        VBox field = Look.field(texts.get("mailing.template"), box);
        field.getChildren()
                .add(ChoiceBoxes.none(
                        texts.get("form.template.none"),
                        model.form.template,
                        model.loaded,
                        () -> leave.accept(new Place.Page(PageId.TEMPLATES))));
        field.getChildren()
                .add(ChoiceBoxes.lost(model.form.template, name -> texts.get("planning.template.lost", name)));
        VBox look = new VBox(4);
        look.setId("template-look");
        look.getStyleClass().add("card-box");
        look.managedProperty().bind(look.visibleProperty());
        showLook(look, model.form.template.chosen.get());
        model.form.template.chosen.addListener((property, before, now) -> showLook(look, now));
        return new VBox(8, field, look);
    }

    /** What stands in an inbox, and which version that is. */
    private void showLook(VBox look, @Nullable Template template) {
        look.setVisible(template != null);
        if (template == null) {
            return;
        }
        String written = template.newest().subject();
        Label subject = new Label(written.isBlank() ? texts.get("planning.subject.none") : written);
        subject.getStyleClass().add("preview-subject");
        subject.setWrapText(true);
        subject.setMinHeight(Region.USE_PREF_SIZE);
        look.getChildren().setAll(subject);
        if (!template.newest().preheader().isBlank()) {
            look.getChildren().add(Look.muted(template.newest().preheader()));
        }
        Label version = Look.muted(texts.get(
                "planning.template.version",
                texts.number(template.newest().number()),
                texts.time(template.newest().createdAt())));
        version.setWrapText(false);
        version.getStyleClass().add(Styles.TEXT_SMALL);
        Button open = Look.button(
                texts.get("planning.template.open"),
                "fth-edit-3",
                () -> leave.accept(new Place.Template(template.id())));
        open.getStyleClass().add(Styles.SMALL);
        HBox foot = new HBox(8, version, Look.gap(), open);
        foot.setAlignment(Pos.CENTER_LEFT);
        if (template.hasDraft()) {
            Label unsaved = Look.badge(texts.get("planning.template.unsaved"), "warning");
            foot.getChildren().add(1, unsaved);
        }
        look.getChildren().add(foot);
    }

    /** Files by a button, or dropped anywhere on the page. */
    private Node files() {
        Button add = Look.button(texts.get("form.attach"), "fth-paperclip", this::chooseFiles);
        add.setId("form-attach");
        Label or = Look.muted(texts.get("planning.attach.drop"));
        HBox line = new HBox(12, add, or);
        line.setAlignment(Pos.CENTER_LEFT);
        FlowPane chosen = new FlowPane(8, 8);
        chosen.setId("form-attachments");
        chosen.visibleProperty().bind(Bindings.isNotEmpty(model.form.attachments));
        chosen.managedProperty().bind(chosen.visibleProperty());
        model.form.attachments.addListener((ListChangeListener<Attachment>) change -> showFiles(chosen));
        showFiles(chosen);
        VBox area = new VBox(12, line, chosen);
        area.getStyleClass().add("attach-drop");
        return Look.field(texts.get("form.attachments"), area);
    }

    private void showFiles(FlowPane chosen) {
        chosen.getChildren()
                .setAll(model.form.attachments.stream().map(this::file).toList());
    }

    private Node file(Attachment file) {
        Label name = new Label(
                texts.get("form.attachment", file.fileName(), texts.number((file.size() + 999) / 1_000)),
                new FontIcon("fth-paperclip"));
        Button remove = Look.iconButton(
                texts.get("form.attachment.remove", file.fileName()),
                "fth-x",
                () -> model.form.attachments.remove(file));
        HBox box = new HBox(4, name, remove);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().add("attachment");
        return box;
    }

    private void chooseFiles() {
        List<File> files =
                new FileChooser().showOpenMultipleDialog(node.getScene().getWindow());
        if (files != null) {
            model.attach(files);
        }
    }

    /** Takes files that are dropped on this. */
    void takeDroppedFiles(Node on) {
        on.setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        on.setOnDragDropped(event -> {
            model.attach(event.getDragboard().getFiles());
            event.setDropCompleted(true);
            event.consume();
        });
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Node first() {
        return title;
    }

    @Override
    public String summary() {
        Template template = model.form.template.chosen.get();
        String name = template == null ? "" : template.name();
        String written = model.form.title.get().strip();
        return written.isEmpty() || name.isEmpty() ? written + name : written + " · " + name;
    }
}
