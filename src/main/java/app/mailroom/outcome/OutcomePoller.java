package app.mailroom.outcome;

import app.mailroom.model.Outcome;
import app.mailroom.store.OutcomeStore;
import app.mailroom.store.OutcomeStore.Unsettled;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Last step: receives events, settles them in one transaction, and only then deletes them from the queue. A process
 * that dies in between receives them again, and settling knows them.
 */
public final class OutcomePoller implements AutoCloseable {
    private final OutcomeQueue queue;
    private final SesEventParser parser;
    private final OutcomeStore store;
    private final Clock clock;
    private volatile Optional<Instant> lastPolled = Optional.empty();

    /** Moves events from the queue into the store. */
    public OutcomePoller(OutcomeQueue queue, SesEventParser parser, OutcomeStore store, Clock clock) {
        this.queue = queue;
        this.parser = parser;
        this.store = store;
        this.clock = clock;
    }

    /** One round: waits for events for at most a second and settles what came. Returns how many were received. */
    public int pollOnce() throws IOException, InterruptedException {
        List<OutcomeQueue.Received> received = queue.receive();
        lastPolled = Optional.of(clock.instant());
        if (received.isEmpty()) {
            return 0;
        }
        List<Outcome> outcomes = new ArrayList<>();
        List<Unsettled> unsettled = new ArrayList<>();
        for (OutcomeQueue.Received event : received) {
            SesEventParser.Reading reading = parser.read(event.body());
            if (reading instanceof SesEventParser.Understood understood) {
                outcomes.add(understood.outcome());
            } else if (reading instanceof SesEventParser.Foreign foreign) {
                unsettled.add(new Unsettled(foreign.reason(), foreign.fingerprint(), event.body()));
            }
        }
        store.settle(outcomes, unsettled);
        queue.delete(received);
        return received.size();
    }

    /** Closes the queue, which ends a waiting {@link #pollOnce}. */
    @Override
    public void close() {
        queue.close();
    }

    /** When the queue last answered. */
    public Optional<Instant> lastPolled() {
        return lastPolled;
    }
}
