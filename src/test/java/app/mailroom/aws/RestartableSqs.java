package app.mailroom.aws;

import app.mailroom.relay.HitQueue;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A real server of the SQS protocol with one queue. It can be stopped, as for maintenance: calls that are under way are answered,
 * new ones find nobody. Started again it listens on the same port and has what it had.
 */
public final class RestartableSqs implements AutoCloseable {
    private static final int BATCH = 10;
    private static final int HANDS = 4;
    /** So that a program that fails ends. */
    private static final Config DAEMONS =
            ConfigFactory.parseString("pekko.daemonic = on").withFallback(ConfigFactory.load());

    private final ActorSystem actors = ActorSystem.create("sqs", DAEMONS);
    private final ActorRef queues = actors.actorOf(Props.create(
            QueueManagerActor.class,
            () -> new QueueManagerActor(new NowProvider(), StrictSQSLimits$.MODULE$, Option.empty())));
    private final int port;
    private final String endpoint;
    private final SqsClient client;
    private final String queueUrl;
    private SQSRestServer server;

    private RestartableSqs() {
        server = listen(0);
        port = server.waitUntilStarted().localAddress().getPort();
        endpoint = "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
        client = LocalSqs.newClient(endpoint, Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        // The server names itself by the port it was told, which is 0 the first time.
        client.createQueue(request -> request.queueName("hits"));
        queueUrl = endpoint + "/000000000000/hits";
    }

    /** Starts one. */
    public static RestartableSqs start() {
        return new RestartableSqs();
    }

    /** Stops it. */
    public void stop() {
        server.stopAndWait();
    }

    /** Starts it again. */
    public void startAgain() {
        server = listen(port);
        server.waitUntilStarted();
    }

    /** Where it listens. */
    public String endpoint() {
        return endpoint;
    }

    /** The queue's address. */
    public String queueUrl() {
        return queueUrl;
    }

    /** The queue, as the relay has it. */
    public HitQueue hits() throws AmazonException {
        return hits(endpoint, queueUrl);
    }

    /** The queue of a server in another process. */
    public static HitQueue hits(String endpoint, String queueUrl) throws AmazonException {
        return SqsHitQueue.open(
                "eu-central-1",
                queueUrl,
                endpoint,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }

    /** Takes out all that is there. */
    public Collection<String> drain() throws Exception {
        Collection<String> drained = new ConcurrentLinkedQueue<>();
        ExecutorService hands = Executors.newFixedThreadPool(HANDS);
        try {
            List<Future<?>> running = IntStream.range(0, HANDS)
                    .<Future<?>>mapToObj(i -> hands.submit(() -> drainInto(drained)))
                    .toList();
            for (Future<?> hand : running) {
                hand.get();
            }
        } finally {
            hands.shutdown();
        }
        return drained;
    }

    @Override
    public void close() {
        client.close();
        server.stopAndGetFuture().apply();
        actors.terminate();
    }

    private void drainInto(Collection<String> drained) {
        for (List<Message> some = receive(); !some.isEmpty(); some = receive()) {
            some.forEach(message -> drained.add(message.body()));
            List<DeleteMessageBatchRequestEntry> entries = some.stream()
                    .map(message -> DeleteMessageBatchRequestEntry.builder()
                            .id(message.messageId())
                            .receiptHandle(message.receiptHandle())
                            .build())
                    .toList();
            client.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
        }
    }

    private List<Message> receive() {
        return client.receiveMessage(request -> request.queueUrl(queueUrl).maxNumberOfMessages(BATCH))
                .messages();
    }

    private SQSRestServer listen(int at) {
        return SQSRestServerBuilder.withActorSystem(actors)
                .withQueueManagerActor(queues)
                .withInterface(InetAddress.getLoopbackAddress().getHostAddress())
                .withPort(at)
                .withServerAddress(new NodeAddress("http", "localhost", at, ""))
                .start();
    }
}
