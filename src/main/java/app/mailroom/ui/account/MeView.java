package app.mailroom.ui.account;

import app.mailroom.model.Member;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.model.SignedInComputer;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** What whoever sits in front of the window has of their own. */
public final class MeView implements Screen {
    private static final double WIDTH = 720;
    private static final double PORTRAIT = 64;

    private final ScreenContext context;
    private final Texts texts;
    private final MeViewModel model;
    private final AccountDeeds deeds;
    private final VBox node;

    /**
     * The page of whoever is signed in, or of the person at this computer.
     *
     * @param back leads to where the person came from
     * @param rebuild is run once look or language have changed
     */
    public MeView(ScreenContext context, Runnable back, Runnable rebuild, AccountDeeds deeds) {
        this.context = context;
        this.texts = context.texts();
        this.deeds = deeds;
        this.model = new MeViewModel(context, rebuild);
        VBox sections = new VBox(24);
        model.member.ifPresentOrElse(
                member -> sections.getChildren().addAll(person(member), rights(member.role())),
                () -> sections.getChildren().add(nobody()));
        sections.getChildren()
                .add(section(
                        texts.get("settings.look"),
                        line(
                                texts.get("settings.theme"),
                                Look.choice(texts, model.theme, "theme", List.of("system", "light", "dark"))),
                        line(
                                texts.get("settings.language"),
                                Look.choice(texts, model.language, "language", List.of("en", "ko")))));
        if (model.member.isPresent()) {
            sections.getChildren().add(computers());
        }
        ScrollPane scroll = Look.scrolled(sections, WIDTH);
        HBox head = Look.header(texts.get("me.title"));
        head.getChildren().add(0, Look.iconButton(texts.get("action.back"), "fth-arrow-left", back));
        node = Look.page(head, scroll);
    }

    private Node person(Member member) {
        Portrait portrait = new Portrait(PORTRAIT);
        portrait.show(member.name());
        context.background()
                .get(
                        () -> context.features().account().session().picture(),
                        picture -> picture.ifPresent(portrait::show));
        Label name = new Label(member.name());
        name.setId("me-name");
        name.getStyleClass().add(Styles.TITLE_4);
        name.setTextOverrun(OverrunStyle.ELLIPSIS);
        name.setTooltip(new Tooltip(member.name()));
        Label address = Look.muted(member.email());
        address.setWrapText(false);
        address.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        address.setTooltip(new Tooltip(member.email()));
        VBox words = new VBox(2, name, address);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button lock = Look.button(texts.get("person.lock"), "fth-lock", deeds.lock());
        lock.setId("me-lock");
        lock.setTooltip(new Tooltip("Ctrl+L"));
        Button out = Look.button(texts.get("person.sign_out"), "fth-log-out", deeds.signOut());
        out.setId("me-sign-out");
        HBox box = new HBox(16, portrait.node(), words, lock, out);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().add("card-box");
        return box;
    }

    private Node rights(Role role) {
        List<Node> may = new ArrayList<>();
        List<Node> mayNot = new ArrayList<>();
        Arrays.stream(Right.values()).forEach(right -> {
            boolean allowed = role.may(right);
            Label label = new Label(texts.code("right", right), new FontIcon(allowed ? "fth-check" : "fth-minus"));
            label.setWrapText(true);
            label.setMinHeight(Region.USE_PREF_SIZE);
            label.getStyleClass().add(allowed ? "me-may" : "me-may-not");
            (allowed ? may : mayNot).add(label);
        });
        Label name = Look.badge(texts.code("role", role), "accent");
        name.setId("me-role");
        HBox head = new HBox(8, new Label(texts.get("me.role")), name);
        head.setAlignment(Pos.CENTER_LEFT);
        GridPane columns = new GridPane(24, 8);
        for (int i = 0; i < 2; i++) {
            ColumnConstraints half = new ColumnConstraints();
            half.setPercentWidth(50);
            columns.getColumnConstraints().add(half);
        }
        columns.add(column(texts.get("me.may"), may), 0, 0);
        if (!mayNot.isEmpty()) {
            columns.add(column(texts.get("me.may_not"), mayNot), 1, 0);
        }
        return section(texts.get("me.rights"), head, columns);
    }

    private static Node column(String title, List<Node> lines) {
        Label head = new Label(title);
        head.getStyleClass().add("field-name");
        VBox box = new VBox(8, head);
        box.getChildren().addAll(lines);
        return box;
    }

    private Node nobody() {
        Portrait portrait = new Portrait(PORTRAIT);
        Label name = new Label(context.features().person());
        name.setId("me-name");
        name.getStyleClass().add(Styles.TITLE_4);
        VBox words = new VBox(2, name, Look.muted(texts.get("sidebar.local")));
        words.setAlignment(Pos.CENTER_LEFT);
        HBox head = new HBox(16, portrait.node(), words);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox box = new VBox(16, head);
        box.getStyleClass().add("card-box");
        model.outlook.addListener((property, before, now) ->
                now.ifPresent(outlook -> box.getChildren().setAll(head, outlook(outlook))));
        return box;
    }

