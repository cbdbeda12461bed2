package app.mailroom.ui.account;

import app.mailroom.model.Member;
import app.mailroom.ui.account.SignInModel.Step;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.function.BooleanSupplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;

/** What hides everything until whoever was here says again who they are, or is signed out. */
public final class LockScreen implements Gate {
    private static final double PORTRAIT = 64;
    private static final double NAME = 180;

    private final Texts texts;
    private final SignInCard card;
    private final VBox box;
    private final StackPane sheet = new StackPane();
    private final Node node;
    private final Label sending = Look.muted("");
    private final Portrait portrait = new Portrait(PORTRAIT);
    private final VBox question = new VBox(12);
    private final Button keep;
    private final Label unkeptNote;

    /**
     * Asks nobody yet.
     *
     * @param unkept whether something behind it would be lost by signing out
     * @param signOut ends the session
     */
    public LockScreen(Desk desk, Member member, BooleanSupplier unkept, Runnable signOut) {
        this.texts = desk.texts();
        SignInModel model = new SignInModel(desk);
        String name = shortened(member.name());
        card = new SignInCard(desk, model, texts.get("lock.continue", name), false);
        portrait.show(member.name());
        desk.background().get(() -> desk.features().account().session().picture(), found -> found.ifPresent(portrait::show));
        Label who = Gate.title(member.name());
        who.setId("lock-name");
        who.setWrapText(false);
        who.setTextOverrun(OverrunStyle.ELLIPSIS);
        who.setTooltip(new Tooltip(member.name()));
        Label address = Look.muted(member.email());
        address.setWrapText(false);
        address.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        Label locked = new Label(texts.get("lock.title"), new FontIcon("fth-lock"));
        locked.setId("lock-title");
        locked.getStyleClass().addAll("gate-folder", Styles.TEXT_MUTED);
        HBox head = new HBox(16, portrait.node(), new VBox(2, locked, who, address));
        head.setAlignment(Pos.CENTER_LEFT);
        Hyperlink out = new Hyperlink(texts.get("lock.sign_out", name));
        out.setId("lock-sign-out");
        out.disableProperty().bind(model.step.isEqualTo(Step.BROWSER));
        keep = new Button(texts.get("lock.stay"));
        keep.setId("lock-stay");
        unkeptNote = Gate.words(texts.get("lock.unkept"));
        unkeptNote.setId("lock-unkept");
        unkeptNote.getStyleClass().addAll("finding", "finding-warns");
        unkeptNote.managedProperty().bind(unkeptNote.visibleProperty());
        unkeptNote.setVisible(false);
        box = Gate.card(head, Gate.words(texts.get("lock.hint")), card.node(), out, unkeptNote);
        box.visibleProperty().bind(question.visibleProperty().not());
        question(signOut);
        out.setOnAction(event -> {
            if (unkept.getAsBoolean()) {
                question.setVisible(true);
                keep.requestFocus();
            } else {
                signOut.run();
            }
        });
        sending.setId("lock-sending");
        sheet.getChildren().setAll(box, question);
        node = Gate.middle(Gate.brand(), sheet, sending);
        node.setId("lock-screen");
        model.look();
    }

    /** Takes the place of the card, because a dialog would be hidden like all others. */
    private void question(Runnable signOut) {
        Button leave = new Button(texts.get("lock.lose"));
        leave.setId("lock-lose");
        leave.getStyleClass().add(Styles.DANGER);
        leave.setOnAction(event -> signOut.run());
        keep.setOnAction(event -> back());
        question.getStyleClass().addAll("card-box", "gate-card");
        question.setPrefWidth(SignInCard.WIDTH);
        question.getChildren()
                .setAll(
                        Gate.title(texts.get("lock.question.title")),
                        Gate.words(texts.get("lock.question")),
                        new HBox(8, keep, leave));
        question.setVisible(false);
        question.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                back();
            }
        });
    }

    private void back() {
        question.setVisible(false);
        card.focus();
    }

    /** Says how many mails a second go out meanwhile; empty words for none. */
    public void showSending(double perSecond) {
        sending.setText(perSecond > 0 ? texts.get("lock.sending", texts.rate(perSecond)) : "");
    }

    /** Says that the program cannot be closed, because something behind this is not kept. */
    public void holdBack() {
        unkeptNote.setVisible(true);
    }

    /** Long names would make buttons wider than their card. */
    private static String shortened(String name) {
        Text measured = new Text(name);
        if (measured.getLayoutBounds().getWidth() <= NAME) {
            return name;
        }
        int end = name.length();
        while (end > 1 && measured.getLayoutBounds().getWidth() > NAME) {
            end = name.offsetByCodePoints(end, -1);
            measured.setText(name.substring(0, end) + "…");
        }
        return measured.getText();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void focus() {
        if (question.isVisible()) {
            keep.requestFocus();
        } else {
            card.focus();
        }
    }

    @Override
    public void close() {
        card.close();
    }
}
