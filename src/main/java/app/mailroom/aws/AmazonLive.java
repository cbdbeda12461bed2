package app.mailroom.aws;

import app.mailroom.delivery.LiveRoute;
import app.mailroom.delivery.MailGateway;
import app.mailroom.model.SendingIdentity;
import app.mailroom.outcome.OutcomeQueue;
import app.mailroom.tracking.Tracking;
import java.io.IOException;
import java.util.List;

/** Amazon SES as the service that sends in earnest, and SQS as the queue of its outcomes. */
public final class AmazonLive implements LiveRoute {
    /** What a change of settings and keys changes; the keys themselves are not in it. */
    private record SetUp(AmazonSettings settings, boolean countsHits, String keysKeptAt, Object relay) {}

    private final Amazon amazon;
    private final Tracking tracking;

    /** Over this workspace's Amazon, and the relay that its mails use. */
    public AmazonLive(Amazon amazon, Tracking tracking) {
        this.amazon = amazon;
        this.tracking = tracking;
    }

    @Override
    public Object setUp() {
        return new SetUp(amazon.settings(), amazon.countsHits(), amazon.keysKeptAt(), tracking.mark());
    }

    @Override
    public MailGateway gateway() throws IOException {
        amazon.requireChain();
        return amazon.gateway();
    }

    @Override
    public OutcomeQueue outcomes() throws IOException {
        amazon.requireChain();
        return amazon.outcomes();
    }

    @Override
    public void checkReady() throws IOException {
        amazon.requireChain();
        tracking.links();
        amazon.check();
        List<SendingIdentity> identities = amazon.senders().list();
        if (identities.stream().noneMatch(SendingIdentity::maySend)) {
            throw new AmazonException(
                    AmazonException.Code.NOT_FOUND,
                    "Amazon SES has no verified address or domain to send from. Verify one first.",
                    null);
        }
    }
}
