package app.mailroom.ui.templates;

import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** The mail as a line among others: in the list of an inbox on a desktop, and on a phone. */
final class InboxPreview {
    /** At most so much of a line on a desktop, so that some of the beginning is seen. */
    private static final double SUBJECT = 0.55;

    private final Texts texts;
    private final Label sender = new Label();
    private final Label subject = new Label();
    private final Label beginning = new Label();
    private final Label phoneSender = new Label();
    private final Label phoneSubject = new Label();
    private final Label phoneBeginning = new Label();
    private final VBox node;

    InboxPreview(Texts texts) {
        this.texts = texts;
        node = new VBox(8, desktop(), phone());
        node.getStyleClass().add("inbox");
        node.setMinWidth(0);
        node.setId("inbox-preview");
        subject.setId("inbox-subject");
        beginning.setId("inbox-beginning");
    }

    private Node desktop() {
        sender.getStyleClass().add(Styles.TEXT_BOLD);
        sender.setMinWidth(88);
        sender.setMaxWidth(88);
        subject.getStyleClass().add(Styles.TEXT_BOLD);
        beginning.getStyleClass().add(Styles.TEXT_MUTED);
        beginning.setMinWidth(0);
        // The subject comes first: what is left of the line is for the beginning.
        beginning.setPrefWidth(0);
        beginning.setMaxWidth(Double.MAX_VALUE);
        beginning.setTextOverrun(OverrunStyle.CLIP);
        HBox.setHgrow(beginning, Priority.ALWAYS);
        HBox line = line("fth-monitor", texts.get("inbox.desktop"), sender, subject, beginning);
        line.setSpacing(8);
        subject.maxWidthProperty().bind(line.widthProperty().multiply(SUBJECT));
        return line;
    }

    private Node phone() {
        phoneSender.getStyleClass().add(Styles.TEXT_BOLD);
        phoneBeginning.getStyleClass().add(Styles.TEXT_MUTED);
        VBox words = new VBox(phoneSender, phoneSubject, phoneBeginning);
        words.setMinWidth(0);
        words.setMaxWidth(300);
        HBox.setHgrow(words, Priority.ALWAYS);
        return line("fth-smartphone", texts.get("inbox.phone"), words);
    }

    private static HBox line(String icon, String name, Node... parts) {
        Label device = new Label(null, new FontIcon(icon));
        device.getStyleClass().add("inbox-device");
        device.setAccessibleText(name);
        device.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = new HBox(12, device);
        line.getChildren().addAll(parts);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinWidth(0);
        line.getStyleClass().add("inbox-line");
        return line;
    }

    void show(String from, SampleMail mail) {
        String name = from.isBlank() ? texts.get("inbox.sender") : from;
        String words = mail.subject().isBlank() ? texts.get("inbox.no_subject") : mail.subject();
        sender.setText(name);
        phoneSender.setText(name);
        subject.setText(words);
        phoneSubject.setText(words);
        beginning.setText(mail.beginning().isEmpty() ? "" : "– " + mail.beginning());
        phoneBeginning.setText(mail.beginning());
    }

    Node node() {
        return node;
    }
}
