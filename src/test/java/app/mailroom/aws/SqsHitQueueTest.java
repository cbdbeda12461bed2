package app.mailroom.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.outcome.OutcomeQueue;
import app.mailroom.relay.HitQueue;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

class SqsHitQueueTest {
    private static final AwsCredentialsProvider KEYS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    private static final String REGION = "eu-central-1";

    private static LocalSqs sqs;

    @BeforeAll
    static void startServer() {
        sqs = LocalSqs.start();
    }

    @AfterAll
    static void stopServer() {
        sqs.close();
    }

    @Test
    void whatIsSentArrivesAsItWas() throws Exception {
        String url = sqs.createQueue("whole");
        List<String> events = IntStream.range(0, HitQueue.BATCH)
                .mapToObj(i -> "{\"id\":\"" + i + "\",\"userAgent\":\"메일 & <" + i + ">\"}")
                .toList();
        try (SqsHitQueue queue = SqsHitQueue.open(REGION, url, sqs.endpoint(), KEYS);
                OutcomeQueue there = sqs.open(url)) {
            assertThat(queue.send(events)).isEqualTo(HitQueue.Left.NOTHING);

            List<String> received = new ArrayList<>();
            while (received.size() < events.size()) {
                there.receive().forEach(event -> received.add(event.body()));
            }
            assertThat(received).containsExactlyInAnyOrderElementsOf(events);
        }
    }

    @Test
    void theLongestHitsFitIntoOneCall() throws Exception {
        String url = sqs.createQueue("long");
        List<String> events = Collections.nCopies(HitQueue.BATCH, "x".repeat(12_000));
        try (SqsHitQueue queue = SqsHitQueue.open(REGION, url, sqs.endpoint(), KEYS)) {
            assertThat(queue.send(events)).isEqualTo(HitQueue.Left.NOTHING);
        }
        assertThat(sqs.waiting(url)).isEqualTo(HitQueue.BATCH);
    }

    @Test
    void aMessageThatCanNeverBeTakenIsRefusedAndTheOthersArrive() throws Exception {
        String url = sqs.createQueue("odd");
        try (SqsHitQueue queue = SqsHitQueue.open(REGION, url, sqs.endpoint(), KEYS)) {
            HitQueue.Left left = queue.send(List.of("{\"id\":\"1\"}", "{\"id\":\"\u0001\"}", "{\"id\":\"3\"}"));

            assertThat(left).isEqualTo(new HitQueue.Left(List.of(), List.of(1)));
        }
        assertThat(sqs.waiting(url)).isEqualTo(2);
    }

    @Test
    void aQueueThatIsNotThereIsSaidInPlainWords() throws Exception {
        try (SqsHitQueue queue =
                SqsHitQueue.open(REGION, sqs.endpoint() + "/000000000000/none", sqs.endpoint(), KEYS)) {
            assertThatThrownBy(() -> queue.send(List.of("{}")))
                    .isInstanceOfSatisfying(
                            AmazonException.class, e -> assertThat(e.code()).isEqualTo(AmazonException.Code.NOT_FOUND))
                    .hasMessageStartingWith("sending hits: ");
        }
    }

    @Test
    void aServerThatIsAwayIsSaidInPlainWordsAndAskedOnce() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String endpoint = "http://127.0.0.1:" + port;
        try (SqsHitQueue queue = SqsHitQueue.open(REGION, endpoint + "/0/queue", endpoint, KEYS)) {
            assertThatThrownBy(() -> queue.send(List.of("{}")))
                    .isInstanceOfSatisfying(
                            AmazonException.class,
                            e -> assertThat(e.code()).isEqualTo(AmazonException.Code.UNREACHABLE));
        }
    }

    @Test
    void whatSqsDidNotTakeOfACallIsToBeTriedAgain() throws Exception {
        String answer = "{\"Successful\":[{\"Id\":\"0\",\"MessageId\":\"m\",\"MD5OfMessageBody\":\""
                + "99914b932bd37a50b983c5e7c90ae93b\"}],\"Failed\":["
                + "{\"Id\":\"1\",\"Code\":\"InternalError\",\"SenderFault\":false},"
                + "{\"Id\":\"2\",\"Code\":\"InvalidMessageContents\",\"SenderFault\":true},"
                + "{\"Id\":\"3\",\"Code\":\"KmsThrottled\",\"SenderFault\":true}]}";
        try (AnswersAlike server = new AnswersAlike(200, answer);
                SqsHitQueue queue = SqsHitQueue.open(REGION, server.address() + "/0/q", server.address(), KEYS)) {
            assertThat(queue.send(List.of("{}", "{}", "{}", "{}")))
                    .isEqualTo(new HitQueue.Left(List.of(1, 3), List.of(2)));
        }
    }

    @Test
    void aRefusalGoesOutOnce() throws Exception {
        try (AnswersAlike server = new AnswersAlike(503, "{\"__type\":\"ServiceUnavailable\"}");
                SqsHitQueue queue = SqsHitQueue.open(REGION, server.address() + "/0/q", server.address(), KEYS)) {
            assertThatThrownBy(() -> queue.send(List.of("{}"))).isInstanceOf(AmazonException.class);

            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void closingEndsACallThatWaitsForItsAnswer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String endpoint = "http://127.0.0.1:" + silent.getLocalPort();
            SqsHitQueue queue = SqsHitQueue.open(REGION, endpoint + "/0/queue", endpoint, KEYS);
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread sender = new Thread(
                    () -> {
                        try {
                            end.complete(new AssertionError("answered " + queue.send(List.of("{}"))));
                        } catch (IOException | RuntimeException e) {
                            end.complete(e);
                        }
                    },
                    "sender");
            sender.start();
            try (Socket called = silent.accept()) {
                assertThat(called.getInputStream().read()).isPositive();

                queue.close();

                assertThat(end.join()).isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> queue.send(List.of("{}"))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void missingKeysAreSaidInPlainWords() throws Exception {
        AwsCredentialsProvider none = () -> {
            throw SdkClientException.create("Unable to load credentials");
        };
        try (SqsHitQueue queue = SqsHitQueue.open(REGION, sqs.endpoint() + "/0/queue", sqs.endpoint(), none)) {
            assertThatThrownBy(() -> queue.send(List.of("{}")))
                    .isInstanceOfSatisfying(
                            AmazonException.class,
                            e -> assertThat(e.code()).isEqualTo(AmazonException.Code.NO_CREDENTIALS));
        }
    }

    @Test
    void whatIsNoRegionOrAddressIsRefusedAtOnce() {
        AwsCredentialsProvider none = AnonymousCredentialsProvider.create();
        assertThatThrownBy(() -> SqsHitQueue.open(" ", sqs.endpoint(), "", none))
                .hasMessage("no AWS region is chosen");
        assertThatThrownBy(() -> SqsHitQueue.open(REGION, "mailroom-events", "", none))
                .hasMessage("“mailroom-events” is not the address of a queue");
        assertThatThrownBy(() -> SqsHitQueue.open(REGION, sqs.endpoint(), "not an address", none))
                .hasMessage("“not an address” is not the address of an endpoint");
    }

    /** A server that gives the same answer to everybody. */
    private static final class AnswersAlike implements AutoCloseable {
        private final HttpServer server;
        private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

        AnswersAlike(int status, String answer) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        int requests() {
            return requests.size();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
