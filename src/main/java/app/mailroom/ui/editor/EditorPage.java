package app.mailroom.ui.editor;

import app.mailroom.ui.common.UiThread;
import java.util.Map;
import javafx.concurrent.Worker;
import javafx.scene.web.WebEngine;
import javafx.scene.web.WebView;
import netscape.javascript.JSObject;
import org.jspecify.annotations.Nullable;

/** The page in which TinyMCE runs. It loads nothing and leads nowhere. JavaFX thread only. */
final class EditorPage {
    private static final String BRIDGE = "mailroom";

    private final WebView web = new WebView();
    private final EditorBridge bridge;
    private final Map<String, String> texts;
    private final String language;
    private final boolean dark;
    private @Nullable EditorParts parts;

    /**
     * An empty one.
     *
     * @param texts what the page's own parts say, by name
     * @param language of TinyMCE, such as {@code ko}
     */
    EditorPage(EditorBridge bridge, Map<String, String> texts, String language, boolean dark) {
        this.bridge = bridge;
        this.texts = texts;
        this.language = language;
        this.dark = dark;
        web.setContextMenuEnabled(false);
        web.setMinSize(0, 0);
        web.setPrefSize(640, 480);
        WebEngine engine = web.getEngine();
        engine.setCreatePopupHandler(features -> null);
        engine.getLoadWorker().stateProperty().addListener((state, before, now) -> {
            if (now == Worker.State.SUCCEEDED && engine.getLocation().isEmpty()) {
                start();
            }
        });
        // The page's script lets no link be followed; should anything get by it, the editor comes back.
        engine.locationProperty().addListener((location, before, now) -> {
            if (now != null && !now.isEmpty()) {
                UiThread.later(this::reload);
            }
        });
    }

    /** Begins to run; the bridge is told when it does. */
    void load(EditorParts read) {
        parts = read;
        reload();
    }

    /** What is shown. */
    WebView node() {
        return web;
    }

    /** Calls a function of the page; texts are handed over as they are, whatever is in them. */
    Object call(String function, Object... arguments) {
        return window().call(function, arguments);
    }

    /** Calls a function that answers with a text. */
    String text(String function, Object... arguments) {
        return String.valueOf(call(function, arguments));
    }

    /** Calls a function that answers yes or no. */
    boolean test(String function, Object... arguments) {
        return Boolean.TRUE.equals(call(function, arguments));
    }

    private void reload() {
        EditorParts known = parts;
        if (known != null) {
            web.getEngine().loadContent(known.page());
        }
    }

    private void start() {
        EditorParts known = parts;
        if (known == null) {
            return;
        }
        // A new document has a new window, which knows nothing of the bridge.
        window().setMember(BRIDGE, bridge);
        known.scripts().forEach(web.getEngine()::executeScript);
        texts.forEach((name, text) -> call("mailroomText", name, text));
        call("mailroomStart", known.skin(), known.content(), language, dark);
    }

    private JSObject window() {
        return (JSObject) web.getEngine().executeScript("window");
    }
}
