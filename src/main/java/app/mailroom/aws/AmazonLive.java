package app.mailroom.aws;

import app.mailroom.delivery.LiveRoute;
import app.mailroom.delivery.MailGateway;
import app.mailroom.model.SendingIdentity;
import app.mailroom.outcome.OutcomeQueue;
import java.io.IOException;
import java.util.List;

/** Amazon SES as the service that sends in earnest, and SQS as the queue of its outcomes. */
public final class AmazonLive implements LiveRoute {
    /** What a change of settings and keys changes; the keys themselves are not in it. */
    private record SetUp(AmazonSettings settings, boolean countsHits, String keysKeptAt) {}

    private final Amazon amazon;

    /** Over this workspace's Amazon. */
    public AmazonLive(Amazon amazon) {
        this.amazon = amazon;
    }

    @Override
    public Object setUp() {
        return new SetUp(amazon.settings(), amazon.countsHits(), amazon.keysKeptAt());
    }

    @Override
    public MailGateway gateway() throws IOException {
        requireChain();
        return amazon.gateway();
    }

    @Override
    public OutcomeQueue outcomes() throws IOException {
        requireChain();
        return amazon.outcomes();
    }

    @Override
    public void checkReady() throws IOException {
        requireChain();
        amazon.check();
        List<SendingIdentity> identities = amazon.senders().list();
        if (identities.stream().noneMatch(SendingIdentity::maySend)) {
            throw new AmazonException(
                    AmazonException.Code.NOT_FOUND,
                    "Amazon SES has no verified address or domain to send from. Verify one first.",
                    null);
        }
    }

    private void requireChain() throws AmazonException {
        if (!amazon.settings().chain().complete()) {
            throw new AmazonException(
                    AmazonException.Code.NOT_FOUND,
                    "The way of events from Amazon SES into this program is not set up yet.",
                    null);
        }
    }
}
