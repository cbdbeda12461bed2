package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.Access;
import app.mailroom.model.ProofState;
import app.mailroom.relay.HitQueue;
import app.mailroom.relay.Relay;
import app.mailroom.relay.RelaySettings;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.tracking.RelayAddress;
import app.mailroom.tracking.RelayProof.Link;
import app.mailroom.tracking.RelayProof.Step;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import app.mailroom.tracking.Tracking;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real relay, a real server of the SQS protocol, and a workspace that proves the way between them. */
class RelayProofIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LITTLE = Duration.ofSeconds(3);
    private static LocalSqs sqs;

    @TempDir
    Path folder;

    private AmazonWorkspace workspace;
    private Tracking tracking;
    private String queue;

    @BeforeAll
    static void startQueue() {
        sqs = LocalSqs.start();
    }

    @AfterAll
    static void stopQueue() {
        sqs.close();
    }

    @BeforeEach
    void open() {
        workspace = new AmazonWorkspace(folder, sqs.endpoint());
        queue = sqs.createQueue("events-" + folder.getFileName());
        workspace.settings.putAll(Map.of("aws.configuration_set", "mailroom", "aws.queue_url", queue));
        tracking = new Tracking(
                new Tracking.Stores(workspace.settings, workspace.audit, workspace.probes),
                Access.PROGRAM,
                new LastingSecrets(),
                AmazonWorkspace.ID,
                Map.of(),
                workspace.amazon,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private Relay relay(SigningKeys keys, String to) throws Exception {
        HitQueue hits = sqs.openForHits(to);
        Relay relay = Relay.start(RelaySettings.onLoopback(0, keys, folder.resolve("spool")), hits, Clock.systemUTC());
        tracking.keep(RelayAddress.onLoopback(relay.port()));
        return relay;
    }

    private SigningKeys keys() throws Exception {
        return SigningKeys.parse(tracking.keyFile());
    }

    private static void assertStopsAt(Link link, List<Step> steps) {
        assertThat(steps)
                .filteredOn(step -> step.state() == ProofState.FAILED)
                .extracting(Step::link)
                .as(steps.toString())
                .containsExactly(link);
    }

    @Test
    void aRelayWithOurKeyAndOurQueueIsGreenAndCanBeSwitchedOn() throws Exception {
        try (Relay relay = relay(keys(), queue)) {
            assertThat(relay.port()).isPositive();

            List<Step> steps = tracking.proof().run(PATIENCE, now -> {});

            assertThat(steps)
                    .allSatisfy(
                            step -> assertThat(step.state()).as(step.toString()).isEqualTo(ProofState.PROVEN));
        }
        tracking.switchOn();
        assertThat(tracking.links()).isPresent();
        assertThat(workspace.outcomes.quarantinedCount()).isZero();
    }

    @Test
    void aRelayWithAnotherKeyStopsAtTheFirstPicture() throws Exception {
        keys();
        SigningKeys others = new SigningKeys(List.of(SigningKey.random(new SecureRandom())));
        try (Relay relay = relay(others, queue)) {
            assertThat(relay.port()).isPositive();
            assertStopsAt(Link.OPEN, tracking.proof().run(PATIENCE, now -> {}));
        }
    }

    @Test
    void aRelayThatReportsElsewhereStopsAtTheQueue() throws Exception {
        String elsewhere = sqs.createQueue("elsewhere-" + folder.getFileName());
        try (Relay relay = relay(keys(), elsewhere)) {
            assertThat(relay.port()).isPositive();
            assertStopsAt(Link.OPEN_ARRIVED, tracking.proof().run(LITTLE, now -> {}));
        }
        assertThat(sqs.count(elsewhere)).isPositive();
    }

    @Test
    void aQueueThatIsGoneIsSaidToBeSo() throws Exception {
        try (Relay relay = relay(keys(), queue)) {
            assertThat(relay.port()).isPositive();
            workspace.settings.put("aws.queue_url", queue + "-gone");

            List<Step> steps = tracking.proof().run(PATIENCE, now -> {});

            assertStopsAt(Link.OPEN_ARRIVED, steps);
            assertThat(steps)
                    .filteredOn(step -> step.state() == ProofState.FAILED)
                    .singleElement()
                    .satisfies(step -> assertThat(step.detail()).contains("The queue cannot be read"));
        }
    }
}
