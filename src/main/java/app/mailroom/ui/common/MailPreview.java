package app.mailroom.ui.common;

import app.mailroom.model.Attachment;
import app.mailroom.template.RenderedMail;
import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ObservableBooleanValue;
import javafx.concurrent.Worker;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.web.WebView;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A mail as its reader will see it: on a phone or a desktop, light or dark, and its text part. Runs nothing, and fetches
 * nothing unless the person asks for pictures, which holds until {@link #closeNetwork}.
 */
public final class MailPreview {
    /** The inner width of common phones, and the least that mail programs on a desktop give a mail, in pixels. */
    private static final double PHONE = 375;

    private static final double DESKTOP = 680;

    private final Texts texts;
    private final VBox node = new VBox(8);
    private final FlowPane tools = new FlowPane(8, 8);
    private final Label subject = new Label();
    private final WebView web = new WebView();
    private boolean keepPlace;
    private int scrollTo;
    private String pointedOut = "";
    private String pointedBy = "";
    private final TextArea plain = new TextArea();
    private final StackPane paper = new StackPane(web);
    private final StackPane desk = new StackPane(paper, plain);
    private final Label hint = Look.muted("");
    private final ToggleButton phone;
    private final ToggleButton desktop;
    private final ToggleButton light;
    private final ToggleButton dark;
    private final ToggleButton html;
    private final ToggleButton text;
    private final ToggleButton network;
    private @Nullable RenderedMail mail;
    private List<Attachment> images = List.of();
    private String shown = "";

    /** An empty preview, in desktop width, light. */
    public MailPreview(Texts texts) {
        this.texts = texts;
        phone = toggle("fth-smartphone", texts.get("preview.phone"));
        desktop = toggle("fth-monitor", texts.get("preview.desktop"));
        light = toggle("fth-sun", texts.get("preview.light"));
        dark = toggle("fth-moon", texts.get("preview.dark"));
        html = toggle("fth-image", texts.get("preview.html"));
        text = toggle("fth-align-left", texts.get("preview.text"));
        network = toggle("fth-download-cloud", texts.get("preview.network"));
        phone.setId("preview-phone");
        dark.setId("preview-dark");
        text.setId("preview-text");
        network.setId("preview-network");
        subject.getStyleClass().add("preview-subject");
        subject.setWrapText(true);
        subject.setMinHeight(Region.USE_PREF_SIZE);
        subject.managedProperty().bind(subject.visibleProperty());
        web.getEngine().setJavaScriptEnabled(false);
        web.setContextMenuEnabled(false);
        web.getEngine().getLoadWorker().stateProperty().addListener((property, before, state) -> {
            if (state == Worker.State.SUCCEEDED) {
                scrollBack();
                pointOut();
            }
        });
        web.setPrefSize(400, 300);
        web.setMinSize(0, 0);
        plain.setEditable(false);
        plain.setWrapText(true);
        plain.getStyleClass().add("code");
        paper.getStyleClass().add("paper");
        paper.setMinSize(0, 0);
        desk.setMinSize(0, 0);
        VBox.setVgrow(desk, Priority.ALWAYS);
        tools.getChildren().addAll(group(desktop, phone), group(light, dark), group(html, text), network);
        tools.setAlignment(Pos.CENTER_LEFT);
        tools.setMinHeight(Region.USE_PREF_SIZE);
        hint.getStyleClass().add(Styles.TEXT_SMALL);
        hint.setMinHeight(Region.USE_PREF_SIZE);
        hint.managedProperty().bind(hint.visibleProperty());
        hint.setId("preview-hint");
        plain.visibleProperty().bind(text.selectedProperty());
        paper.visibleProperty().bind(text.selectedProperty().not());
        phone.selectedProperty().addListener((property, before, now) -> fit());
        desk.widthProperty().addListener((property, before, now) -> fit());
        dark.selectedProperty().addListener((property, before, now) -> draw());
        network.selectedProperty().addListener((property, before, now) -> draw());
        text.selectedProperty().addListener((property, before, now) -> draw());
        node.getChildren().addAll(subject, tools, hint, desk);
    }

    /** Leaves the subject out, where it is shown elsewhere. */
    public void hideSubject() {
        subject.setVisible(false);
    }

    /** Further things to choose, beside those of the preview itself. */
    public void addTool(Node tool) {
        tools.getChildren().add(tool);
    }

    /**
     * Shows a mail. Showing the same again does not flicker.
     *
     * @param shownImages what its HTML refers to as {@code cid:}; others are passed over
     */
    public void show(RenderedMail shownMail, List<Attachment> shownImages) {
        mail = shownMail;
        images = List.copyOf(shownImages);
        draw();
    }

    /** Greys what is shown while it is not what would be sent. */
    public void stale(boolean stale) {
        desk.setOpacity(stale ? 0.35 : 1);
    }

    /** Whether pictures are fetched from the network. */
    public ObservableBooleanValue networkProperty() {
        return network.selectedProperty();
    }

    /** Fetches nothing any more, as for the next mail. */
    public void closeNetwork() {
        network.setSelected(false);
    }

    /** The control. */
    public Node node() {
        return node;
    }

    /** Stays where the person has scrolled to when the mail changes, as while it is being written. */
    public void keepPlace() {
        keepPlace = true;
    }

    /** How far the mail is scrolled, in CSS pixels. The mail's own scripts are off; this one is ours. */
    private int scrolled() {
        Object y = web.getEngine()
                .executeScript(
                        "var frame = document.querySelector('iframe'); frame ? Math.round(frame.contentWindow.scrollY) : 0");
        return y instanceof Number number ? number.intValue() : 0;
    }

    private void scrollBack() {
        if (scrollTo > 0) {
            web.getEngine()
                    .executeScript("document.querySelector('iframe').contentWindow.scrollTo(0, " + scrollTo + ")");
        }
    }

    /**
     * Points out the elements of the mail that a selector finds, by giving them an attribute, and brings the first of them
     * into view. Holds until something else is pointed out, whatever is drawn meanwhile.
     *
     * @param selector without double quotes; nothing is pointed out for an empty one
     */
    public void pointOut(String selector, String attribute) {
        pointedOut = selector;
        pointedBy = attribute;
        pointOut();
    }

    private void pointOut() {
        if (pointedBy.isEmpty()) {
            return;
        }
        web.getEngine().executeScript("""
                var frame = document.querySelector('iframe');
                if (frame && frame.contentDocument) {
                    var inside = frame.contentDocument;
                    inside.querySelectorAll("[%2$s]").forEach(function (e) { e.removeAttribute("%2$s"); });
                    var found = "%1$s" ? inside.querySelectorAll("%1$s") : [];
                    found.forEach(function (e) { e.setAttribute("%2$s", ""); });
                    if (found.length) { found[0].scrollIntoView({block: "center"}); }
                }
                """.formatted(pointedOut, pointedBy));
    }

    /** Tells the value of an attribute when an element that has it, or something in one, is clicked. */
    public void onPick(String attribute, Consumer<String> picked) {
        web.setOnMouseClicked(event -> {
            Object value = web.getEngine().executeScript("""
                    var frame = document.querySelector('iframe');
                    var at = frame && frame.contentDocument
                            ? frame.contentDocument.elementFromPoint(%d, %d) : null;
                    var holder = at ? at.closest("[%3$s]") : null;
                    holder ? holder.getAttribute("%3$s") : null;
                    """.formatted(
                    Math.round(event.getX() / web.getZoom()), Math.round(event.getY() / web.getZoom()), attribute));
            if (value instanceof String found) {
                picked.accept(found);
            }
        });
    }

    private void draw() {
        RenderedMail current = mail;
        if (current == null) {
            return;
        }
        subject.setText(current.subject());
        if (!plain.getText().equals(current.text())) {
            plain.setText(current.text());
        }
        PreviewPage page =
                PreviewPage.of(current, images, new PreviewPage.Light(dark.isSelected(), network.isSelected()));
        if (!page.html().equals(shown)) {
            shown = page.html();
            scrollTo = keepPlace ? scrolled() : 0;
            web.getEngine().loadContent(shown);
        }
        StringBuilder words = new StringBuilder();
        if (!text.isSelected()) {
            if (dark.isSelected()) {
                words.append(texts.get(page.ownDark() ? "preview.dark.own" : "preview.dark.inverted"));
            }
            if (page.pictures() > 0 && !network.isSelected()) {
                words.append(words.isEmpty() ? "" : " ").append(texts.get("preview.not_fetched", page.pictures()));
            }
        }
        hint.setText(words.toString());
        hint.setVisible(!words.isEmpty());
        network.setDisable(page.pictures() == 0);
    }

    /** A desktop that does not fit is shown smaller, as from further away, so that the mail is laid out for its width. */
    private void fit() {
        double room = desk.getWidth();
        if (phone.isSelected()) {
            paper.setMaxWidth(PHONE + 2);
            web.setZoom(1);
        } else {
            paper.setMaxWidth(Double.MAX_VALUE);
            web.setZoom(room <= 0 ? 1 : Math.min(1, room / DESKTOP));
        }
    }

    private static ToggleButton toggle(String icon, String name) {
        ToggleButton button = new ToggleButton(null, new FontIcon(icon));
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.SMALL);
        button.setTooltip(new Tooltip(name));
        button.setAccessibleText(name);
        return button;
    }

    /** Two of which one holds; the first at the start. */
    private static HBox group(ToggleButton first, ToggleButton second) {
        first.getStyleClass().add(Styles.LEFT_PILL);
        second.getStyleClass().add(Styles.RIGHT_PILL);
        ToggleGroup group = new ToggleGroup();
        first.setToggleGroup(group);
        second.setToggleGroup(group);
        first.setSelected(true);
        group.selectedToggleProperty().addListener((property, before, now) -> keepOne(before, now));
        return new HBox(first, second);
    }

    private static void keepOne(@Nullable Toggle before, @Nullable Toggle now) {
        if (now == null && before != null) {
            before.setSelected(true);
        }
    }
}
