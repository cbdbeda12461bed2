package app.mailroom.ui.account;

import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import javafx.geometry.Insets;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Stage;
import javafx.stage.Window;

/** Signing in to a workspace that nobody owns yet, over the window in which somebody works without it. */
public final class SignInDialog {
    private final Stage stage = new Stage();
    private final SignInCard card;

    /** Shown once asked to. */
    public SignInDialog(Desk desk, Window owner) {
        Texts texts = desk.texts();
        SignInModel model = new SignInModel(desk);
        card = new SignInCard(desk, model, texts.get("signin.google"), true);
        stage.initOwner(owner);
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(texts.get("signin.title"));
        stage.setResizable(false);
        Button close = new Button(texts.get("action.close"));
        close.setId("sign-in-close");
        close.setOnAction(event -> stage.close());
        VBox box = new VBox(
                16,
                new VBox(
                        4,
                        Gate.title(texts.get("signin.title")),
                        Gate.folder(desk.features().workspace())),
                Gate.words(texts.get("signin.first")),
                card.node(),
                new HBox(Look.gap(), close));
        box.getStyleClass().add("page");
        box.setPadding(new Insets(24));
        box.setPrefWidth(SignInCard.WIDTH + 48);
        box.setMinHeight(Region.USE_PREF_SIZE);
        Scene scene = new Scene(box);
        scene.getStylesheets().setAll(owner.getScene().getStylesheets());
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                stage.close();
            }
        });
        stage.setScene(scene);
        stage.setOnHidden(event -> card.close());
        // The fields for Google's client take more room than the button.
        model.step.addListener((property, before, now) -> UiThread.later(stage::sizeToScene));
        model.trouble.addListener((property, before, now) -> UiThread.later(stage::sizeToScene));
        model.look();
    }

    /** Shows it; returns at once. */
    public void show() {
        stage.show();
        card.focus();
    }

    /** Has this run once it was closed, whoever closed it. */
    public void onClosed(Runnable closed) {
        stage.setOnHidden(event -> {
            card.close();
            closed.run();
        });
    }

    /** Takes it away, once somebody is signed in. */
    public void close() {
        stage.close();
    }
}
