package app.mailroom.ui.templates;

import app.mailroom.model.Template;
import app.mailroom.template.TemplateProblem;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.MailPreview;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import app.mailroom.ui.templates.TemplatesViewModel.Checked;
import atlantafx.base.theme.Styles;
import java.io.File;
import java.util.List;
import java.util.Locale;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** Templates on the left, the one being written in the middle, what comes of it on the right. */
public final class TemplatesView implements Screen {
    private static final KeyCombination SAVE = new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
    private static final Duration CALM = Duration.millis(250);

    private final Texts texts;
    private final ScreenContext context;
    private final TemplatesViewModel model;
    private final ListView<Template> list = new ListView<>();
    private final TextField name = new TextField();
    private final TextArea html = new TextArea();
    private final FlowPane variables = new FlowPane(4, 4);
    private final VBox problems = new VBox(4);
    private final MailPreview preview;
    private final VBox node;
    private boolean choosing;

    /** The list, nothing chosen. */
    public TemplatesView(ScreenContext context) {
        this.context = context;
        this.texts = context.texts();
        this.model = new TemplatesViewModel(context);
        this.preview = new MailPreview(texts);
        Button create = Look.primary(texts.get("templates.new"), "fth-plus", this::create);
        create.setId("new-template");
        Button load = Look.button(texts.get("templates.import"), "fth-upload", this::importFile);
        SplitPane split = new SplitPane(list, editor(), side());
        split.setDividerPositions(0.2, 0.6);
        SplitPane.setResizableWithParent(list, false);
        Node empty = Look.empty(
                "fth-file-text",
                texts.get("templates.empty.title"),
                texts.get("templates.empty.hint"),
                Look.button(texts.get("templates.import"), "fth-upload", this::importFile),
                Look.primary(texts.get("templates.new"), "fth-plus", this::create));
        empty.visibleProperty()
                .bind(Bindings.isEmpty(model.templates).and(model.loaded).and(model.open.not()));
        split.visibleProperty().bind(empty.visibleProperty().not());
        StackPane body = new StackPane(split, empty);
        VBox.setVgrow(body, Priority.ALWAYS);
        list();
        node = Look.page(Look.header(texts.get("page.TEMPLATES"), load, create), body);
        acceptFiles();
        model.templates.addListener((ListChangeListener<Template>) change -> UiThread.later(this::chooseFirst));
        PauseTransition calm = new PauseTransition(CALM);
        calm.setOnFinished(event -> show(model.checked.get()));
        model.checked.addListener((property, before, now) -> calm.playFromStart());
    }

    private void list() {
        list.setId("templates");
        list.setItems(model.templates);
        list.setMinWidth(160);
        list.getStyleClass().add("side-list");
        list.setCellFactory(any -> new ListCell<>() {
            @Override
            protected void updateItem(@Nullable Template template, boolean empty) {
                super.updateItem(template, empty);
                setText(null);
                setGraphic(empty || template == null ? null : line(template));
            }
        });
        list.getSelectionModel().selectedItemProperty().addListener((property, before, template) -> {
            Template current = model.current.get();
            if (choosing
                    || template == null
                    || (current != null && current.id() == template.id() && model.open.get())) {
                return;
            }
            if (mayLeave()) {
                model.show(template);
            } else {
                choose(current);
            }
        });
    }

    /** So that the page is never an empty form while there is something to show. */
    private void chooseFirst() {
        Template current = model.current.get();
        if (current != null) {
            choose(current);
        } else if (!model.open.get() && !model.templates.isEmpty()) {
            list.getSelectionModel().select(0);
        }
    }

    private Node line(Template template) {
        Label title = new Label(template.name());
        title.setMaxWidth(Double.MAX_VALUE);
        Label when = Look.muted(
                texts.get("templates.version", template.newest().number(), texts.date(template.updatedAt())));
        when.setWrapText(false);
        when.getStyleClass().add(Styles.TEXT_SMALL);
        VBox line = new VBox(2, title, when);
        line.setMinWidth(0);
        line.setPrefWidth(0);
        return line;
    }

