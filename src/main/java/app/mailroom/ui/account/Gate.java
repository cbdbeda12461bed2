package app.mailroom.ui.account;

import app.mailroom.ui.common.Look;
import atlantafx.base.theme.Styles;
import java.nio.file.Path;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** What fills a window before which somebody has to say who they are. */
public sealed interface Gate extends AutoCloseable permits SignInScreen, LockScreen {
    /** Of the program's name, a card and what stands beneath it, in pixels. */
    double USUAL_HEIGHT = 500;

    /** Around them in a small window, in pixels. */
    double MARGIN = 24;

    /** What is shown. */
    Node node();

    /** Puts the cursor where the person is to go on. */
    void focus();

    /** Gives up what is waited for. */
    @Override
    void close();

    /**
     * About the middle of an empty window, which scrolls where it is too low. What stands on top stays where it is when what is
     * beneath grows.
     */
    static ScrollPane middle(Node... parts) {
        VBox column = new VBox(24, parts);
        column.setAlignment(Pos.CENTER);
        column.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        column.setMinHeight(Region.USE_PREF_SIZE);
        StackPane whole = new StackPane(column);
        whole.setAlignment(Pos.TOP_CENTER);
        whole.getStyleClass().add("gate");
        ScrollPane scroll = new ScrollPane(whole);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        whole.paddingProperty()
                .bind(scroll.heightProperty()
                        .map(height -> new Insets(
                                Math.max(MARGIN, (height.doubleValue() - USUAL_HEIGHT) / 2), MARGIN, MARGIN, MARGIN)));
        scroll.getStyleClass().add("bare");
        return scroll;
    }

    /** A card of the usual width. */
    static VBox card(Node... parts) {
        VBox card = new VBox(16, parts);
        card.getStyleClass().addAll("card-box", "gate-card");
        card.setPrefWidth(SignInCard.WIDTH);
        card.setMaxWidth(SignInCard.WIDTH);
        return card;
    }

    /** The program's name with its sign. */
    static Label brand() {
        Label brand = new Label("Mailroom", new FontIcon("fth-mail"));
        brand.getStyleClass().addAll("brand", "gate-brand");
        return brand;
    }

    /** A heading. */
    static Label title(String text) {
        Label title = new Label(text);
        title.getStyleClass().add(Styles.TITLE_2);
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        return title;
    }

    /** Which workspace this is, by its folder's name. */
    static Label folder(Path workspace) {
        Path name = workspace.getFileName();
        Label folder = new Label(name == null ? workspace.toString() : name.toString(), new FontIcon("fth-folder"));
        folder.setId("sign-in-workspace");
        folder.getStyleClass().addAll(Styles.TEXT_MUTED, "gate-folder");
        folder.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        folder.setTooltip(new Tooltip(workspace.toString()));
        return folder;
    }

    /** Words that explain, never cut. */
    static Label words(String text) {
        Label words = Look.muted(text);
        words.setMinHeight(Region.USE_PREF_SIZE);
        return words;
    }
}
