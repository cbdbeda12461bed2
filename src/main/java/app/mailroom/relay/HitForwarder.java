package app.mailroom.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what lies in the spool to the queue, in order, ten at a time; waits while the queue is away. A hit that comes alone goes at
 * once; a second hand begins only when it has a full call, and up to eight share the work. Each rests a little after a call, since
 * readers wait for answers and nobody for the queue, and longer while more comes than all could carry. After a failed call one at a
 * time tries, after longer and longer waits, until the queue is back. Hits that it does not take while it takes others hold up no more
 * than so many others, and go to the end of the spool then. What the queue has is passed in the spool once everything before it is
 * there too, so that a process which is killed sends some hits twice, with the same ids, and leaves none out.
 */
public final class HitForwarder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HitForwarder.class);

    private static final int HANDS = 8;
    /** How many calls may be ahead of one that is not done yet. */
    private static final int FARTHEST_AHEAD = 8 * HANDS;

    /** So often a call with the same hits fails before others go first, for the queue may have something against these only. */
    private static final int MANY_FAILURES = 50;
    /** So often hits are tried in vain, while the queue takes others, before they may be put behind all that came since. */
    private static final int FEW_FAILURES = 3;

    private static final Duration LONGEST_WRITING = Duration.ofSeconds(10);
    /**
     * How often one hand calls at most. Amazon takes about as long for an answer, so that this slows nothing down but a queue that is
     * nearer, and keeps calls, each of which costs as much as answering dozens of readers, from taking the processor from answers.
     */
    private static final Duration CALL_EVERY = Duration.ofMillis(20);
    /** The same in a rush. */
    private static final Duration CALL_IN_RUSH = Duration.ofMillis(160);
    /** When more comes in a second, some 4,000 hits, hands could not carry it anyway: answers have the processor until it is over. */
    private static final long RUSH_BYTES_PER_SECOND = 1 << 20;

    private static final Duration LOOK_FOR_RUSH_EVERY = Duration.ofMillis(250);

    private static final Duration SAY_EVERY = Duration.ofMinutes(1);
    private static final String QUEUE_AWAY = "The queue does not take hits, which wait on the disk";
    private static final String REFUSED = "refused.jsonl";
    private static final long LARGEST_REFUSED = 16L << 20;

    /** How long to wait after a failed call: half of a time that doubles, and a random part of the other half. */
    record Waits(Duration shortest, Duration longest) {
        static final Waits USUAL = new Waits(Duration.ofMillis(200), Duration.ofSeconds(10));

        long nanosAfter(int failures) {
            int doublings = Math.min(failures - 1, 20);
            long whole = Math.min(longest.toNanos(), shortest.toNanos() << doublings);
            return whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1);
        }
    }

    /** Hits that go to the queue in one call, and what is left of them. */
    private static final class Load {
        private final Instant oldest;
        private final long end;
        private List<String> events;
        private boolean carried = true;
        /** How often none of it was taken, and until when others go first therefore. */
        private int inVain;

        private long othersFirstUntil = System.nanoTime();
        /** How many hits the queue had taken when this was tried last, and whether it took others while it took none of these. */
        private long sentBefore;

        private boolean onlyThese;

        Load(List<SpooledHit> hits, long sent) {
            this.sentBefore = sent;
            this.oldest = hits.get(0).at();
            this.end = hits.get(hits.size() - 1).end();
            this.events = hits.stream().map(SpooledHit::event).toList();
        }

        void wasInVain(long sent) {
            inVain++;
            onlyThese |= sent > sentBefore;
            sentBefore = sent;
        }
    }

    private final HitSpool spool;
    private final HitQueue queue;
    private final Waits waits;
    private final SpoolReader reader;
    private final List<Thread> hands = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition hurry = lock.newCondition();
    /** What was read and is in no load yet. */
    private final Deque<SpooledHit> next = new ArrayDeque<>();
    /** Loads in order from the first that is not done. */
    private final Deque<Load> loads = new ArrayDeque<>();

    private boolean running;
    /** Somebody waits until all is sent. */
    private boolean hurried;

    private boolean rush;
    private long lookedForRushAt = System.nanoTime();
    private long endThen;

    private int carrying;
    /** Calls that failed one after the other; the queue is away if there are any. */
    private int failedInARow;

    private long tryAgainAt;
    private long saidAt;
    private long sent;
    private long refused;
    private long failures;

    /** Between a spool and a queue, neither of which it closes. Nothing runs before {@link #start}. */
    public HitForwarder(HitSpool spool, HitQueue queue) {
        this(spool, queue, Waits.USUAL);
    }

    HitForwarder(HitSpool spool, HitQueue queue, Waits waits) {
        this.spool = spool;
        this.queue = queue;
        this.waits = waits;
        this.reader = new SpoolReader(spool.folder());
        this.endThen = spool.folder().end();
        for (int i = 1; i <= HANDS; i++) {
            Thread hand = new Thread(this::carryUntilClosed, "hit-forwarder-" + i);
            hand.setDaemon(true);
            hands.add(hand);
        }
    }

    /** Begins. */
    public void start() {
        lock.lock();
        try {
            running = true;
        } finally {
            lock.unlock();
        }
        spool.whenWritten(this::wake);
        hands.forEach(Thread::start);
    }

    /**
     * Hands over what is there, until the time is over; what is left stays in the spool. If the queue was away it is tried again at
     * once.
     */
    public void flush(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        try {
            if (!spool.settle(within)) {
                log.warn("Not all hits are on the disk after {}", within);
            }
            lock.lockInterruptibly();
            try {
                tryAgainAt = System.nanoTime();
                hurried = true;
                hurry.signalAll();
                changed.signalAll();
                while (running && !isAllSent() && deadline - System.nanoTime() > 0) {
                    changed.awaitNanos(deadline - System.nanoTime());
                }
            } finally {
                hurried = false;
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long left = spool.bytesWaiting();
        if (left > 0) {
            log.warn("{} bytes of hits stay in the spool and go to the queue after the next start", left);
        }
    }

    /** When the oldest hit came that lies in the spool and that the queue does not have; empty if it has all. */
    public Optional<Instant> oldestWaiting() {
        lock.lock();
        try {
            if (loads.isEmpty()) {
                look(1);
                return Optional.ofNullable(next.peek()).map(SpooledHit::at);
            }
            return Optional.of(loads.element().oldest);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the last call failed, so that hits wait until the queue takes them again. */
    public boolean isQueueAway() {
        return locked(() -> (long) failedInARow) > 0;
    }

    /** How many hits the queue has taken since the start. */
    public long sent() {
        return locked(() -> sent);
    }

    /** How many hits the queue refused for good since the start; they lie in {@code refused.jsonl} in the spool's folder. */
    public long refused() {
        return locked(() -> refused);
    }

    /** How many calls to the queue failed since the start. */
    public long failures() {
        return locked(() -> failures);
    }

    /** How many bytes of the spool could not be read since the start. */
    public long damaged() {
        return locked(reader::damaged);
    }

    /** Ends after the calls that are under way. */
    @Override
    public void close() {
        lock.lock();
        try {
            running = false;
            hurry.signalAll();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        for (Thread hand : hands) {
            while (hand.isAlive()) {
                try {
                    hand.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            reader.close();
        } catch (IOException e) {
            log.debug("The spool's reader could not be closed", e);
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long locked(LongSupplier count) {
        lock.lock();
        try {
            return count.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    private void carryUntilClosed() {
        boolean more = true;
        while (more) {
            try {
                Optional<Load> load = take();
                long begun = System.nanoTime();
                load.ifPresent(this::carry);
                more = load.isPresent();
                restAfter(begun);
            } catch (InterruptedException e) {
                log.warn("A hand of the forwarder was interrupted, and goes on", e);
            } catch (RuntimeException e) {
                failed("Hits cannot be taken from the spool", e);
            }
        }
    }

    private void restAfter(long begun) throws InterruptedException {
        lock.lock();
        try {
            long end = begun + (isRush() ? CALL_IN_RUSH : CALL_EVERY).toNanos();
            long left = end - System.nanoTime();
            while (running && !hurried && left > 0) {
                left = hurry.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether more came of late than could be carried. */
    private boolean isRush() {
        long now = System.nanoTime();
        long passed = now - lookedForRushAt;
        if (passed >= LOOK_FOR_RUSH_EVERY.toNanos()) {
            long end = spool.folder().end();
            rush = (end - endThen) / (passed / 1e9) > RUSH_BYTES_PER_SECOND;
            endThen = end;
            lookedForRushAt = now;
        }
        return rush;
    }

    /** The next load, as soon as there is one and it may go; empty when closed. */
    private Optional<Load> take() throws InterruptedException {
        lock.lock();
        try {
            while (running) {
                long now = System.nanoTime();
                boolean mayGo = failedInARow == 0 || (carrying == 0 && now - tryAgainAt >= 0);
                Optional<Load> load = mayGo ? leftBehind(now).or(this::fresh) : Optional.empty();
                if (load.isPresent()) {
                    load.get().carried = true;
                    carrying++;
                    return load;
                }
                long wait = untilNextTry(now);
                if (wait > 0) {
                    changed.awaitNanos(wait);
                } else {
                    changed.await();
                }
            }
        } finally {
            lock.unlock();
        }
        return Optional.empty();
    }

    /** How long nothing may go, in nanoseconds; nothing or less if only something that comes can change that. */
    private long untilNextTry(long now) {
        long afterFailure = failedInARow == 0 ? 0 : tryAgainAt - now;
        return afterFailure > 0
                ? afterFailure
                : loads.stream()
                        .filter(load -> !load.carried)
                        .mapToLong(load -> load.othersFirstUntil - now)
                        .min()
                        .orElse(0);
    }

    /** The first load that was tried and has something left. */
    private Optional<Load> leftBehind(long now) {
        return loads.stream()
                .filter(load -> !load.carried && now - load.othersFirstUntil >= 0)
                .findFirst();
    }

    /** A load that was not tried before: a full one, or what is there if no other is under way. */
    private Optional<Load> fresh() {
        look(HitQueue.BATCH);
        if (loads.size() >= FARTHEST_AHEAD || next.isEmpty() || (carrying > 0 && next.size() < HitQueue.BATCH)) {
            return Optional.empty();
        }
        List<SpooledHit> hits = new ArrayList<>();
        while (!next.isEmpty() && hits.size() < HitQueue.BATCH) {
            hits.add(next.remove());
        }
        Load load = new Load(hits, sent);
        loads.add(load);
        return Optional.of(load);
    }

    /** Reads ahead, so that so many hits are known if there are so many. */
    private void look(int atLeast) {
        try {
            boolean more = true;
            while (more && next.size() < atLeast) {
                Optional<SpooledHit> hit = reader.next();
                hit.ifPresent(next::add);
                more = hit.isPresent();
            }
        } catch (IOException e) {
            failed("The spool cannot be read", e);
        }
    }

    private void carry(Load load) {
        if (holdsUpAll(load)) {
            putBack(load);
            return;
        }
        try {
            HitQueue.Left left = queue.send(load.events);
            if (!left.refused().isEmpty()) {
                putAside(left.refused().stream().map(load.events::get).toList());
            }
            arrived(load, left);
        } catch (IOException | RuntimeException e) {
            stayed(load, e);
        }
    }

    private void stayed(Load load, Exception failure) {
        lock.lock();
        try {
            carrying--;
            load.carried = false;
            load.wasInVain(sent);
            if (load.inVain >= MANY_FAILURES) {
                letOthersGoFirst(load);
            }
            failed(QUEUE_AWAY, failure);
        } finally {
            lock.unlock();
        }
    }

    private void arrived(Load load, HitQueue.Left left) {
        lock.lock();
        try {
            carrying--;
            int taken =
                    load.events.size() - left.again().size() - left.refused().size();
            sent += taken;
            refused += left.refused().size();
            load.events = left.again().stream().map(load.events::get).toList();
            load.carried = load.events.isEmpty();
            if (taken > 0 || load.events.isEmpty()) {
                if (failedInARow > 0) {
                    log.info("The queue takes hits again");
                    loads.stream()
                            .filter(behind -> !behind.onlyThese)
                            .forEach(behind -> behind.othersFirstUntil = System.nanoTime());
                }
                failedInARow = 0;
            } else {
                load.wasInVain(sent);
                letOthersGoFirst(load);
                failed(QUEUE_AWAY, new IOException("it answers, and took none of " + load.events.size()));
            }
            pass();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Longer than others wait: if the queue has something against these hits only, the others find it back. */
    private void letOthersGoFirst(Load load) {
        load.othersFirstUntil = System.nanoTime() + 2 * waits.nanosAfter(load.inVain);
    }

    /** Whether nothing more may go since the queue does not take these hits, though it takes others. */
    private boolean holdsUpAll(Load load) {
        lock.lock();
        try {
            return load.onlyThese
                    && load.inVain >= FEW_FAILURES
                    && loads.size() >= FARTHEST_AHEAD
                    && loads.element() == load;
        } finally {
            lock.unlock();
        }
    }

    /** Writes hits once more, behind all that came since, so that these can be passed. Their turn comes again, and no hit is lost. */
    private void putBack(Load load) {
        boolean written;
        try {
            written = true;
            for (String event : load.events) {
                written &= spool.keep(event, load.oldest).get(LONGEST_WRITING.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            log.debug("Hits cannot be written once more", e);
            written = false;
        }
        lock.lock();
        try {
            carrying--;
            load.carried = written;
            if (written) {
                log.warn("The queue takes others and not {} hits, which are tried again later", load.events.size());
                load.events = List.of();
                pass();
            } else {
                letOthersGoFirst(load);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says how far the queue has everything. */
    private void pass() {
        long end = -1;
        while (!loads.isEmpty() && loads.element().events.isEmpty()) {
            end = loads.remove().end;
        }
        if (end >= 0) {
            spool.folder().passed(end);
        }
    }

    /** After this, one call at a time. A call that began before another failed makes the wait no longer. */
    private void failed(String what, Exception failure) {
        lock.lock();
        try {
            failures++;
            long now = System.nanoTime();
            if (failedInARow == 0 || now - tryAgainAt >= 0) {
                failedInARow++;
                tryAgainAt = now + waits.nanosAfter(failedInARow);
            }
            if (failedInARow == 1 || now - saidAt > SAY_EVERY.toNanos()) {
                log.warn("{}; it is tried again: {}", what, failure.getMessage(), failure);
                saidAt = now;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isAllSent() {
        look(1);
        return loads.isEmpty() && next.isEmpty();
    }

    /** What the queue will never take must not hold up the rest; it is kept for whoever wants to know why. */
    private void putAside(List<String> events) {
        byte[] lines = (String.join("\n", events) + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel file = spool.folder().beside(REFUSED)) {
            boolean room = file.size() + lines.length <= LARGEST_REFUSED;
            for (ByteBuffer left = ByteBuffer.wrap(lines); room && left.hasRemaining(); ) {
                file.write(left);
            }
            log.error(
                    "The queue refused {} hits for good; {}",
                    events.size(),
                    room ? "they are in " + REFUSED + " in the spool's folder" : REFUSED + " is full, they are lost");
        } catch (IOException e) {
            log.error(
                    "The queue refused {} hits for good, which cannot be kept in {} either", events.size(), REFUSED, e);
        }
    }
}
