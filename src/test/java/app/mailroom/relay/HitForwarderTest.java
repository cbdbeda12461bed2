package app.mailroom.relay;

import static app.mailroom.relay.Hits.hit;
import static app.mailroom.relay.Hits.id;
import static app.mailroom.relay.Hits.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.relay.HitSpool.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HitForwarderTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final HitForwarder.Waits SHORT = new HitForwarder.Waits(Duration.ofMillis(1), Duration.ofMillis(20));

    @TempDir
    Path temp;

    private final QueueInMemory queue = new QueueInMemory();
    private HitSpool spool;
    private HitForwarder forwarder;

    @BeforeEach
    void open() throws IOException {
        spool = HitSpool.open(temp.resolve("spool"), Limits.USUAL);
        forwarder = new HitForwarder(spool, queue, SHORT);
    }

    @AfterEach
    void close() {
        forwarder.close();
        spool.close();
    }

    @Test
    void whatComesGoesToTheQueueAndIsPassed() {
        forwarder.start();
        offer(0, 1_000);

        forwarder.flush(LONG);

        assertThat(queue.taken()).containsExactlyInAnyOrderElementsOf(ids(0, 1_000));
        assertThat(queue.calls()).allMatch(size -> size <= HitQueue.BATCH);
        assertThat(forwarder.sent()).isEqualTo(1_000);
        assertThat(spool.bytesWaiting()).isZero();
        assertThat(forwarder.oldestWaiting()).isEmpty();
        offer(1_000, 1_001);
        await().atMost(LONG).until(() -> queue.taken().contains(id(1_000)));
    }

    @Test
    void whatIsThereGoesInFullCalls() throws Exception {
        offer(0, 95);
        spool.settle(LONG);

        forwarder.start();
        forwarder.flush(LONG);

        assertThat(queue.calls()).hasSize(10).containsOnly(HitQueue.BATCH, 5);
    }

    @Test
    void hitsThatComeOneByOneWhileACallIsUnderWayGoTogether() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        queue.behave(events -> {
            called.countDown();
            awaitLatch(answer);
            return HitQueue.Left.NOTHING;
        });
        forwarder.start();
        offer(0, 1);
        awaitLatch(called);
        for (int i = 1; i < 6; i++) {
            spool.keep(hit(i)).join();
        }
        answer.countDown();

        forwarder.flush(LONG);

        assertThat(queue.calls()).containsExactly(1, 5);
        assertThat(queue.taken()).containsExactlyElementsOf(ids(0, 6));
    }

    @Test
    void severalHandsShareTheWorkWhenThereIsMuch() throws Exception {
        CyclicBarrier four = new CyclicBarrier(4);
        queue.behave(events -> {
            try {
                four.await(LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IOException(e);
            }
            return HitQueue.Left.NOTHING;
        });
        offer(0, 160);
        spool.settle(LONG);

        forwarder.start();
        forwarder.flush(LONG);

        assertThat(forwarder.failures()).isZero();
        assertThat(queue.taken()).hasSize(160);
    }

    @Test
    void whileTheQueueIsAwayOneCallAtATimeTriesAndThenAllGoInOrder() {
        queue.behave(QueueInMemory.AWAY);
        forwarder.start();
        offer(0, 1);
        await().atMost(LONG).until(forwarder::isQueueAway);
        queue.takeMostAtOnce();
        offer(1, 200);
        await().atMost(LONG).until(() -> forwarder.failures() > 10);

        assertThat(queue.takeMostAtOnce()).isEqualTo(1);
        assertThat(forwarder.oldestWaiting()).contains(hit(0).at());
        assertThat(spool.bytesWaiting()).isPositive();
        queue.behave(QueueInMemory.TAKES_ALL);
        forwarder.flush(LONG);

        assertThat(queue.taken()).startsWith(id(0)).containsExactlyInAnyOrderElementsOf(ids(0, 200));
        assertThat(forwarder.isQueueAway()).isFalse();
    }

    @Test
    void aQueueThatThrowsAnythingIsTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        queue.behave(events -> {
            if (calls.incrementAndGet() < 5) {
                throw new IllegalStateException("not now");
            }
            return HitQueue.Left.NOTHING;
        });
        forwarder.start();
        offer(0, 3);

        forwarder.flush(LONG);

        assertThat(queue.taken()).containsExactlyElementsOf(ids(0, 3));
    }

    @Test
    void whatACallLeftIsTriedAgainBeforeItIsPassed() throws Exception {
        queue.behave(events -> new HitQueue.Left(
                events.stream()
                        .filter(event -> Hits.idOf(event).equals(id(3)))
                        .map(events::indexOf)
                        .toList(),
                List.of()));
        offer(0, 30);
        spool.settle(LONG);
        forwarder.start();
        await().atMost(LONG).until(() -> queue.taken().size() == 29);

        assertThat(forwarder.oldestWaiting()).contains(hit(0).at());
        assertThat(spool.folder().position()).isZero();
        queue.behave(QueueInMemory.TAKES_ALL);
        forwarder.flush(LONG);

        assertThat(queue.taken()).endsWith(id(3)).containsExactlyInAnyOrderElementsOf(ids(0, 30));
        assertThat(spool.bytesWaiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hitsThatTheQueueNeverTakesHoldUpOnlySoManyOthers(boolean fails) throws Exception {
        queue.behave(events -> {
            List<Integer> never = IntStream.range(0, events.size())
                    .filter(i -> Hits.idOf(events.get(i)).equals(id(3)))
                    .boxed()
                    .toList();
            if (fails && !never.isEmpty()) {
                throw new IOException("the queue has something against one of them");
            }
            return new HitQueue.Left(never, List.of());
        });
        forwarder.start();
        offer(0, 2_000);

        await().atMost(LONG).until(() -> new HashSet<>(queue.taken()).containsAll(ids(10, 2_000)));
        await().atMost(LONG).until(() -> spool.folder().position() > 0);

        assertThat(queue.taken()).doesNotContain(id(3));
        queue.behave(QueueInMemory.TAKES_ALL);
        forwarder.flush(LONG);
        assertThat(queue.taken()).containsAll(ids(0, 2_000));
        assertThat(spool.bytesWaiting()).isZero();
    }

    @Test
    void whatIsRefusedForGoodIsPutAsideAndTheRestGoesOn() throws Exception {
        queue.behave(events -> new HitQueue.Left(
                List.of(),
                events.stream()
                        .filter(event -> Hits.idOf(event).endsWith("7"))
                        .map(events::indexOf)
                        .toList()));
        forwarder.start();
        offer(0, 30);

        forwarder.flush(LONG);

        assertThat(queue.taken()).hasSize(27).doesNotContain(id(7), id(17), id(27));
        assertThat(forwarder.refused()).isEqualTo(3);
        assertThat(forwarder.sent()).isEqualTo(27);
        assertThat(spool.bytesWaiting()).isZero();
        assertThat(Files.readAllLines(temp.resolve("spool/refused.jsonl")))
                .containsExactlyInAnyOrder(hit(7).event(), hit(17).event(), hit(27).event());
    }

    @Test
    void whatTheQueueDidNotTakeBeforeTheEndGoesAfterTheNextStart() throws Exception {
        queue.behave(events -> {
            if (Hits.idOf(events.get(0)).compareTo(id(50)) >= 0) {
                throw new IOException("the queue is away");
            }
            return HitQueue.Left.NOTHING;
        });
        offer(10, 100);
        spool.settle(LONG);
        forwarder.start();
        await().atMost(LONG).until(() -> queue.taken().size() == 40 && forwarder.isQueueAway());
        forwarder.flush(Duration.ofMillis(1));
        close();

        queue.behave(QueueInMemory.TAKES_ALL);
        open();
        forwarder.start();
        forwarder.flush(LONG);

        assertThat(queue.taken()).hasSize(90);
        assertThat(new HashSet<>(queue.taken())).containsExactlyInAnyOrderElementsOf(ids(10, 100));
    }

    @Test
    void nothingIsCalledWhileThereIsNothing() throws Exception {
        forwarder.start();
        offer(0, 1);
        forwarder.flush(LONG);

        assertThat(queue.calls()).containsExactly(1);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("hit-"))
                .isNotEmpty()
                .allSatisfy(thread -> await().atMost(LONG).until(() -> thread.getState() == Thread.State.WAITING));
    }

    private void offer(int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(spool.offer(hit(i))).isTrue();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
