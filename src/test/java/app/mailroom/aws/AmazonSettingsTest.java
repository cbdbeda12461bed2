package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.aws.AmazonSettings.Endpoints;
import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.model.WorkspaceId;
import app.mailroom.secrets.SessionSecrets;
import app.mailroom.store.Database;
import app.mailroom.store.OutcomeStore;
import app.mailroom.store.ProbeStore;
import app.mailroom.store.SettingsStore;
import app.mailroom.store.SuppressionStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmazonSettingsTest {
    @TempDir
    Path folder;

    private Database database;
    private SettingsStore settings;

    @BeforeEach
    void open() {
        SettableClock clock = new SettableClock();
        database = Database.open(folder.resolve("workspace.sqlite"), Database.Schema.WORKSPACE, clock);
        settings = new SettingsStore(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasNeverSetComesFromTheEnvironment() {
        Amazon amazon = amazon(Map.of(
                "AWS_DEFAULT_REGION", "eu-west-1",
                "AWS_REGION", "eu-central-1",
                "AWS_PROFILE", "mail",
                "AWS_ENDPOINT_URL", "http://localhost:5000"));

        assertThat(amazon.settings().region()).isEqualTo("eu-central-1");
        assertThat(amazon.settings().profile()).isEqualTo("mail");
        assertThat(amazon.settings().endpoints()).isEqualTo(Endpoints.all("http://localhost:5000"));
    }

    @Test
    void keepingTheChainLeavesTheEnvironmentWhereItIs() {
        Amazon amazon = amazon(Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL", "http://localhost:5000"));

        amazon.keep(amazon.settings().with(new EventChain("set", "https://queue")));

        assertThat(settings.all())
                .containsEntry("aws.configuration_set", "set")
                .containsEntry("aws.queue_url", "https://queue")
                .doesNotContainKeys("aws.region", "aws.endpoint", "aws.endpoint_ses");
        assertThat(amazon(Map.of("AWS_REGION", "us-east-1")).settings().region())
                .isEqualTo("us-east-1");
    }

    @Test
    void anEndpointForAllCanBeTakenAway() {
        settings.put("aws.endpoint", "http://localhost:5000");
        Amazon amazon = amazon(Map.of());
        AmazonSettings before = amazon.settings();
        assertThat(before.endpoints()).isEqualTo(Endpoints.all("http://localhost:5000"));

        amazon.keep(new AmazonSettings(
                before.region(),
                before.credentials(),
                before.profile(),
                Endpoints.AMAZON,
                before.chain(),
                before.sesTracking(),
                before.syncSuppressions()));

        assertThat(amazon.settings().endpoints()).isEqualTo(Endpoints.AMAZON);
    }

    @Test
    void oneServicesEndpointStandsBeforeTheOneForAll() {
        settings.put("aws.endpoint", "http://localhost:5000");
        settings.put("aws.endpoint_sqs", "http://localhost:9324");

        assertThat(amazon(Map.of()).settings().endpoints())
                .isEqualTo(new Endpoints(
                        "http://localhost:5000",
                        "http://localhost:5000",
                        "http://localhost:9324",
                        "http://localhost:5000"));
    }

    private Amazon amazon(Map<String, String> environment) {
        SettableClock clock = new SettableClock();
        return new Amazon(
                new Amazon.Stores(
                        settings,
                        new SuppressionStore(database, clock),
                        new ProbeStore(database, clock),
                        new OutcomeStore(database, clock)),
                new SessionSecrets(),
                new WorkspaceId("workspace1"),
                environment,
                clock);
    }
}
