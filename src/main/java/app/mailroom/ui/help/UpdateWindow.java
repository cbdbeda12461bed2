package app.mailroom.ui.help;

import app.mailroom.support.UpdateAnswer;
import app.mailroom.support.UpdateCheck;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.SideWindow;
import app.mailroom.ui.common.Texts;
import java.net.URI;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;

/** Looks for a newer version when the person says so, after it was said what is sent. Never installs anything. */
final class UpdateWindow {
    private static final String ID = "updates";
    private static final double WIDTH = 560;
    private static final double HEIGHT = 380;

    private final ScreenContext context;
    private final Texts texts;
    private final Label address = Look.hint("");
    private final Label answer = new Label();
    private final TextArea notes = new TextArea();
    private final Button ask;
    private final Button page;
    private final Stage stage;

    private UpdateWindow(ScreenContext context, Window owner) {
        this.context = context;
        this.texts = context.texts();
        address.setId("update-address");
        answer.setId("update-answer");
        answer.setWrapText(true);
        answer.setMinHeight(Region.USE_PREF_SIZE);
        notes.setId("update-notes");
        notes.setEditable(false);
        notes.setWrapText(true);
        notes.visibleProperty().bind(notes.textProperty().isEmpty().not());
        VBox.setVgrow(notes, Priority.ALWAYS);
        ask = Look.primary(texts.get("updates.ask"), "fth-refresh-cw", this::ask);
        ask.setId("update-ask");
        ask.setDefaultButton(true);
        page = Look.button(texts.get("updates.page"), "fth-external-link", () -> {});
        page.setId("update-page");
        page.setVisible(false);
        VBox content = Look.page(
                Look.header(texts.get("help.updates")),
                Look.hint(texts.get("updates.sent")),
                address,
                answer,
                notes,
                new HBox(8, ask, page));
        stage = SideWindow.of(owner, ID, texts.get("help.updates"), content, WIDTH, HEIGHT);
    }

    static void open(ScreenContext context, Window owner) {
        SideWindow.close(ID);
        UpdateWindow window = new UpdateWindow(context, owner);
        window.ask.setDisable(true);
        window.stage.show();
        context.background()
                .get(
                        () -> context.features()
                                .stores()
                                .settings()
                                .get(UpdateCheck.ADDRESS)
                                .orElse(""),
                        window::know);
    }

    private void know(String where) {
        address.setText(where.isBlank() ? texts.get("updates.no_address") : texts.get("updates.where", where));
        ask.setDisable(where.isBlank());
    }

    private void ask() {
        ask.setDisable(true);
        answer.setText(texts.get("updates.asking"));
        notes.setText("");
        page.setVisible(false);
        context.remote().get(() -> DailyUpdateCheck.ask(context), this::show, failure -> {
            ask.setDisable(false);
            answer.setText("");
            context.background().tell(failure);
        });
    }

    private void show(UpdateAnswer found) {
        ask.setDisable(false);
        answer.setText(words(texts, found));
        if (found instanceof UpdateAnswer.Newer newer) {
            notes.setText(newer.notes());
            newer.page().ifPresent(to -> {
                page.setVisible(true);
                page.setOnAction(event -> open(to));
            });
        }
    }

    private void open(URI to) {
        context.remote().run(() -> context.features().outside().browser().open(to), () -> {});
    }

    /** The answer as a person reads it. */
    static String words(Texts texts, UpdateAnswer answer) {
        if (answer instanceof UpdateAnswer.Newer newer) {
            return texts.get("updates.newer", newer.version());
        }
        if (answer instanceof UpdateAnswer.Newest newest) {
            return texts.get("updates.newest", newest.version());
        }
        return answer instanceof UpdateAnswer.Failed failed
                ? texts.code("updates.fault", failed.fault())
                : texts.get("updates.no_address");
    }
}
