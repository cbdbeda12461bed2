package app.mailroom.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes everything and keeps it. */
final class CollectingQueue implements HitQueue {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public Left send(List<String> batch) {
        events.addAll(batch);
        return Left.NOTHING;
    }

    /** All that came so far, as it was written. */
    List<String> lines() {
        return List.copyOf(events);
    }

    /** All that came so far. */
    List<JsonNode> events() {
        return events.stream().map(CollectingQueue::parsed).toList();
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
