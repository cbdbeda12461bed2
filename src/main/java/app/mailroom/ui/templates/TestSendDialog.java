package app.mailroom.ui.templates;

import app.mailroom.delivery.TestSend;
import app.mailroom.model.SendResult;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.UsualSender;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.SenderBox;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.templates.TestSendViewModel.Trouble;
import atlantafx.base.theme.Styles;
import java.io.File;
import java.io.IOException;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Modality;
import javafx.stage.Stage;
import org.kordamp.ikonli.javafx.FontIcon;

/** Asks to whom a test mail is to go, sends it, and shows what became of it. */
public final class TestSendDialog {
    private static final double WIDTH = 600;
    private static final double HEIGHT = 640;

    private final ScreenContext context;
    private final Texts texts;
    private final TestSendViewModel model;
    private final Stage stage = new Stage();
    private final TextArea to = new TextArea();
    private final VBox troubles = new VBox(8);
    private final VBox results = new VBox();
    private final VBox page;

    private TestSendDialog(Node where, ScreenContext context, TemplateContent content, Optional<SampleRow> row) {
        this.context = context;
        this.texts = context.texts();
        this.model = new TestSendViewModel(context, content, row);
        this.page = page(row);
        model.troubles.addListener((ListChangeListener<Trouble>) change -> showTroubles());
        model.sent.addListener((ListChangeListener<TestSend.Sent>) change -> showResults());
        stage.initOwner(where.getScene().getWindow());
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(texts.get("testsend.title"));
        Scene scene = new Scene(page, WIDTH, HEIGHT);
        scene.getStylesheets().setAll(where.getScene().getStylesheets());
        stage.setScene(scene);
        stage.setMinWidth(440);
        stage.setMinHeight(480);
    }

    /**
     * Opens it.
     *
     * @param row as whom the mail is written; where there is none, variables show their fallback or their name
     */
    public static void show(Node where, ScreenContext context, TemplateContent content, Optional<SampleRow> row) {
        show(where, context, content, row, Optional.empty());
    }

    /**
     * Opens it.
     *
     * @param sender who it is from, unless the person says otherwise; whoever tests were from before if absent
     */
    public static void show(
            Node where,
            ScreenContext context,
            TemplateContent content,
            Optional<SampleRow> row,
            Optional<UsualSender> sender) {
        TestSendDialog dialog = new TestSendDialog(where, context, content, row);
        sender.ifPresent(dialog.model::from);
        dialog.model.load();
        dialog.stage.show();
        dialog.to.requestFocus();
    }

    private VBox page(Optional<SampleRow> row) {
        Label world = new Label(
                texts.get(model.live ? "testsend.live" : "testsend.practice"),
                new FontIcon(model.live ? "fth-send" : "fth-shield"));
        world.setWrapText(true);
        world.setMaxWidth(Double.MAX_VALUE);
        world.setMinHeight(Region.USE_PREF_SIZE);
        world.getStyleClass().addAll("finding", model.live ? "finding-warns" : "finding-says");
        Label as = Look.muted(row.map(chosen -> texts.get("testsend.as", chosen.label()))
                .orElseGet(() -> texts.get("testsend.as_nobody")));
        as.setMinHeight(Region.USE_PREF_SIZE);
        VBox form = new VBox(12, world, as, to(), sender(), replyTo(), troubles, results);
        troubles.managedProperty().bind(troubles.visibleProperty());
        troubles.setVisible(false);
        results.setId("test-results");
        results.getStyleClass().add("lines");
        results.managedProperty().bind(results.visibleProperty());
        results.setVisible(false);
        ScrollPane scroll = new ScrollPane(form);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("bare");
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox whole = new VBox(16, scroll, buttons());
        whole.setPadding(new Insets(24));
        whole.getStyleClass().add("page");
        return whole;
    }

