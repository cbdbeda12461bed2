package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.delivery.PipelineSnapshot;
import app.mailroom.model.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class AwakeWhileSendingTest {
    private static final List<String> FOR_EVER = List.of("tail", "-f", "/dev/null");

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void holdsFromTheFirstMessageUntilItIsClosed() {
        AwakeWhileSending outlived;
        try (AwakeWhileSending awake = new AwakeWhileSending(Optional.of(FOR_EVER), () -> true)) {
            outlived = awake;
            awake.heard(sending(0));
            assertThat(awake.holds()).isFalse();
            awake.heard(sending(3));
            awake.heard(sending(0));
            assertThat(awake.holds()).isTrue();
        }
        assertThat(outlived.holds()).isFalse();
        outlived.heard(sending(3));
        assertThat(outlived.holds()).isFalse();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatEndsByItselfIsNotStartedAgain() {
        AtomicInteger asked = new AtomicInteger();
        try (AwakeWhileSending awake =
                new AwakeWhileSending(Optional.of(List.of("sh", "-c", "exit 1")), () -> asked.incrementAndGet() > 0)) {
            awake.heard(sending(3));
            await().atMost(Duration.ofSeconds(30)).until(() -> !awake.holds());
            awake.heard(sending(3));
            awake.heard(sending(3));
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void aProgramThatIsNotThereDoesNoHarm() {
        try (AwakeWhileSending awake =
                new AwakeWhileSending(Optional.of(List.of("no-such-program-of-mailroom")), () -> true)) {
            awake.heard(sending(3));
            awake.heard(sending(3));
            assertThat(awake.holds()).isFalse();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nothingIsStartedWhereItIsNotWanted() {
        try (AwakeWhileSending awake = new AwakeWhileSending(Optional.of(FOR_EVER), () -> false)) {
            awake.heard(sending(3));
            assertThat(awake.holds()).isFalse();
        }
    }

    @Test
    void everyCommandEndsWithTheProcess() {
        assertThat(AwakeWhileSending.command("Mac OS X", 77).orElseThrow()).containsSequence("-w", "77");
        assertThat(AwakeWhileSending.command("Linux", 77).orElseThrow()).contains("--pid=77");
        assertThat(AwakeWhileSending.command("Windows 11", 77).orElseThrow()).startsWith("powershell.exe");
        assertThat(AwakeWhileSending.command("AIX", 77)).isEmpty();
    }

    private static PipelineSnapshot sending(double perSecond) {
        return new PipelineSnapshot(
                World.PRACTICE,
                perSecond,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
