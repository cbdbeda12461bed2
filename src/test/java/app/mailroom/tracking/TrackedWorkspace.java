package app.mailroom.tracking;

import app.mailroom.SettableClock;
import app.mailroom.model.Access;
import app.mailroom.model.WorkspaceId;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.secrets.SecretStore;
import app.mailroom.store.AuditStore;
import app.mailroom.store.Database;
import app.mailroom.store.ProbeStore;
import app.mailroom.store.SettingsStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A workspace in a file, with a mail service and a queue as a test wants them. */
final class TrackedWorkspace implements AutoCloseable, EventSource {
    static final WorkspaceId ID = new WorkspaceId("workspace01");
    static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/123456789012/mailroom";

    final SettableClock clock = new SettableClock();
    final SettingsStore settings;
    final ProbeStore probes;
    final Map<String, String> environment = new HashMap<>();
    SecretStore secrets = new LastingSecrets();
    boolean amazonCounts;
    /** Why no queue can be opened, if it is so. */
    @Nullable String noQueue;

    /** Why nothing can be received, if it is so. */
    @Nullable String trouble;

    private final Database database;

    TrackedWorkspace(Path folder) {
        database = Database.open(folder.resolve("workspace.sqlite"), Database.Schema.WORKSPACE, clock);
        settings = new SettingsStore(database, clock);
        probes = new ProbeStore(database, clock);
    }

    /** As the program has it that starts now. */
    Tracking tracking() {
        return new Tracking(
                new Tracking.Stores(settings, new AuditStore(database, clock), probes),
                Access.PROGRAM,
                secrets,
                ID,
                environment,
                this,
                clock);
    }

    /** The keys as the relay gets them. */
    static SigningKeys keys(Tracking tracking) throws TrackingException {
        return SigningKeys.parse(tracking.keyFile());
    }

    @Override
    public boolean countsHits() {
        return amazonCounts;
    }

    @Override
    public String queueUrl() {
        return QUEUE;
    }

    @Override
    public Polling polling() throws IOException {
        if (noQueue != null) {
            throw new IOException(noQueue);
        }
        return new Polling() {
            @Override
            public Optional<String> trouble() {
                return Optional.ofNullable(trouble);
            }

            @Override
            public boolean hopeless() {
                return trouble != null;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    @Override
    public void close() {
        database.close();
    }
}
