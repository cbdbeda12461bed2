package app.mailroom.outcome;

import static app.mailroom.outcome.SesEvents.enveloped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.mailroom.SettableClock;
import app.mailroom.aws.LocalSqs;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.MessageState;
import app.mailroom.model.QuarantinedEvent;
import app.mailroom.model.SendResult;
import app.mailroom.model.WorkspaceId;
import app.mailroom.store.TestWorkspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a real queue into a real database. */
@Timeout(60)
class OutcomePollerTest {
    private static final WorkspaceId ID = new WorkspaceId("workspace1");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static LocalSqs sqs;

    @TempDir
    Path directory;

    private TestWorkspace workspace;
    private OutcomePoller poller;
    private String url;
    private long sender;
    private ClaimedMessage message;

    @BeforeAll
    static void start() {
        sqs = LocalSqs.start();
    }

    @AfterAll
    static void stop() {
        sqs.close();
    }

    @BeforeEach
    void open(TestInfo test) {
        url = sqs.createQueue(test.getTestMethod().orElseThrow().getName());
        workspace = new TestWorkspace(directory);
        poller = newPoller();
        sender = workspace.delivery.register("this one");
        message = workspace.claimOne(sender, workspace.running(1));
    }

    @AfterEach
    void recountAndClose() {
        poller.close();
        workspace.assertTotalsEqualRecount();
        workspace.close();
    }

    @Test
    void eventsAreSettledBareAndEnvelopedOnceEachAndInAnyOrder() throws Exception {
        accept();
        String delivery = record("Delivery", "delivery");
        String complaint = record("Complaint", "complaint");
        sqs.send(url, List.of(complaint, enveloped(delivery), delivery, enveloped(delivery), record("Send", "send")));

        pollUntilEmpty();

        assertThat(state()).isEqualTo(MessageState.COMPLAINED);
        assertThat(workspace.messages.events(message.id())).hasSize(3);
        assertThat(workspace.suppressions.list("", 10)).hasSize(1);
        assertThat(workspace.outcomes.quarantinedCount()).isZero();
        assertThat(poller.lastPolled()).contains(SettableClock.START);
    }

    @Test
    void asLongAsThereIsABacklogASecondThreadHelps() throws Exception {
        long first = message.id() + 1;
        List<ClaimedMessage> many = workspace.delivery.claim(sender, workspace.running(400), 400);
        sqs.send(
                url,
                many.stream()
                        .map(each -> SesEvents.record("Delivery", "delivery", ID.tag(each.id()), "ses-" + each.id()))
                        .toList());
        assertThat(poller.hasBacklog()).isFalse();

        int received = poller.pollOnce();

        assertThat(poller.hasBacklog()).isEqualTo(received >= 100);
        CompletableFuture<Void> one = CompletableFuture.runAsync(this::pollOnce);
        CompletableFuture<Void> other = CompletableFuture.runAsync(this::pollOnce);
        await().atMost(PATIENCE).until(() -> {
            sqs.send(url, record("Send", "send"));
            return one.isDone() && other.isDone();
        });
        pollUntilEmpty();
        assertThat(workspace.number("SELECT count(*) FROM messages WHERE state = 'DELIVERED' AND id >= " + first))
                .isEqualTo(400);
        assertThat(workspace.outcomes.quarantinedCount()).isZero();
    }

    @Test
    void anEventMayOvertakeTheAnswer() throws Exception {
        sqs.send(url, enveloped(record("Delivery", "delivery")));
        pollUntilEmpty();
        assertThat(state()).isEqualTo(MessageState.DELIVERED);

        accept();

        assertThat(state()).isEqualTo(MessageState.DELIVERED);
    }

    @Test
    void whatIsNotUnderstoodIsQuarantinedWithItsBodyAndLeavesTheQueue() throws Exception {
        accept();
        String other = SesEvents.record("Send", "send", "workspace2-1", "ses-9");
        String stray = SesEvents.record("Send", "send", ID.tag(4711), "ses-9");
        sqs.send(url, List.of("<xml/>", record("Delivery", "delivery"), other, other, enveloped(stray)));

        pollUntilEmpty();

        assertThat(state()).isEqualTo(MessageState.DELIVERED);
        assertThat(workspace.outcomes.quarantined(10))
                .extracting(QuarantinedEvent::reason)
                .containsExactlyInAnyOrder("NOT_JSON", "OTHER_WORKSPACE", "NO_SUCH_MESSAGE");
        assertThat(workspace.outcomes.quarantined(10))
                .extracting(QuarantinedEvent::body)
                .containsExactlyInAnyOrder("<xml/>", other, stray);
    }

