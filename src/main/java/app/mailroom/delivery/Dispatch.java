package app.mailroom.delivery;

import app.mailroom.model.Access;
import app.mailroom.model.Right;
import app.mailroom.model.World;
import app.mailroom.outcome.OutcomeQueue;
import app.mailroom.store.SettingsStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipelines of this process, one for each world. The one for practice is always at work; the live one while live
 * mode is on. A mailing keeps its world, so switching the mode only says where new mailings go and whether live ones
 * go out. The mode is a setting of the workspace: other processes follow it, and follow what is set up anew, within
 * seconds.
 */
public final class Dispatch implements AutoCloseable {
    /** Builds the pipelines of the live world. */
    @FunctionalInterface
    public interface LivePipelines {
        /**
         * One over an open route, not started yet. It closes both.
         *
         * @throws IOException when something else is missing that its mails need
         */
        Pipeline over(MailGateway gateway, OutcomeQueue queue) throws IOException;
    }

    /** The setting that says in which world new mailings are made. */
    private static final String MODE = "mode";

    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);
    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(3);
    /** After a failure with the same set-up; a keychain may ask the person each time. */
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(30);

    private final LivePipelines builder;
    private final LiveRoute route;
    private final SettingsStore settings;
    private final Access access;
    private final Pipeline practice;
    private final Loop follow = new Loop("dispatch", this::followMode);
    private final List<Consumer<PipelineSnapshot>> subscribers = new CopyOnWriteArrayList<>();
    private volatile @Nullable Pipeline live;
    private @Nullable Object liveSetUp;
    private volatile @Nullable Object failedSetUp;
    private long failedAt;
    private volatile boolean started;
    private volatile World world;
    private volatile PipelineSnapshot liveSnapshot = PipelineSnapshot.idle(World.LIVE, Optional.empty());

    /**
     * Over a practice pipeline and what builds live ones over an open route, again and again. Nothing runs before
     * {@link #start}.
     *
     * @param settings as whoever uses the program changes them
     * @param access whoever uses the program
     */
    public Dispatch(Pipeline practice, LivePipelines builder, LiveRoute route, SettingsStore settings, Access access) {
        this.access = access;
        this.practice = practice;
        this.builder = builder;
        this.route = route;
        this.settings = settings;
        this.world = mode(settings);
        practice.subscribe(snapshot -> publish(World.PRACTICE, snapshot));
    }

    /** The mode as it is set; practice unless live mode was switched on. */
    public static World mode(SettingsStore settings) {
        return settings.get(MODE).map(String::strip).orElse("").equalsIgnoreCase(World.LIVE.name())
                ? World.LIVE
                : World.PRACTICE;
    }

    /** Sets the mode without asking whether it can work. Every process of the workspace follows within seconds. */
    public static void setMode(SettingsStore settings, World wanted) {
        settings.put(MODE, wanted.name().toLowerCase(Locale.ROOT));
    }

    /** Starts all stages of what is switched on. */
    public void start() {
        synchronized (this) {
            started = true;
        }
        practice.start();
        // On its own thread: keys may lie in a keychain that waits for a person.
        follow.start();
    }

    /** Where new mailings go. */
    public World world() {
        return world;
    }

    /** Whether mailings of this world go out while the mode is as it is. */
    public boolean serves(World of) {
        return of == World.PRACTICE || world == World.LIVE;
    }

    /**
     * Switches the mode for every process of the workspace. Asks the mail service first when it is to be live, which
     * may take seconds.
     *
     * @throws IOException that says what is still missing; nothing was switched
     * @throws app.mailroom.model.NotAllowedException when they may not change settings
     */
    public void switchTo(World wanted) throws IOException {
        access.require(Right.CHANGE_SETTINGS);
        if (wanted == World.LIVE) {
            route.checkReady();
        }
        setMode(settings, wanted);
        failedSetUp = null;
        followMode();
    }

    /** Has planners look and senders claim at once, and what was set up anew taken up. */
    public void wake() {
        practice.wake();
        failedSetUp = null;
        follow.wake();
        // Without a lock: whoever calls this must not wait for a pipeline that is just coming to its end.
        Pipeline atWork = live;
        if (atWork != null) {
            atWork.wake();
        }
    }

    /**
     * The pipeline of the present mode, at work and able to send.
     *
     * @throws IOException that says what keeps it from sending
     */
    Pipeline readyPipeline() throws IOException {
        if (!started) {
            throw new IOException("Nothing is sent just now: the program is starting or closing.");
        }
        if (world != World.LIVE) {
            return practice;
        }
        Pipeline atWork = live;
        if (atWork == null) {
            throw new IOException(liveSnapshot
                    .problem()
                    .orElse("Live mode is on, but its connection is not there yet. Try again in a moment."));
        }
        Optional<String> problem = atWork.accountProblem();
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
        return atWork;
    }

    /** The pipeline of the present mode, as last described. */
    public PipelineSnapshot snapshot() {
        return world == World.LIVE ? liveSnapshot : practice.snapshot();
    }

    /** Hands every new snapshot of the present mode's pipeline to the consumer; returns what ends that. */
    public Runnable subscribe(Consumer<PipelineSnapshot> consumer) {
        subscribers.add(consumer);
        return () -> subscribers.remove(consumer);
    }

    /** Stops in good order. */
    @Override
    public void close() {
        follow.close();
        synchronized (this) {
            started = false;
            stopLive();
        }
        practice.close();
    }

    private synchronized Duration followMode() {
        world = mode(settings);
        if (!started || world != World.LIVE) {
            stopLive();
            return FOLLOW_EVERY;
        }
        Object setUp = route.setUp();
        if (!setUp.equals(liveSetUp)) {
            stopLive();
        }
        boolean failedJustNow = setUp.equals(failedSetUp) && System.nanoTime() - failedAt < TRY_AGAIN_AFTER.toNanos();
        if (live == null && !failedJustNow) {
            startLive(setUp);
        }
        return FOLLOW_EVERY;
    }

    private void startLive(Object setUp) {
        try {
            Pipeline built = buildLive();
            live = built;
            liveSetUp = setUp;
            built.subscribe(snapshot -> publish(World.LIVE, snapshot));
            built.start();
        } catch (IOException | RuntimeException e) {
            failedSetUp = setUp;
            failedAt = System.nanoTime();
            String missing = Pipeline.words(e);
            if (!liveSnapshot.problem().equals(Optional.of(missing))) {
                log.warn("Live mode is on, and cannot work", e);
            }
            publish(World.LIVE, PipelineSnapshot.idle(World.LIVE, Optional.of(missing)));
        }
    }

    private Pipeline buildLive() throws IOException {
        MailGateway gateway = route.gateway();
        try {
            OutcomeQueue queue = route.outcomes();
            try {
                return builder.over(gateway, queue);
            } catch (IOException | RuntimeException e) {
                queue.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private void stopLive() {
        Pipeline atWork = live;
        if (atWork != null) {
            try {
                atWork.close();
            } finally {
                live = null;
                liveSnapshot = PipelineSnapshot.idle(World.LIVE, Optional.empty());
            }
        }
    }

    private void publish(World of, PipelineSnapshot snapshot) {
        if (of == World.LIVE) {
            liveSnapshot = snapshot;
        }
        if (of == world) {
            subscribers.forEach(subscriber -> subscriber.accept(snapshot));
        }
    }
}