    private Node outlook(MeViewModel.Outlook outlook) {
        if (!outlook.asksWho()) {
            Label off = Gate.words(texts.get("me.local.off"));
            off.setId("me-off");
            return off;
        }
        VBox box = new VBox(8, Gate.words(texts.get("me.local.now")));
        for (String change :
                List.of(texts.get("me.local.owner"), texts.get("me.local.everybody"), texts.get("me.local.live"))) {
            Label line = new Label(change, new FontIcon("fth-arrow-right"));
            line.setWrapText(true);
            line.setMinHeight(Region.USE_PREF_SIZE);
            line.getStyleClass().add("me-may-not");
            box.getChildren().add(line);
        }
        if (!outlook.configured()) {
            Label client = Gate.words(texts.get("me.local.client"));
            client.setId("me-client");
            box.getChildren().add(client);
        }
        Button in = Look.primary(
                texts.get(outlook.configured() ? "person.sign_in" : "me.local.set_up"), "fth-log-in", deeds.signIn());
        in.setId("me-sign-in");
        VBox.setMargin(in, new Insets(8, 0, 0, 0));
        box.getChildren().add(in);
        return box;
    }

    private Node computers() {
        VBox lines = new VBox();
        lines.getStyleClass().add("lines");
        lines.setId("me-computers");
        Label none = Gate.words(texts.get("me.computers.none"));
        none.setId("me-computers-none");
        none.visibleProperty().bind(model.loaded.and(Bindings.isEmpty(model.computers)));
        none.managedProperty().bind(none.visibleProperty());
        lines.visibleProperty().bind(Bindings.isNotEmpty(model.computers));
        lines.managedProperty().bind(lines.visibleProperty());
        Button elsewhere = Look.button(
                texts.get("me.computers.elsewhere"),
                "fth-log-out",
                () -> model.signOutElsewhere(() -> context.notices().done(texts.get("me.computers.all_done"))));
        elsewhere.setId("me-elsewhere");
        elsewhere.setVisible(false);
        elsewhere.managedProperty().bind(elsewhere.visibleProperty());
        model.computers.addListener((ListChangeListener<SignedInComputer>) change -> {
            lines.getChildren()
                    .setAll(model.computers.stream().map(this::computer).toList());
            if (!lines.getChildren().isEmpty()) {
                lines.getChildren().get(0).getStyleClass().setAll("line-first");
            }
            elsewhere.setVisible(model.computers.stream().anyMatch(computer -> !computer.here()));
        });
        Label hint = Gate.words(texts.get("me.computers.hint"));
        hint.visibleProperty().bind(lines.visibleProperty());
        hint.managedProperty().bind(hint.visibleProperty());
        return section(texts.get("me.computers"), hint, none, lines, elsewhere);
    }

    private Node computer(SignedInComputer computer) {
        Label name = new Label(computer.computer());
        name.setTextOverrun(OverrunStyle.ELLIPSIS);
        name.setTooltip(new Tooltip(computer.computer()));
        HBox title = new HBox(8, name);
        title.setAlignment(Pos.CENTER_LEFT);
        if (computer.here()) {
            title.getChildren().add(badge(texts.get("me.computers.here"), "accent"));
        }
        if (computer.locked()) {
            title.getChildren().add(badge(texts.get("me.computers.locked"), "neutral"));
        }
        Label used = Look.muted(
                texts.get("me.computers.used", texts.time(computer.lastUsedAt()), texts.date(computer.beganAt())));
        used.getStyleClass().add(Styles.TEXT_SMALL);
        VBox words = new VBox(2, title, used);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button out = new Button(texts.get("person.sign_out"));
        out.getStyleClass().add(Styles.SMALL);
        out.setMinWidth(Region.USE_PREF_SIZE);
        out.setAccessibleText(texts.get("me.computers.sign_out", computer.computer()));
        out.setOnAction(event -> {
            if (computer.here()) {
                deeds.signOut().run();
            } else {
                model.signOut(
                        computer, () -> context.notices().done(texts.get("me.computers.done", computer.computer())));
            }
        });
        HBox line = new HBox(16, new FontIcon("fth-monitor"), words, out);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().setAll("line");
        return line;
    }

    private static Label badge(String text, String tone) {
        Label badge = Look.badge(text, tone);
        badge.setMinWidth(Region.USE_PREF_SIZE);
        return badge;
    }

    private static Node section(String title, Node... lines) {
        Label head = new Label(title);
        head.getStyleClass().add(Styles.TITLE_4);
        VBox box = new VBox(16, lines);
        box.getStyleClass().add("card-box");
        return new VBox(8, head, box);
    }

    private static Node line(String name, Node control) {
        Label label = new Label(name);
        label.setLabelFor(control);
        HBox line = new HBox(24, label, Look.gap(), control);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void refresh() {
        model.load();
    }
}