    @Test
    void greetingsAndConfirmationsLeaveNoTrace() throws Exception {
        sqs.send(
                url,
                List.of(
                        enveloped("Successfully validated SNS topic for Amazon SES event publishing."),
                        enveloped("x").replace("Notification", "SubscriptionConfirmation")));

        pollUntilEmpty();

        assertThat(workspace.outcomes.quarantinedCount()).isZero();
    }

    @Test
    void signsOfLifeAreKept() throws Exception {
        String onQueue = "{\"mailroomProbe\":\"workspace1-probe-a1\",\"link\":\"QUEUE\"}";
        sqs.send(
                url,
                List.of(
                        onQueue,
                        enveloped(onQueue.replace("QUEUE", "TOPIC")),
                        enveloped(SesEvents.record("Bounce", "bounce", "workspace1-probe-a1", "ses-9"))));

        pollUntilEmpty();

        assertThat(workspace.probes.linksOf("a1")).containsExactlyInAnyOrder("QUEUE", "TOPIC", "BOUNCE");
        assertThat(workspace.outcomes.quarantinedCount()).isZero();
        assertThat(workspace.suppressions.list("", 10)).isEmpty();
    }

    @Test
    void whatCannotBeStoredStaysInTheQueue() throws Exception {
        accept();
        sqs.send(url, record("Delivery", "delivery"));
        workspace.execute("CREATE TRIGGER full BEFORE INSERT ON message_events BEGIN SELECT RAISE(ABORT, 'full'); END");

        assertThatThrownBy(() -> poller.pollOnce()).hasMessageContaining("full");

        assertThat(sqs.count(url)).isEqualTo(1);
        assertThat(state()).isEqualTo(MessageState.ACCEPTED);
        workspace.execute("DROP TRIGGER full");
        pollUntilEmpty();
        assertThat(state()).isEqualTo(MessageState.DELIVERED);
    }

    @Test
    void aFullQueueIsDrainedByTwoPollersWithNothingCountedTwice() throws Exception {
        List<String> events = new ArrayList<>();
        int readers = 120;
        long plan = workspace.running(readers);
        List<ClaimedMessage> claimed = workspace.delivery.claim(sender, plan, readers);
        for (ClaimedMessage to : claimed) {
            String tag = ID.tag(to.id());
            events.add(SesEvents.record("Send", "send", tag, "ses-" + to.id()));
            events.add(enveloped(SesEvents.record("Delivery", "delivery", tag, "ses-" + to.id())));
            events.add(SesEvents.record("Delivery", "delivery", tag, "ses-" + to.id()));
        }
        sqs.send(url, events);

        OutcomePoller other = newPoller();
        List<CompletableFuture<Void>> both = List.of(inBackground(poller), inBackground(other));
        await().atMost(PATIENCE).until(() -> sqs.count(url) == 0);
        poller.close();
        other.close();
        for (CompletableFuture<Void> one : both) {
            one.get(10, TimeUnit.SECONDS);
        }

        assertThat(workspace.plans.totals(plan).in(MessageState.DELIVERED)).isEqualTo(claimed.size());
        assertThat(workspace.number("SELECT count(*) FROM message_events")).isEqualTo(2L * claimed.size());
    }

    @Test
    void closingEndsAWaitingPoll() throws Exception {
        CompletableFuture<Integer> poll = CompletableFuture.supplyAsync(this::pollOnce);
        await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> !poll.isDone());

        poller.close();

        assertThat(poll.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(poller.lastPolled()).isEmpty();
        assertThat(poller.pollOnce()).isZero();
    }

    private OutcomePoller newPoller() {
        return new OutcomePoller(
                sqs.open(url), new SesEventParser(ID), workspace.outcomes, workspace.probes, workspace.clock);
    }

    private void pollUntilEmpty() {
        await().atMost(PATIENCE).until(() -> {
            if (sqs.waiting(url) > 0) {
                poller.pollOnce();
            }
            return sqs.count(url) == 0;
        });
    }

    private int pollOnce() {
        try {
            return poller.pollOnce();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<Void> inBackground(OutcomePoller poller) {
        return CompletableFuture.runAsync(() -> {
            try {
                while (poller.pollOnce() > 0) {
                    assertThat(poller.lastPolled()).isPresent();
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void accept() {
        workspace.record(message, sender, new SendResult.Accepted("ses-1"));
    }

    private MessageState state() {
        return workspace.state(message.id());
    }

    private String record(String type, String object) {
        return SesEvents.record(type, object, ID.tag(message.id()), "ses-1");
    }
}