    private Node editor() {
        TextField subject = new TextField();
        subject.setId("template-subject");
        TextField preheader = new TextField();
        name.setId("template-name");
        html.setId("template-html");
        html.getStyleClass().add("code");
        html.setPromptText(texts.get("templates.html.prompt"));
        name.textProperty().bindBidirectional(model.name);
        subject.textProperty().bindBidirectional(model.subject);
        preheader.textProperty().bindBidirectional(model.preheader);
        html.textProperty().bindBidirectional(model.html);
        preheader.setPromptText(texts.get("templates.preheader.prompt"));
        VBox body = Look.field(texts.get("templates.html"), html);
        html.setMaxHeight(Double.MAX_VALUE);
        VBox.setVgrow(html, Priority.ALWAYS);
        VBox.setVgrow(body, Priority.ALWAYS);
        Button save = Look.primary(texts.get("action.save"), "fth-save", this::save);
        save.setId("template-save");
        save.disableProperty()
                .bind(model.unsaved
                        .not()
                        .or(Bindings.createBooleanBinding(() -> model.name.get().isBlank(), model.name)));
        Button revert = Look.button(texts.get("action.revert"), "fth-rotate-ccw", model::revert);
        revert.disableProperty().bind(model.unsaved.not());
        Button archive = Look.iconButton(texts.get("templates.archive"), "fth-archive", this::archive);
        archive.disableProperty().bind(model.current.isNull());
        HBox buttons = new HBox(8, save, revert, Look.gap(), archive);
        buttons.setAlignment(Pos.CENTER_LEFT);
        VBox form = new VBox(
                12,
                Look.field(texts.get("templates.name"), name),
                Look.field(texts.get("templates.subject"), subject),
                Look.field(texts.get("templates.preheader"), preheader),
                body,
                buttons);
        form.getStyleClass().add("pane");
        form.setMinWidth(280);
        form.disableProperty().bind(model.open.not());
        form.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (SAVE.match(event) && !save.isDisabled()) {
                event.consume();
                save();
            }
        });
        return form;
    }

    private Node side() {
        VBox.setVgrow(preview.node(), Priority.ALWAYS);
        problems.setMinHeight(Region.USE_PREF_SIZE);
        VBox side = new VBox(12, Look.field(texts.get("templates.variables"), variables), problems, preview.node());
        side.getStyleClass().add("pane");
        side.setMinWidth(280);
        side.visibleProperty().bind(model.open);
        return side;
    }

    private void show(Checked checked) {
        variables.getChildren().clear();
        checked.variables().forEach(variable -> variables.getChildren().add(Look.badge(variable, "neutral")));
        if (checked.variables().isEmpty()) {
            variables.getChildren().add(Look.muted(texts.get("templates.variables.none")));
        }
        problems.getChildren().clear();
        for (TemplateProblem problem : checked.problems()) {
            Label label = new Label(texts.get(
                    "templates.problem",
                    texts.code("part", problem.part()),
                    problem.line(),
                    texts.code("template", problem.code()),
                    problem.detail()));
            label.setWrapText(true);
            label.setMaxWidth(Double.MAX_VALUE);
            label.getStyleClass().addAll("finding", "finding-blocks");
            if (problem.part() == TemplateProblem.Part.BODY) {
                label.getStyleClass().add("clickable");
                label.setOnMouseClicked(event -> goToLine(problem.line()));
            }
            problems.getChildren().add(label);
        }
        checked.mail().ifPresent(mail -> preview.show(mail, List.of()));
    }

    private void goToLine(int line) {
        String text = html.getText();
        int start = 0;
        for (int i = 1; i < line; i++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                break;
            }
            start = end + 1;
        }
        int end = text.indexOf('\n', start);
        html.requestFocus();
        html.selectRange(start, end < 0 ? text.length() : end);
    }

    private void create() {
        if (mayLeave()) {
            choose(null);
            model.begin("", "");
            name.requestFocus();
        }
    }

    private void save() {
        model.save(template -> {
            choose(template);
            context.notices()
                    .done(texts.get("templates.saved", template.newest().number()));
        });
    }

    private void choose(@Nullable Template template) {
        choosing = true;
        list.getSelectionModel().clearSelection();
        for (Template other : model.templates) {
            if (template != null && other.id() == template.id()) {
                list.getSelectionModel().select(other);
            }
        }
        choosing = false;
    }

    private void archive() {
        Template template = model.current.get();
        if (template != null
                && Ask.confirm(
                        node,
                        texts,
                        texts.get("templates.archive"),
                        texts.get("templates.archive.question", template.name()),
                        texts.get("templates.archive"),
                        false)) {
            choose(null);
            model.archive(template);
        }
    }

    private void importFile() {
        FileChooser chooser = new FileChooser();
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(texts.get("file.html"), "*.html", "*.htm"));
        File file = chooser.showOpenDialog(node.getScene().getWindow());
        if (file != null) {
            read(file);
        }
    }

    private void read(File file) {
        boolean replaces = model.open.get() && !model.html.get().isBlank();
        if (!replaces
                || Ask.confirm(
                        node,
                        texts,
                        texts.get("templates.import"),
                        texts.get("templates.import.question", file.getName()),
                        texts.get("templates.import.deed"),
                        false)) {
            model.read(file.toPath());
        }
    }

    private void acceptFiles() {
        node.setOnDragOver(event -> {
            if (htmlFile(event.getDragboard()) != null) {
                event.acceptTransferModes(TransferMode.COPY);
            }
            event.consume();
        });
        node.setOnDragDropped(event -> {
            File file = htmlFile(event.getDragboard());
            event.setDropCompleted(file != null);
            event.consume();
            if (file != null) {
                read(file);
            }
        });
    }

    private static @Nullable File htmlFile(Dragboard board) {
        if (board.hasFiles() && board.getFiles().size() == 1) {
            File file = board.getFiles().get(0);
            String lower = file.getName().toLowerCase(Locale.ROOT);
            return lower.endsWith(".html") || lower.endsWith(".htm") ? file : null;
        }
        return null;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        refresh();
        list.requestFocus();
    }

    @Override
    public void refresh() {
        model.reload();
    }

    @Override
    public boolean mayLeave() {
        if (!model.unsaved.get()) {
            return true;
        }
        boolean discard = Ask.confirm(
                node,
                texts,
                texts.get("unsaved.title"),
                texts.get("unsaved.question"),
                texts.get("unsaved.discard"),
                true);
        if (discard) {
            model.revert();
        }
        return discard;
    }
}
