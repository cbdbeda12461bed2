package app.mailroom.app;

import app.mailroom.aws.SesStub;
import app.mailroom.aws.SesStub.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A way in which the mail service fails.
 *
 * @param name in words, after “the service”
 */
record ServiceFault(String name, Kind kind) {
    /** Makes a mail service fail; what it did so far is counted in hits. */
    @FunctionalInterface
    interface Kind {
        /** The behaviour of a service, as far as it is left to chance by this seed. */
        SesStub.Behaviour of(SesStub ses, long seed, AtomicInteger hits);
    }

    /** How long the program waits for an answer here. */
    static final Duration TIME_OUT = Duration.ofSeconds(1);

    private static final double SHARE = 0.1;
    /** Before this request nothing fails for a time. */
    private static final int OUTAGE_FROM = 100;

    private static final Duration OUTAGE = Duration.ofSeconds(3);
    private static final int BURST = 20;
    private static final int BURST_EVERY = 100;
    private static final byte[] PAGE = "<html><body>Please sign in</body></html>".getBytes(StandardCharsets.UTF_8);

    private static final ServiceFault RESETS =
            one("takes the mail and resets the connection", random -> Answer.ACCEPT_THEN_RESET);
    private static final ServiceFault SILENT =
            one("takes the mail and never answers", random -> Answer.ACCEPT_THEN_SILENCE);
    private static final ServiceFault HALF =
            one("takes the mail and breaks off its answer", random -> Answer.ACCEPT_THEN_HALF_AN_ANSWER);
    private static final ServiceFault LATE = one(
            "takes the mail and answers 0.5 to 2 s late",
            random -> Answer.slow(Duration.ofMillis(random.nextInt(500, 2_000))));
    private static final ServiceFault UNREAD =
            one("resets the connection before it has read the mail", random -> Answer.RESET_BEFORE_READING);
    private static final ServiceFault FAILS = one(
            "answers 500 or 502, having taken the mail or not",
            random -> takenOrNot(
                    random,
                    random.nextBoolean()
                            ? Answer.error(500, "InternalFailure", "Something went wrong.")
                            : Answer.garbage(502, PAGE)));
    private static final ServiceFault GARBAGE = one(
            "answers 200 with garbage, having taken the mail or not",
            random -> takenOrNot(random, Answer.garbage(200, random.nextBoolean() ? PAGE : bytes(random))));
    private static final List<ServiceFault> ONE_BY_ONE = List.of(RESETS, SILENT, HALF, LATE, UNREAD, FAILS, GARBAGE);

    /** Nothing fails. */
    static final ServiceFault NONE =
            new ServiceFault("does nothing wrong", (ses, seed, hits) -> request -> Answer.ACCEPT);

    /** One kind of fault each. */
    static List<ServiceFault> each() {
        List<ServiceFault> all = new ArrayList<>(ONE_BY_ONE);
        all.add(new ServiceFault("throttles in bursts of 20", (ses, seed, hits) -> request -> {
            boolean burst = request.number() > BURST_EVERY && request.number() % BURST_EVERY < BURST;
            return burst ? counted(hits, Answer.THROTTLE) : Answer.ACCEPT;
        }));
        all.add(outage("answers 503 for 3 s", Answer.UNAVAILABLE));
        all.add(outage("is behind a sign-in page (302) for 3 s", Answer.garbage(302, PAGE)));
        all.add(new ServiceFault("refuses connections for 3 s", (ses, seed, hits) -> refusing(ses, hits)));
        return all;
    }

    /** All kinds that concern one request, in turn as chance has it. */
    static ServiceFault mix() {
        return new ServiceFault("fails in the first seven of these ways by turns", (ses, seed, hits) -> {
            List<SesStub.Behaviour> all = IntStream.range(0, ONE_BY_ONE.size())
                    .mapToObj(i -> ONE_BY_ONE.get(i).kind().of(ses, seed, hits))
                    .toList();
            // Which one it is must not hang together with whether there is one.
            return request -> all.get(new SplittableRandom(~seed + request.number()).nextInt(all.size()))
                    .to(request);
        });
    }

    private static ServiceFault one(String name, Function<SplittableRandom, Answer> fault) {
        return new ServiceFault(name, (ses, seed, hits) -> request -> {
            SplittableRandom random = new SplittableRandom(seed + request.number());
            return random.nextDouble() < SHARE ? counted(hits, fault.apply(random)) : Answer.ACCEPT;
        });
    }

    private static ServiceFault outage(String name, Answer answer) {
        return new ServiceFault(name, (ses, seed, hits) -> {
            AtomicLong until = new AtomicLong();
            return request -> {
                long now = System.nanoTime();
                if (request.number() >= OUTAGE_FROM) {
                    until.compareAndSet(0, now + OUTAGE.toNanos());
                }
                return until.get() != 0 && now - until.get() < 0 ? counted(hits, answer) : Answer.ACCEPT;
            };
        });
    }

    private static SesStub.Behaviour refusing(SesStub ses, AtomicInteger hits) {
        return request -> {
            if (request.number() == OUTAGE_FROM) {
                hits.incrementAndGet();
                Thread outage = new Thread(
                        () -> {
                            ses.refuse(true);
                            long from = System.nanoTime();
                            while (System.nanoTime() - from < OUTAGE.toNanos()) {
                                LockSupport.parkNanos(OUTAGE.toNanos() / 100);
                            }
                            ses.refuse(false);
                        },
                        "outage");
                outage.setDaemon(true);
                outage.start();
            }
            return Answer.ACCEPT;
        };
    }

    private static Answer takenOrNot(SplittableRandom random, Answer said) {
        return random.nextBoolean() ? Answer.acceptThen(said) : said;
    }

    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(200)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static Answer counted(AtomicInteger hits, Answer answer) {
        hits.incrementAndGet();
        return answer;
    }
}
