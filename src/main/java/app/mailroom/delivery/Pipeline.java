package app.mailroom.delivery;

import app.mailroom.model.MailAccount;
import app.mailroom.model.SendResult;
import app.mailroom.model.StoreProblem;
import app.mailroom.model.World;
import app.mailroom.outcome.OutcomePoller;
import app.mailroom.store.DeliveryStore;
import app.mailroom.store.PlanStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stages of sending, started and stopped together: {@link PlannerLoop}, {@link SenderPool}, {@link ResultWriter},
 * {@link OutcomePoller}. They hand over through the database, so each may be killed at any point.
 */
public final class Pipeline implements AutoCloseable {
    /**
     * What a pipeline works with, all of one world. It closes gateway and poller. Heartbeats are settled when it
     * begins, the other settings are asked for again and again.
     */
    public record Parts(
            World world,
            PlanStore plans,
            DeliveryStore delivery,
            Letters letters,
            MailGateway gateway,
            OutcomePoller poller,
            Supplier<DeliverySettings> settings,
            Clock clock) {}

    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);
    private static final Duration SNAPSHOT_EVERY = Duration.ofMillis(500);
    private static final Duration BACKLOG_LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration PRACTICE_ACCOUNT_EVERY = Duration.ofSeconds(10);
    /** SES allows one such question a second for the whole account. */
    private static final Duration LIVE_ACCOUNT_EVERY = Duration.ofSeconds(60);

    private static final Duration ACCOUNT_AFTER_FAILURE = Duration.ofSeconds(10);
    private static final double UNKNOWN_RATE = 1;
    private static final double SPEED_WEIGHT = 0.3;

    private final Parts parts;
    private final Pace pace;
    private final DailyQuota quota = new DailyQuota();
    private final StoreHealth health = new StoreHealth();
    private final SenderIdentity identity;
    private final ResultWriter results;
    private final SenderPool senders;
    private final List<Consumer<PipelineSnapshot>> subscribers = new CopyOnWriteArrayList<>();
    private final List<Loop> loops;
    private final Loop planner;
    private volatile Optional<MailAccount> account = Optional.empty();
    private volatile Optional<String> accountProblem = Optional.empty();
    private volatile Optional<String> outcomeProblem = Optional.empty();
    private volatile OptionalDouble allowedRate = OptionalDouble.empty();
    private volatile double sentPerSecond;
    private volatile PipelineSnapshot snapshot;
    private long countedUntil = System.nanoTime();
    private long counted;

    /** Registers this process as a sender under the given name. Nothing runs before {@link #start}. */
    public Pipeline(Parts parts, String senderName) {
        this.parts = parts;
        this.pace =
                new Pace(UNKNOWN_RATE, System.nanoTime() + Duration.ofSeconds(1).toNanos());
        DeliverySettings settings = parts.settings().get();
        this.identity = new SenderIdentity(parts.delivery(), settings, senderName);
        this.results = new ResultWriter(parts.delivery(), health);
        this.senders = new SenderPool(
                parts.delivery(),
                parts.gateway(),
                parts.letters(),
                results,
                identity,
                new SenderPool.Limits(pace, quota),
                health,
                parts.clock());
        PlannerLoop plannerSteps = new PlannerLoop(parts, identity::id, senders::wake);
        this.planner = new Loop("planner", health.watched("planner", plannerSteps::lookOnce));
        this.loops = List.of(
                new Loop("sender-heartbeat", health.watched("sender-heartbeat", this::beat)),
                new Loop("mail-account", this::askAccount),
                planner,
                new Loop("outcome-poller", health.watched("outcome-poller", this::poll)),
                new Loop("outcome-backlog", health.watched("outcome-backlog", this::helpPolling)),
                new Loop("pipeline-snapshot", this::publish));
        this.snapshot = describe();
    }

    /** Starts all stages. */
    public void start() {
        results.start();
        senders.start();
        loops.forEach(Loop::start);
        log.info("Sender {} is at work, {}", identity.id(), parts.world());
    }

    /** Has the planner look and the senders claim at once. */
    public void wake() {
        planner.wake();
        senders.wake();
    }

    /** In which world it sends. */
    World world() {
        return parts.world();
    }

    /** Sends a mail that is no message, at the pace of the messages; {@link SendResult.NotStarted} once this closes. */
    CompletableFuture<SendResult> sendAside(OutgoingMail mail) {
        return senders.sendAside(mail);
    }

    /** How the reader of a mail leaves that is no message, and has this tag. */
    WayOut wayOut(String tag, String fromAddress, String replyTo) {
        return parts.letters().wayOut(tag, fromAddress, replyTo);
    }

    /** What keeps the account from sending, in words for a person, as it last said. */
    Optional<String> accountProblem() {
        return accountProblem;
    }

    /** The pipeline as last described. */
    public PipelineSnapshot snapshot() {
        return snapshot;
    }

    /** Hands every new snapshot to the consumer, on a thread of the pipeline; returns what ends that. */
    public Runnable subscribe(Consumer<PipelineSnapshot> consumer) {
        subscribers.add(consumer);
        return () -> subscribers.remove(consumer);
    }

    /** Stops in good order: messages in flight end, results are stored, the sender signs off. */
    @Override
    public void close() {
        // Each in turn, whatever becomes of the one before: a failure of the database must not leave threads behind.
        endAll(
                senders::close,
                results::close,
                parts.poller()::close,
                () -> loops.forEach(Loop::close),
                () -> parts.plans().finishDone(),
                identity::stop,
                parts.gateway()::close);
        log.info("Sender {} has stopped", identity.id());
    }

    private static void endAll(Runnable... ends) {
        RuntimeException first = null;
        for (Runnable end : ends) {
            try {
                end.run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private Duration beat() {
        Duration next = identity.beat();
        setPace();
        return next;
    }

    private Duration askAccount() {
        try {
            // Counted before asking: what is sent meanwhile may be in the answer already, and is then counted twice.
            long accepted = senders.acceptedSoFar();
            MailAccount answer = parts.gateway().account();
            quota.heard(answer, accepted);
            account = Optional.of(answer);
            accountProblem = answer.sendingEnabled()
                    ? Optional.empty()
                    : Optional.of("The mail service has paused sending for this account.");
        } catch (IOException e) {
            log.warn("The mail service did not say what it allows", e);
            accountProblem = Optional.of(words(e));
            return ACCOUNT_AFTER_FAILURE;
        }
        setPace();
        return parts.world() == World.LIVE ? LIVE_ACCOUNT_EVERY : PRACTICE_ACCOUNT_EVERY;
    }

    private void setPace() {
        double allowed = account.map(MailAccount::ratePerSecond).orElse(UNKNOWN_RATE);
        double capped = Math.min(allowed, parts.settings().get().rateCap());
        if (capped > 0) {
            pace.setRate(capped / identity.sharers());
        }
        allowedRate = account.isPresent() && capped > 0 ? OptionalDouble.of(capped) : OptionalDouble.empty();
    }

    private Duration poll() throws IOException, InterruptedException {
        try {
            parts.poller().pollOnce();
            outcomeProblem = Optional.empty();
            return Duration.ZERO;
        } catch (IOException e) {
            outcomeProblem = Optional.of(words(e));
            throw e;
        }
    }

    /** After a large mailing events come faster than one thread can receive and settle them in turns. */
    private Duration helpPolling() throws IOException, InterruptedException {
        if (!parts.poller().hasBacklog()) {
            return BACKLOG_LOOK_EVERY;
        }
        parts.poller().pollOnce();
        return Duration.ZERO;
    }

    /** What a failure says of itself. */
    static String words(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private Duration publish() {
        long now = System.nanoTime();
        long accepted = senders.acceptedSoFar();
        double seconds = (now - countedUntil) / 1e9;
        if (seconds > 0) {
            double speed = (accepted - counted) / seconds;
            double smoothed = sentPerSecond + SPEED_WEIGHT * (speed - sentPerSecond);
            sentPerSecond = smoothed < 0.05 ? 0 : smoothed;
        }
        countedUntil = now;
        counted = accepted;
        snapshot = describe();
        for (Consumer<PipelineSnapshot> subscriber : subscribers) {
            subscriber.accept(snapshot);
        }
        return SNAPSHOT_EVERY;
    }

    /** A transaction waits for a minute before it fails, and that is long for somebody who sees nothing go out. */
    private Optional<StoreProblem> storeProblem() {
        return health.problem().or(() -> identity.isHeldUp() ? Optional.of(StoreProblem.HELD_UP) : Optional.empty());
    }

    private PipelineSnapshot describe() {
        return new PipelineSnapshot(
                parts.world(),
                sentPerSecond,
                allowedRate,
                account,
                parts.poller().lastPolled(),
                storeProblem(),
                accountProblem.or(() -> outcomeProblem));
    }
}
