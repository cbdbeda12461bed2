package app.mailroom.practice;

import app.mailroom.relay.HitQueue;
import app.mailroom.store.PracticeStore;
import java.util.List;

/** The practice world's queue, as the relay sees it. */
public final class PracticeHitQueue implements HitQueue {
    private final PracticeStore store;

    /** The queue in the given store. */
    public PracticeHitQueue(PracticeStore store) {
        this.store = store;
    }

    @Override
    public Left send(List<String> events) {
        store.queue(events);
        return Left.NOTHING;
    }

    /** Nothing to do: the store belongs to the workspace. */
    @Override
    public void close() {}
}