    private Node to() {
        to.setId("test-to");
        to.setPrefRowCount(2);
        to.setMinHeight(64);
        to.setWrapText(true);
        to.setPromptText(texts.get("testsend.to.prompt", TestSend.MOST_ADDRESSES));
        to.textProperty().bindBidirectional(model.to);
        to.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            // A line break is typed with Shift: Enter sends and Tab goes on, as in every other field of the form.
            if (event.getCode() == KeyCode.ENTER && !event.isShiftDown()) {
                event.consume();
                model.send();
            } else if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
                event.consume();
                to.fireEvent(new KeyEvent(
                        event.getSource(),
                        event.getTarget(),
                        event.getEventType(),
                        event.getCharacter(),
                        event.getText(),
                        event.getCode(),
                        event.isShiftDown(),
                        true,
                        event.isAltDown(),
                        event.isMetaDown()));
            }
        });
        return Look.field(texts.get("testsend.to"), to);
    }

    private Node sender() {
        TextField name = new TextField();
        name.textProperty().bindBidirectional(model.fromName);
        ComboBox<String> address = SenderBox.of(model.senders, model.fromAddress);
        address.setId("test-from");
        HBox both = new HBox(
                16,
                Look.field(texts.get("mailing.from_name"), name),
                Look.field(texts.get("mailing.from_address"), address));
        return both;
    }

    private Node replyTo() {
        TextField field = new TextField();
        field.setId("test-reply-to");
        field.setPromptText(texts.get("form.reply.prompt"));
        field.textProperty().bindBidirectional(model.replyTo);
        return Look.field(texts.get("mailing.reply_to"), field);
    }

    private Node buttons() {
        ProgressBar bar = new ProgressBar();
        bar.setPrefWidth(120);
        bar.visibleProperty().bind(model.busy);
        Button send = Look.primary("", "fth-send", model::send);
        send.setId("test-send");
        send.setDefaultButton(true);
        send.textProperty()
                .bind(Bindings.when(model.busy)
                        .then(texts.get("testsend.sending"))
                        .otherwise(texts.get("testsend.send")));
        send.disableProperty().bind(model.busy);
        Button close = Look.button(texts.get("testsend.close"), "fth-x", stage::close);
        close.setCancelButton(true);
        HBox box = new HBox(8, bar, Look.gap(), close, send);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private void showTroubles() {
        troubles.getChildren().clear();
        for (Trouble trouble : model.troubles) {
            Label label = new Label(words(trouble), new FontIcon("fth-alert-circle"));
            label.setWrapText(true);
            label.setMaxWidth(Double.MAX_VALUE);
            label.setMinHeight(Region.USE_PREF_SIZE);
            label.getStyleClass().addAll("finding", "finding-blocks");
            troubles.getChildren().add(label);
        }
        troubles.setVisible(!model.troubles.isEmpty());
    }

    private String words(Trouble trouble) {
        if (trouble instanceof Trouble.BadAddress bad) {
            return texts.get("testsend.bad", bad.typed(), texts.code("address", bad.why()));
        }
        if (trouble instanceof Trouble.TooMany many) {
            return texts.get("testsend.too_many", texts.number(many.count()), TestSend.MOST_ADDRESSES);
        }
        if (trouble instanceof Trouble.BadSender bad) {
            return texts.get("testsend.bad", texts.get("mailing.from_address"), texts.code("address", bad.why()));
        }
        if (trouble instanceof Trouble.BadReplyTo bad) {
            return texts.get("testsend.bad", texts.get("mailing.reply_to"), texts.code("address", bad.why()));
        }
        if (trouble instanceof Trouble.Failed failed) {
            // What keeps mails from being sent is said by the failure itself; it has nothing to do with files.
            return failed.failure() instanceof IOException
                    ? texts.get(
                            "testsend.cannot", String.valueOf(failed.failure().getMessage()))
                    : Failure.of(failed.failure()).in(texts);
        }
        return texts.get("testsend.nobody");
    }

    private void showResults() {
        results.getChildren().clear();
        for (TestSend.Sent mail : model.sent) {
            Node line = line(mail);
            line.getStyleClass().add(results.getChildren().isEmpty() ? "line-first" : "line");
            results.getChildren().add(line);
        }
        results.setVisible(!model.sent.isEmpty());
    }

    /** What became of one mail. */
    private Node line(TestSend.Sent mail) {
        Label address = new Label(mail.to(), icon(mail.result()));
        address.setMinWidth(0);
        address.setGraphicTextGap(8);
        Label outcome = Look.muted(words(mail.result()));
        outcome.getStyleClass().addAll(Styles.TEXT_SMALL, "line-detail");
        VBox words = new VBox(2, address, outcome);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = new HBox(4, words);
        line.setAlignment(Pos.CENTER_LEFT);
        Sample sample = model.sample.get();
        if (!mail.eml().isEmpty() && sample != null) {
            Button look = Look.iconButton(
                    texts.get("testsend.look"),
                    "fth-eye",
                    () -> SamplePreview.window(page, texts, sample.mail().subject(), sample));
            look.setId("test-look");
            Button save = Look.iconButton(texts.get("testsend.save"), "fth-download", () -> save(mail));
            save.setId("test-save");
            line.getChildren().addAll(look, save);
        }
        return line;
    }

    private static FontIcon icon(SendResult result) {
        boolean accepted = result instanceof SendResult.Accepted;
        boolean unsure = result instanceof SendResult.Unknown;
        FontIcon icon = new FontIcon(accepted ? "fth-check-circle" : unsure ? "fth-help-circle" : "fth-x-circle");
        icon.getStyleClass().add(accepted ? "mark-success" : unsure ? "mark-warning" : "mark-danger");
        return icon;
    }

    private String words(SendResult result) {
        if (result instanceof SendResult.Accepted) {
            return texts.get(model.live ? "testsend.accepted" : "testsend.accepted.practice");
        }
        if (result instanceof SendResult.Refused refused) {
            return texts.get("testsend.refused", reason(refused.reason(), refused.detail()));
        }
        if (result instanceof SendResult.Unknown unknown) {
            return texts.get("testsend.unknown", reason(unknown.reason(), unknown.detail()));
        }
        if (result instanceof SendResult.Stopped stopped) {
            return texts.get("testsend.refused", reason(stopped.problem(), stopped.detail()));
        }
        if (result instanceof SendResult.Throttled throttled) {
            return texts.get("testsend.throttled", throttled.detail());
        }
        return texts.get("testsend.not_started");
    }

    private String reason(String code, String detail) {
        return withDetail(texts.code("reason", code), detail);
    }

    private String reason(Enum<?> problem, String detail) {
        return withDetail(texts.code("problem", problem), detail);
    }

    private static String withDetail(String words, String detail) {
        return detail.isBlank() ? words : words + " (" + detail + ")";
    }

    private void save(TestSend.Sent mail) {
        FileChooser chooser = new FileChooser();
        chooser.setInitialFileName(mail.to().replaceAll("[^A-Za-z0-9._-]", "_") + ".eml");
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(texts.get("file.eml"), "*.eml"));
        File file = chooser.showSaveDialog(stage);
        if (file != null) {
            model.save(
                    mail,
                    file.toPath(),
                    saved -> context.notices().done(texts.get("message.saved", saved.getFileName())));
        }
    }
}
