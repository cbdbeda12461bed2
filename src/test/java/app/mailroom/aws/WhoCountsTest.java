package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.aws.AmazonException.Code;
import app.mailroom.aws.AmazonSettings.EventChain;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Amazon does not begin to count what the relay counts. */
class WhoCountsTest {
    private static final String ENDPOINT = "http://localhost:4566";

    @TempDir
    Path folder;

    @Test
    void amazonMayNotBeginToCountWhileTheRelayIsOn() throws Exception {
        try (AmazonWorkspace workspace = new AmazonWorkspace(folder, ENDPOINT)) {
            AmazonSettings counting = AmazonWorkspace.settings(ENDPOINT, EventChain.NONE, true);
            workspace.settings.put("relay.on", "true");

            assertThatThrownBy(() -> workspace.amazon.keep(counting))
                    .isInstanceOfSatisfying(
                            AmazonException.class, e -> assertThat(e.code()).isEqualTo(Code.RELAY_COUNTS));
            assertThat(workspace.amazon.countsHits()).isFalse();

            workspace.settings.put("relay.on", "false");
            workspace.amazon.keep(counting);
            assertThat(workspace.amazon.countsHits()).isTrue();
        }
    }

    @Test
    void otherSettingsAreKeptWhoeverCounts() throws Exception {
        try (AmazonWorkspace workspace = new AmazonWorkspace(folder, ENDPOINT)) {
            workspace.amazon.keep(AmazonWorkspace.settings(ENDPOINT, EventChain.NONE, true));
            workspace.settings.put("relay.on", "true");

            EventChain chain = new EventChain("mailroom", "https://sqs.example.com/1/mailroom");
            workspace.amazon.keep(workspace.amazon.settings().with(chain));

            assertThat(workspace.amazon.settings().chain()).isEqualTo(chain);
        }
    }
}
