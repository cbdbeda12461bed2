package app.mailroom.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.aws.RestartableSqs;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real process with SIGKILL while readers ask it, and starts it again on the same spool. Since hits are written in the order
 * in which they came, all that were answered before somebody asked to leave are on the disk when that one is answered.
 */
class RelayKillIT {
    private static final int KILLS = 3;
    private static final int READERS = 4;
    /** Not 50 ms, since a process on a machine with much else to do may get no processor for longer than that. */
    private static final Duration MAY_BE_LOST = Duration.ofSeconds(1);

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final List<String> SMALL = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1");

    @TempDir
    Path temp;

    private final SigningKeys keys = new SigningKeys(List.of(SigningKey.random(new SecureRandom())));
    private final RestartableSqs sqs = RestartableSqs.start();
    /** What has to arrive: of which message, and how long before the kill, in milliseconds, the reader was answered. */
    private final Map<String, Long> promised = new HashMap<>();

    @AfterEach
    void stopQueue() {
        sqs.close();
    }

    @Test
    void aKilledRelayLosesNoWishToLeaveNothingThatCameBeforeOneAndNothingThatIsOlderThanAMoment() throws Exception {
        Random random = new Random(7);
        for (int kill = 1; kill <= KILLS; kill++) {
            try (RelayProcess relay = RelayProcess.start(keys, spool(), sqs, SMALL)) {
                if (kill == 1) {
                    // The next start finds no queue either.
                    sqs.stop();
                }
                killAtSomeMoment(relay, "k" + kill, 100 + random.nextInt(300));
            }
            if (kill == 2) {
                sqs.startAgain();
            }
        }
        RelayProcess last = RelayProcess.start(keys, spool(), sqs, SMALL);
        try {
            await().atMost(LONG).untilAsserted(() -> {
                sqs.drain().forEach(event -> promised.remove(Readers.tagOf(event)));
                assertThat(promised).isEmpty();
            });
        } finally {
            last.close();
        }
    }

    private void killAtSomeMoment(RelayProcess relay, String name, int answers) throws InterruptedException {
        Readers readers = new Readers(relay.port(), new HitTokens(keys), name, READERS);
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> readers.answered().size() > answers);
        long killedAt = System.nanoTime();
        relay.kill();
        readers.leave();
        long kept = readers.answered().values().stream()
                .filter(Readers.Answered::unsubscribed)
                .mapToLong(Readers.Answered::asked)
                .max()
                .orElseThrow();
        readers.answered().forEach((tag, answered) -> {
            if (answered.unsubscribed() || answered.at() < kept || answered.at() < killedAt - MAY_BE_LOST.toNanos()) {
                promised.put(tag, (killedAt - answered.at()) / 1_000_000);
            }
        });
    }

    private Path spool() {
        return temp.resolve("spool");
    }
}
