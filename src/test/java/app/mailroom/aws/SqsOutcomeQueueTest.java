package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import app.mailroom.outcome.OutcomeQueue.Received;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Against a real server of the SQS protocol. */
@Timeout(60)
class SqsOutcomeQueueTest {
    private static final Duration SHORT_VISIBILITY = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static LocalSqs sqs;

    private final List<SqsOutcomeQueue> opened = new ArrayList<>();
    private String url = "";

    @BeforeAll
    static void start() {
        sqs = LocalSqs.start();
    }

    @AfterAll
    static void stop() {
        sqs.close();
    }

    @BeforeEach
    void queue(TestInfo test) {
        url = sqs.createQueue(test.getTestMethod().orElseThrow().getName());
    }

    @AfterEach
    void close() {
        opened.forEach(SqsOutcomeQueue::close);
    }

    @Test
    void aWaitingReceiveReturnsAsSoonAsSomethingArrives() throws Exception {
        SqsOutcomeQueue queue = open(Duration.ofSeconds(60));
        CompletableFuture<List<Received>> receive = inBackground(queue);

        sqs.send(url, "{\"n\":1}");

        // Half of the longest wait: the receive did not just sit it out.
        assertThat(receive.get(10, TimeUnit.SECONDS)).extracting(Received::body).containsExactly("{\"n\":1}");
    }

    @Test
    void aFullQueueIsReceivedInOneGoAndDeletedForGood() throws Exception {
        SqsOutcomeQueue queue = open(Duration.ofSeconds(60));
        List<String> bodies = bodies(95);
        sqs.send(url, bodies);

        List<Received> received = queue.receive();

        assertThat(received).extracting(Received::body).containsExactlyInAnyOrderElementsOf(bodies);
        queue.delete(received);
        assertThat(sqs.count(url)).isZero();
    }

    @Test
    void noMoreThanFiveHundredAreHandedOutAtOnce() throws Exception {
        SqsOutcomeQueue queue = open(Duration.ofSeconds(60));
        sqs.send(url, bodies(620));

        List<Received> received = queue.receive();

        assertThat(received).hasSizeBetween(400, 500);
        assertThat(sqs.inFlight(url)).isEqualTo(received.size());
        queue.delete(received);
        assertThat(sqs.waiting(url)).isEqualTo(620 - received.size());
    }

    @Test
    void twoReceiversShareAQueue() throws Exception {
        SqsOutcomeQueue one = open(Duration.ofSeconds(60));
        SqsOutcomeQueue other = open(Duration.ofSeconds(60));
        List<String> bodies = bodies(300);
        sqs.send(url, bodies);

        CompletableFuture<List<String>> ones = drainInBackground(one);
        CompletableFuture<List<String>> others = drainInBackground(other);
        await().atMost(PATIENCE).until(() -> sqs.count(url) == 0);
        one.close();
        other.close();

        List<String> all = new ArrayList<>(ones.get(10, TimeUnit.SECONDS));
        all.addAll(others.get(10, TimeUnit.SECONDS));
        assertThat(all).containsExactlyInAnyOrderElementsOf(bodies);
    }

