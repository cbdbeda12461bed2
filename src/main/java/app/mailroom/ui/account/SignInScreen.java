package app.mailroom.ui.account;

import app.mailroom.ui.account.SignInModel.Step;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** What fills the window while nobody is signed in to a workspace that asks who. */
public final class SignInScreen implements Gate {
    /** Why somebody who was in sees this. */
    public enum Reason {
        /** An owner took them out. */
        REMOVED,
        /** They signed this computer out from another, or were away for too long. */
        ENDED
    }

    private final SignInModel model;
    private final SignInCard card;
    private final Node node;

    /**
     * Asks nobody yet.
     *
     * @param reason why whoever was in is not any more, unless they wanted it
     * @param language is told which one was chosen, as a tag
     */
    public SignInScreen(Desk desk, Optional<Reason> reason, Consumer<String> language) {
        Texts texts = desk.texts();
        model = new SignInModel(desk);
        card = new SignInCard(desk, model, texts.get("signin.google"), true);
        Label title = Gate.title(texts.get("signin.title"));
        VBox box = Gate.card(new VBox(4, title, Gate.folder(desk.features().workspace())));
        reason.ifPresent(why -> box.getChildren().add(reason(texts, why)));
        box.getChildren().addAll(Gate.words(texts.get("signin.hint")), card.node());
        node = Gate.middle(Gate.brand(), box, languages(texts, language));
        node.setId("sign-in-screen");
        model.look();
    }

    private static Node reason(Texts texts, Reason reason) {
        Label words = new Label(texts.code("signin.reason", reason), new FontIcon("fth-alert-triangle"));
        words.setId("sign-in-reason");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.setMaxWidth(Double.MAX_VALUE);
        words.getStyleClass().addAll("finding", "finding-warns");
        return words;
    }

    private Node languages(Texts texts, Consumer<String> chosen) {
        StringProperty language = new SimpleStringProperty(texts.locale().getLanguage());
        language.addListener((property, before, now) -> chosen.accept(now));
        HBox box = Look.choice(texts, language, "language", List.of("en", "ko"));
        box.setAlignment(Pos.CENTER);
        box.disableProperty().bind(model.step.isEqualTo(Step.BROWSER));
        return box;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void focus() {
        card.focus();
    }

    @Override
    public void close() {
        card.close();
    }
}
