package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.aws.AmazonSettings.Endpoints;
import app.mailroom.aws.AmazonSettings.EventChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmazonSettingsTest {
    @TempDir
    Path folder;

    private final List<AmazonWorkspace> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(AmazonWorkspace::close);
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
    void keepingTheChainLeavesTheEnvironmentWhereItIs() throws AmazonException {
        Amazon amazon = amazon(Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL", "http://localhost:5000"));

        amazon.keep(amazon.settings().with(new EventChain("set", "https://queue")));

        assertThat(workspace(Map.of()).settings.all())
                .containsEntry("aws.configuration_set", "set")
                .containsEntry("aws.queue_url", "https://queue")
                .doesNotContainKeys("aws.region", "aws.endpoint", "aws.endpoint_ses");
        assertThat(amazon(Map.of("AWS_REGION", "us-east-1")).settings().region())
                .isEqualTo("us-east-1");
    }

    @Test
    void anEndpointForAllCanBeTakenAway() throws AmazonException {
        AmazonWorkspace workspace = workspace(Map.of());
        workspace.settings.put("aws.endpoint", "http://localhost:5000");
        Amazon amazon = workspace.amazon;
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
        AmazonWorkspace workspace = workspace(Map.of());
        workspace.settings.put("aws.endpoint", "http://localhost:5000");
        workspace.settings.put("aws.endpoint_sqs", "http://localhost:9324");

        assertThat(workspace.amazon.settings().endpoints())
                .isEqualTo(new Endpoints(
                        "http://localhost:5000",
                        "http://localhost:5000",
                        "http://localhost:9324",
                        "http://localhost:5000"));
    }

    /** The workspace in this folder, opened in an environment. */
    private AmazonWorkspace workspace(Map<String, String> environment) {
        AmazonWorkspace workspace = new AmazonWorkspace(folder, environment, new SettableClock());
        opened.add(workspace);
        return workspace;
    }

    private Amazon amazon(Map<String, String> environment) {
        return workspace(environment).amazon;
    }
}
