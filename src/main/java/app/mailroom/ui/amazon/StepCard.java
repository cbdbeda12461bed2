package app.mailroom.ui.amazon;

import app.mailroom.model.Right;
import app.mailroom.ui.amazon.GuideStep.State;
import app.mailroom.ui.amazon.GuideStep.Trouble;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** The frame of a step: a head that opens and closes it, what it is for, what is being done, and what went wrong. */
final class StepCard {
    /** Names of the steps, as in the texts and the ids of nodes. */
    enum Name {
        ACCESS(1),
        SENDERS(2),
        EVENTS(3),
        PROOF(4),
        LIVE(5),
        /** Nobody has to take this one. */
        RELAY(6);

        private final int number;

        Name(int number) {
            this.number = number;
        }
    }

    private static final int DETAIL = 240;

    final BooleanProperty open = new SimpleBooleanProperty(false);

    private final Texts texts;
    private final Name name;
    private final GuideStep step;
    private final Label summary = Look.muted("");
    private final Label state = new Label();
    private final FontIcon arrow = new FontIcon("fth-chevron-down");
    private final VBox body = new VBox(16);
    private final VBox status;
    private final VBox node;
    private boolean entered;

    /** A closed card, which is still to be {@linkplain #fill filled}. */
    StepCard(Texts texts, Name name, GuideStep step) {
        this.texts = texts;
        this.name = name;
        this.step = step;
        Label hint = Look.muted(texts.code("amazon.hint", name));
        hint.setMinHeight(Region.USE_PREF_SIZE);
        body.getChildren().add(hint);
        status = new VBox(16, working(), trouble());
        status.managedProperty().bind(step.doing.isNotEmpty().or(step.trouble.isNotNull()));
        body.getStyleClass().add("step-body");
        body.visibleProperty().bind(open);
        body.managedProperty().bind(open);
        node = new VBox(head(), body);
        node.getStyleClass().add("step");
        node.setId("step-" + name.name().toLowerCase(Locale.ROOT));
        open.addListener((property, before, now) -> arrow.setIconLiteral(now ? "fth-chevron-up" : "fth-chevron-down"));
        step.stateProperty().addListener((property, before, now) -> show(now));
        show(step.state());
    }

    Node node() {
        return node;
    }

    /** What the step consists of, from top to bottom. */
    void fill(Node... content) {
        body.getChildren().addAll(content);
    }

    /** Greys out all that it consists of, unless the person has this right. */
    void need(Permits permits, Right right) {
        permits.need(right, body);
    }

    /** Whether it may be left out, so that nobody is led to it. */
    boolean optional() {
        return name == Name.RELAY;
    }

    /** What is being done and what went wrong; belongs right under the buttons that it is about. */
    Node status() {
        return status;
    }

    GuideStep step() {
        return step;
    }

    /** What the head says about the step in a line. */
    void summary(String text) {
        summary.setText(text);
    }

    private Node head() {
        Label number = new Label(Integer.toString(name.number));
        number.getStyleClass().add("step-number");
        Label title = new Label(texts.code("amazon.step", name));
        title.getStyleClass().add(Styles.TITLE_4);
        title.setMinWidth(Region.USE_PREF_SIZE);
        summary.setWrapText(false);
        summary.setMinWidth(0);
        summary.getStyleClass().add("step-summary");
        state.setMinWidth(Region.USE_PREF_SIZE);
        state.setId("state-" + name.name().toLowerCase(Locale.ROOT));
        HBox line = new HBox(12, number, title, summary, Look.gap(), state, arrow);
        line.setAlignment(Pos.CENTER_LEFT);
        Button head = new Button(null, line);
        head.getStyleClass().setAll("step-head");
        head.setMaxWidth(Double.MAX_VALUE);
        head.setId("open-" + name.name().toLowerCase(Locale.ROOT));
        head.setOnAction(event -> open.set(!open.get()));
        head.accessibleTextProperty()
                .bind(Bindings.createStringBinding(
                        () -> number.getText() + " " + title.getText() + ", " + state.getText(), state.textProperty()));
        line.prefWidthProperty().bind(head.widthProperty().subtract(32));
        return head;
    }

    private void show(State now) {
        state.setText(optional() && now == State.TODO ? texts.get("amazon.optional") : texts.code("amazon.state", now));
        state.getStyleClass().setAll("label", "step-state", "step-" + now.name().toLowerCase(Locale.ROOT));
        state.setGraphic(icon(now));
        if (now == State.FAILED) {
            open.set(true);
        }
    }

    private static Node icon(State state) {
        return switch (state) {
            case TODO -> new FontIcon("fth-circle");
            case DONE -> new FontIcon("fth-check-circle");
            case FAILED -> new FontIcon("fth-alert-circle");
            case WORKING -> spinner();
        };
    }

    /** A small turning wheel. */
    static ProgressIndicator spinner() {
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.setMinSize(16, 16);
        wheel.setPrefSize(16, 16);
        wheel.setMaxSize(16, 16);
        return wheel;
    }

