package app.mailroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.SendResult;
import app.mailroom.store.TestWorkspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How plans that run side by side share the pace, and what a pause does to messages that are about to go. */
class SharedPaceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What the pool claims at once at the pace of the test. */
    private static final int CLAIM = 25;
    /** More hands than a pool has after that many answers. */
    private static final int HANDS = 16;

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
    void aSmallPlanIsNotStarvedByALargeOne() {
        long large = workspace.running(700);
        long small = workspace.running(120);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (Pipeline pipeline = TestPipeline.over(workspace, (mail, onItsWay) -> {
            onItsWay.run();
            order.add(mail.planTag());
            return new SendResult.Accepted("ses-" + mail.messageTag());
        })) {
            pipeline.start();
            await().atMost(PATIENCE).until(() -> totals(small).unsent() == 0);
        }
        List<String> sent = List.copyOf(order);
        String tagOfSmall = sent.stream()
                .filter(tag -> tag.endsWith("-" + small))
                .findFirst()
                .orElseThrow();
        int smallEnds = sent.lastIndexOf(tagOfSmall);
        int smallBegins = sent.indexOf(tagOfSmall);

        assertThat(smallBegins)
                .as("messages before the first of the small plan")
                .isLessThan(2 * CLAIM + HANDS);
        assertThat(smallEnds + 1 - 120)
                .as("messages of the large plan meanwhile")
                .isBetween(60, 120 + 2 * CLAIM + HANDS);
        assertThat(totals(large).all()).isEqualTo(700);
    }

    @Test
    void afterAPauseNothingIsBegunAndAfterResumingItGoesOnWhereItStood() throws Exception {
        long plan = workspace.running(400);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger begunAtPause = new AtomicInteger();
        CountDownLatch paused = new CountDownLatch(1);
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        Pipeline[] here = new Pipeline[1];
        try (Pipeline pipeline = TestPipeline.over(workspace, (mail, onItsWay) -> {
            if (begun.incrementAndGet() == 60) {
                workspace.plans.pause(plan);
                here[0].wake();
                begunAtPause.set(begun.get());
                paused.countDown();
            }
            onItsWay.run();
            sent.add(mail.messageTag());
            return new SendResult.Accepted("ses-" + mail.messageTag());
        })) {
            here[0] = pipeline;
            pipeline.start();
            paused.await();
            await().atMost(PATIENCE).until(() -> totals(plan).in(MessageState.CLAIMED) == 0);

            assertThat(begun.get() - begunAtPause.get())
                    .as("begun after the pause")
                    .isLessThan(HANDS);
            assertThat(totals(plan).in(MessageState.PLANNED)).isEqualTo(400 - sent.size());
            assertThat(workspace.plans.find(plan).orElseThrow().state()).isEqualTo(PlanState.PAUSED);

            workspace.plans.resume(plan);
            pipeline.wake();
            await().atMost(PATIENCE).until(() -> totals(plan).unsent() == 0);
        }
        assertThat(sent).hasSize(400).doesNotHaveDuplicates();
        assertThat(totals(plan).in(MessageState.ACCEPTED)).isEqualTo(400);
    }

    private PlanTotals totals(long plan) {
        return workspace.plans.totals(plan);
    }
}
