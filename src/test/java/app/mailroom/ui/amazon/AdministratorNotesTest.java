package app.mailroom.ui.amazon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.mailroom.aws.AmazonSettings;
import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.relay.RelayConfiguration;
import app.mailroom.relay.RelayConfigurationException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdministratorNotesTest {
    private static final Path PACKAGE = Path.of("installer", "relay");

    @TempDir
    Path folder;

    @Test
    void aRelayLacksNothingOfItsSettingsButTheFilesThatTheyName() throws Exception {
        Path file = Files.writeString(
                folder.resolve("relay.conf"),
                of("https://sqs.eu-west-1.amazonaws.com/123456789012/mailings-events")
                        .settings());
        RelayConfigurationException refused = catchThrowableOfType(
                RelayConfigurationException.class, () -> RelayConfiguration.read(Optional.of(file), Map.of()));
        assertThat(refused.problems()).isNotEmpty().allMatch(problem -> problem.contains("/etc/mailroom-relay/"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://sqs.eu-west-1.amazonaws.com/123456789012/events, arn:aws:sqs:eu-west-1:123456789012:events",
        "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/events, arn:aws-cn:sqs:cn-north-1:123456789012:events",
        "https://sqs.us-gov-west-1.amazonaws.com/12/events, arn:aws-us-gov:sqs:us-gov-west-1:12:events",
        "http://localhost:9324/000000000000/events, arn:aws:sqs:eu-central-1:000000000000:events",
        "some where, arn:aws:sqs:eu-central-1:ACCOUNT:QUEUE",
        "'', arn:aws:sqs:eu-central-1:ACCOUNT:QUEUE"
    })
    void thePolicyNamesTheOneQueue(String url, String arn) {
        assertThat(of(url).policy()).contains("\"Resource\": \"" + arn + "\"");
    }

    @Test
    void theQueueStandsInTheSettingsAsItIs() throws Exception {
        Properties read =
                properties(of("http://localhost:9324/000000000000/events").settings());
        assertThat(read.getProperty("queue_url")).isEqualTo("http://localhost:9324/000000000000/events");
        assertThat(read.getProperty("region")).isEqualTo("eu-central-1");
    }

    @Test
    void sayWhatTheFilesOfThePackageSay() throws Exception {
        AdministratorNotes unknown = AdministratorNotes.of(AmazonSettings.FRESH);

        assertThat(Files.readString(PACKAGE.resolve("iam-policy.json"))).isEqualTo(unknown.policy());
        assertThat(properties(Files.readString(PACKAGE.resolve("relay.properties"))))
                .isEqualTo(properties(unknown.settings()));
    }

    private static Properties properties(String text) throws IOException {
        Properties read = new Properties();
        read.load(new StringReader(text));
        return read;
    }

    private static AdministratorNotes of(String queueUrl) {
        return AdministratorNotes.of(new AmazonSettings(
                "eu-central-1",
                AmazonSettings.FRESH.credentials(),
                "",
                AmazonSettings.FRESH.endpoints(),
                new EventChain("mailings", queueUrl),
                false,
                false));
    }
}
