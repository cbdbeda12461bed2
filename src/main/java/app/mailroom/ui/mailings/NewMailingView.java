package app.mailroom.ui.mailings;

import app.mailroom.model.Attachment;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Template;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.PageId;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.SenderBox;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** The form for a new mailing; what speaks against it stands in the form itself. */
public final class NewMailingView implements Screen {
    private static final double FORM_WIDTH = 640;

    private final Texts texts;
    private final ScreenContext context;
    private final NewMailingViewModel model;
    private final TextField title = new TextField();
    private final Label summary = TimingFields.said("form-summary");
    private final VBox findings = new VBox(8);
    private final VBox node;

    /**
     * An empty form.
     *
     * @param back leads to where the person came from
     */
    public NewMailingView(ScreenContext context, OptionalLong draft, Runnable back) {
        this.context = context;
        this.texts = context.texts();
        this.model = new NewMailingViewModel(context);
        title.setId("form-title");
        title.setPromptText(texts.get("form.title.prompt"));
        title.textProperty().bindBidirectional(model.title);

        TimingFields timing = new TimingFields(texts, model.timing);
        for (Observable input : model.timing.inputs()) {
            input.addListener(changed -> model.foretell());
        }
        model.list.addListener((property, before, now) -> model.foretell());
        model.foretold.addListener((property, before, now) -> summary.setText(inWords(now)));
        VBox form = new VBox(
                16,
                Look.field(texts.get("mailing.title"), title),
                what(),
                from(),
                files(),
                timing.when(),
                timing.rules(),
                summary,
                findings,
                buttons(back));
        form.setMaxWidth(FORM_WIDTH);
        form.setPadding(new Insets(0, 16, 24, 0));
        HBox aligned = new HBox(form);
        HBox.setHgrow(form, Priority.ALWAYS);
        ScrollPane scroll = new ScrollPane(aligned);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("bare");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        model.findings.addListener((ListChangeListener<NewMailingViewModel.Objection>) change -> showFindings());
        HBox head = Look.header(texts.get("mailings.new"));
        head.getChildren().add(0, Look.iconButton(texts.get("action.back"), "fth-arrow-left", back));
        head.getChildren()
                .add(
                        2,
                        Look.badge(
                                texts.get(model.live ? "status.live" : "status.practice"),
                                model.live ? "success" : "accent"));
        node = Look.page(head, scroll);
        takeDroppedFiles(node);
    }

    private Node what() {
        ComboBox<Template> template = choice(model.templates, Template::name);
        template.setId("form-template");
        template.setPromptText(texts.get("form.template.prompt"));
        template.valueProperty().bindBidirectional(model.template);
        ComboBox<RecipientList> list = choice(
                model.lists, value -> texts.get("form.list.choice", value.name(), texts.number(value.rowCount())));
        list.setId("form-list");
        list.setPromptText(texts.get("form.list.prompt"));
        list.valueProperty().bindBidirectional(model.list);
        VBox templateBox = Look.field(texts.get("mailing.template"), template);
        VBox listBox = Look.field(texts.get("mailing.list"), list);
        templateBox.getChildren().add(missing(model.templates, "form.template.none", PageId.TEMPLATES));
        listBox.getChildren().add(missing(model.lists, "form.list.none", PageId.RECIPIENTS));
        return halves(templateBox, listBox);
    }

    private Node missing(javafx.collections.ObservableList<?> choices, String key, PageId page) {
        Hyperlink link = new Hyperlink(texts.get(key));
        link.setOnAction(event -> context.go().accept(new Place.Page(page)));
        link.visibleProperty().bind(Bindings.isEmpty(choices).and(model.loaded));
        link.managedProperty().bind(link.visibleProperty());
        return link;
    }

    private Node from() {
        TextField name = new TextField();
        name.setId("form-from-name");
        name.textProperty().bindBidirectional(model.fromName);
        TextField reply = new TextField();
        reply.setId("form-reply-to");
        reply.setPromptText(texts.get("form.reply.prompt"));
        reply.textProperty().bindBidirectional(model.replyTo);
        return new VBox(
                16,
                halves(Look.field(texts.get("mailing.from_name"), name), address()),
                Look.field(texts.get("mailing.reply_to"), reply));
    }

