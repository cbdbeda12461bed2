package app.mailroom.delivery;

import app.mailroom.store.DeliveryStore;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as a sender: its id, its heartbeat, and how many senders share the rate. It may send while its
 * heartbeat is fresh, so that it has surely stopped before others take it for dead. A newcomer that finds others at
 * work waits until they have counted it.
 */
final class SenderIdentity {
    private static final Logger log = LoggerFactory.getLogger(SenderIdentity.class);

    private final DeliveryStore store;
    private final DeliverySettings settings;
    private final String name;
    private volatile long id;
    private volatile int sharers = 1;
    private volatile long lastHeartbeat;
    private volatile long maySendFrom;

    SenderIdentity(DeliveryStore store, DeliverySettings settings, String name) {
        this.store = store;
        this.settings = settings;
        this.name = name;
        this.lastHeartbeat = System.nanoTime();
        register();
    }

    long id() {
        return id;
    }

    /** Among how many senders the rate is shared, this one included. */
    int sharers() {
        return sharers;
    }

    boolean maySend() {
        return System.nanoTime() - maySendFrom >= 0 && !isHeldUp();
    }

    /** Whether its last heartbeat is so long ago that others might soon take it for dead. */
    boolean isHeldUp() {
        return System.nanoTime() - lastHeartbeat >= settings.staleAfter().toNanos() / 2;
    }

    Duration recheckAfter() {
        long wait = maySendFrom - System.nanoTime();
        return wait > 0 ? Duration.ofNanos(wait) : settings.heartbeat();
    }

    /** One heartbeat. */
    Duration beat() {
        long began = System.nanoTime();
        if (store.heartbeat(id)) {
            lastHeartbeat = began;
            sharers = Math.max(1, store.liveSenders(settings.staleAfter()));
        } else {
            log.warn("Sender {} was taken for dead and registers again", id);
            register();
        }
        return settings.heartbeat();
    }

    void stop() {
        store.stop(id);
    }

    private void register() {
        long began = System.nanoTime();
        id = store.register(name);
        sharers = Math.max(1, store.liveSenders(settings.staleAfter()));
        long wait = sharers > 1 ? settings.heartbeat().multipliedBy(2).toNanos() : 0;
        maySendFrom = System.nanoTime() + wait;
        lastHeartbeat = began;
    }
}
