package app.mailroom.aws;

import app.mailroom.outcome.OutcomePoller;
import app.mailroom.outcome.SesEventParser;
import app.mailroom.tracking.EventSource;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives events while a proof runs, for nobody else may be polling. Real events that come meanwhile are settled as
 * always. Closing it ends its thread.
 */
final class ProofPolling implements EventSource.Polling {
    private static final Logger log = LoggerFactory.getLogger(ProofPolling.class);
    private static final long PAUSE_MILLIS = 500;
    private static final long GRACE_SECONDS = 10;

    private final OutcomePoller poller;
    private volatile Optional<Exception> failure = Optional.empty();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    ProofPolling(Amazon amazon) throws AmazonException {
        poller = new OutcomePoller(
                amazon.outcomes(),
                new SesEventParser(amazon.workspace()),
                amazon.stores().outcomes(),
                amazon.stores().probes(),
                amazon.clock());
        thread = new Thread(this::pollUntilClosed, "chain-proof-poller");
        thread.setDaemon(true);
        thread.start();
    }

    /** Why the last round failed, if it did. */
    Optional<Exception> failure() {
        return failure;
    }

    @Override
    public Optional<String> trouble() {
        return failure.map(e -> e.getMessage() == null ? e.toString() : e.getMessage());
    }

    @Override
    public boolean hopeless() {
        return failure.filter(ProofPolling::lasting).isPresent();
    }

    @Override
    public void close() {
        closed.countDown();
        poller.close();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
            if (thread.isAlive()) {
                log.warn("The poller of a proof is still at work");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pollUntilClosed() {
        try {
            boolean more = true;
            while (more) {
                boolean well = pollOnce();
                more = closed.getCount() > 0 && (well || !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
            }
        } catch (InterruptedException e) {
            log.debug("Interrupted", e);
        }
    }

    private boolean pollOnce() throws InterruptedException {
        try {
            poller.pollOnce();
            failure = Optional.empty();
            return true;
        } catch (IOException | RuntimeException e) {
            // Told to the person with the link that waits for what is not received.
            failure = Optional.of(e);
            return false;
        }
    }

    private static boolean lasting(Exception failure) {
        return failure instanceof AmazonException no
                && switch (no.code()) {
                    case NO_REGION,
                            NO_CREDENTIALS,
                            CREDENTIALS_REFUSED,
                            NOT_ALLOWED,
                            NOT_FOUND,
                            RELAY_COUNTS,
                            REFUSED -> true;
                    case UNREACHABLE, THROTTLED -> false;
                };
    }
}
