package app.mailroom.store;

import app.mailroom.model.Measure;
import app.mailroom.model.MessageState;
import app.mailroom.store.jooq.tables.records.MessagesRecord;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a message that counts are made of. What a message counts for follows from this alone, so that a change is
 * counted by taking away what it counted for before and adding what it counts for now.
 *
 * @param measures what it counts for, with the time that places it on the time line, if it has one there
 */
record Standing(
        long planId,
        String domain,
        MessageState state,
        @Nullable String reason,
        Map<Measure, Moment> measures) {
    /** When something happened, or that it did at no time that is kept. */
    record Moment(@Nullable Instant at) {}

    /** Of a message as it is in the record, changed or not. */
    static Standing of(MessagesRecord message) {
        Map<Measure, Moment> measures = new EnumMap<>(Measure.class);
        put(measures, Measure.TAKEN, message.getAcceptedAt());
        MessageState state = message.getState();
        if (state != MessageState.BOUNCED) {
            put(measures, Measure.ARRIVED, message.getDeliveredAt());
        }
        if (state == MessageState.BOUNCED) {
            measures.put(Measure.BOUNCED, new Moment(null));
        }
        if (state == MessageState.COMPLAINED) {
            measures.put(Measure.COMPLAINED, new Moment(null));
        }
        put(measures, Measure.OPENED, message.getOpenedAt());
        if (message.getOpenedAt() == null) {
            put(measures, Measure.OPENED_BY_MACHINES, message.getMachineOpenedAt());
        }
        put(measures, Measure.CLICKED, message.getClickedAt());
        if (message.getClickedAt() == null) {
            put(measures, Measure.CLICKED_BY_MACHINES, message.getMachineClickedAt());
        }
        put(measures, Measure.UNSUBSCRIBED, message.getUnsubscribedAt());
        if (measures.containsKey(Measure.ARRIVED) && message.getClickedAt() == null) {
            measures.put(Measure.UNCLICKED, new Moment(null));
            if (message.getOpenedAt() == null) {
                measures.put(Measure.UNOPENED, new Moment(null));
            }
        }
        return new Standing(message.getPlanId(), domain(message.getAddressKey()), state, message.getReason(), measures);
    }

    private static void put(Map<Measure, Moment> measures, Measure measure, @Nullable Instant at) {
        if (at != null) {
            measures.put(measure, new Moment(at));
        }
    }

    /** The domain of an address as compared; none of the word that stands in the place of an erased one. */
    static String domain(String addressKey) {
        int at = addressKey.indexOf('@');
        return at < 0 ? "" : addressKey.substring(at + 1);
    }
}
