package app.mailroom.ui.mailings;

import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.SenderBox;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** From whom a mailing is, and where answers go. */
final class StepSender implements StepPage {
    private final Texts texts;
    private final PlanForm form;
    private final SenderModel sender;
    private final Consumer<Place> leave;
    private final TextField name = new TextField();
    private final VBox node;

    /**
     * Over a form.
     *
     * @param leave brings the person elsewhere, and lets them come back to the form
     */
    StepSender(Texts texts, NewMailingViewModel model, Consumer<Place> leave) {
        this.texts = texts;
        this.form = model.form;
        this.sender = model.sender;
        this.leave = leave;
        name.setId("form-from-name");
        name.setPromptText(texts.get("planning.from_name.prompt"));
        name.textProperty().bindBidirectional(form.fromName);
        TextField reply = new TextField();
        reply.setId("form-reply-to");
        reply.setPromptText(texts.get("form.reply.prompt"));
        reply.textProperty().bindBidirectional(form.replyTo);
        node = new VBox(
                16,
                Look.field(texts.get("mailing.from_name"), name),
                address(),
                Look.field(texts.get("mailing.reply_to"), reply));
    }

    /** In practice any address; live those from which Amazon sends, with a word on one that is typed and is none. */
    private VBox address() {
        TextInputControl typed;
        Control control;
        if (sender.live) {
            ComboBox<String> box = SenderBox.of(sender.choices, form.fromAddress);
            box.setVisibleRowCount(12);
            box.setPromptText(texts.get("form.from.prompt"));
            control = box;
            typed = box.getEditor();
        } else {
            TextField field = new TextField();
            field.setPromptText("news@example.com");
            field.textProperty().bindBidirectional(form.fromAddress);
            control = field;
            typed = field;
        }
        control.setId("form-from-address");
        VBox box = Look.field(texts.get("mailing.from_address"), control);
        Label word = word();
        sender.standing.addListener((property, before, now) -> {
            boolean wrong = now == SenderModel.Standing.NOT_COVERED;
            word.getStyleClass().removeAll(Styles.DANGER, Styles.TEXT_MUTED);
            word.getStyleClass().add(wrong ? Styles.DANGER : Styles.TEXT_MUTED);
            control.pseudoClassStateChanged(Styles.STATE_DANGER, wrong);
            typed.setAccessibleHelp(word.getText());
        });
        Hyperlink guide = new Hyperlink(texts.get("form.from.guide"));
        guide.setOnAction(event -> leave.accept(new Place.Amazon()));
        guide.visibleProperty()
                .bind(word.visibleProperty().and(sender.standing.isNotEqualTo(SenderModel.Standing.ASKING)));
        guide.managedProperty().bind(guide.visibleProperty());
        box.getChildren().addAll(word, guide);
        return box;
    }

    private Label word() {
        Label word = new Label();
        word.setId("form-from-word");
        word.setWrapText(true);
        word.setMinHeight(Region.USE_PREF_SIZE);
        word.getStyleClass().add(Styles.TEXT_SMALL);
        word.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> switch (sender.standing.get()) {
                            case FINE -> "";
                            case NOT_COVERED -> texts.get("form.from.not_covered");
                            case ASKING -> texts.get("form.from.asking");
                            case UNKNOWN -> texts.get("form.from.unknown", sender.trouble.get());
                        },
                        sender.standing,
                        sender.trouble));
        word.visibleProperty().bind(word.textProperty().isNotEmpty());
        word.managedProperty().bind(word.visibleProperty());
        return word;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Node first() {
        return name;
    }

    @Override
    public String summary() {
        String who = form.fromName.get().strip();
        String address = form.fromAddress.get().strip();
        return who.isEmpty() || address.isEmpty() ? who + address : who + " · " + address;
    }
}
