package app.mailroom.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A queue that does as it is told and remembers what it took. */
final class QueueInMemory implements HitQueue {
    /** What becomes of a call. */
    interface Behaviour {
        Left receive(List<String> events) throws IOException;
    }

    static final Behaviour TAKES_ALL = events -> Left.NOTHING;
    static final Behaviour AWAY = events -> {
        throw new IOException("the queue is away");
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> taken = new ArrayList<>();
    private final List<Integer> calls = new ArrayList<>();
    private int atOnce;
    private int mostAtOnce;
    private volatile Behaviour behaviour = TAKES_ALL;

    void behave(Behaviour other) {
        behaviour = other;
    }

    @Override
    public Left send(List<String> events) throws IOException {
        synchronized (this) {
            calls.add(events.size());
            mostAtOnce = Math.max(mostAtOnce, ++atOnce);
        }
        try {
            Left left = behaviour.receive(events);
            synchronized (this) {
                for (int i = 0; i < events.size(); i++) {
                    if (!left.again().contains(i) && !left.refused().contains(i)) {
                        taken.add(events.get(i));
                    }
                }
            }
            return left;
        } finally {
            synchronized (this) {
                atOnce--;
            }
        }
    }

    /** Ids in the order in which they were taken. */
    List<String> taken() {
        return lines().stream().map(Hits::idOf).toList();
    }

    /** All events that were taken, as they were written. */
    synchronized List<String> lines() {
        return List.copyOf(taken);
    }

    /** All events that were taken. */
    List<JsonNode> events() {
        return lines().stream().map(QueueInMemory::parsed).toList();
    }

    /** How many events each call had. */
    synchronized List<Integer> calls() {
        return List.copyOf(calls);
    }

    /** How many calls were under way at once, at most, since this was asked last. */
    synchronized int takeMostAtOnce() {
        int most = mostAtOnce;
        mostAtOnce = atOnce;
        return most;
    }

    private static JsonNode parsed(String event) {
        try {
            return JSON.readTree(event);
        } catch (JsonProcessingException e) {
            throw new AssertionError("an event is no JSON: " + event, e);
        }
    }

    @Override
    public void close() {}
}
