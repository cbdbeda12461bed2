package app.mailroom.ui.help;

import app.mailroom.support.Manual;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.SideWindow;
import app.mailroom.ui.common.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import javafx.concurrent.Worker;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.web.WebView;
import javafx.stage.Stage;
import javafx.stage.Window;
import netscape.javascript.JSObject;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.w3c.dom.events.EventTarget;

/** The manual: its contents at the left, its text, and a search in it. Fetches nothing; other pages open in the browser. */
final class ManualWindow {
    private static final String ID = "manual";
    private static final double WIDTH = 1_040;
    private static final double HEIGHT = 720;
    private static final double CONTENTS = 260;
    private static final double INDENT = 14;

    private final ScreenContext context;
    private final Texts texts;
    private final WebView view = new WebView();
    private final ListView<Manual.Chapter> contents = new ListView<>();
    private final TextField wanted;
    private final Label found = Look.muted("");
    private final Stage stage;

    private ManualWindow(ScreenContext context, Window owner) {
        this.context = context;
        this.texts = context.texts();
        wanted = Look.searchField(texts.get("manual.search"));
        wanted.setId("manual-search");
        found.setId("manual-found");
        found.setMinWidth(Region.USE_PREF_SIZE);
        Button previous = Look.iconButton(texts.get("manual.previous"), "fth-chevron-up", () -> find(true));
        previous.setId("manual-previous");
        Button next = Look.iconButton(texts.get("manual.next"), "fth-chevron-down", () -> find(false));
        next.setId("manual-next");
        wanted.setOnAction(event -> find(false));
        wanted.textProperty().addListener((property, before, now) -> {
            script("window.getSelection().removeAllRanges()");
            find(false);
        });
        HBox bar = new HBox(8, wanted, previous, next, found);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.setPadding(new Insets(12));
        contents.setId("manual-contents");
        contents.setPrefWidth(CONTENTS);
        contents.getStyleClass().add("manual-contents");
        contents.setCellFactory(list -> new ChapterCell());
        contents.getSelectionModel().selectedItemProperty().addListener((property, before, chosen) -> {
            if (chosen != null) {
                goTo(chosen.id());
            }
        });
        view.setId("manual-text");
        view.setContextMenuEnabled(false);
        view.getEngine().setCreatePopupHandler(features -> null);
        view.getEngine().getLoadWorker().stateProperty().addListener((property, before, now) -> {
            if (now == Worker.State.SUCCEEDED) {
                takeLinks();
            }
        });
        BorderPane pane = new BorderPane(view, bar, null, null, contents);
        pane.getStyleClass().add("page");
        stage = SideWindow.of(owner, ID, texts.get("manual.title"), pane, WIDTH, HEIGHT);
        Scene scene = stage.getScene();
        scene.getAccelerators()
                .put(new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN), wanted::requestFocus);
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.F3), () -> find(false));
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.F3, KeyCombination.SHIFT_DOWN), () -> find(true));
    }

    static void open(ScreenContext context, Window owner, boolean dark) {
        SideWindow.close(ID);
        ManualWindow window = new ManualWindow(context, owner);
        window.stage.show();
        context.background().get(() -> Manual.in(context.texts().locale()), manual -> window.show(manual, dark));
    }

    private void show(Manual manual, boolean dark) {
        contents.getItems().setAll(manual.contents());
        view.getEngine().loadContent(ManualPage.of(manual, texts.locale(), dark));
        wanted.requestFocus();
    }

    private void goTo(String id) {
        Document document = view.getEngine().getDocument();
        if (document != null && document.getElementById(id) instanceof JSObject heading) {
            heading.call("scrollIntoView", true);
        }
    }

    private void find(boolean backwards) {
        String words = wanted.getText().strip();
        boolean there = words.isEmpty()
                || (view.getEngine().executeScript("window") instanceof JSObject window
                        && Boolean.TRUE.equals(window.call("find", words, false, backwards, true)));
        found.setText(there ? "" : texts.get("manual.nothing"));
    }

    private void script(String words) {
        view.getEngine().executeScript(words);
    }

    /** A page that stands nowhere has no addresses of its own, so every link is followed by hand. */
    private void takeLinks() {
        Document document = view.getEngine().getDocument();
        if (document == null) {
            return;
        }
        NodeList links = document.getElementsByTagName("a");
        for (int i = 0; i < links.getLength(); i++) {
            if (links.item(i) instanceof Element link && link instanceof EventTarget target) {
                String to = link.getAttribute("href");
                target.addEventListener(
                        "click",
                        event -> {
                            event.preventDefault();
                            follow(to);
                        },
                        false);
            }
        }
    }

    private void follow(String to) {
        if (to.startsWith("#")) {
            goTo(decoded(to.substring(1)));
        } else if (to.startsWith("https://")) {
            context.remote().run(() -> context.features().outside().browser().open(new URI(to)), () -> {});
        }
    }

    private static String decoded(String fragment) {
        try {
            return Optional.ofNullable(new URI("#" + fragment).getFragment()).orElse(fragment);
        } catch (URISyntaxException e) {
            return fragment;
        }
    }

    private static final class ChapterCell extends ListCell<Manual.Chapter> {
        @Override
        protected void updateItem(Manual.Chapter item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty || item == null ? null : item.title());
            setPadding(new Insets(6, 8, 6, 12 + (item == null ? 0 : (item.level() - 1) * INDENT)));
            setWrapText(true);
            setPrefWidth(0);
        }
    }
}
