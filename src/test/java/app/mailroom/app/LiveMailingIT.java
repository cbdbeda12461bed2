package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.aws.SesStub.Answer;
import app.mailroom.delivery.Dispatch;
import app.mailroom.model.Message;
import app.mailroom.model.MessageQuery;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live mailings from plan to outcome, over HTTP to a server that answers as SES does and to a real SQS server. */
class LiveMailingIT {
    private static final int PEOPLE = 5_000;
    private static final long OUTAGE_SECONDS = 5;

    @TempDir
    Path folder;

    private LiveWorld world;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "outages");
        thread.setDaemon(true);
        return thread;
    });

    @BeforeEach
    void open() throws Exception {
        world = new LiveWorld(folder);
    }

    @AfterEach
    void close() {
        later.shutdownNow();
        world.close();
    }

    @Test
    void fiveThousandPeopleGetItOnceWhateverHappensOnTheWay() throws Exception {
        List<Future<?>> outages = new CopyOnWriteArrayList<>();
        world.ses.account(400, 100_000, false);
        world.ses.latency(Duration.ofMillis(20));
        world.ses.behave(request -> {
            int number = request.number();
            if (number == 1_500) {
                later.execute(() -> world.ses.refuse(true));
                outages.add(later.schedule(() -> world.ses.refuse(false), OUTAGE_SECONDS, TimeUnit.SECONDS));
            }
            if (number == 3_500) {
                later.execute(world.lineToSqs::cut);
                outages.add(later.schedule(world.lineToSqs::mend, OUTAGE_SECONDS, TimeUnit.SECONDS));
            }
            boolean burst = (number > 700 && number <= 760) || (number > 2_500 && number <= 2_560);
            if (burst) {
                return Answer.THROTTLE;
            }
            return number % 100 == 50 ? Answer.ACCEPT_THEN_SILENCE : Answer.ACCEPT;
        });
        long plan = world.plan(PEOPLE);
        long uncertainAtEnd;
        try (Dispatch dispatch = world.mailroom.dispatch()) {
            dispatch.start();
            world.mailroom.control(dispatch::wake).start(plan);
            awaitSent(plan);
            awaitSettled(plan);
            // What broke off when SES went away may never have arrived there: only a person may send that again.
            uncertainAtEnd = totals(plan).in(MessageState.UNCERTAIN);
            Set<String> taken = new HashSet<>(world.ses.acceptedByTag().keySet());
            for (Message message : uncertain(plan)) {
                assertThat(taken).as("an uncertain message that SES has").doesNotContain(tag(message));
                world.mailroom.control(dispatch::wake).sendAgain(message.id());
            }
            awaitSent(plan);
            awaitSettled(plan);
        }
        assertThat(outages).hasSize(2);
        for (Future<?> outage : outages) {
            outage.get();
        }
        assertThat(world.ses.acceptedByTag()).hasSize(PEOPLE);
        assertThat(world.ses.acceptedByTag().values()).containsOnly(1);
        PlanTotals totals = totals(plan);
        assertThat(totals.in(MessageState.BOUNCED)).isEqualTo(PEOPLE / 50);
        assertThat(totals.in(MessageState.DELIVERED)).isEqualTo(PEOPLE - PEOPLE / 50);
        assertThat(world.eventsMade()).isEqualTo(2L * PEOPLE);
        assertThat(eventsStored(plan)).isEqualTo(2L * PEOPLE);
        assertThat(world.mailroom.outcomes.quarantined(10)).isEmpty();
        assertThat(world.mailroom.suppressions.list("", 1_000)).hasSize(PEOPLE / 50);
        System.out.printf(
                "5,000 messages: %d requests, %d uncertain until a person decided%n",
                world.ses.arrivals().size(), uncertainAtEnd);
    }

    @Test
    void aMailingStopsAtTheDaysQuotaByItself() {
        world.ses.account(200, 30, false);
        long plan = world.plan(50);
        try (Dispatch dispatch = world.mailroom.dispatch()) {
            dispatch.start();
            world.mailroom.control(dispatch::wake).start(plan);
            await().atMost(Duration.ofSeconds(60)).until(() -> state(plan) == PlanState.PARKED);
        }
        assertThat(world.ses.acceptedByTag()).hasSize(30);
        assertThat(world.ses.arrivals()).as("SES was never asked for more").hasSize(30);
        assertThat(world.mailroom.plans.find(plan).orElseThrow().problem()).isEqualTo("QUOTA_USED");
        assertThat(world.mailroom.plans.find(plan).orElseThrow().parkedUntil()).isNotNull();
        assertThat(totals(plan).in(MessageState.PLANNED)).isEqualTo(20);
    }

    @Test
    void aMailingThatMayNotBeCountedWaitsWhileAmazonCountsAndHoldsUpNoOther() {
        world.mailroom.settings.put("aws.ses_tracking", "true");
        long uncounted = world.plan(5, false);
        long counted = world.plan(5);
        try (Dispatch dispatch = world.mailroom.dispatch()) {
            dispatch.start();
            world.mailroom.control(dispatch::wake).start(uncounted);
            await().atMost(Duration.ofSeconds(60)).until(() -> state(uncounted) == PlanState.PARKED);
            world.mailroom.control(dispatch::wake).start(counted);
            awaitSent(counted);
            assertThat(world.ses.acceptedByTag()).hasSize(5);
            assertThat(world.ses.arrivals()).as("SES saw nothing of the other").hasSize(5);
            assertThat(world.mailroom.plans.find(uncounted).orElseThrow().problem())
                    .isEqualTo("COUNTS_HITS");
            assertThat(totals(uncounted).in(MessageState.PLANNED)).isEqualTo(5);

            world.mailroom.settings.put("aws.ses_tracking", "false");
            dispatch.wake();
            // The pipeline is built anew a moment later; until then it is parked once more.
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                if (state(uncounted) == PlanState.PARKED) {
                    world.mailroom.control(dispatch::wake).resume(uncounted);
                }
                return state(uncounted) == PlanState.SENT;
            });
        }
        assertThat(world.ses.acceptedByTag()).hasSize(10);
    }

    @Test
    void aPracticeMailingNeverReachesSesAlthoughLiveModeIsOn() {
        world.mailroom.settings.put("mode", "practice");
        long live = world.plan(5);
        try (Dispatch dispatch = world.mailroom.dispatch()) {
            dispatch.start();
            world.mailroom.control(dispatch::wake).start(live);
            assertThat(dispatch.world()).isEqualTo(World.PRACTICE);
            assertThat(dispatch.serves(World.LIVE)).isFalse();
            world.mailroom.settings.put("mode", "live");
            dispatch.wake();
            awaitSent(live);
            awaitSettled(live);
        }
        assertThat(world.ses.acceptedByTag()).hasSize(5);
        assertThat(world.mailroom.practiceMailbox.mailsByRecipient(live)).isEmpty();
    }

    private void awaitSent(long plan) {
        await().atMost(Duration.ofMinutes(5)).until(() -> state(plan) == PlanState.SENT);
    }

    /** Until everything that SES took has its last event, and the queue is empty. */
    private void awaitSettled(long plan) {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> totals(plan).awaitingOutcome() == totals(plan).in(MessageState.UNCERTAIN)
                        && totals(plan).in(MessageState.DELIVERED)
                                        + totals(plan).in(MessageState.BOUNCED)
                                == world.ses.acceptedByTag().size()
                        && eventsStored(plan) == world.eventsMade());
    }

    private long eventsStored(long plan) {
        return world.eventsStored(plan);
    }

    private List<Message> uncertain(long plan) {
        return world.mailroom.messages.page(MessageQuery.all(plan, PEOPLE)).stream()
                .filter(message -> message.state() == MessageState.UNCERTAIN)
                .toList();
    }

    private String tag(Message message) {
        return world.mailroom.workspaceId.tag(message.id());
    }

    private PlanState state(long plan) {
        return world.mailroom.plans.find(plan).orElseThrow().state();
    }

    private PlanTotals totals(long plan) {
        return world.mailroom.plans.totals(plan);
    }
}
