package app.mailroom.ui.templates;

import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.MailPreview;
import app.mailroom.ui.common.Texts;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Shows a template as a mail, on a page or in a window of its own. */
final class SamplePreview {
    private static final double WIDTH = 760;
    private static final double HEIGHT = 720;

    private final MailPreview preview;
    private @Nullable Sample shown;

    /** An empty one. */
    SamplePreview(Texts texts) {
        preview = new MailPreview(texts);
        VBox.setVgrow(preview.node(), Priority.ALWAYS);
        HBox.setHgrow(preview.node(), Priority.ALWAYS);
    }

    void show(Sample sample) {
        if (!sample.equals(shown)) {
            // What the person allowed for one mail does not hold for the next.
            preview.closeNetwork();
            shown = sample;
        }
        preview.show(sample.mail(), sample.images());
    }

    Node node() {
        return preview.node();
    }

    /**
     * Opens a window with a mail, which Escape closes.
     *
     * @param foot what stands beneath the mail
     */
    static void window(Node owner, Texts texts, String title, Sample sample, Node... foot) {
        SamplePreview shown = new SamplePreview(texts);
        shown.show(sample);
        VBox page = Look.page(shown.node());
        page.getChildren().addAll(foot);
        Stage stage = new Stage();
        stage.initOwner(owner.getScene().getWindow());
        stage.initModality(Modality.NONE);
        stage.setTitle(title);
        Scene scene = new Scene(page, WIDTH, HEIGHT);
        scene.getStylesheets().setAll(owner.getScene().getStylesheets());
        scene.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                stage.close();
            }
        });
        stage.setScene(scene);
        stage.show();
    }
}
