package app.mailroom.aws;

import app.mailroom.outcome.OutcomeQueue;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SQS queue in which SES's events arrive. */
@SuppressWarnings("DoNotCallSuggester")
final class SqsOutcomeQueue implements OutcomeQueue {
    private final SqsClient client;

    SqsOutcomeQueue(SqsClient client, String queueUrl) {
        this.client = client;
    }

    @Override
    public List<Received> receive() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(List<Received> received) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void giveBack(List<Received> received) {}

    @Override
    public void close() {
        client.close();
    }
}
