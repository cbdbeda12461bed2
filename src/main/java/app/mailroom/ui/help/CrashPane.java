package app.mailroom.ui.help;

import app.mailroom.support.CrashReport;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One crash report: its code, all that it says, and what can be done with it. Nothing of it is sent. */
public final class CrashPane {
    private final VBox node;

    /** Shows the report. */
    public CrashPane(Texts texts, Folders folders, CrashReport report) {
        Label code = new Label(texts.get("crash.code", report.code()));
        code.setId("crash-code");
        code.getStyleClass().add("title-4");
        TextArea text = new TextArea(report.text());
        text.setId("crash-text");
        text.setEditable(false);
        text.getStyleClass().add("code");
        VBox.setVgrow(text, Priority.ALWAYS);
        Label where = Look.hint(report.file().toString());
        where.setId("crash-file");
        Button copy = Look.button(texts.get("crash.copy"), "fth-copy", () -> {});
        copy.setId("crash-copy");
        copy.setOnAction(event -> {
            Look.copy(report.text());
            copy.setText(texts.get("help.copied"));
        });
        Button show = Look.button(
                texts.get("crash.show"),
                "fth-folder",
                () -> folders.show(
                        report.file().toAbsolutePath().resolveSibling("."),
                        () -> where.setText(texts.get("help.no_folder", report.file()))));
        show.setId("crash-show");
        HBox deeds = new HBox(8, copy, show);
        deeds.setAlignment(Pos.CENTER_LEFT);
        node = new VBox(8, code, Look.hint(texts.get("crash.hint")), text, where, deeds);
        VBox.setVgrow(node, Priority.ALWAYS);
    }

    /** What is shown. */
    public Node node() {
        return node;
    }
}