    @Test
    void aSlowBatchIsNotDeliveredTwice() throws Exception {
        SqsOutcomeQueue slow = open(SHORT_VISIBILITY);
        sqs.send(url, bodies(12));
        List<Received> received = slow.receive();
        assertThat(received).hasSize(12);

        SqsOutcomeQueue other = open(Duration.ofSeconds(60));
        CompletableFuture<List<Received>> second = inBackground(other);
        await().during(SHORT_VISIBILITY.multipliedBy(2)).atMost(PATIENCE).until(() -> !second.isDone());

        slow.delete(received);
        other.close();
        assertThat(second.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(sqs.count(url)).isZero();
    }

    @Test
    void whatADeadProcessHeldComesAgain() throws Exception {
        SqsOutcomeQueue dying = open(SHORT_VISIBILITY);
        sqs.send(url, "{}");
        assertThat(dying.receive()).hasSize(1);

        dying.close();

        SqsOutcomeQueue next = open(SHORT_VISIBILITY);
        assertThat(next.receive()).extracting(Received::body).containsExactly("{}");
    }

    @Test
    void whatWasGivenBackComesAgainSoon() throws Exception {
        SqsOutcomeQueue queue = open(Duration.ofMinutes(10));
        sqs.send(url, bodies(11));
        List<Received> received = new ArrayList<>(queue.receive());
        assertThat(received).hasSize(11);

        queue.giveBack(received);

        List<String> again = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            queue.receive().forEach(message -> again.add(message.body()));
            return again.size() >= 11;
        });
        assertThat(again).containsExactlyInAnyOrderElementsOf(bodies(11));
    }

    @Test
    void whatSqsDoesNotDeleteHoldsUpNothingElse() throws Exception {
        SqsOutcomeQueue queue = open(Duration.ofSeconds(60));
        sqs.send(url, bodies(3));
        List<Received> received = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> received.addAll(queue.receive()) && received.size() >= 3);
        received.add(1, new Received("no handle of this queue", "{}"));

        queue.delete(received);

        assertThat(sqs.count(url)).isZero();
    }

    @Test
    void deletingNothingAsksNothing() throws Exception {
        SqsOutcomeQueue queue = open(Duration.ofSeconds(60));

        queue.delete(List.of());
        queue.giveBack(List.of());
    }

    @Test
    void closingEndsAWaitingReceive() throws Exception {
        SqsOutcomeQueue queue = open(Duration.ofSeconds(60));
        CompletableFuture<List<Received>> receive = inBackground(queue);
        await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> !receive.isDone());

        queue.close();

        assertThat(receive.get(5, TimeUnit.SECONDS)).isEmpty();
        await().atMost(PATIENCE)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("sqs-visibility")));
    }

    @Test
    void aClosedQueueIsEmptyAndQuiet() throws Exception {
        SqsOutcomeQueue queue = open(Duration.ofSeconds(60));
        sqs.send(url, "{}");
        List<Received> received = queue.receive();

        queue.close();
        queue.close();

        assertThat(queue.receive()).isEmpty();
        queue.delete(received);
        queue.giveBack(received);
        assertThat(sqs.count(url)).isEqualTo(1);
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        SqsOutcomeQueue queue = new SqsOutcomeQueue(
                LocalSqs.newClient("http://localhost:" + port, sqs.environment()),
                "http://localhost:" + port + "/000000000000/events");
        opened.add(queue);

        assertThatExceptionOfType(AmazonException.class)
                .isThrownBy(queue::receive)
                .satisfies(e -> assertThat(e.code()).isEqualTo(AmazonException.Code.UNREACHABLE));
        assertThatExceptionOfType(AmazonException.class)
                .isThrownBy(() -> queue.delete(List.of(new Received("handle", "{}"))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AmazonException.Code.UNREACHABLE));
        queue.giveBack(List.of(new Received("handle", "{}")));
    }

    @Test
    void aQueueThatIsNotThereIsNotFound() {
        for (String wrong : List.of(url + "-wrong", "")) {
            SqsOutcomeQueue queue = new SqsOutcomeQueue(sqs.newClient(), wrong);
            opened.add(queue);

            assertThatExceptionOfType(AmazonException.class)
                    .isThrownBy(queue::receive)
                    .satisfies(e -> assertThat(e.code()).isEqualTo(AmazonException.Code.NOT_FOUND));
        }
    }

    private SqsOutcomeQueue open(Duration visibility) {
        SqsOutcomeQueue queue = new SqsOutcomeQueue(sqs.newClient(), url, visibility);
        opened.add(queue);
        return queue;
    }

    private static CompletableFuture<List<Received>> inBackground(SqsOutcomeQueue queue) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return queue.receive();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static CompletableFuture<List<String>> drainInBackground(SqsOutcomeQueue queue) {
        return CompletableFuture.supplyAsync(() -> {
            List<String> bodies = new ArrayList<>();
            try {
                List<Received> received = queue.receive();
                while (!received.isEmpty()) {
                    received.forEach(message -> bodies.add(message.body()));
                    queue.delete(received);
                    received = queue.receive();
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return bodies;
        });
    }

    private static List<String> bodies(int count) {
        return IntStream.range(0, count).mapToObj(i -> "{\"n\":" + i + "}").toList();
    }
}
