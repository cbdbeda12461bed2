package app.mailroom.practice;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.model.WorkspaceId;
import app.mailroom.store.Database;
import app.mailroom.store.SettingsStore;
import app.mailroom.tracking.HitLink;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PracticeLinksTest {
    private static final WorkspaceId ID = new WorkspaceId("workspace1");
    private static final String TAG = ID.tag(42);

    @TempDir
    Path folder;

    private Database database;
    private SettingsStore settings;

    @BeforeEach
    void open() {
        SettableClock clock = new SettableClock();
        database = Database.open(folder.resolve("mailroom.sqlite"), Database.Schema.WORKSPACE, clock);
        settings = new SettingsStore(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void thePortIsChosenOnceForEveryProcess() {
        int port = new PracticeLinks(settings).port();

        assertThat(port).isBetween(20_000, 32_767);
        assertThat(new PracticeLinks(settings).port()).isEqualTo(port);
        assertThat(settings.get(PracticeLinks.PORT)).contains(Integer.toString(port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http", "0", "65536", "-1"})
    void whatIsNoPortIsReplacedByOne(String written) {
        settings.put(PracticeLinks.PORT, written);

        assertThat(new PracticeLinks(settings).port()).isBetween(20_000, 32_767);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "key", "a:b", "practice:AAAA"})
    void whatIsNoKeyIsReplacedByOne(String written) {
        settings.put(PracticeLinks.KEY, written);

        String page = new PracticeLinks(settings).links().of(TAG).unsubscribe();

        assertThat(new PracticeLinks(settings).links().read(page)).contains(HitLink.unsubscribe(TAG));
    }

    @Test
    void mailsOfAnEarlierProcessAreRead() {
        String page = new PracticeLinks(settings).links().of(TAG).unsubscribe();

        assertThat(new PracticeLinks(settings).links().read(page)).contains(HitLink.unsubscribe(TAG));
    }

    @Test
    void nobodyWhoKnowsTheWorkspaceCanMakeUpItsAddresses() {
        PracticeLinks practice = new PracticeLinks(settings);
        String page = practice.links().of(TAG).unsubscribe();
        settings.put(PracticeLinks.KEY, "");

        // The same workspace, its id and its port, and another lot.
        assertThat(new PracticeLinks(settings).links().read(page)).isEmpty();
    }
}
