package app.mailroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.SendResult;
import app.mailroom.model.StoreProblem;
import app.mailroom.store.DeliveryStore;
import app.mailroom.store.TestWorkspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pipeline does when its surroundings misbehave: no message may stay in a hand that is gone. */
class PipelineFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private TestWorkspace workspace;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
    }

    @AfterEach
    void close() {
        workspace.assertTotalsEqualRecount();
        workspace.close();
    }

    @Test
    void anErrorInAHandCostsNeitherTheMessageNorTheOthers() {
        long plan = workspace.running(20);
        AtomicInteger calls = new AtomicInteger();
        try (Pipeline pipeline = pipeline((mail, onItsWay) -> {
            int call = calls.incrementAndGet();
            if (call == 1) {
                throw new OutOfMemoryError("before it left");
            }
            onItsWay.run();
            if (call == 2) {
                throw new OutOfMemoryError("after it left");
            }
            return new SendResult.Accepted("ses-" + call);
        })) {
            pipeline.start();
            await().atMost(PATIENCE).until(() -> totals(plan).unsent() == 0);
        }
        assertThat(totals(plan).in(MessageState.UNCERTAIN)).isEqualTo(1);
        assertThat(totals(plan).in(MessageState.ACCEPTED)).isEqualTo(19);
    }

    @Test
    void aDatabaseThatIsHeldUpIsToldAndTheMailingGoesOnByItself() {
        long plan = workspace.running(20);
        AtomicInteger calls = new AtomicInteger();
        Pipeline held = TestPipeline.over(
                workspace,
                (mail, onItsWay) -> {
                    onItsWay.run();
                    return new SendResult.Accepted("ses-" + calls.incrementAndGet());
                },
                Duration.ofSeconds(2));
        try (Pipeline pipeline = held) {
            workspace.execute("BEGIN IMMEDIATE");
            pipeline.start();
            await().atMost(PATIENCE)
                    .until(() -> pipeline.snapshot().storeProblem().equals(Optional.of(StoreProblem.HELD_UP)));
            assertThat(calls).as("nothing is sent that was not claimed").hasValue(0);

            workspace.execute("ROLLBACK");
            await().atMost(PATIENCE).until(() -> totals(plan).unsent() == 0);
            await().atMost(PATIENCE)
                    .until(() -> pipeline.snapshot().storeProblem().isEmpty());
        }
        assertThat(totals(plan).in(MessageState.ACCEPTED)).isEqualTo(20);
        assertThat(calls).hasValue(20);
    }

    @Test
    void anInterruptedCloseStillWaitsForWhatIsInFlight() throws Exception {
        long plan = workspace.running(1);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Pipeline pipeline = pipeline((mail, onItsWay) -> {
            onItsWay.run();
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new SendResult.Accepted("ses-1");
        });
        pipeline.start();
        asked.await();
        Thread closing = new Thread(pipeline::close, "closing");
        closing.start();
        closing.interrupt();
        await().atMost(PATIENCE).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        assertThat(totals(plan).in(MessageState.CLAIMED)).isEqualTo(1);
        answer.countDown();
        closing.join();

        assertThat(totals(plan).in(MessageState.ACCEPTED)).isEqualTo(1);
    }

    @Test
    void whatAPoolTakenForDeadDidNotSendIsSentUnderItsNewNameAlthoughTheMailingHadEnded() throws Exception {
        long plan = workspace.running(1);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (Pipeline pipeline = pipeline((mail, onItsWay) -> {
            if (calls.incrementAndGet() == 1) {
                asked.countDown();
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new SendResult.NotStarted();
            }
            onItsWay.run();
            return new SendResult.Accepted("ses-1");
        })) {
            pipeline.start();
            asked.await();
            DeliveryStore another = workspace.delivery;
            another.buryDeadSenders(Duration.ZERO, another.register("another"));
            await().atMost(PATIENCE)
                    .until(() -> workspace.plans.find(plan).orElseThrow().state() == PlanState.SENT);
            assertThat(totals(plan).in(MessageState.UNCERTAIN)).isEqualTo(1);
            answer.countDown();
            await().atMost(PATIENCE).until(() -> totals(plan).in(MessageState.ACCEPTED) == 1);
            await().atMost(PATIENCE)
                    .until(() -> workspace.plans.find(plan).orElseThrow().state() == PlanState.SENT);
        }
        assertThat(calls).hasValue(2);
    }

    private PlanTotals totals(long plan) {
        return workspace.plans.totals(plan);
    }

    private Pipeline pipeline(TestPipeline.Sending sending) {
        return TestPipeline.over(workspace, sending);
    }
}
