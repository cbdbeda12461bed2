package app.mailroom.store;

import java.time.Clock;

/** All that the workspace keeps of one person, wherever it lies. */
public final class PersonStore {
    /** How much is kept of a person. */
    public record Found(
            long rows,
            long leftOut,
            long messages,
            long events,
            long practiceMails,
            long history,
            boolean suppressed) {}

    private final Database workspace;
    private final Database practice;
    private final Clock clock;

    /** Over the two databases of a workspace. */
    public PersonStore(Database workspace, Database practice, Clock clock) {
        this.workspace = workspace;
        this.practice = practice;
        this.clock = clock;
    }
}
