package app.mailroom.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.MessageState;
import app.mailroom.model.QuarantinedEvent;
import app.mailroom.model.SendResult;
import app.mailroom.model.WorkspaceId;
import app.mailroom.outcome.QuarantineReview.Result;
import app.mailroom.outcome.SesEventParser.Foreign;
import app.mailroom.outcome.SesEventParser.Reading;
import app.mailroom.outcome.SesEventParser.Understood;
import app.mailroom.store.OutcomeStore.Unsettled;
import app.mailroom.store.TestWorkspace;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineReviewTest {
    private static final WorkspaceId ID = new WorkspaceId("workspace1");

    private final SesEventParser parser = new SesEventParser(ID);

    @TempDir
    Path directory;

    private TestWorkspace workspace;
    private QuarantineReview review;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(directory);
        review = new QuarantineReview(workspace.outcomes, parser);
    }

    @AfterEach
    void recountAndClose() {
        workspace.assertTotalsEqualRecount();
        workspace.close();
    }

    @Test
    void anEventThatCameBeforeItsMessageIsSettledAfterwards() {
        arrive(SesEvents.enveloped(SesEvents.record("Bounce", "bounce", ID.tag(1), "ses-1")));
        assertThat(review.reread()).isEqualTo(new Result(0, 1));

        ClaimedMessage message = workspace.claimOne(workspace.delivery.register("one"), workspace.running(1));
        assertThat(message.id()).isEqualTo(1);

        assertThat(review.reread()).isEqualTo(new Result(1, 0));
        assertThat(workspace.state(1)).isEqualTo(MessageState.BOUNCED);
        assertThat(workspace.suppressions.list("", 10)).hasSize(1);
        assertThat(review.reread()).isEqualTo(new Result(0, 0));
    }

    @Test
    void feedbackWithoutATagIsSettledOnceTheAnswerIsThere() {
        long sender = workspace.delivery.register("one");
        ClaimedMessage message = workspace.claimOne(sender, workspace.running(1));
        arrive(SesEvents.record("Bounce", "bounce", "", "ses-1").replace("eventType", "notificationType"));
        assertThat(workspace.outcomes.quarantinedCount()).isEqualTo(1);

        workspace.record(message, sender, new SendResult.Accepted("ses-1"));

        assertThat(review.reread()).isEqualTo(new Result(1, 0));
        assertThat(workspace.state(message.id())).isEqualTo(MessageState.BOUNCED);
    }

    @Test
    void anEventThatCameASecondTimeIsCountedOnce() {
        String open = SesEvents.record("Open", "open", ID.tag(1), "ses-1");
        arrive(open);
        long plan = claimedOf(1);
        arrive(open);

        assertThat(review.reread()).isEqualTo(new Result(1, 0));
        assertThat(workspace.plans.totals(plan).opened()).isEqualTo(1);
        assertThat(workspace.messages.events(1)).hasSize(1);
    }

    @Test
    void whatIsStillNotUnderstoodStaysAndWhatSaysNothingLeaves() {
        claimedOf(1);
        workspace.outcomes.settle(
                List.of(),
                IntStream.range(0, 1_100)
                        .mapToObj(i -> new Unsettled("NOT_JSON", "garbage " + i, "<garbage>" + i))
                        .toList());
        workspace.outcomes.settle(
                List.of(),
                List.of(
                        // As a program that did not know them would have kept them.
                        new Unsettled("UNKNOWN_EVENT", "a", SesEvents.record("Open", "open", ID.tag(1), "ses-1")),
                        new Unsettled("UNKNOWN_EVENT", "b", "Successfully validated SNS topic for Amazon SES event"),
                        new Unsettled(
                                "UNKNOWN_EVENT", "c", "{\"mailroomProbe\":\"workspace1-probe-a\",\"link\":\"QUEUE\"}"),
                        new Unsettled("UNKNOWN_EVENT", "d", "{\"eventType\":\"Nova\"}")));

        assertThat(review.reread()).isEqualTo(new Result(3, 1_101));

        assertThat(workspace.outcomes.quarantined(1))
                .extracting(QuarantinedEvent::body)
                .containsExactly("{\"eventType\":\"Nova\"}");
        assertThat(workspace.messages.events(1)).hasSize(1);
    }

    @Test
    void whatAPersonDismissedIsLeftAlone() {
        arrive(SesEvents.record("Open", "open", ID.tag(1), "ses-1"));
        workspace.outcomes.dismiss(workspace.outcomes.quarantined(1).get(0).id());
        long plan = claimedOf(1);

        assertThat(review.reread()).isEqualTo(new Result(0, 0));
        assertThat(workspace.plans.totals(plan).opened()).isZero();
    }

    @Test
    void nothingLeavesWhenItCannotBeSettled() {
        arrive(SesEvents.record("Open", "open", ID.tag(1), "ses-1"));
        claimedOf(1);
        workspace.execute("CREATE TRIGGER full BEFORE INSERT ON message_events BEGIN SELECT RAISE(ABORT, 'full'); END");

        assertThatThrownBy(() -> review.reread()).hasMessageContaining("full");

        assertThat(workspace.outcomes.quarantinedCount()).isEqualTo(1);
    }

    /** A plan whose first message is claimed, as a message must be before anything can be reported of it. */
    private long claimedOf(int messages) {
        long plan = workspace.running(messages);
        assertThat(workspace.claimOne(workspace.delivery.register("one"), plan).id())
                .isEqualTo(1);
        return plan;
    }

    private void arrive(String body) {
        Reading reading = parser.read(body);
        if (reading instanceof Understood understood) {
            workspace.outcomes.settle(List.of(understood.outcome()), List.of());
        } else if (reading instanceof Foreign foreign) {
            workspace.outcomes.settle(List.of(), List.of(new Unsettled(foreign.reason(), foreign.fingerprint(), body)));
        }
    }
}
