package app.mailroom.ui.settings;

import app.mailroom.model.Right;
import app.mailroom.model.World;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.help.Folders;
import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Settings take hold as they are changed; there is nothing to save. */
public final class SettingsView implements Screen {
    private static final double WIDTH = 720;

    private final Texts texts;
    private final Permits permits;
    private final SettingsViewModel model;
    private final Folders folders = new Folders();
    private final WorkspaceSection workspace;
    private final VBox node;

    /**
     * The settings of the workspace.
     *
     * @param rebuild is run once look or language have changed
     */
    public SettingsView(ScreenContext context, Runnable rebuild) {
        this.texts = context.texts();
        this.permits = context.permits();
        this.model = new SettingsViewModel(context, rebuild);
        this.workspace = new WorkspaceSection(context, folders);
        ToggleSwitch outage = new ToggleSwitch();
        outage.setId("setting-outage");
        outage.selectedProperty().bindBidirectional(model.outage);
        ToggleSwitch awake = new ToggleSwitch();
        awake.setId("setting-awake");
        awake.selectedProperty().bindBidirectional(model.awake);
        ToggleSwitch daily = new ToggleSwitch();
        daily.setId("setting-updates-daily");
        daily.selectedProperty().bindBidirectional(model.daily);
        List.of(outage, awake, daily).forEach(control -> permits.need(Right.CHANGE_SETTINGS, control));
        VBox sections = new VBox(
                24,
                section(
                        "settings.look",
                        line(
                                "settings.theme",
                                "",
                                Look.choice(texts, model.theme, "theme", List.of("system", "light", "dark"))),
                        line(
                                "settings.language",
                                "",
                                Look.choice(texts, model.language, "language", List.of("en", "ko")))),
                section(
                        "settings.people",
                        line(
                                "people.title",
                                texts.get("settings.people.hint"),
                                leading(context, "people.title", "fth-users", new Place.People())),
                        line(
                                "audit.title",
                                texts.get("settings.audit.hint"),
                                leading(context, "audit.title", "fth-book-open", new Place.Audit()))),
                section("settings.amazon", amazon(context)),
                section("settings.pace", line("settings.cap", texts.get("settings.cap.hint"), number(model.cap))),
                section(
                        "settings.planning",
                        line("settings.every", texts.get("settings.every.hint"), number(model.every)),
                        line("settings.grace", texts.get("settings.grace.hint"), number(model.grace)),
                        line("settings.awake", texts.get("settings.awake.hint"), awake)),
                section(
                        "settings.practice",
                        line("settings.rate", texts.get("settings.rate.hint"), number(model.rate)),
                        line("settings.latency", texts.get("settings.latency.hint"), number(model.latency)),
                        line("settings.throttle", texts.get("settings.throttle.hint"), number(model.throttle)),
                        line("settings.timeout", texts.get("settings.timeout.hint"), number(model.timeout)),
                        line("settings.outage", texts.get("settings.outage.hint"), outage),
                        line("settings.seed", texts.get("settings.seed.hint"), number(model.seed))),
                section(
                        "settings.updates",
                        line("settings.updates_daily", texts.get("updates.sent"), daily),
                        line("settings.updates_address", texts.get("settings.updates_address.hint"), address(model))),
                section("settings.workspace", workspace.node()));
        ScrollPane scroll = Look.scrolled(sections, WIDTH);
        node = Look.page(Look.header(texts.get("page.SETTINGS")), scroll);
    }

    private Node leading(ScreenContext context, String key, String icon, Place place) {
        Button open = Look.button(texts.get(key), icon, () -> context.go().accept(place));
        open.setId("open-" + key.substring(0, key.indexOf('.')));
        return open;
    }

    private Node amazon(ScreenContext context) {
        Label mode = Look.badge("", "neutral");
        Label state = Look.muted("");
        state.setMinHeight(Region.USE_PREF_SIZE);
        Runnable show = () -> {
            SettingsViewModel.AmazonState now = model.amazon.get();
            boolean live = now.world() == World.LIVE;
            mode.setText(texts.get(live ? "status.live" : "status.practice"));
            mode.getStyleClass().setAll("label", "badge", live ? "badge-success" : "badge-accent");
            state.setText(inWords(now));
        };
        // What is read may be what is assumed at first, and that is no change.
        show.run();
        model.amazon.addListener((property, before, now) -> show.run());
        state.setId("amazon-state");
        HBox.setHgrow(state, Priority.ALWAYS);
        state.setMaxWidth(Double.MAX_VALUE);
        Button open = Look.button(
                texts.get("settings.amazon.open"),
                "fth-cloud",
                () -> context.go().accept(new Place.Amazon()));
        open.setId("open-amazon");
        HBox line = new HBox(16, mode, state, open);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private String inWords(SettingsViewModel.AmazonState state) {
        if (state.region().isEmpty()) {
            return texts.get("settings.amazon.none");
        }
        String amazon = texts.get(state.events() ? "settings.amazon.events" : "settings.amazon.access", state.region());
        return state.relay() ? amazon + " " + texts.get("settings.amazon.relay") : amazon;
    }

    private Node section(String key, Node... lines) {
        Label head = new Label(texts.get(key));
        head.getStyleClass().add(Styles.TITLE_4);
        VBox box = new VBox(16, lines);
        box.getStyleClass().add("card-box");
        return new VBox(8, head, box);
    }

    private Node line(String key, String hint, Node control) {
        Label name = new Label(texts.get(key));
        name.setLabelFor(control);
        VBox words = new VBox(2, name);
        if (!hint.isEmpty()) {
            Label more = Look.hint(hint);
            words.getChildren().add(more);
        }
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        if (control instanceof Region region) {
            region.setMinWidth(Region.USE_PREF_SIZE);
        }
        HBox line = new HBox(24, words, control);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private Node address(SettingsViewModel model) {
        TextField field = new TextField();
        field.setId("setting-updates-address");
        field.setPrefWidth(300);
        field.setPromptText("https://…");
        field.textProperty().bindBidirectional(model.address);
        model.address.addListener((property, before, now) ->
                field.pseudoClassStateChanged(Styles.STATE_DANGER, !SettingsViewModel.isUpdateAddress(now)));
        permits.need(Right.CHANGE_SETTINGS, field);
        return field;
    }

    private Node number(SettingsViewModel.Field setting) {
        TextField field = new TextField();
        field.setPrefWidth(112);
        field.setAlignment(Pos.CENTER_RIGHT);
        field.setPromptText(setting.otherwise().isEmpty() ? texts.get("settings.none") : setting.otherwise());
        field.setId("setting-" + setting.name().replace('.', '-'));
        field.textProperty().bindBidirectional(setting.text());
        field.textProperty()
                .addListener((property, before, text) ->
                        field.pseudoClassStateChanged(Styles.STATE_DANGER, !setting.valid()));
        return permits.need(Right.CHANGE_SETTINGS, field);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void refresh() {
        model.load();
        workspace.refresh();
    }

    @Override
    public void left() {
        folders.close();
    }
}
