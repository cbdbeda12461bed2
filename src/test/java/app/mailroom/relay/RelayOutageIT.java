package app.mailroom.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.aws.RestartableSqs;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue goes away and comes back while readers ask the relay. */
class RelayOutageIT {
    private static final int READERS = 4;
    private static final int EACH_TIME = 200;
    private static final Duration LONG = Duration.ofMinutes(1);

    private static RestartableSqs sqs;

    @TempDir
    Path temp;

    private final SigningKeys keys = new SigningKeys(List.of(SigningKey.random(new SecureRandom())));

    @BeforeAll
    static void startQueue() {
        sqs = RestartableSqs.start();
    }

    @AfterAll
    static void stopQueue() {
        sqs.close();
    }

    @Test
    void whatIsAnsweredWhileTheQueueIsAwayIsInTheQueueLaterAndNothingTwice() throws Exception {
        Relay relay = Relay.start(settings(), sqs.hits(), Clock.systemUTC());
        Readers readers = new Readers(relay.port(), new HitTokens(keys), "a", READERS);
        try (relay) {
            awaitAnswers(readers, EACH_TIME);
            sqs.stop();
            awaitAnswers(readers, 2 * EACH_TIME);
            sqs.startAgain();
            awaitAnswers(readers, 3 * EACH_TIME);
            readers.leave();
        }
        // A call that was under way when the queue stopped, and whose answer was lost, goes out again as it was.
        Set<String> events = new HashSet<>(sqs.drain());

        assertThat(readers.refused()).isZero();
        assertThat(events.stream().map(Readers::tagOf))
                .containsExactlyInAnyOrderElementsOf(readers.answered().keySet());
        assertThat(events.stream().map(Hits::idOf)).doesNotHaveDuplicates();
    }

    @Test
    void aRelayThatEndsWhileTheQueueIsAwayHandsOverAfterTheNextStart() throws Exception {
        sqs.stop();
        Readers readers;
        try (HitSpool spool = HitSpool.open(temp.resolve("spool"), HitSpool.Limits.USUAL)) {
            for (int i = 0; i < 500; i++) {
                assertThat(spool.offer(Hits.hit(i))).isTrue();
            }
        }
        Relay relay = Relay.start(settings(), sqs.hits(), Clock.systemUTC());
        try (relay) {
            readers = new Readers(relay.port(), new HitTokens(keys), "b", READERS);
            awaitAnswers(readers, EACH_TIME);
            sqs.startAgain();
            readers.leave();
        }

        assertThat(sqs.drain()).hasSize(500 + readers.answered().size());
    }

    private RelaySettings settings() {
        return settings(keys, 0, temp.resolve("spool"));
    }

    /** On loopback, with no limits for an address, since all readers have the same. */
    static RelaySettings settings(SigningKeys keys, int port, Path spool) {
        RelaySettings.Limits usual = RelaySettings.Limits.USUAL;
        return new RelaySettings(
                new RelaySettings.Listening("127.0.0.1", port, Optional.empty(), Optional.empty()),
                keys,
                spool,
                HitSpool.Limits.USUAL,
                false,
                new RelaySettings.Limits(
                        usual.connections(),
                        usual.connections(),
                        1_000_000_000,
                        Integer.MAX_VALUE,
                        usual.idle(),
                        usual.request()));
    }

    private static void awaitAnswers(Readers readers, int count) {
        await().atMost(LONG).until(() -> readers.answered().size() >= count);
    }
}
