package app.mailroom.aws;

import app.mailroom.aws.AmazonSettings.CredentialSource;
import app.mailroom.aws.AmazonSettings.Endpoints;
import app.mailroom.aws.AmazonSettings.EventChain;
import app.mailroom.outcome.OutcomeQueue;
import app.mailroom.relay.HitQueue;
import app.mailroom.secrets.SessionSecrets;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** A real server of the SQS protocol within the test's own process, at a free port. */
public final class LocalSqs implements AutoCloseable {
    private static final int BATCH = 10;

    private final SQSRestServer server;
    private final String endpoint;
    private final SqsClient client;

    private LocalSqs(SQSRestServer server, InetSocketAddress address) {
        this.server = server;
        this.endpoint = "http://localhost:" + address.getPort();
        this.client = newClient();
    }

    /** Starts one; the first in a process takes two seconds. */
    public static LocalSqs start() {
        SQSRestServer server = SQSRestServerBuilder.withDynamicPort().start();
        return new LocalSqs(server, server.waitUntilStarted().localAddress());
    }

    /** Where it listens; stands in for Amazon's own endpoint. */
    public String endpoint() {
        return endpoint;
    }

    /** Settings of a program that uses it. */
    public AmazonSettings settings() {
        return settings(endpoint);
    }

    /** What stands in the environment of a program that uses it. */
    public Map<String, String> environment() {
        return Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");
    }

    /** Makes a queue; one that is there already stays as it is. Returns its URL. */
    public String createQueue(String name) {
        return client.createQueue(request -> request.queueName(name)).queueUrl();
    }

    /** A queue as the program receives from it; closed by whoever asked for it. */
    public OutcomeQueue open(String queueUrl) {
        return new SqsOutcomeQueue(newClient(), queueUrl);
    }

    /** A queue as a relay fills it; closed by whoever asked for it. */
    public HitQueue openForHits(String queueUrl) throws AmazonException {
        return SqsHitQueue.open(
                FakeAws.REGION,
                queueUrl,
                endpoint,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }

    /** Puts a body on a queue. */
    public void send(String queueUrl, String body) {
        send(queueUrl, List.of(body));
    }

    /** Puts bodies on a queue. */
    public void send(String queueUrl, List<String> bodies) {
        for (int from = 0; from < bodies.size(); from += BATCH) {
            List<String> batch = bodies.subList(from, Math.min(bodies.size(), from + BATCH));
            send(client, queueUrl, batch);
        }
    }

    /** Puts bodies on a queue in one call, which takes ten of them. */
    static void send(SqsClient client, String queueUrl, List<String> batch) {
        client.sendMessageBatch(request -> request.queueUrl(queueUrl)
                .entries(IntStream.range(0, batch.size())
                        .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                                .id(Integer.toString(i))
                                .messageBody(batch.get(i))
                                .build())
                        .toList()));
    }

    /** How many messages wait to be received. */
    public int waiting(String queueUrl) {
        return number(queueUrl, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    }

    /** How many are received and neither deleted nor visible again. */
    public int inFlight(String queueUrl) {
        return number(queueUrl, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }

    /** How many are there, waiting or in flight. */
    public int count(String queueUrl) {
        return waiting(queueUrl) + inFlight(queueUrl);
    }

    /** A client of its own for a test, made as the program makes its own; closed by whoever asked for it. */
    SqsClient newClient() {
        return newClient(endpoint, environment());
    }

    static SqsClient newClient(String endpoint, Map<String, String> environment) {
        try {
            return new AmazonClients(settings(endpoint), new SessionSecrets(), environment).sqs();
        } catch (AmazonException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settings of a program whose endpoints all lead to one address. */
    static AmazonSettings settings(String endpoint) {
        return new AmazonSettings(
                "eu-central-1",
                CredentialSource.DEFAULT_CHAIN,
                "",
                Endpoints.all(endpoint),
                EventChain.NONE,
                false,
                false);
    }

    private int number(String queueUrl, QueueAttributeName name) {
        return Integer.parseInt(
                client.getQueueAttributes(request -> request.queueUrl(queueUrl).attributeNames(name))
                        .attributes()
                        .get(name));
    }

    @Override
    public void close() {
        client.close();
        // Its own stop waits for long polls of clients that are gone.
        server.stopAndGetFuture().apply();
    }
}