    /** In practice any address; live those from which Amazon sends, with a word on one that is typed and is none. */
    private VBox address() {
        TextInputControl typed;
        Control control;
        if (model.live) {
            ComboBox<String> box = SenderBox.of(model.senders, model.fromAddress);
            box.setVisibleRowCount(12);
            box.setPromptText(texts.get("form.from.prompt"));
            control = box;
            typed = box.getEditor();
        } else {
            TextField field = new TextField();
            field.setPromptText("news@example.com");
            field.textProperty().bindBidirectional(model.fromAddress);
            control = field;
            typed = field;
        }
        control.setId("form-from-address");
        VBox box = Look.field(texts.get("mailing.from_address"), control);
        Label word = new Label();
        word.setId("form-from-word");
        word.setWrapText(true);
        word.setMinHeight(Region.USE_PREF_SIZE);
        word.getStyleClass().add(Styles.TEXT_SMALL);
        word.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> switch (model.sender.get()) {
                            case FINE -> "";
                            case NOT_COVERED -> texts.get("form.from.not_covered");
                            case ASKING -> texts.get("form.from.asking");
                            case UNKNOWN -> texts.get("form.from.unknown", model.sendersTrouble.get());
                        },
                        model.sender,
                        model.sendersTrouble));
        word.visibleProperty().bind(word.textProperty().isNotEmpty());
        word.managedProperty().bind(word.visibleProperty());
        model.sender.addListener((property, before, now) -> {
            boolean wrong = now == NewMailingViewModel.Sender.NOT_COVERED;
            word.getStyleClass().removeAll(Styles.DANGER, Styles.TEXT_MUTED);
            word.getStyleClass().add(wrong ? Styles.DANGER : Styles.TEXT_MUTED);
            control.pseudoClassStateChanged(Styles.STATE_DANGER, wrong);
            typed.setAccessibleHelp(word.getText());
        });
        Hyperlink guide = new Hyperlink(texts.get("form.from.guide"));
        guide.setOnAction(event -> context.go().accept(new Place.Amazon()));
        guide.visibleProperty()
                .bind(word.visibleProperty().and(model.sender.isNotEqualTo(NewMailingViewModel.Sender.ASKING)));
        guide.managedProperty().bind(guide.visibleProperty());
        box.getChildren().addAll(word, guide);
        return box;
    }

    /** Files by a button, or dropped anywhere on the form. */
    private Node files() {
        Button add = Look.button(texts.get("form.attach"), "fth-paperclip", this::chooseFiles);
        add.setId("form-attach");
        FlowPane chosen = new FlowPane(8, 8);
        chosen.visibleProperty().bind(Bindings.isNotEmpty(model.attachments));
        chosen.managedProperty().bind(chosen.visibleProperty());
        model.attachments.addListener((ListChangeListener<Attachment>) change -> chosen.getChildren()
                .setAll(model.attachments.stream().map(this::file).toList()));
        return Look.field(texts.get("form.attachments"), new VBox(8, add, chosen));
    }

    private Node file(Attachment file) {
        Label name = new Label(
                texts.get("form.attachment", file.fileName(), texts.number((file.size() + 999) / 1_000)),
                new FontIcon("fth-paperclip"));
        Button remove = Look.iconButton(
                texts.get("form.attachment.remove", file.fileName()), "fth-x", () -> model.attachments.remove(file));
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

    private void takeDroppedFiles(Node on) {
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

    private Node buttons(Runnable back) {
        Button plan = Look.primary("", "fth-send", model::plan);
        plan.setId("form-plan");
        plan.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> {
                            if (model.warned.get()) {
                                return texts.get("form.plan.anyway");
                            }
                            return texts.get(model.timing.later.get() ? "form.plan.later" : "form.plan.now");
                        },
                        model.warned,
                        model.timing.later));
        Button cancel = Look.button(texts.get("action.cancel"), "fth-x", back);
        Label size = Look.muted("");
        size.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> {
                            RecipientList list = model.list.get();
                            return list == null ? "" : texts.get("form.size", texts.number(list.rowCount()));
                        },
                        model.list));
        HBox box = new HBox(8, plan, cancel, Look.gap(), size);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    /** In words: when it begins, by which rules it goes on, and when it will be done. */
    private String inWords(NewMailingViewModel.@Nullable Foretold foretold) {
        NewMailingViewModel.Asked asked = foretold == null ? null : foretold.asked();
        if (foretold == null || asked == null) {
            return "";
        }
        List<String> lines = new ArrayList<>();
        String zone = asked.timing().zone();
        if (asked.timing().notBefore().isAfter(asked.now())) {
            lines.add(texts.get(
                    "form.summary.begins", Timings.moment(texts, asked.timing().notBefore(), zone)));
        }
        String rules = Timings.rules(texts, asked.timing());
        if (!rules.isEmpty()) {
            lines.add(texts.get("form.summary.rules", rules));
        }
        lines.add(foretold.end()
                .map(end -> texts.get(
                        "form.summary.end",
                        texts.number(asked.people()),
                        texts.rate(asked.perSecond()),
                        Timings.moment(texts, end, zone)))
                .orElseGet(() -> texts.get("form.summary.years")));
        return String.join("\n", lines);
    }

    private void showFindings() {
        findings.getChildren().clear();
        for (NewMailingViewModel.Objection finding : model.findings) {
            String words = texts.code("finding", finding.code());
            Label label = new Label(finding.detail().isBlank() ? words : words + "\n" + finding.detail());
            label.setWrapText(true);
            label.setGraphic(new FontIcon(finding.blocks() ? "fth-alert-circle" : "fth-alert-triangle"));
            label.setMaxWidth(Double.MAX_VALUE);
            label.getStyleClass().addAll("finding", finding.blocks() ? "finding-blocks" : "finding-warns");
            findings.getChildren().add(label);
        }
    }

    private static HBox halves(VBox left, VBox right) {
        left.setPrefWidth(FORM_WIDTH / 2);
        right.setPrefWidth(FORM_WIDTH / 2);
        return new HBox(16, left, right);
    }

    private static <T> ComboBox<T> choice(javafx.collections.ObservableList<T> items, Function<T, String> name) {
        ComboBox<T> box = new ComboBox<>(items);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : name.apply(value);
            }

            @Override
            public @Nullable T fromString(String text) {
                return null;
            }
        });
        return box;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        model.load();
        model.loadSenders();
        title.requestFocus();
    }

    @Override
    public void refresh() {
        model.load();
        model.loadSenders();
    }

    @Override
    public void pulse() {
        // The pace that is allowed may not have been known when the form was filled.
        if (model.foretold.get() == null) {
            model.foretell();
        }
    }
}
