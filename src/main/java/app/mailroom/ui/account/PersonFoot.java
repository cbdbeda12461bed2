package app.mailroom.ui.account;

import app.mailroom.model.Member;
import app.mailroom.model.Right;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** The person at the foot of the sidebar, with a menu of what is theirs. */
public final class PersonFoot {
    private static final double PORTRAIT = 32;

    private final ScreenContext context;
    private final Texts texts;
    private final AccountDeeds deeds;
    private final Portrait portrait = new Portrait(PORTRAIT);
    private final MenuButton button = new MenuButton();
    private final Label who = new Label();
    private final Label role = new Label();
    private final Tooltip whole = new Tooltip();

    /** Nobody until it is shown. */
    public PersonFoot(ScreenContext context, AccountDeeds deeds) {
        this.context = context;
        this.texts = context.texts();
        this.deeds = deeds;
        who.setId("person-name");
        who.setTextOverrun(OverrunStyle.ELLIPSIS);
        role.setId("person-role");
        role.getStyleClass().addAll("text-small", "text-muted");
        VBox words = new VBox(who, role);
        words.setMinWidth(0);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        FontIcon opens = new FontIcon("fth-chevron-up");
        HBox line = new HBox(12, portrait.node(), words, opens);
        line.setAlignment(Pos.CENTER_LEFT);
        button.setId("person");
        button.setGraphic(line);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.getStyleClass().setAll("nav-item", "person-foot");
        button.setMaxWidth(Double.MAX_VALUE);
        // The line is as wide as the button, so that a long name is cut in place of pushing the sidebar.
        line.prefWidthProperty().bind(button.widthProperty().subtract(PORTRAIT / 2));
        line.setMinWidth(0);
        button.setMinWidth(0);
        button.setPrefWidth(0);
        button.setTooltip(whole);
        button.setPopupSide(Side.TOP);
    }

    /** What stands at the foot. */
    public Node node() {
        return button;
    }

    /** Shows whoever is signed in at this moment, or the person at this computer; their picture may come later. */
    public void show() {
        Optional<Member> member = context.features().account().session().member();
        String name = member.map(Member::name).orElse(context.features().person());
        String what = member.map(here -> texts.code("role", here.role())).orElse(texts.get("sidebar.local"));
        who.setText(name);
        role.setText(what);
        whole.setText(member.map(here -> here.name() + "\n" + here.email()).orElse(name));
        button.setAccessibleText(texts.get("person.menu", name, what));
        if (member.isPresent()) {
            portrait.show(name);
        } else {
            portrait.nobody();
        }
        context.background()
                .get(
                        () -> context.features().account().session().picture(),
                        picture -> picture.ifPresent(portrait::show));
        fill(member);
    }

    private void fill(Optional<Member> member) {
        button.getItems()
                .setAll(
                        item("me", "fth-user", () -> go(new Place.Me())),
                        item("people", "fth-users", () -> go(new Place.People())),
                        context.permits()
                                .need(Right.READ_AUDIT, item("record", "fth-book-open", () -> go(new Place.Audit()))),
                        new SeparatorMenuItem());
        if (member.isPresent()) {
            MenuItem lock = item("lock", "fth-lock", deeds.lock());
            lock.setAccelerator(new KeyCodeCombination(KeyCode.L, KeyCombination.SHORTCUT_DOWN));
            button.getItems().addAll(lock, item("sign_out", "fth-log-out", deeds.signOut()));
        } else {
            button.getItems().add(item("sign_in", "fth-log-in", deeds.signIn()));
        }
    }

    private void go(Place place) {
        context.go().accept(place);
    }

    private MenuItem item(String name, String icon, Runnable action) {
        MenuItem item = new MenuItem(texts.code("person", name), new FontIcon(icon));
        item.setId("person-" + name);
        item.setOnAction(event -> action.run());
        return item;
    }
}
