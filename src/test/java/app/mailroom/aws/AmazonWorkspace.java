package app.mailroom.aws;

import app.mailroom.aws.AmazonSettings.CredentialSource;
import app.mailroom.aws.AmazonSettings.Endpoints;
import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.model.Access;
import app.mailroom.model.WorkspaceId;
import app.mailroom.outcome.HitJudge;
import app.mailroom.secrets.SessionSecrets;
import app.mailroom.store.AuditStore;
import app.mailroom.store.Database;
import app.mailroom.store.OutcomeStore;
import app.mailroom.store.ProbeStore;
import app.mailroom.store.SettingsStore;
import app.mailroom.store.SuppressionStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A workspace in a file whose Amazon is at an endpoint of the test. */
final class AmazonWorkspace implements AutoCloseable {
    static final WorkspaceId ID = new WorkspaceId("testspace1");
    static final String NAME = "mailroom-testspace1";

    final Amazon amazon;
    final SettingsStore settings;
    final SuppressionStore suppressions;
    final ProbeStore probes;
    final AuditStore audit;
    final OutcomeStore outcomes;
    private final Database database;

    /** One whose settings name a region and an endpoint for all services. */
    AmazonWorkspace(Path directory, String endpoint) {
        this(directory, endpoint, Clock.systemUTC());
    }

    AmazonWorkspace(Path directory, String endpoint, Clock clock) {
        this(directory, Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"), clock);
        settings.putAll(Map.of("aws.region", FakeAws.REGION, "aws.endpoint", endpoint));
    }

    /** One without settings, in this environment. */
    AmazonWorkspace(Path directory, Map<String, String> environment, Clock clock) {
        database = Database.open(directory.resolve("workspace.db"), Database.Schema.WORKSPACE, clock);
        settings = new SettingsStore(database, clock);
        suppressions = new SuppressionStore(database, clock);
        audit = new AuditStore(database, clock);
        probes = new ProbeStore(database, clock);
        outcomes = new OutcomeStore(database, clock, HitJudge.RULES);
        amazon = new Amazon(
                new Amazon.Stores(settings, audit, settings, suppressions, probes, outcomes),
                Access.PROGRAM,
                new SessionSecrets(),
                ID,
                environment,
                clock);
    }

    static AmazonSettings settings(String endpoint, EventChain chain, boolean tracking) {
        return new AmazonSettings(
                FakeAws.REGION, CredentialSource.DEFAULT_CHAIN, "", Endpoints.all(endpoint), chain, tracking, false);
    }

    @Override
    public void close() {
        database.close();
    }
}
