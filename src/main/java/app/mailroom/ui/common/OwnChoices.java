package app.mailroom.ui.common;

import app.mailroom.account.Session;
import app.mailroom.store.SettingsStore;
import java.util.Optional;

/**
 * Language and look of the window: as whoever is signed in chose them, and as the workspace has them for everybody else. Reads
 * and writes the workspace, so not for the JavaFX thread.
 */
public record OwnChoices(Session session, SettingsStore settings) {
    /** The setting of the language, as a tag such as {@code ko}. */
    public static final String LANGUAGE = "ui.language";
    /** The setting of the look: {@code light}, {@code dark} or {@code system}. */
    public static final String THEME = "ui.theme";

    /** What was chosen. */
    public Optional<String> get(String name) {
        return session.preference(name).or(() -> settings.get(name));
    }

    /** Keeps what was chosen. */
    public void keep(String name, String value) {
        if (!session.prefer(name, value)) {
            settings.put(name, value);
        }
    }
}
