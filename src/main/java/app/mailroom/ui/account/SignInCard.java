package app.mailroom.ui.account;

import app.mailroom.account.SignInException;
import app.mailroom.ui.account.SignInModel.Step;
import app.mailroom.ui.account.SignInModel.Trouble;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.net.URI;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The part of a place for signing in that changes: the button, the wait for the browser, and the fields for Google's client. All
 * three lie over one another in one room, which is high enough for waiting; only a trouble or the fields make it higher.
 */
final class SignInCard implements AutoCloseable {
    static final double WIDTH = 440;

    /** For the wait, which takes more than the button. */
    private static final double ROOM = 176;

    private static final double BUTTON = 40;
    private static final double MARK = 18;
    private static final URI CLIENT_GUIDE =
            URI.create("https://developers.google.com/identity/protocols/oauth2/native-app#creatingcred");

    private final Desk desk;
    private final Texts texts;
    private final SignInModel model;
    private final Button button;
    private final VBox trouble = new VBox(4);
    private final Label left = Look.hint("");
    private final TextField clientId = new TextField();
    private final PasswordField clientSecret = new PasswordField();
    private final VBox waiting = new VBox(12);
    private final Button copy;
    private final StackPane node;
    private final Timeline second = new Timeline(new KeyFrame(Duration.seconds(1), event -> showLeft()));

    /**
     * Ready to be shown.
     *
     * @param deed what the button says
     * @param staying whether the person is asked to stay signed in here
     */
    SignInCard(Desk desk, SignInModel model, String deed, boolean staying) {
        this.desk = desk;
        this.texts = desk.texts();
        this.model = model;
        button = new Button(deed, GoogleMark.of(MARK));
        button.setId("sign-in");
        button.getStyleClass().add("sign-in-button");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setMinHeight(BUTTON);
        button.setOnAction(event -> model.begin());
        copy = Look.button(texts.get("signin.copy"), "fth-copy", this::copyAddress);
        copy.setId("sign-in-copy");
        trouble.setId("sign-in-trouble");
        trouble.setAccessibleRole(AccessibleRole.TEXT);
        Node begin = begin(staying);
        Node browser = browser();
        Node client = client();
        show(begin, Step.BEGIN);
        show(browser, Step.BROWSER);
        show(client, Step.CLIENT);
        node = new StackPane(begin, browser, client);
        node.setAlignment(Pos.TOP_LEFT);
        node.setMinHeight(ROOM);
        node.setMaxWidth(WIDTH);
        node.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        second.setCycleCount(Animation.INDEFINITE);
        model.step.addListener((property, before, now) -> {
            showTrouble();
            focus();
            if (now == Step.BROWSER) {
                second.playFromStart();
            } else {
                second.stop();
            }
        });
        model.trouble.addListener((property, before, now) -> showTrouble());
        model.page.addListener((property, before, now) -> showLeft());
        showTrouble();
        showLeft();
    }

    Node node() {
        return node;
    }

    /** Puts the cursor where the person is to go on. */
    void focus() {
        switch (model.step.get()) {
            case BEGIN -> button.requestFocus();
            // Not a button: whoever presses Enter twice must not cancel.
            case BROWSER -> waiting.requestFocus();
            case CLIENT -> (clientId.getText().isBlank() ? clientId : clientSecret).requestFocus();
        }
    }

    private void show(Node part, Step when) {
        part.visibleProperty().bind(model.step.isEqualTo(when));
        part.managedProperty().bind(part.visibleProperty());
    }

    private Node begin(boolean staying) {
        VBox box = new VBox(12, button);
        if (staying) {
            CheckBox stay = new CheckBox(texts.get("signin.stay"));
            stay.setId("sign-in-stay");
            stay.selectedProperty().bindBidirectional(model.stay);
            stay.disableProperty().bind(model.canStay.not());
            Label why = Look.hint("");
            why.setId("sign-in-stay-hint");
            why.textProperty()
                    .bind(Bindings.when(model.canStay)
                            .then(texts.get("signin.stay.hint"))
                            .otherwise(texts.get("signin.stay.impossible")));
            box.getChildren().add(new VBox(4, stay, why));
        }
        box.getChildren().add(trouble);
        return box;
    }

    private Node browser() {
        ProgressIndicator turning = new ProgressIndicator();
        turning.setPrefSize(20, 20);
        turning.setMinSize(20, 20);
        Label head = new Label(texts.get("signin.browser"));
        head.setId("sign-in-browser");
        head.getStyleClass().add(Styles.TITLE_4);
        HBox title = new HBox(12, turning, head);
        title.setAlignment(Pos.CENTER_LEFT);
        Label text = Look.muted(texts.get("signin.browser.hint"));
        text.setMinHeight(Region.USE_PREF_SIZE);
        left.setId("sign-in-left");
        Button cancel = Look.button(texts.get("action.cancel"), "fth-x", model::cancel);
        cancel.setId("sign-in-cancel");
        copy.disableProperty()
                .bind(Bindings.createBooleanBinding(() -> model.page.get().isEmpty(), model.page));
        Label failed = Look.hint(texts.code("signin.advice", SignInException.Code.NO_BROWSER));
        failed.setId("sign-in-no-browser");
        failed.getStyleClass().add("relay-wrong");
        failed.visibleProperty()
                .bind(Bindings.createBooleanBinding(() -> model.trouble.get().isPresent(), model.trouble));
        failed.managedProperty().bind(failed.visibleProperty());
        HBox buttons = new HBox(8, copy, cancel);
        waiting.getChildren().setAll(title, text, left, failed, buttons);
        waiting.setFocusTraversable(true);
        waiting.setAccessibleRole(AccessibleRole.TEXT);
        waiting.setAccessibleText(head.getText() + ". " + text.getText());
        return waiting;
    }

