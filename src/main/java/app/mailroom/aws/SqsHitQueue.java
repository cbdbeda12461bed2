package app.mailroom.aws;

import app.mailroom.relay.HitQueue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The workspace's SQS queue, as the relay sees it: it may only put events in. A request goes out once, whoever calls tries again.
 * See “SendMessageBatch” in the Amazon SQS API reference.
 */
public final class SqsHitQueue implements HitQueue {
    private static final Logger log = LoggerFactory.getLogger(SqsHitQueue.class);

    private static final int CONNECTIONS = 16;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration WHOLE_CALL = Duration.ofSeconds(10);

    /** Errors that a message has of itself, so that it would have them for ever: characters that SQS does not take, and its length. */
    private static final Set<String> OF_THE_MESSAGE =
            Set.of("InvalidMessageContents", "BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong");

    private final SqsClient client;
    private final String queueUrl;

    private SqsHitQueue(SqsClient client, String queueUrl) {
        this.client = client;
        this.queueUrl = queueUrl;
    }

    /**
     * A queue by its address. Keys come from the SDK's own chain: the environment, a profile, the role of the machine. Nothing is
     * asked before the first hit.
     *
     * @param endpoint an address that stands in for Amazon's; empty for its own
     * @throws AmazonException when the region or an address is not written as one
     */
    public static SqsHitQueue open(String region, String queueUrl, String endpoint) throws AmazonException {
        return open(
                region, queueUrl, endpoint, DefaultCredentialsProvider.builder().build());
    }

    static SqsHitQueue open(String region, String queueUrl, String endpoint, AwsCredentialsProvider keys)
            throws AmazonException {
        if (region.isBlank()) {
            throw new AmazonException(AmazonException.Code.NO_REGION, "no AWS region is chosen", null);
        }
        requireAddress(queueUrl, "a queue");
        SqsClientBuilder builder = SqsClient.builder()
                .region(Region.of(region))
                .credentialsProvider(keys)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(WHOLE_CALL)
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .build())
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(CONNECT)
                        .connectionAcquisitionTimeout(CONNECT)
                        .socketTimeout(WHOLE_CALL)
                        .connectionMaxIdleTime(Duration.ofSeconds(20)));
        if (!endpoint.isEmpty()) {
            builder.endpointOverride(requireAddress(endpoint, "an endpoint"));
        }
        return new SqsHitQueue(builder.build(), queueUrl);
    }

    /**
     * {@inheritDoc} Where SQS refuses a whole call for what stands in it, each event goes by itself, so that only those are refused
     * that have to be.
     */
    @Override
    public Left send(List<String> events) throws IOException {
        try {
            return sendTogether(events);
        } catch (AwsServiceException e) {
            if (!OF_THE_MESSAGE.contains(AmazonWords.errorCode(e))) {
                throw AmazonException.of("sending hits", e);
            }
            log.debug("SQS refuses {} hits together", events.size(), e);
            return events.size() == 1 ? new Left(List.of(), List.of(0)) : sendSingly(events);
        } catch (SdkException e) {
            throw AmazonException.of("sending hits", e);
        } catch (IllegalStateException | RejectedExecutionException e) {
            // The client's pools say this once they are closed.
            throw AmazonException.of("sending hits", SdkClientException.create("the queue is closed", e));
        }
    }

    /** Breaks connections, so that a call that waits for an answer fails. */
    @Override
    public void close() {
        client.close();
    }

    private Left sendTogether(List<String> events) {
        List<SendMessageBatchRequestEntry> entries = IntStream.range(0, events.size())
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .messageBody(events.get(i))
                        .build())
                .toList();
        List<Integer> again = new ArrayList<>();
        List<Integer> refused = new ArrayList<>();
        for (BatchResultErrorEntry failed : client.sendMessageBatch(
                        request -> request.queueUrl(queueUrl).entries(entries))
                .failed()) {
            log.debug("SQS did not take a hit: {} {}", failed.code(), failed.message());
            // Servers that stand in for SQS name a wider class as the code and this one as the message.
            boolean forGood = failed.senderFault()
                    && (OF_THE_MESSAGE.contains(failed.code())
                            || OF_THE_MESSAGE.contains(String.valueOf(failed.message())));
            (forGood ? refused : again).add(Integer.parseInt(failed.id()));
        }
        return new Left(again, refused);
    }

    private Left sendSingly(List<String> events) throws IOException {
        List<Integer> again = new ArrayList<>();
        List<Integer> refused = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Left left = send(events.subList(i, i + 1));
            if (!left.again().isEmpty()) {
                again.add(i);
            }
            if (!left.refused().isEmpty()) {
                refused.add(i);
            }
        }
        return new Left(again, refused);
    }

    private static URI requireAddress(String address, String of) throws AmazonException {
        try {
            URI uri = URI.create(address.strip());
            if (uri.getScheme() != null && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw notAnAddress(address, of, e);
        }
        throw notAnAddress(address, of, null);
    }

    private static AmazonException notAnAddress(String address, String of, @Nullable Throwable cause) {
        return new AmazonException(
                AmazonException.Code.UNREACHABLE, "“" + address + "” is not the address of " + of, cause);
    }
}
