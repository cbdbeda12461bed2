package app.mailroom.aws;

import app.mailroom.evidence.Ground;
import app.mailroom.outcome.OutcomeQueue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * {@link LocalSqs} as a process of its own, which ends with the one that started it, so that what it costs is not counted with
 * a client. With it comes a loop that does nothing but receive and delete, by the client that the program has.
 */
public final class SqsProcess implements AutoCloseable {
    private static final Map<String, String> KEYS =
            Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");
    private static final int BATCH = 10;
    private static final int HIDDEN_SECONDS = 60;

    private final Process process;
    private final String endpoint;
    private final SqsClient client;
    private final int hands;
    private final ExecutorService pool;

    private SqsProcess(Process process, String endpoint, int hands) {
        this.process = process;
        this.endpoint = endpoint;
        this.hands = hands;
        client = LocalSqs.newClient(endpoint, KEYS);
        pool = Executors.newFixedThreadPool(hands);
    }

    /** Starts one. What is done by this class is done by so many hands at once. */
    public static SqsProcess start(Ground ground, int hands) throws IOException {
        Process process = new ProcessBuilder(ground.java(List.of("-Xmx1g"), SqsProcess.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String line = said.readLine();
        while (line != null && !line.startsWith("http://")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("the process that stands in for SQS has ended");
        }
        return new SqsProcess(process, line, hands);
    }

    /** Makes a queue and returns its URL. */
    public String createQueue(String name) {
        return client.createQueue(request -> request.queueName(name)).queueUrl();
    }

    /** A queue as the program receives from it; closed by whoever asked for it. */
    public OutcomeQueue open(String queueUrl) {
        return new SqsOutcomeQueue(LocalSqs.newClient(endpoint, KEYS), queueUrl);
    }

    /** Puts bodies on a queue. */
    public void send(String queueUrl, List<String> bodies) throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        together(() -> {
            for (int from = next.getAndAdd(BATCH); from < bodies.size(); from = next.getAndAdd(BATCH)) {
                List<String> batch = bodies.subList(from, Math.min(bodies.size(), from + BATCH));
                LocalSqs.send(client, queueUrl, batch);
            }
        });
    }

    /** Receives and deletes until so many are gone, and looks into none. */
    public void drain(String queueUrl, int messages) throws InterruptedException, ExecutionException {
        AtomicInteger left = new AtomicInteger(messages);
        together(() -> {
            while (left.get() > 0) {
                List<Message> some = client.receiveMessage(request -> request.queueUrl(queueUrl)
                                .maxNumberOfMessages(BATCH)
                                .visibilityTimeout(HIDDEN_SECONDS))
                        .messages();
                if (!some.isEmpty()) {
                    client.deleteMessageBatch(
                            request -> request.queueUrl(queueUrl).entries(entries(some)));
                    left.addAndGet(-some.size());
                }
            }
        });
    }

    private static List<DeleteMessageBatchRequestEntry> entries(List<Message> messages) {
        return IntStream.range(0, messages.size())
                .mapToObj(i -> DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .receiptHandle(messages.get(i).receiptHandle())
                        .build())
                .toList();
    }

    /** How many messages are on a queue, waiting or in somebody's hands. */
    public int count(String queueUrl) {
        Map<QueueAttributeName, String> attributes = client.getQueueAttributes(request -> request.queueUrl(queueUrl)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return attributes.values().stream().mapToInt(Integer::parseInt).sum();
    }

    @Override
    public void close() {
        pool.shutdown();
        client.close();
        process.destroy();
    }

    private void together(Runnable work) throws InterruptedException, ExecutionException {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < hands; i++) {
            running.add(pool.submit(work));
        }
        for (Future<?> hand : running) {
            hand.get();
        }
    }

    /** Says its address and serves until whoever started it has ended. */
    public static void main(String[] args) throws IOException {
        try (LocalSqs sqs = LocalSqs.start()) {
            System.out.println(sqs.endpoint());
            int byteRead = System.in.read();
            while (byteRead >= 0) {
                byteRead = System.in.read();
            }
        }
        System.exit(0);
    }
}