    private Node client() {
        clientId.setId("sign-in-client");
        clientId.setPromptText("1234567890-abc.apps.googleusercontent.com");
        clientSecret.setId("sign-in-secret");
        Label text = Look.muted(texts.get("signin.client.hint"));
        text.setMinHeight(Region.USE_PREF_SIZE);
        Hyperlink guide = new Hyperlink(texts.get("signin.client.guide"));
        guide.setId("sign-in-guide");
        guide.setOnAction(event ->
                desk.background().run(() -> desk.features().outside().browser().open(CLIENT_GUIDE), () -> {}));
        Button keep = Look.primary(
                texts.get("signin.client.keep"),
                "fth-check",
                () -> model.keepClient(clientId.getText(), clientSecret.getText()));
        keep.setId("sign-in-keep");
        keep.disableProperty()
                .bind(clientId.textProperty()
                        .isEmpty()
                        .or(clientSecret.textProperty().isEmpty()));
        Button back = new Button(texts.get("action.back"));
        back.setId("sign-in-back");
        back.setOnAction(event -> model.leaveClient());
        back.visibleProperty().bind(model.clientId.isNotEmpty());
        model.clientId.addListener((property, before, now) -> clientId.setText(now));
        VBox wrong = new VBox();
        wrong.setId("sign-in-client-trouble");
        model.trouble.addListener((property, before, now) -> wrong.getChildren()
                .setAll(now.map(why -> box(words(why), false)).stream().toList()));
        return new VBox(
                12,
                text,
                guide,
                Look.field(texts.get("signin.client.id"), clientId),
                Look.field(texts.get("signin.client.secret"), clientSecret),
                wrong,
                new HBox(8, keep, back));
    }

    private void copyAddress() {
        model.page.get().ifPresent(page -> {
            Look.copy(page.toString());
            copy.setText(texts.get("signin.copied"));
        });
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && model.step.get() == Step.BROWSER) {
            event.consume();
            model.cancel();
        } else if (event.getCode() == KeyCode.ESCAPE
                && model.step.get() == Step.CLIENT
                && !model.clientId.get().isEmpty()) {
            event.consume();
            model.leaveClient();
        } else if (event.getCode() == KeyCode.ENTER) {
            if (model.step.get() == Step.BEGIN) {
                event.consume();
                model.begin();
            } else if (model.step.get() == Step.CLIENT
                    && !clientId.getText().isBlank()
                    && !clientSecret.getText().isBlank()) {
                event.consume();
                model.keepClient(clientId.getText(), clientSecret.getText());
            }
        }
    }

    private void showLeft() {
        if (model.page.get().isEmpty()) {
            copy.setText(texts.get("signin.copy"));
        }
        left.setText(model.left()
                .map(rest -> texts.get("signin.left", rest.toMinutes(), String.format("%02d", rest.toSecondsPart())))
                .orElse(texts.get("signin.asking")));
    }

    private void showTrouble() {
        Optional<Trouble> why = model.trouble.get();
        Optional<Words> words = why.map(this::words);
        trouble.getChildren()
                .setAll(words.map(said -> box(said, why.get().wanted())).stream()
                        .toList());
        if (why.filter(said -> said.equals(Trouble.of(SignInException.Code.CLIENT_REFUSED)))
                .isPresent()) {
            Hyperlink again = new Hyperlink(texts.get("signin.client.again"));
            again.setId("sign-in-client-again");
            again.setOnAction(event -> model.askForClient());
            trouble.getChildren().add(again);
        }
        // A screen reader says it with the button, which has the focus again.
        button.setAccessibleHelp(
                words.map(said -> said.what() + " " + said.advice()).orElse(""));
    }

    private record Words(String what, String advice) {}

    private Words words(Trouble why) {
        return switch (why.source()) {
            case GOOGLE -> new Words(texts.code("signin.trouble", why.code()), texts.code("signin.advice", why.code()));
            case WORKSPACE ->
                new Words(
                        texts.code("signin.refused", why.code()),
                        texts.get("signin.chosen", why.detail()) + " "
                                + texts.code("signin.refused.advice", why.code()));
            case PROGRAM -> new Words(texts.code("failure", why.code()), why.detail() + " (" + why.code() + ")");
        };
    }

    private static Node box(Words words, boolean calm) {
        Label what = new Label(words.what());
        what.setId("sign-in-what");
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        what.getStyleClass().add(Styles.TEXT_BOLD);
        Label advice = new Label(words.advice());
        advice.setId("sign-in-advice");
        advice.setWrapText(true);
        advice.setMinHeight(Region.USE_PREF_SIZE);
        VBox text = new VBox(4, what, advice);
        HBox.setHgrow(text, Priority.ALWAYS);
        FontIcon sign = new FontIcon(calm ? "fth-info" : "fth-alert-triangle");
        HBox box = new HBox(8, sign, text);
        box.getStyleClass().addAll("finding", calm ? "finding-says" : "finding-blocks");
        return box;
    }

    /** Gives up what is waited for. */
    @Override
    public void close() {
        second.stop();
        model.cancel();
    }
}
