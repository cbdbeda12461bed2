package app.mailroom.delivery;

import app.mailroom.model.MailAccount;
import app.mailroom.model.SendResult;
import app.mailroom.model.WorkspaceId;
import app.mailroom.model.World;
import app.mailroom.outcome.OutcomePoller;
import app.mailroom.outcome.OutcomeQueue;
import app.mailroom.outcome.SesEventParser;
import app.mailroom.store.DeliveryStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.store.TestWorkspace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A real pipeline over a mail service as a test wants it: 500 mails a second, and no event ever. */
final class TestPipeline {
    @FunctionalInterface
    interface Sending {
        SendResult send(OutgoingMail mail, Runnable onItsWay);
    }

    private static final WorkspaceId ID = new WorkspaceId("workspace1");

    private TestPipeline() {}

    /** One that was not started yet. */
    static Pipeline over(TestWorkspace workspace, Sending sending) {
        return over(workspace, sending, Duration.ofSeconds(20));
    }

    /** The same, taken for dead after a time of the test's own. */
    static Pipeline over(TestWorkspace workspace, Sending sending, Duration staleAfter) {
        MailGateway gateway = new MailGateway() {
            @Override
            public SendResult send(OutgoingMail mail, Runnable onItsWay) {
                return sending.send(mail, onItsWay);
            }

            @Override
            public MailAccount account() {
                return new MailAccount(500, -1, 0, false, true);
            }

            @Override
            public void close() {}
        };
        CountDownLatch closed = new CountDownLatch(1);
        OutcomeQueue silent = new OutcomeQueue() {
            @Override
            public List<Received> receive() throws InterruptedException {
                closed.await();
                return List.of();
            }

            @Override
            public void delete(List<Received> received) {}

            @Override
            public void giveBack(List<Received> received) {}

            @Override
            public void close() {
                closed.countDown();
            }
        };
        return new Pipeline(
                new Pipeline.Parts(
                        World.PRACTICE,
                        workspace.plans,
                        new DeliveryStore(workspace.database, workspace.clock, World.PRACTICE),
                        new Letters(
                                workspace.plans,
                                new TemplateStore(workspace.database, workspace.clock),
                                ID,
                                Optional.empty()),
                        gateway,
                        new OutcomePoller(
                                silent, new SesEventParser(ID), workspace.outcomes, workspace.probes, workspace.clock),
                        () -> new DeliverySettings(
                                Duration.ofMillis(200),
                                staleAfter,
                                Duration.ofMillis(200),
                                Duration.ofMinutes(15),
                                Double.POSITIVE_INFINITY),
                        workspace.clock),
                "test");
    }
}
