package app.mailroom.ui.editor;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.model.TemplateContent;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/** One of the two editors alone in a window, for looking at it: rich|source, folder, file, language, light|dark, width. */
public final class EditorTryout {
    private EditorTryout() {}

    /** Opens it. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        String html = Files.readString(Path.of(args[2]));
        WindowedWorkspace workspace = new WindowedWorkspace(folder);
        Platform.startup(() -> {
            boolean dark = args[4].equals("dark");
            Application.setUserAgentStylesheet(
                    dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
            ScreenContext context = context(workspace, Texts.in(Locale.forLanguageTag(args[3])));
            Node node = args[0].equals("rich") ? rich(context, dark, html) : source(context, html);
            StackPane root = new StackPane(node, context.notices().node());
            Scene scene = new Scene(root, Double.parseDouble(args[5]), 640);
            scene.getStylesheets().add(stylesheet());
            Stage stage = new Stage();
            stage.setScene(scene);
            stage.show();
        });
    }

    static String stylesheet() {
        return String.valueOf(Texts.class.getResource("/app/mailroom/ui/mailroom.css"));
    }

    static ScreenContext context(WindowedWorkspace workspace, Texts texts) {
        Notices notices = new Notices(texts);
        Background background = new Background("tryout", 2, notices::failed);
        return new ScreenContext(
                workspace.features(), texts, background, background, notices, Runnable::run, place -> {});
    }

    private static Node rich(ScreenContext context, boolean dark, String html) {
        RichEditor editor = new RichEditor(context, dark);
        editor.show(
                new TemplateContent("", "", html),
                List.of("first_name", "company", "unsubscribe"),
                damage -> System.out.println("READY " + damage));
        editor.onFullScreen(wanted -> System.out.println("full " + wanted));
        return editor.node();
    }

    private static Node source(ScreenContext context, String html) {
        SourceEditor editor = new SourceEditor(context.texts());
        editor.show(html);
        System.out.println("READY");
        return editor.node();
    }
}
