package app.mailroom.ui.common;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.web.WebView;

/** A mail as its reader will see it: subject, HTML in a sandbox, text part. */
public final class MailPreview {
    private final VBox node = new VBox(8);
    private final Label subject = new Label();
    private final WebView web = new WebView();
    private final TextArea plain = new TextArea();
    private String shown = "";

    /** An empty preview. */
    public MailPreview(Texts texts) {
        subject.getStyleClass().add("preview-subject");
        subject.setWrapText(true);
        web.getEngine().setJavaScriptEnabled(false);
        web.setContextMenuEnabled(false);
        web.setPrefSize(400, 300);
        web.setMinSize(0, 0);
        plain.setEditable(false);
        plain.setWrapText(true);
        plain.getStyleClass().add("code");
        StackPane paper = new StackPane(web);
        paper.getStyleClass().add("paper");
        TabPane tabs = new TabPane(tab(texts.get("preview.html"), paper), tab(texts.get("preview.text"), plain));
        VBox.setVgrow(tabs, Priority.ALWAYS);
        node.getChildren().addAll(subject, tabs);
    }

    /** Shows a mail. Showing the same again does not flicker. */
    public void show(String mailSubject, String html, String text) {
        subject.setText(mailSubject);
        plain.setText(text);
        if (!html.equals(shown)) {
            shown = html;
            web.getEngine().loadContent(PreviewPage.around(html));
        }
    }

    /** The control. */
    public Node node() {
        return node;
    }

    private static Tab tab(String title, Node content) {
        Tab tab = new Tab(title, content);
        tab.setClosable(false);
        return tab;
    }
}
