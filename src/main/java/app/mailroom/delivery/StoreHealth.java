package app.mailroom.delivery;

import app.mailroom.model.StoreProblem;
import app.mailroom.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the workspace takes what the pipeline stores. A disk that is full, say, stops every stage until there is room; then
 * each goes on by itself, and meanwhile a person is told why nothing is sent.
 */
final class StoreHealth {
    private static final Logger log = LoggerFactory.getLogger(StoreHealth.class);
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(2);

    private final Map<String, StoreProblem> problems = new ConcurrentHashMap<>();

    /** The same step, which is tried again soon where the workspace does not take what it stores. */
    Loop.Step watched(String name, Loop.Step step) {
        return () -> {
            try {
                Duration next = step.take();
                if (problems.remove(name) != null) {
                    log.info("{} can store again", name);
                }
                return next;
            } catch (StoreException e) {
                boolean told = problems.put(name, e.problem()) != null;
                if (!e.problem().mayPass()) {
                    throw e;
                }
                if (!told) {
                    log.warn("{} cannot store, and tries again every {}", name, TRY_AGAIN_AFTER, e);
                }
                return TRY_AGAIN_AFTER;
            }
        };
    }

    /** Why some stage cannot store anything. */
    Optional<StoreProblem> problem() {
        return problems.values().stream().sorted().findFirst();
    }
}