    private Node working() {
        Label words = new Label();
        words.textProperty()
                .bind(Bindings.createStringBinding(() -> texts.code("amazon.doing", step.doing.get()), step.doing));
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(step.progress);
        bar.setPrefWidth(200);
        Button cancel = Look.button(texts.get("action.cancel"), "fth-x", step::cancel);
        cancel.setId("stop-" + name.name().toLowerCase(Locale.ROOT));
        HBox line = new HBox(12, bar, words, cancel);
        line.setAlignment(Pos.CENTER_LEFT);
        line.visibleProperty().bind(step.doing.isNotEmpty());
        line.managedProperty().bind(line.visibleProperty());
        return line;
    }

    private Node trouble() {
        Label words = wrapped("trouble-");
        words.getStyleClass().add(Styles.TEXT_BOLD);
        Label detail = wrapped("trouble-detail-");
        detail.getStyleClass().add(Styles.TEXT_SMALL);
        detail.visibleProperty().bind(detail.textProperty().isNotEmpty());
        detail.managedProperty().bind(detail.visibleProperty());
        VBox both = new VBox(4, words, detail);
        both.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(both, Priority.ALWAYS);
        Button copy = Look.copyButton(texts.get("action.copy"), () -> whole(step.trouble.get()));
        HBox box = new HBox(8, new FontIcon("fth-alert-circle"), both, copy);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().addAll("finding", "finding-blocks");
        box.setMinHeight(Region.USE_PREF_SIZE);
        box.visibleProperty().bind(step.trouble.isNotNull());
        box.managedProperty().bind(box.visibleProperty());
        step.trouble.addListener((property, before, now) -> {
            words.setText(now == null ? "" : texts.code("amazon.trouble", now.code()));
            detail.setText(now == null ? "" : shortened(now.detail()));
        });
        return box;
    }

    private Label wrapped(String id) {
        Label label = new Label();
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setMaxWidth(Double.MAX_VALUE);
        label.setId(id + name.name().toLowerCase(Locale.ROOT));
        return label;
    }

    /** What failed can be long; the whole of it is in what is copied. */
    private static String shortened(String detail) {
        return detail.length() > DETAIL ? detail.substring(0, DETAIL) + "…" : detail;
    }

    private String whole(@Nullable Trouble trouble) {
        return trouble == null ? "" : texts.code("amazon.trouble", trouble.code()) + "\n" + trouble.detail();
    }

    /**
     * The button that Enter presses in the fields of this card. Not a default button of the window: five cards would
     * take that from each other, and a combo box keeps Enter to itself at times.
     */
    void standard(Button button) {
        node.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean typing = event.getTarget() instanceof TextInputControl
                    || (event.getTarget() instanceof ComboBoxBase<?> box && !box.isShowing());
            if (event.getCode() == KeyCode.ENTER && typing && !entered) {
                entered = true;
                // Once the field itself has done with the key; a combo box hands it round a second time.
                UiThread.later(() -> {
                    entered = false;
                    button.fire();
                });
            }
        });
    }

    /** What may be pressed only while nothing is being done. */
    void whileIdle(Node... controls) {
        for (Node control : controls) {
            control.disableProperty().bind(step.doing.isNotEmpty());
        }
    }

    /** A field that turns red with one of these codes of trouble. */
    void marks(Node field, String... codes) {
        step.trouble.addListener((property, before, now) -> field.pseudoClassStateChanged(
                Styles.STATE_DANGER,
                now != null && java.util.Arrays.asList(codes).contains(now.code())));
    }

    /** Puts lines into a box, with a rule between each two. */
    static void lines(VBox box, List<? extends Node> lines) {
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).getStyleClass().add(i == 0 ? "line-first" : "line");
        }
        box.getChildren().setAll(lines);
    }

    /** A line of {@link #lines}: its head, and beneath it what there is to say, if anything. */
    static VBox line(HBox head, String detail) {
        VBox line = new VBox(2, head);
        if (!detail.isBlank()) {
            Label words = Look.hint(detail);
            words.getStyleClass().add("line-detail");
            line.getChildren().add(words);
        }
        return line;
    }

    /** Something that can be switched on and off, with what that means beneath its name. */
    static HBox option(String name, ObservableValue<String> meaning, ToggleSwitch toggle) {
        Label title = new Label(name);
        title.setLabelFor(toggle);
        toggle.setAccessibleText(name);
        toggle.setMinWidth(Region.USE_PREF_SIZE);
        Label more = Look.hint("");
        more.textProperty().bind(meaning);
        VBox words = new VBox(2, title, more);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = new HBox(24, words, toggle);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    /** A name in small letters and what belongs to it, as a line of facts. */
    static HBox fact(String name, Node... values) {
        Label label = new Label(name);
        label.getStyleClass().add("fact-name");
        HBox line = new HBox(8, label);
        line.getChildren().addAll(values);
        line.setMinHeight(28);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    /** Text that can be marked and copied. */
    static Label value(@Nullable String text) {
        Label label = new Label(text);
        label.setMinWidth(0);
        return label;
    }
}
