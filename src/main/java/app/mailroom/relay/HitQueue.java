package app.mailroom.relay;

import java.io.IOException;
import java.util.List;

/** Where hits are handed to the workspace. Called from several threads at once. */
public interface HitQueue extends AutoCloseable {
    /** What one call may hand over at most. */
    int BATCH = 10;

    /**
     * What a call left, as indexes of the events that were handed to it.
     *
     * @param again were not taken and may be tried again
     * @param refused will never be taken as they are
     */
    record Left(List<Integer> again, List<Integer> refused) {
        /** All were taken. */
        public static final Left NOTHING = new Left(List.of(), List.of());
    }

    /**
     * Hands over events, at most {@link #BATCH}. An event may be handed over twice, if it was not known whether the first time
     * went well.
     *
     * @throws IOException when the queue cannot be reached or refuses; all may be tried again
     */
    Left send(List<String> events) throws IOException;

    /** Lets go of connections, and ends a call that is under way. */
    @Override
    void close();
}
