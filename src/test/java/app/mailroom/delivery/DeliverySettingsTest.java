package app.mailroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.store.Database;
import app.mailroom.store.SettingsStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliverySettingsTest {
    @TempDir
    Path folder;

    @Test
    void theWorkspacesOwnCapStandsBeforeTheUsualOne() {
        SettableClock clock = new SettableClock();
        try (Database database = Database.open(folder.resolve("workspace.db"), Database.Schema.WORKSPACE, clock)) {
            SettingsStore settings = new SettingsStore(database, clock);

            assertThat(DeliverySettings.from(settings, Double.POSITIVE_INFINITY).rateCap())
                    .isInfinite();
            assertThat(DeliverySettings.from(settings, 14).rateCap()).isEqualTo(14);
            settings.put("delivery.rate_cap", "fast");
            assertThat(DeliverySettings.from(settings, 14).rateCap()).isEqualTo(14);
            settings.put("delivery.rate_cap", "2.5");
            assertThat(DeliverySettings.from(settings, 14).rateCap()).isEqualTo(2.5);
        }
    }
}
