package app.mailroom.outcome;

import app.mailroom.model.Outcome;
import app.mailroom.outcome.OutcomeQueue.Received;
import app.mailroom.outcome.SesEventParser.Foreign;
import app.mailroom.outcome.SesEventParser.Harmless;
import app.mailroom.outcome.SesEventParser.Probe;
import app.mailroom.outcome.SesEventParser.Reading;
import app.mailroom.outcome.SesEventParser.Understood;
import app.mailroom.store.OutcomeStore;
import app.mailroom.store.OutcomeStore.Unsettled;
import app.mailroom.store.ProbeStore;
import app.mailroom.store.ProbeStore.Arrival;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Last step: receives events, settles them in one transaction, and only then deletes them from the queue. A process
 * that dies in between receives them again, and settling knows them.
 */
public final class OutcomePoller implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutcomePoller.class);
    private static final long GRACE_SECONDS = 5;
    /** So many at once come only while the queue holds more. */
    private static final int BACKLOG = 100;

    private final OutcomeQueue queue;
    private final SesEventParser parser;
    private final OutcomeStore outcomes;
    private final ProbeStore probes;
    private final Clock clock;
    /** Shared by those who settle and delete, who do not wait for each other here; held alone by who closes. */
    private final ReentrantReadWriteLock settling = new ReentrantReadWriteLock();

    private volatile Optional<Instant> lastPolled = Optional.empty();
    private volatile boolean backlog;
    private volatile boolean closed;

    /** Moves events from the queue, which it closes with itself, into the stores. */
    public OutcomePoller(
            OutcomeQueue queue, SesEventParser parser, OutcomeStore outcomes, ProbeStore probes, Clock clock) {
        this.queue = queue;
        this.parser = parser;
        this.outcomes = outcomes;
        this.probes = probes;
        this.clock = clock;
    }

    /**
     * One round: waits for events as long as the queue lets wait, and settles what came. What cannot be settled is
     * given back to the queue. Two threads may do so at once: one receives or deletes while the other settles.
     *
     * @return how many were received; none once this is closed
     * @throws IOException when the queue cannot be reached; what was settled then comes again, and does no harm
     */
    public int pollOnce() throws IOException, InterruptedException {
        List<Received> received = queue.receive();
        if (received.isEmpty() && closed) {
            return 0;
        }
        backlog = received.size() >= BACKLOG;
        lastPolled = Optional.of(clock.instant());
        if (received.isEmpty()) {
            return 0;
        }
        settling.readLock().lock();
        try {
            settle(received);
            queue.delete(received);
        } finally {
            settling.readLock().unlock();
        }
        return received.size();
    }

    /** Whether so much came last that a second thread should help. */
    public boolean hasBacklog() {
        return backlog && !closed;
    }

    /** When the queue last answered. */
    public Optional<Instant> lastPolled() {
        return lastPolled;
    }

    /** Ends a waiting {@link #pollOnce} by closing the queue. A batch that is being settled is given time to end. */
    @Override
    public void close() {
        closed = true;
        boolean idle = false;
        try {
            idle = settling.writeLock().tryLock(GRACE_SECONDS, TimeUnit.SECONDS);
            if (!idle) {
                log.warn("A batch of events is still being settled; what is not deleted comes again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            queue.close();
            if (idle) {
                settling.writeLock().unlock();
            }
        }
    }

    private void settle(List<Received> received) {
        List<Outcome> understood = new ArrayList<>();
        List<Unsettled> unsettled = new ArrayList<>();
        List<Arrival> arrivals = new ArrayList<>();
        try {
            for (Received event : received) {
                Reading reading = parser.read(event.body());
                if (reading instanceof Understood of) {
                    understood.add(of.outcome());
                } else if (reading instanceof Foreign foreign) {
                    unsettled.add(new Unsettled(foreign.reason(), foreign.fingerprint(), event.body()));
                } else if (reading instanceof Probe probe) {
                    arrivals.add(new Arrival(probe.probe(), probe.link()));
                } else {
                    assert reading instanceof Harmless;
                }
            }
            outcomes.settle(understood, unsettled);
            if (!arrivals.isEmpty()) {
                probes.keep(arrivals);
            }
        } catch (RuntimeException e) {
            queue.giveBack(received);
            throw e;
        }
    }
}
