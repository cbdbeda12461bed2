package app.mailroom.model;

import java.util.Set;

/** Which messages of a mailing to show: in any of the states (none means all), after an id, at most so many. */
public record MessageQuery(long planId, Set<MessageState> states, String addressContains, long afterId, int limit) {
    /** The first page of everything. */
    public static MessageQuery all(long planId, int limit) {
        return new MessageQuery(planId, Set.of(), "", 0, limit);
    }
}
