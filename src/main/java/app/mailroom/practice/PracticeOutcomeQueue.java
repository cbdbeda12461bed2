package app.mailroom.practice;

import app.mailroom.outcome.OutcomeQueue;
import app.mailroom.store.PracticeStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The event queue of the simulated world. Several processes may receive from it at once. */
public final class PracticeOutcomeQueue implements OutcomeQueue {
    private static final int BATCH = 500;
    private static final Duration HIDDEN_FOR = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final PracticeStore store;

    /** The queue in the given store. */
    public PracticeOutcomeQueue(PracticeStore store) {
        this.store = store;
    }

    @Override
    public List<Received> receive() throws InterruptedException {
        for (Duration waited = Duration.ZERO; ; waited = waited.plus(LOOK_EVERY)) {
            List<Received> received = store.receive(BATCH, HIDDEN_FOR).stream()
                    .map(event -> new Received(Long.toString(event.id()), event.body()))
                    .toList();
            if (!received.isEmpty() || waited.compareTo(LONGEST_LOOK) >= 0) {
                return received;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    @Override
    public void delete(List<Received> received) {
        store.delete(
                received.stream().map(event -> Long.parseLong(event.handle())).toList());
    }

    /** Nothing to do: what was received shows again by itself. */
    @Override
    public void giveBack(List<Received> received) {}

    /** Nothing to do: a look is short. */
    @Override
    public void close() {}
}
