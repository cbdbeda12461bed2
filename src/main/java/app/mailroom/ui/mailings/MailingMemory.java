package app.mailroom.ui.mailings;

import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a person was looking at on the pages of mailings, kept for as long as the window is open. JavaFX thread only. */
public final class MailingMemory {
    /** The two sides of a mailing. */
    enum Side {
        MESSAGES,
        RESULTS
    }

    /** Which messages were shown, and in which order. */
    record Asked(MessageFilter filter, MessageOrder order) {}

    private final Map<Long, Side> sides = new HashMap<>();
    private final Map<Long, Asked> asked = new HashMap<>();

    /** Nothing was looked at yet. */
    public MailingMemory() {}

    /** The side of a mailing that a person chose last. */
    Optional<Side> side(long planId) {
        return Optional.ofNullable(sides.get(planId));
    }

    void keep(long planId, Side side) {
        sides.put(planId, side);
    }

    /** The messages of a mailing as they were looked at last; all of them at first. */
    Asked asked(long planId) {
        return asked.getOrDefault(planId, new Asked(MessageFilter.all(planId), MessageOrder.LIST));
    }

    void keep(Asked now) {
        asked.put(now.filter().planId(), now);
    }
}
