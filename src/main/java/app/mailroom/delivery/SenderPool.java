package app.mailroom.delivery;

import app.mailroom.model.AccountProblem;
import app.mailroom.model.Attachment;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.SendResult;
import app.mailroom.model.SentResult;
import app.mailroom.store.DeliveryStore;
import app.mailroom.template.RenderException;
import app.mailroom.template.TemplateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Second step: claims as many due messages as it has free hands, waits for the pace, and has a hand render and send
 * each. The number of hands follows rate × latency.
 *
 * <p>A message is claimed durably before the mail service is asked; if this process dies, whoever finds its stale
 * heartbeat makes its claims uncertain. A hand that was held up so long that others may have done that does not send.
 *
 * <p>A mail aside, which is no message, goes out between them: by the same hands, at the same pace, of the same quota.
 */
final class SenderPool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SenderPool.class);
    static final int MOST_HANDS = 128;
    private static final double SPARE_HANDS = 1.3;
    /** A pool begins with a few hands and gets one more for so many answers, so that a slow start holds few messages. */
    private static final int FIRST_HANDS = 4;

    private static final int ANSWERS_A_HAND = 8;
    private static final double LATENCY_WEIGHT = 0.1;
    /** Claims at most as many messages as the pace lets go in this time, so that few are ever held. */
    private static final double CLAIM_AHEAD_SECONDS = 0.05;

    /**
     * Where hands are what is short, a claim waits until this share of them is free, but no longer than that: it is forced to
     * the disk, which takes as long for one message as for many.
     */
    private static final int CLAIM_FOR_ONE_IN = 8;

    private static final Duration CLAIM_WAITS = Duration.ofMillis(5);

    /** Longer than that nothing is held for the pace or a hand: a pause holds for every process within a second. */
    private static final Duration CLAIM_HOLDS = Duration.ofMillis(500);

    private static final long COPIES_OF_ATTACHMENTS = 5;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    /** A mail that is no message, and where its result is awaited. */
    private record Aside(OutgoingMail mail, CompletableFuture<SendResult> result) {}

    /** What the mail service allows: how fast, and how many a day. */
    record Limits(Pace pace, DailyQuota quota) {}

    private final DeliveryStore store;
    private final MailGateway gateway;
    private final Letters letters;
    private final ResultWriter results;
    private final SenderIdentity identity;
    private final Pace pace;
    private final DailyQuota quota;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ClaimedMessage> claimed = new ArrayDeque<>();
    private final Queue<Aside> asides = new ArrayDeque<>();
    private final ExecutorService hands;
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong heaviest = new AtomicLong();
    private final Loop loop;
    private long claimedAs;
    private double latencySeconds = 0.1;
    private long answers;
    private long claimedSince;
    private long servedLast;
    private final AtomicBoolean lookAgain = new AtomicBoolean();
    /** For how many free hands the pool waits; 0 while it does not. A hand that comes free wakes it for no less. */
    private volatile int awaitedHands;

    private volatile boolean stopping;

    SenderPool(
            DeliveryStore store,
            MailGateway gateway,
            Letters letters,
            ResultWriter results,
            SenderIdentity identity,
            Limits limits,
            StoreHealth health,
            Clock clock) {
        this.store = store;
        this.gateway = gateway;
        this.letters = letters;
        this.results = results;
        this.identity = identity;
        this.pace = limits.pace();
        this.quota = limits.quota();
        this.clock = clock;
        this.loop = new Loop("sender-pool", health.watched("sender-pool", this::claimAndSend));
        AtomicInteger number = new AtomicInteger();
        this.hands = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "sender-hand-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        loop.start();
    }

    /** Has it look for what is due at once; what is claimed and not begun is given back, for its plan may be halted. */
    void wake() {
        lookAgain.set(true);
        loop.wake();
        signal();
    }

    /** How many messages the mail service has accepted since this pool began. */
    long acceptedSoFar() {
        return accepted.get();
    }

    /**
     * Sends a mail that is no message of the workspace, as soon as pace, hands and quota let one go. What is cancelled
     * before that is not sent. Nothing of it is stored, and it is not tried again.
     */
    CompletableFuture<SendResult> sendAside(OutgoingMail mail) {
        CompletableFuture<SendResult> result = new CompletableFuture<>();
        lock.lock();
        try {
            if (stopping) {
                result.complete(new SendResult.NotStarted());
            } else {
                asides.add(new Aside(mail, result));
            }
        } finally {
            lock.unlock();
        }
        wake();
        return result;
    }

    /** Stops claiming, lets messages in flight come to their end, and gives back what was not begun. */
    @Override
    public void close() {
        lock.lock();
        try {
            stopping = true;
        } finally {
            lock.unlock();
        }
        signal();
        loop.close();
        giveBackClaimed();
        for (Aside aside = nextAside(); aside != null; aside = nextAside()) {
            aside.result().complete(new SendResult.NotStarted());
        }
        hands.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = hands.awaitTermination(10, TimeUnit.SECONDS);
                if (!ended) {
                    log.info("Waiting for {} messages in flight", busy.get());
                }
            } catch (InterruptedException e) {
                // Whoever closes may be told to hurry; a message in flight cannot, and its answer must be kept.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration claimAndSend() throws InterruptedException {
        if (!identity.maySend()) {
            giveBackClaimed();
            return identity.recheckAfter();
        }
        int free = awaitFreeHand();
        if (free == 0 || !awaitPace()) {
            giveBackClaimed();
            return Duration.ZERO;
        }
        if (!claimStands()) {
            giveBackClaimed();
        }
        if (claimed.isEmpty()) {
            long allowed = quota.left(accepted.get()) - busy.get();
            if (allowed <= 0) {
                return awaitQuota();
            }
            Aside aside = nextAside();
            if (aside != null) {
                hand(() -> sendAside(aside));
                return Duration.ZERO;
            }
            if (!claimNext((int) Math.min(free, allowed))) {
                return untilNextDue();
            }
        }
        ClaimedMessage message = claimed.removeFirst();
        long senderId = claimedAs;
        hand(() -> send(message, senderId));
        return Duration.ZERO;
    }

    /** Gives a mail, for which the pace has been awaited, to a hand. */
    private void hand(Runnable sending) {
        pace.take(System.nanoTime());
        busy.incrementAndGet();
        hands.execute(sending);
    }

    /** The next aside that somebody still waits for. */
    private @Nullable Aside nextAside() {
        lock.lock();
        try {
            Aside aside = asides.poll();
            while (aside != null && aside.result().isDone()) {
                aside = asides.poll();
            }
            return aside;
        } finally {
            lock.unlock();
        }
    }

    private int awaitFreeHand() throws InterruptedException {
        lock.lock();
        try {
            awaitedHands = 1;
            while (!stopping && freeHands() < 1) {
                changed.await();
            }
            awaitedHands = handsWanted() / CLAIM_FOR_ONE_IN;
            long left = claimed.isEmpty() ? CLAIM_WAITS.toNanos() : 0;
            while (!stopping && left > 0 && asides.isEmpty() && freeHands() < awaitedHands) {
                left = changed.awaitNanos(left);
            }
            return stopping ? 0 : freeHands();
        } finally {
            awaitedHands = 0;
            lock.unlock();
        }
    }

    private int freeHands() {
        return handsWanted() - busy.get();
    }

    /** Waits until a message may go; false when the pool stops instead. */
    private boolean awaitPace() throws InterruptedException {
        lock.lock();
        try {
            long wait = pace.waitNanos(System.nanoTime());
            while (!stopping && wait > 0) {
                long left = changed.awaitNanos(wait);
                wait = left > 0 ? left : pace.waitNanos(System.nanoTime());
            }
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Claims for one of the running plans, each in its turn and each as many: a small one beside a large one comes to its
     * end as soon as if they were equal.
     */
    private boolean claimNext(int free) {
        List<Long> plans = store.sendablePlans();
        int ahead = Math.max(1, (int) (pace.current(System.nanoTime()) * CLAIM_AHEAD_SECONDS));
        int first = 0;
        while (first < plans.size() && plans.get(first) <= servedLast) {
            first++;
        }
        for (int i = 0; i < plans.size() && claimed.isEmpty(); i++) {
            servedLast = plans.get((first + i) % plans.size());
            claimedAs = identity.id();
            claimedSince = System.nanoTime();
            claimed.addAll(store.claim(claimedAs, servedLast, Math.min(free, ahead)));
        }
        return !claimed.isEmpty();
    }

    /** Whether what was claimed is still to be sent, or somebody may have thought better of it meanwhile. */
    private boolean claimStands() {
        return !lookAgain.getAndSet(false) && System.nanoTime() - claimedSince < CLAIM_HOLDS.toNanos();
    }

    /** Nothing of the day's quota is left, or all of it is in flight and may yet be refused. */
    private Duration awaitQuota() {
        if (busy.get() > 0) {
            return Duration.ofMillis(20);
        }
        for (Aside aside = nextAside(); aside != null; aside = nextAside()) {
            aside.result()
                    .complete(new SendResult.Stopped(
                            AccountProblem.QUOTA_USED, "Nothing is left of what may be sent in 24 hours."));
        }
        int parked = store.parkAll(AccountProblem.QUOTA_USED, "");
        if (parked > 0) {
            log.info("The 24-hour quota is used up; {} mailings wait", parked);
        }
        return IDLE;
    }

    private Duration untilNextDue() {
        Duration wait = store.nextDue()
                .map(due -> Duration.between(clock.instant(), due))
                .orElse(IDLE);
        if (wait.isNegative() || wait.isZero()) {
            return Duration.ofMillis(20);
        }
        return wait.compareTo(IDLE) < 0 ? wait : IDLE;
    }

    private void giveBackClaimed() {
        while (!claimed.isEmpty()) {
            put(claimed.removeFirst(), claimedAs, new SendResult.NotStarted());
        }
    }

    private void send(ClaimedMessage message, long senderId) {
        SendResult result = new SendResult.NotStarted();
        try {
            result = sendOnce("message " + message.id(), onItsWay -> ask(message, onItsWay));
        } finally {
            put(message, senderId, result);
            done();
        }
    }

    private void sendAside(Aside aside) {
        SendResult result = new SendResult.NotStarted();
        try {
            if (aside.result().isDone()) {
                return;
            }
            result = sendOnce("a mail aside", onItsWay -> ask(aside.mail(), onItsWay));
        } finally {
            aside.result().complete(result);
            done();
        }
    }

    private void done() {
        busy.decrementAndGet();
        // Read after the hand is free, as the pool counts free hands after it has said for how many it waits.
        if (awaitedHands == 0) {
            return;
        }
        lock.lock();
        try {
            if (awaitedHands > 0 && freeHands() >= awaitedHands) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends what the pace has let go, and tells the pace and the quota what came of it. */
    private SendResult sendOnce(String what, Function<Runnable, SendResult> asking) {
        AtomicBoolean left = new AtomicBoolean();
        SendResult result = new SendResult.NotStarted();
        try {
            if (identity.maySend()) {
                result = asking.apply(() -> {
                    if (left.compareAndSet(false, true)) {
                        pace.leave(System.nanoTime());
                    }
                });
            }
        } catch (Error e) {
            // Out of memory, for instance: the message must not stay in this hand.
            log.error("{} met an error", what, e);
            result = left.get() ? new SendResult.Unknown("GATEWAY_FAILED", e.toString()) : new SendResult.NotStarted();
        }
        if (left.compareAndSet(false, true)) {
            pace.giveBack();
        }
        if (result instanceof SendResult.Throttled) {
            pace.slowDown(System.nanoTime());
        } else if (result instanceof SendResult.Accepted) {
            accepted.incrementAndGet();
        }
        return result;
    }

    private SendResult ask(ClaimedMessage message, Runnable onItsWay) {
        try {
            return ask(letters.write(message), onItsWay);
        } catch (RenderException e) {
            return new SendResult.Refused("RENDERING." + e.code(), message(e));
        } catch (TemplateException e) {
            return new SendResult.Refused("TEMPLATE", message(e));
        } catch (RuntimeException e) {
            log.error("Message {} could not be rendered", message.id(), e);
            return new SendResult.Refused("RENDERING", message(e));
        }
    }

    private SendResult ask(OutgoingMail mail, Runnable onItsWay) {
        long attached = mail.attachments().stream().mapToLong(Attachment::size).sum();
        heaviest.accumulateAndGet(attached, Math::max);
        long began = System.nanoTime();
        try {
            return gateway.send(mail, onItsWay);
        } catch (RuntimeException e) {
            log.error("The gateway failed on {}", mail.messageTag(), e);
            return new SendResult.Unknown("GATEWAY_FAILED", message(e));
        } finally {
            learnLatency((System.nanoTime() - began) / 1e9);
        }
    }

    private void put(ClaimedMessage message, long senderId, SendResult result) {
        Instant now = clock.instant();
        results.put(new SentResult(
                message.id(), message.planId(), senderId, result, now, now.plus(retryAfter(message, result))));
    }

    private static Duration retryAfter(ClaimedMessage message, SendResult result) {
        if (!(result instanceof SendResult.Throttled)) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofMillis(500L << Math.min(message.attempts() - 1, 10));
        return wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY;
    }

    private int handsWanted() {
        double rate = pace.current(System.nanoTime());
        double enough = Math.ceil(rate * latencySeconds * SPARE_HANDS) + 1;
        long grown = FIRST_HANDS + answers / ANSWERS_A_HAND;
        return (int) Math.min(Math.min(handsForMemory(), grown), (long) enough);
    }

    /** A mail in a hand takes several times the size of its attachments; a quarter of the memory is for them all. */
    private long handsForMemory() {
        long each = COPIES_OF_ATTACHMENTS * heaviest.get();
        return each == 0
                ? MOST_HANDS
                : Math.max(1, Math.min(MOST_HANDS, Runtime.getRuntime().maxMemory() / 4 / each));
    }

    private void learnLatency(double seconds) {
        lock.lock();
        try {
            answers++;
            latencySeconds += LATENCY_WEIGHT * (seconds - latencySeconds);
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static String message(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
