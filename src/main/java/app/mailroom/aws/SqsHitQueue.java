package app.mailroom.aws;

import app.mailroom.relay.HitQueue;
import java.io.IOException;
import java.util.List;

/** The workspace's SQS queue, as the relay sees it: it may only put events in. */
@SuppressWarnings("DoNotCallSuggester")
public final class SqsHitQueue implements HitQueue {
    /**
     * A queue by its address; keys come from the SDK's own chain.
     *
     * @param endpoint an address that stands in for Amazon's; empty for its own
     * @throws AmazonException when the region or an address is not written as one
     */
    public static SqsHitQueue open(String region, String queueUrl, String endpoint) throws AmazonException {
        throw new UnsupportedOperationException();
    }

    private SqsHitQueue() {}

    @Override
    public List<Integer> send(List<String> events) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
