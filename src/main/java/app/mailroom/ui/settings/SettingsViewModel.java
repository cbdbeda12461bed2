package app.mailroom.ui.settings;

import app.mailroom.aws.AmazonSettings;
import app.mailroom.delivery.DeliverySettings;
import app.mailroom.model.World;
import app.mailroom.practice.PracticeSettings;
import app.mailroom.store.SettingsStore;
import app.mailroom.support.UpdateCheck;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.OwnChoices;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** The settings as text fields; each is kept once it has a value that makes sense. */
final class SettingsViewModel {
    private static final String KEEP_AWAKE = "sending.keep_awake";
    static final String RATE_CAP = "delivery.rate_cap";

    /** A number that can be set: its bounds, and what holds while it is empty or was never set. */
    record Field(String name, double least, double most, boolean whole, String otherwise, StringProperty text) {
        Field(String name, double least, double most, boolean whole, String otherwise) {
            this(name, least, most, whole, otherwise, new SimpleStringProperty(otherwise));
        }

        boolean valid() {
            String value = text.get().strip();
            if (value.isEmpty()) {
                return otherwise.isEmpty();
            }
            if (!value.matches(whole ? "[0-9]{1,9}" : "[0-9]{1,6}(\\.[0-9]{1,3})?")) {
                return false;
            }
            double number = Double.parseDouble(value);
            return number >= least && number <= most;
        }
    }

    /** How far Amazon is set up, whether it is used, and whether mails use a relay. */
    record AmazonState(World world, String region, boolean events, boolean relay) {}

    final ObjectProperty<AmazonState> amazon =
            new SimpleObjectProperty<>(new AmazonState(World.PRACTICE, "", false, false));
    final Field cap = new Field(RATE_CAP, 0.001, 100_000, false, "");
    final Field every = new Field(DeliverySettings.PLANNER_EVERY, 1, 3_600, true, "5");
    final Field grace = new Field(DeliverySettings.GRACE, 0, 99_999, true, "15");
    final Field rate = new Field(PracticeSettings.RATE, 0.1, 10_000, false, "100");
    final Field latency = new Field(PracticeSettings.LATENCY, 0, 60_000, true, "60");
    final Field throttle = new Field(PracticeSettings.THROTTLE, 0, 100, true, "0");
    final Field timeout = new Field(PracticeSettings.TIMEOUT, 0, 100, true, "0");
    final Field seed = new Field(PracticeSettings.SEED, 0, 999_999_999, true, "1");
    final BooleanProperty awake = new SimpleBooleanProperty(true);
    /** Whether a newer version is looked for once a day, and where. */
    final BooleanProperty daily = new SimpleBooleanProperty(false);

    final StringProperty address = new SimpleStringProperty("");
    final BooleanProperty outage = new SimpleBooleanProperty(false);
    final StringProperty theme = new SimpleStringProperty("system");
    final StringProperty language = new SimpleStringProperty("en");

    private final SettingsStore settings;
    private final Features features;
    private final Background background;
    private final Runnable rebuild;
    private boolean filling;

    SettingsViewModel(ScreenContext context, Runnable rebuild) {
        this.settings = context.features().stores().settings();
        this.features = context.features();
        this.background = context.background();
        this.rebuild = rebuild;
        language.set(context.texts().locale().getLanguage());
        for (Field field : fields()) {
            field.text().addListener((property, before, text) -> {
                if (!filling && field.valid()) {
                    keep(field.name(), text.strip());
                }
            });
        }
        outage.addListener((property, before, on) -> {
            if (!filling) {
                keep(PracticeSettings.OUTAGE, Boolean.toString(on));
            }
        });
        awake.addListener((property, before, on) -> {
            if (!filling) {
                keep(KEEP_AWAKE, Boolean.toString(on));
            }
        });
        daily.addListener((property, before, on) -> {
            if (!filling) {
                keep(UpdateCheck.DAILY, Boolean.toString(on));
            }
        });
        address.addListener((property, before, where) -> {
            if (!filling && isUpdateAddress(where)) {
                keep(UpdateCheck.ADDRESS, where.strip());
            }
        });
        theme.addListener((property, before, chosen) -> keepAndRebuild(OwnChoices.THEME, chosen));
        language.addListener((property, before, chosen) -> keepAndRebuild(OwnChoices.LANGUAGE, chosen));
    }

    List<Field> fields() {
        return List.of(cap, every, grace, rate, latency, throttle, timeout, seed);
    }

    void load() {
        background.get(settings::all, all -> fill(new TreeMap<>(all)));
        background.get(() -> features.choices().get(OwnChoices.THEME).orElse("system"), this::fillTheme);
        background.get(
                () -> {
                    AmazonSettings kept = features.amazon().settings();
                    return new AmazonState(
                            features.mailing().dispatch().world(),
                            kept.region(),
                            kept.chain().complete(),
                            features.tracking().on());
                },
                amazon::set);
    }

    private void fill(Map<String, String> all) {
        filling = true;
        for (Field field : fields()) {
            field.text().set(all.getOrDefault(field.name(), field.otherwise()));
        }
        outage.set(Boolean.parseBoolean(all.getOrDefault(PracticeSettings.OUTAGE, "false")));
        awake.set(Boolean.parseBoolean(all.getOrDefault(KEEP_AWAKE, "true")));
        daily.set(Boolean.parseBoolean(all.getOrDefault(UpdateCheck.DAILY, "false")));
        address.set(all.getOrDefault(UpdateCheck.ADDRESS, ""));
        filling = false;
    }

    /** Whether this can be asked for a newer version; nothing can too, for then nothing is asked. */
    static boolean isUpdateAddress(String where) {
        return where.isBlank() || UpdateCheck.isAddress(where.strip());
    }

    private void fillTheme(String chosen) {
        filling = true;
        theme.set(chosen);
        filling = false;
    }

    private void keep(String name, String value) {
        background.run(() -> settings.put(name, value), () -> {});
    }

    private void keepAndRebuild(String name, String value) {
        if (!filling) {
            background.run(() -> features.choices().keep(name, value), rebuild);
        }
    }
}
